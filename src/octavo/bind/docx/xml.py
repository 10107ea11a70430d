"""WordprocessingML as trees: names, new elements, small questions."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

Element = etree._Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
TWIPS = 20.0
"""Twentieths of a point, in which Word measures."""
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def w(name: str) -> str:
    """The name of an element or attribute of WordprocessingML."""
    return f"{{{W}}}{name}"


def make(name: str, /, *children: Element, **attributes: str | int) -> Element:
    """A new element of WordprocessingML with attributes of it; ``val_`` and the like stand for Python's words."""
    element = etree.Element(w(name), nsmap={"w": W})
    for key, value in attributes.items():
        element.set(w(key.rstrip("_")), str(value))
    element.extend(children)
    return element


def run(text: str, *properties: Element) -> Element:
    """A run of text."""
    element = make("r")
    if properties:
        element.append(make("rPr", *properties))
    element.append(text_of_run(text))
    return element


def text_of_run(text: str) -> Element:
    """The text within a run, its spaces kept."""
    element = make("t")
    element.text = text
    element.set(XML_SPACE, "preserve")
    return element


def field(instruction: str, result: str, *properties: Element, dirty: bool = False) -> list[Element]:
    """A field (ISO/IEC 29500-1, 17.16) as runs: its instruction, and what it showed when it was written."""
    begin = make("fldChar", fldCharType="begin")
    if dirty:
        begin.set(w("dirty"), "true")
    code = make("instrText")
    code.text = f" {instruction} "
    code.set(XML_SPACE, "preserve")
    pieces = [begin, code, make("fldChar", fldCharType="separate")]
    runs = [make("r", piece) for piece in pieces]
    if properties:
        for one in runs:
            one.insert(0, make("rPr", *(etree.fromstring(etree.tostring(each)) for each in properties)))
    return [*runs, run(result, *properties), make("r", make("fldChar", fldCharType="end"))]


def style_of(paragraph: Element) -> str:
    """The identifier of a paragraph's style, or empty."""
    found = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return "" if found is None else found.get(w("val"), "")


def properties_of(paragraph: Element) -> Element:
    """The properties of a paragraph, which get a place where there are none."""
    found = paragraph.find(w("pPr"))
    if found is None:
        found = make("pPr")
        paragraph.insert(0, found)
    return found


def set_property(properties: Element, child: Element, order: Sequence[str]) -> None:
    """Put a property in its place in the sequence that the schema asks for, instead of one of its name."""
    for old in properties.findall(child.tag):
        properties.remove(old)
    rank = {w(name): index for index, name in enumerate(order)}
    own = rank[str(child.tag)]
    at = next((index for index, one in enumerate(properties) if rank.get(str(one.tag), len(order)) > own), None)
    if at is None:
        properties.append(child)
    else:
        properties.insert(at, child)


PARAGRAPH_ORDER = tuple(
    [
        "pStyle",
        "keepNext",
        "keepLines",
        "pageBreakBefore",
        "framePr",
        "widowControl",
        "numPr",
        "suppressLineNumbers",
        "pBdr",
        "shd",
        "tabs",
        "suppressAutoHyphens",
        "kinsoku",
        "wordWrap",
        "overflowPunct",
        "topLinePunct",
        "autoSpaceDE",
        "autoSpaceDN",
        "bidi",
        "adjustRightInd",
        "snapToGrid",
        "spacing",
        "ind",
        "contextualSpacing",
        "mirrorIndents",
        "suppressOverlap",
        "jc",
        "textDirection",
        "textAlignment",
        "textboxTightWrap",
        "outlineLvl",
        "divId",
        "cnfStyle",
        "rPr",
        "sectPr",
        "pPrChange",
    ]
)
"""The sequence of a paragraph's properties (ISO/IEC 29500-1, 17.3.1.26)."""


def write(root: Element) -> bytes:
    """A part of a package."""
    return _HEAD + etree.tostring(root, encoding="UTF-8")


def parse(data: bytes) -> Element:
    """A part of a package as a tree.  Raises lxml's XMLSyntaxError."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
