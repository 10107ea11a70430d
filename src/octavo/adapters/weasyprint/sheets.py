"""A document for two columns into two: what flows through the columns, and the pages that they are put on.

The flow is laid out on pages of the width of a column.  The sheets are the real pages: each has a section with what
stands over the width of both columns at its head, or with nothing, and the margin boxes of a page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element, SubElement, fromstring

ACROSS = "across"
_SQUEEZED = "squeezed"


@dataclass(frozen=True, slots=True)
class Matter:
    """A document taken apart.

    ``flow`` is the document of the columns, ``blocks`` are those of its text, and ``styles`` their own.  ``header`` and
    the figures of ``wide`` stand over both columns; an empty element of ``places`` stands in the flow for each figure.
    """

    flow: Element
    blocks: tuple[Element, ...]
    header: Element | None
    wide: tuple[Element, ...]
    places: tuple[Element, ...]
    styles: Mapping[Element, str]


def take_apart(html: str) -> Matter:
    """Take a document apart (XML, as units have it)."""
    root = fromstring(html)
    body = _child(root, "body")
    header = next((child for child in body if child.tag == "header" and _has(child, ACROSS)), None)
    if header is not None:
        body.remove(header)
    _add_class(body, "column-flow")
    main = body.find("main")
    wide, places = [], []
    for parent in list(body.iter()):
        for index, child in enumerate(list(parent)):
            if child.tag in ("figure", "div") and _has(child, ACROSS):
                place = Element("div", {"class": "across-place"})
                place.tail, child.tail = child.tail, None
                parent[index] = place
                wide.append(child)
                places.append(place)
    blocks = [] if main is None else list(main)
    styles = {block: block.get("style", "") for block in blocks}
    return Matter(root, tuple(blocks), header, tuple(wide), tuple(places), styles)


def squeeze(matter: Matter, figure: Element) -> Matter:
    """Put a figure that is too high for the head of a page back into its column, where it has to be narrow."""
    index = matter.wide.index(figure)
    place = matter.places[index]
    for parent in matter.flow.iter():
        for at, child in enumerate(list(parent)):
            if child is place:
                figure.tail = place.tail
                parent[at] = figure
    _add_class(figure, _SQUEEZED)
    blocks = tuple(figure if block is place else block for block in matter.blocks)
    wide = tuple(one for one in matter.wide if one is not figure)
    places = tuple(one for one in matter.places if one is not place)
    styles = {**matter.styles, figure: figure.get("style", "")}
    return replace(matter, blocks=blocks, wide=wide, places=places, styles=styles)


def keep_header(matter: Matter) -> Matter:
    """Put a header that is too high for the head of a page into the first column."""
    assert matter.header is not None
    _child(matter.flow, "body").insert(0, matter.header)
    return replace(matter, header=None)


def lead(matter: Matter, pads: Mapping[Element, float]) -> None:
    """Give blocks of the flow so many pixels more below, and take what was given before."""
    for block in matter.blocks:
        style = matter.styles[block]
        if pads.get(block):
            style = f"{style};padding-bottom:{pads[block]:.4f}px".lstrip(";")
        if style:
            block.set("style", style)
        elif "style" in block.attrib:
            del block.attrib["style"]


def sheets(matter: Matter, heads: Sequence[Sequence[Element]]) -> tuple[Element, tuple[Element, ...]]:
    """The document of the sheets, and their sections: one page for each of ``heads``."""
    root = Element("html", dict(matter.flow.attrib))
    root.append(_child(matter.flow, "head"))
    body = SubElement(root, "body", dict(_child(matter.flow, "body").attrib))
    body.set("class", " ".join(name for name in body.get("class", "").split() if name != "column-flow"))
    _add_class(body, "column-sheets")
    sections = []
    for head in heads:
        section = SubElement(body, "section", {"class": "sheet head" if head else "sheet"})
        section.extend(head)
        sections.append(section)
    return root, tuple(sections)


def _child(root: Element, name: str) -> Element:
    found = root.find(name)
    return SubElement(root, name) if found is None else found


def _has(element: Element, name: str) -> bool:
    return name in element.get("class", "").split()


def _add_class(element: Element, name: str) -> None:
    if not _has(element, name):
        element.set("class", f"{element.get('class', '')} {name}".strip())
