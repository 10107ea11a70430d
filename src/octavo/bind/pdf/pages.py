"""Printed units into the pages of one file: order, blank pages and page labels."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from octavo.bind.pdf.trees import write_tree
from octavo.errors import InternalError
from octavo.model.edition import PrintedUnit


@dataclass(frozen=True, slots=True)
class OpenUnit:
    """A unit, its file, and the index in the bound file of its first page; ``index`` is its place among the units."""

    unit: PrintedUnit
    pdf: Pdf
    pages: tuple[Object, ...]
    index: int
    start: int


def open_units(units: Sequence[PrintedUnit]) -> tuple[OpenUnit, ...]:
    """Open the files of the units and find where each begins in the bound file.

    Raises:
        InternalError: A unit has other pages than it says.
    """
    opened: list[OpenUnit] = []
    start = 0
    for index, unit in enumerate(units):
        pdf = Pdf.open(io.BytesIO(unit.pdf))
        pages = tuple(page.obj for page in pdf.pages)
        if len(pages) != unit.pages or not pages:
            raise InternalError(f"unit {unit.id!r} says that it has {unit.pages} pages; its file has {len(pages)}")
        opened.append(OpenUnit(unit, pdf, pages, index, start))
        start += len(pages) + len(pages) % 2
    return tuple(opened)


def add_pages(out: Pdf, unit: OpenUnit, page_size: tuple[float, float], *, last: bool) -> None:
    """Append the pages of a unit, and a blank one where the next unit would begin on an even page."""
    for page in unit.pages:
        out.pages.append(Page(page))
    if len(unit.pages) % 2 and not last:
        box = Array([0, 0, *page_size])
        blank = Dictionary(Type=Name.Page, MediaBox=box, TrimBox=box, Resources=Dictionary())
        out.pages.append(Page(out.make_indirect(blank)))


def add_page_labels(out: Pdf, units: Sequence[OpenUnit]) -> None:
    """Label the pages with their folios (PDF 32000-1, 12.4.2); blank pages are counted."""
    pairs: list[tuple[int, Object]] = []
    expected = None
    for unit in units:
        series, first = unit.unit.roman, unit.unit.first_folio
        if expected != (series, first):
            style = Name.r if series else Name.D
            pairs.append((unit.start, Dictionary(S=style, St=first)))
        expected = (series, first + len(unit.pages) + len(unit.pages) % 2)
    out.Root.PageLabels = write_tree(out, "/Nums", pairs)


def folio(unit: OpenUnit, page: int) -> str:
    """The printed folio of a page of a unit, ``page`` counting from 0."""
    number = unit.unit.first_folio + page
    return roman(number) if unit.unit.roman else str(number)


def roman(number: int) -> str:
    """A positive number in lower-case roman figures, as PDF viewers write it (PDF 32000-1, table 159)."""
    figures = (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
        (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    )  # fmt: skip
    text = ""
    for value, letters in figures:
        text += letters * (number // value)
        number %= value
    return text
