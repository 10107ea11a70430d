"""What Pandoc makes of a paper into the body and the back of an article."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from octavo.model.notes import MAIN, NotePlan

Element = etree._Element
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# White space in these is nothing but the shape of the file.
_ELEMENTS_ALONE = (
    "article", "front", "body", "back", "article-meta", "sec", "fn-group", "fn", "ref-list", "ref", "table-wrap",
    "table-wrap-foot", "table", "thead", "tbody", "tr", "caption", "fig", "list", "list-item", "disp-quote", "def-list",
)  # fmt: skip
# Blocks that may stand in a note, a caption or a foot only within a paragraph.
_IN_PARAGRAPH = frozenset(
    {
        "boxed-text",
        "code",
        "def-list",
        "disp-formula",
        "disp-quote",
        "fig",
        "graphic",
        "list",
        "preformat",
        "table-wrap",
    }
)


def shape_text(root: Element, plan: NotePlan, languages: Mapping[str, str]) -> tuple[Element, Element | None]:
    """Give notes, tables, captions and references of an ``article`` their places; take its title and abstract out.

    ``languages`` are those of the entries of the list of references, by their anchors.
    """
    body, back = root[1], root[2]
    by_id = {element.get("id") or "": element for element in root.iter(etree.Element)}
    title = _taken(by_id["octavo-title"])
    abstract = by_id.get("octavo-abstract")
    if abstract is not None:
        _taken(abstract)
    _shape_notes(by_id, back, plan)
    _shape_references(by_id, back, languages, root.get(_XML_LANG) or "")
    for box in list(body.iter("boxed-text")):
        _unwrap(box)
    if abstract is not None:
        for box in list(abstract.iter("boxed-text")):
            if box is not abstract:
                _unwrap(box)
    for wrap in body.iter("table-wrap"):
        _shape_table(wrap)
    for tree in (title, abstract, body, back):
        if tree is not None:
            _shape_labels(tree)
            _clean(tree)
    _drop_empty(root)
    return title, abstract


def _taken(element: Element) -> Element:
    """The element out of its tree; what followed it stays."""
    parent = element.getparent()
    if parent is not None:
        _give(parent, parent.index(element), element.tail)
        element.tail = None
        parent.remove(element)
    return element


def _give(parent: Element, index: int, text: str | None) -> None:
    """Text before the child at an index."""
    if index == 0:
        parent.text = (parent.text or "") + (text or "") or None
    else:
        parent[index - 1].tail = (parent[index - 1].tail or "") + (text or "") or None


def _unwrap(element: Element) -> None:
    """Put what an element holds in its place; its anchor goes to what it began with."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    children = list(element)
    identifier = element.get("id")
    if identifier and children and not children[0].get("id"):
        children[0].set("id", identifier)
    language = element.get(_XML_LANG)
    for child in children:
        if language and child.tag in ("p", "disp-quote") and not child.get(_XML_LANG):
            child.set(_XML_LANG, language)
    _give(parent, at, element.text)
    tail = element.tail
    element.tail = None
    parent[at : at + 1] = children
    _give(parent, at + len(children), tail)


def _shape_notes(by_id: Mapping[str, Element], back: Element, plan: NotePlan) -> None:
    group = etree.Element("fn-group")
    for note in plan.notes:
        element = by_id[note.anchor]
        _taken(element)
        element.tag = "fn"
        for box in list(element.iter("boxed-text")):
            _unwrap(box)
        _drop_way_back(element, note.call_anchor)
        _in_paragraphs(element)
        label = etree.Element("label")
        label.text = note.label
        element.insert(0, label)
        if note.series == MAIN:
            group.append(element)
        else:
            _foot(by_id[note.call_anchor]).append(element)
    if len(group):
        back.append(group)
    holder = by_id.get("octavo-notes-of-paper")
    if holder is not None:
        _taken(holder)


def _drop_way_back(note: Element, call: str) -> None:
    """The number that begins a note of a table, which becomes its label."""
    for link in note.iter("xref"):
        if link.get("rid") == call:
            rest = (link.tail or "").lstrip()
            link.tail = rest
            _taken(link)
            return


def _foot(call: Element) -> Element:
    wrap = next(call.iterancestors("table-wrap"))
    foot = wrap.find("table-wrap-foot")
    return etree.SubElement(wrap, "table-wrap-foot") if foot is None else foot


def _shape_references(by_id: Mapping[str, Element], back: Element, languages: Mapping[str, str], default: str) -> None:
    section = by_id.get("octavo-references")
    if section is None:
        return
    _taken(section)
    entries = etree.SubElement(back, "ref-list")
    title = section.find("title")
    if title is not None:
        entries.append(title)
    for entry in section.iter("ref"):
        citation = entry.find("mixed-citation")
        if citation is None:
            continue
        language = languages.get(entry.get("id") or "", default)
        if language != default:
            citation.set(_XML_LANG, language)
        number = citation.find("named-content")
        if number is not None and number.get("content-type") == "csl-left-margin":
            element = etree.Element("label")
            element.text = _drawn_out(number)
            entry.insert(0, element)
    entries.extend(list(section.iter("ref")))


def _shape_table(wrap: Element) -> None:
    """The anchor of a table is that of its wrapping; what follows it up to the next block of the text is its foot."""
    table = wrap.find("table")
    if table is not None and table.get("id"):
        wrap.set("id", table.attrib.pop("id"))
    foot = wrap.find("table-wrap-foot")
    if foot is not None:
        wrap.append(foot)


def _shape_labels(tree: Element) -> None:
    for label in list(tree.iter("named-content")):
        holder = label.getparent()
        if holder is None:
            continue
        if label.get("content-type") == "equation-number":
            formula = label.getprevious()
            if formula is not None and formula.tag == "disp-formula":
                formula.insert(0, etree.Element("label"))
                formula[0].text = _drawn_out(label)
        if label.get("content-type") not in ("caption-label", "section-number"):
            continue
        outer = holder if holder.tag == "title" else holder.getparent()
        before = outer if outer is not None else holder
        parent = before.getparent()
        if parent is None:
            continue
        element = etree.Element("label")
        element.text = _drawn_out(label)
        parent.insert(parent.index(before), element)


def _drawn_out(label: Element) -> str:
    """Take a label out of the text that it begins; its words."""
    words = "".join(map(str, label.itertext())).strip()
    label.tail = (label.tail or "").lstrip()
    _taken(label)
    return words


def _in_paragraphs(holder: Element) -> None:
    for child in list(holder):
        if child.tag in _IN_PARAGRAPH:
            paragraph = etree.Element("p")
            paragraph.tail = child.tail
            child.tail = None
            holder.replace(child, paragraph)
            paragraph.append(child)


def _clean(tree: Element) -> None:
    for element in list(tree.iter("named-content", "styled-content")):
        if element.get(_XML_LANG) is None:
            _unwrap_inline(element)
        else:
            element.tag = "named-content"
            language, identifier = element.get(_XML_LANG), element.get("id")
            element.attrib.clear()
            element.set("content-type", "language")
            element.set(_XML_LANG, language or "")
            if identifier:
                element.set("id", identifier)
    for link in tree.iter("xref"):
        link.attrib.pop("alt", "")


def _unwrap_inline(element: Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    identifier = element.get("id")
    if identifier:
        if len(element) and not element[0].get("id") and not (element.text or "").strip():
            element[0].set("id", identifier)
        else:
            element.tag = "named-content"
            element.attrib.clear()
            element.set("content-type", "anchor")
            element.set("id", identifier)
            return
    children = list(element)
    _give(parent, at, element.text)
    tail = element.tail
    element.tail = None
    parent[at : at + 1] = children
    _give(parent, at + len(children), tail)


def _drop_empty(root: Element) -> None:
    """Links to what is not there are words; blocks that hold nothing go."""
    known = {element.get("id") for element in root.iter(etree.Element)}
    for link in list(root.iter("xref")):
        if link.get("rid") not in known:
            _unwrap_inline(link)
    for holder in root.iter(*_ELEMENTS_ALONE):
        if not (holder.text or "").strip():
            holder.text = "\n"
        for child in holder:
            if not (child.tail or "").strip():
                child.tail = "\n"
