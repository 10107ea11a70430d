"""XHTML as text into trees, and trees back into text."""

from __future__ import annotations

import re

from lxml import etree

from octavo.errors import InternalError
from octavo.model.epub import printable

XHTML = "http://www.w3.org/1999/xhtml"
MATHML = "http://www.w3.org/1998/Math/MathML"
SVG = "http://www.w3.org/2000/svg"
OPS = "http://www.idpf.org/2007/ops"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_ISLAND = re.compile(r"<(math|svg)(?=[\s/>])(?![^>]*\sxmlns=)")
_VOID = frozenset({"br", "hr", "img", "wbr"})


def parse(fragment: str) -> etree._Element:
    """A fragment of XHTML as the content of a ``body``.

    Raises InternalError where it is not well-formed: earlier stages promise that it is.
    """
    fragment = _ISLAND.sub(
        lambda found: f'<{found[1]} xmlns="{MATHML if found[1] == "math" else SVG}"', printable(fragment)
    )
    wrapped = f'<body xmlns="{XHTML}" xmlns:epub="{OPS}">{fragment}</body>'
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(wrapped, parser)
    except etree.XMLSyntaxError as fault:
        raise InternalError(f"a chapter's XHTML is not well-formed: {fault}") from fault


def serialise(body: etree._Element) -> str:
    """The content of a ``body`` as text, its namespaces left to the document around it."""
    for element in body.iter(f"{{{XHTML}}}*"):
        if local_name(element) not in _VOID and not len(element) and element.text is None:
            element.text = ""  # An empty element closed at once ("<td/>") is misread by readers that expect HTML.
    text = etree.tostring(body, encoding="unicode", with_tail=False)
    return text[text.index(">") + 1 : text.rindex("</")]


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for what is no element (an entity)."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def make(name: str, text: str | None = None, **attributes: str) -> etree._Element:
    """A new XHTML element; ``class_`` and ``epub_type`` stand for the attributes that Python cannot name."""
    element = etree.fromstring(f'<{name} xmlns="{XHTML}" xmlns:epub="{OPS}"/>')
    element.text = text
    for key, value in attributes.items():
        spelled = {"class_": "class", "epub_type": f"{{{OPS}}}type"}.get(key, key.replace("_", "-"))
        element.set(spelled, value)
    return element


def take(element: etree._Element, key: str) -> str:
    """The value of an attribute, which the element loses; empty where it has none."""
    value = element.get(key, "")
    element.attrib.pop(key, "")
    return value


def set_language(element: etree._Element, language: str) -> None:
    """Both attributes of the language: the one of XML, and the one that HTML readers know."""
    element.set("lang", language)
    element.set(XML_LANG, language)


def replace(element: etree._Element, *others: etree._Element) -> None:
    """Puts others in the place of an element, with the text that follows it behind them."""
    parent = element.getparent()
    if parent is None:
        return
    tail, index = element.tail, parent.index(element)
    element.tail = None
    parent[index : index + 1] = list(others)
    if others:
        others[-1].tail = (others[-1].tail or "") + (tail or "")
    else:
        append_text(parent, index, tail or "")


def append_text(parent: etree._Element, index: int, text: str) -> None:
    """Adds text to a parent right before the child with an index."""
    if index:
        before = parent[index - 1]
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def unwrap(element: etree._Element) -> None:
    """Puts the content of an element in its place."""
    parent = element.getparent()
    if parent is None:
        return
    append_text(parent, parent.index(element), element.text or "")
    element.text = None
    replace(element, *element)
