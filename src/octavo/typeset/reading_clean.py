"""The neutral XHTML of a chapter into what a content document may hold."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from lxml import etree

from octavo.model.epub import image_path
from octavo.model.words import Words
from octavo.typeset.reading_markup import (
    MATHML,
    SVG,
    XHTML,
    XML_LANG,
    local_name,
    make,
    replace,
    set_language,
    take,
    unwrap,
)

_ALIGN = re.compile(r"text-align:\s*(left|right|center)")
_WIDTH = re.compile(r"width:\s*(\d+(?:\.\d+)?)%")
_SIZE = re.compile(r"(?:width|height):\s*\d+(?:\.\d+)?(?:em|rem|ex|px|pt|pc|mm|cm|in)(?=\s*;|\s*$)")
# MathML Core aligns the columns of a table by style alone.
_CELL = re.compile(r"text-align: (?:left|right|center)(?:; padding-(?:left|right): 0)*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_KEPT = _names(
    "a abbr article aside b bdi bdo blockquote br caption cite code dd del details dfn div dl dt em figcaption figure "
    "h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub summary sup "
    "table tbody td tfoot th thead time tr u ul var wbr"
)
_DROPPED = _names(
    "audio base canvas col colgroup embed head iframe link meta noscript object script select source style template "
    "textarea title track video"
)
_ATTRIBUTES = frozenset({"id", "class", "title", "lang", "dir", XML_LANG})
_OWN_ATTRIBUTES = {
    "a": frozenset({"href", "data-target", "data-kind"}),
    "div": frozenset({"data-notes"}),
    "img": frozenset({"src", "alt"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"start", "type", "reversed"}),
    "span": frozenset({"data-note"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan", "scope"}),
}
_BALLOTS = {True: "\N{BALLOT BOX WITH CHECK}", False: "\N{BALLOT BOX}"}


def clean(body: etree._Element, words: Words) -> tuple[str, ...]:
    """Rids a tree of all that a content document may not hold (EPUB 3.3, section 6.1), and moves pictures.

    Forms become text, styles become classes, mathematics gets its ``alttext``.  Returns the paths of the pictures,
    relative to the project.
    """
    pictures: list[str] = []
    for element in list(body.iter(etree.Element)):
        name, space = local_name(element), etree.QName(element).namespace
        if space == MATHML:
            _clean_mathematics(element, name)
        elif space == SVG:
            _clean_drawing(element, name)
        elif element is not body:
            _clean_element(element, name, words, pictures)
    return tuple(dict.fromkeys(pictures))


def _clean_element(element: etree._Element, name: str, words: Words, pictures: list[str]) -> None:
    if name == "input":
        _make_ballot(element, words)
    elif name in _DROPPED:
        replace(element)
    elif name not in _KEPT:
        unwrap(element)
    elif name == "a" and not len(element) and not (element.text or "").strip():
        if "id" in element.attrib:
            element.tag = f"{{{XHTML}}}span"
            _clean_attributes(element, "span")
        else:
            replace(element)  # Pandoc's anchors of lines of code.
    else:
        if name == "img" and not _move_picture(element, pictures):
            return
        _clean_attributes(element, name)


def _clean_attributes(element: etree._Element, name: str) -> None:
    style = element.get("style", "") + (f";text-align:{element.get('align')}" if element.get("align") else "")
    allowed = _ATTRIBUTES | _OWN_ATTRIBUTES.get(name, frozenset())
    for key in list(element.attrib):
        if key not in allowed:
            del element.attrib[key]
    classes = element.get("class", "").split()
    if name in ("td", "th") and (found := _ALIGN.search(style)):
        classes.append(f"align-{found[1]}")
    if name == "img" and (found := _WIDTH.search(style)):
        classes.append(f"width-{min(max(round(float(found[1]) / 10), 1), 10) * 10}")
    if name == "img" and (sizes := _SIZE.findall(style)):
        element.set("style", ";".join(sizes))
    if classes:
        element.set("class", " ".join(classes))
    elif "class" in element.attrib:
        del element.attrib["class"]
    old, language = take(element, "lang"), take(element, XML_LANG)
    language = language or old
    if _LANGUAGE.fullmatch(language):
        set_language(element, language)


def _make_ballot(element: etree._Element, words: Words) -> None:
    if element.get("type") != "checkbox":
        replace(element)
        return
    done = "checked" in element.attrib
    label = words.task_done if done else words.task_open
    ballot = make("span", _BALLOTS[done], class_="task-mark", role="img", aria_label=label)
    ballot.tail = " "
    replace(element, ballot)


def _move_picture(element: etree._Element, pictures: list[str]) -> bool:
    source, text = element.get("src", ""), element.get("alt", "")
    if not source or _SCHEME.match(source):
        # A picture elsewhere in the world cannot be shown (EPUB 3.3, section 3.6): its text stands for it.
        replace(element, make("a", text or source, href=source) if source.startswith("http") else make("span", text))
        return False
    path = posixpath.normpath(unquote(source))
    pictures.append(path)
    element.set("src", f"../{image_path(path)}")
    element.set("alt", text)
    return True


def _clean_mathematics(element: etree._Element, name: str) -> None:
    for key in map(str, element.attrib.keys()):
        aligned = name == "mtd" and _CELL.fullmatch(element.get(key, ""))
        if (key == "style" and not aligned) or key.startswith(("data-", "on")):
            del element.attrib[key]
    if name == "math":
        notation = next((part for part in element.iter(f"{{{MATHML}}}annotation") if part.text), None)
        if notation is not None and notation.text and "alttext" not in element.attrib:
            element.set("alttext", " ".join(notation.text.split()))
    elif name in ("annotation", "annotation-xml"):
        replace(element)  # Readers without mathematics would print it as text.
    elif name == "semantics":
        for note in list(element)[1:]:
            element.remove(note)
        unwrap(element)


def _clean_drawing(element: etree._Element, name: str) -> None:
    if name == "script":
        replace(element)
        return
    for key in map(str, element.attrib.keys()):
        if key.startswith("on"):
            del element.attrib[key]
