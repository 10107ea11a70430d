"""Sections of a document: page, head and foot, and where the numbers of footnotes begin anew."""

from __future__ import annotations

from dataclasses import dataclass

from octavo.bind.docx.marks import marked
from octavo.bind.docx.package import DOCUMENT, Package
from octavo.bind.docx.xml import (
    PARAGRAPH_ORDER,
    TWIPS,
    Element,
    R,
    field,
    make,
    properties_of,
    run,
    set_property,
    w,
    write,
)
from octavo.model.docx import PageShape

_MILLIMETRE = 72 / 25.4 * TWIPS
# The distance of head and foot from the edge, as a share of the margin.
_HEAD = 0.5
_QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Frame:
    """What is around the text: the page, the words of its head, whether a section begins the footnotes anew.

    Where there is ``front`` matter it is the first section, has its pages in roman numbers and no head.
    """

    page: PageShape
    header: str = ""
    restart: bool = False
    front: bool = False


def page_size(page: PageShape) -> list[Element]:
    """The size and the margins of a page (ISO/IEC 29500-1, 17.6.13 and 17.6.11)."""
    size = make("pgSz", w=round(page.width * _MILLIMETRE), h=round(page.height * _MILLIMETRE))
    if page.width > page.height:
        size.set(w("orient"), "landscape")
    margins = make(
        "pgMar",
        top=round(page.top * _MILLIMETRE),
        right=round(page.right * _MILLIMETRE),
        bottom=round(page.bottom * _MILLIMETRE),
        left=round(page.left * _MILLIMETRE),
        header=round(page.top * _HEAD * _MILLIMETRE),
        footer=round(page.bottom * _HEAD * _MILLIMETRE),
        gutter=0,
    )
    return [size, margins]


def set_sections(package: Package, frame: Frame, styles: dict[str, str]) -> None:
    """Put a section's properties where a mark ends it, and those of the last at the end of the body.

    A mark ``quiet`` ends a section without footnotes, whose numbers go on whatever the others do; the one after it
    begins on the same page.
    """
    body = package.tree(DOCUMENT)[0]
    header = _add_part(package, "header", _header(frame.header, styles)) if frame.header else ""
    footer = _add_part(package, "footer", _footer(styles))
    ends = [paragraph for paragraph in body.iterchildren(w("p")) if marked(paragraph) in ("section", _QUIET)]
    count = len(ends) + 1
    kinds = ["", *map(marked, ends), ""]
    for index, paragraph in enumerate(ends):
        section = _section(frame, index, count, header, footer)
        _vary(section, kinds[index + 1], kinds[index])
        previous = paragraph.getprevious()
        if previous is not None and previous.tag == w("p") and properties_of(previous).find(w("sectPr")) is None:
            body.remove(paragraph)
            set_property(properties_of(previous), section, PARAGRAPH_ORDER)
        else:
            for child in list(paragraph):
                paragraph.remove(child)
            properties_of(paragraph).append(section)
    for old in body.findall(w("sectPr")):
        body.remove(old)
    last = _section(frame, count - 1, count, header, footer)
    _vary(last, "", kinds[-2])
    body.append(last)


def _vary(section: Element, kind: str, before: str) -> None:
    restart, begins = section.find(f"{w('footnotePr')}/{w('numRestart')}"), section.find(w("type"))
    if kind == _QUIET and restart is not None:
        restart.set(w("val"), "continuous")
    if before == _QUIET and begins is not None:
        begins.set(w("val"), "continuous")


def _section(frame: Frame, index: int, count: int, header: str, footer: str) -> Element:
    front = frame.front and index == 0 and count > 1
    section = make("sectPr")
    if header and not front:
        section.append(_reference("header", header, "default"))
    section.append(_reference("footer", footer, "default"))
    section.append(make("footnotePr", make("numFmt", val="decimal"), *_restart(frame)))
    section.append(make("type", val="nextPage"))
    section.extend(page_size(frame.page))
    if front:
        section.append(make("pgNumType", fmt="lowerRoman", start=1))
    elif index == int(frame.front and count > 1):
        section.append(make("pgNumType", fmt="decimal", start=1))
    section.append(make("cols", space=720))
    if front:
        # The title page has neither head nor foot.
        section.append(make("titlePg"))
    return section


def _restart(frame: Frame) -> list[Element]:
    return [make("numRestart", val="eachSect" if frame.restart else "continuous")]


def _reference(kind: str, relationship: str, which: str) -> Element:
    reference = make(f"{kind}Reference", type=which)
    reference.set(f"{{{R}}}id", relationship)
    return reference


def _add_part(package: Package, kind: str, root: Element) -> str:
    package.add(f"word/{kind}1.xml", write(root), kind)
    return package.relate(DOCUMENT, kind, f"{kind}1.xml")


def _header(text: str, styles: dict[str, str]) -> Element:
    return make("hdr", make("p", make("pPr", make("pStyle", val=styles["header"])), run(text)))


def _footer(styles: dict[str, str]) -> Element:
    return make("ftr", make("p", make("pPr", make("pStyle", val=styles["footer"])), *field("PAGE", "1")))
