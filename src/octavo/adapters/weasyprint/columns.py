"""A unit in two columns: laid out in columns, with whatever stands over both of them, and imposed.

WeasyPrint's own columns pile up or lose notes, so a column is a page here, with its notes at its foot.  The layout goes
round a few times: figures over both columns take their room from columns that are known only when they are filled, and
so do the last two columns, which are to end at the same line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Protocol
from xml.etree.ElementTree import Element

import weasyprint

from octavo.adapters.weasyprint.counting import count
from octavo.adapters.weasyprint.impose import POINT, filled, impose
from octavo.adapters.weasyprint.press import Galley, Laid, Press
from octavo.adapters.weasyprint.sheets import Matter, keep_header, lead, sheets, squeeze, take_apart
from octavo.model.columns import ColumnGrid
from octavo.model.layout import LayoutFacts, misplaced

# What all heads of one page may take of it at most.
_HEAD = 0.7
# The lines that a title has to leave to the columns below it.
_LEAST = 5
# Attempts to make the last columns of the same height, and the lines that they may lack of it.
_ATTEMPTS, _NEAR = 6, 2
_ALIGNED = 0.05  # pixels
_TEXT = frozenset({"p", "ul", "ol", "dl", "blockquote"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})


class _Box(Protocol):
    """What is used of a box."""

    element: Element | None
    element_tag: str
    children: Sequence[_Box]

    def descendants(self) -> Sequence[_Box]: ...
    def border_box_y(self) -> float: ...
    def margin_height(self) -> float: ...


@dataclass(frozen=True, slots=True)
class _Flow:
    """The columns as they are laid out: how many lines high they are, and what is known of their notes.

    ``pads`` are pixels below blocks, which bring the text behind them back to the lines of the grid.
    """

    galley: Galley
    heights: Mapping[int, int]
    pads: Mapping[Element, float]
    facts: LayoutFacts

    @property
    def sheets(self) -> int:
        """How many pages the columns need."""
        return ceil(len(self.galley.pages) / 2)


@dataclass(slots=True)
class _Setter:
    """Lays one unit out again and again."""

    press: Press
    matter: Matter
    grid: ColumnGrid
    notes: tuple[str, ...]
    extra: str

    def flow(self, heights: Mapping[int, int], pads: Mapping[Element, float]) -> _Flow:
        """Lay the columns out; ``heights`` are in lines, by the index of the page, where it is not full."""
        lead(self.matter, pads)
        rules = [f"@page column {{ size: {self._size(self.grid.lines)}; margin: 0 }}"]
        for page, lines in heights.items():
            for number in (2 * page + 1, 2 * page + 2):
                rules.append(f"@page column:nth({number}) {{ size: {self._size(lines)} }}")
        galley = self.press.set(self.matter.flow, f"{' '.join(rules)} {self.extra}")
        pages = [weasyprint.document.Page(box) for box in galley.pages]
        return _Flow(galley, heights, pads, count(pages, self.notes, ()))

    def align(self, heights: Mapping[int, int], before: _Flow) -> _Flow:
        """Lay them out again, and bring text that stood beside the lines of the grid ``before`` back to them."""
        pads = self._pads(before)
        if pads == before.pads and heights == before.heights:
            return before
        return self.flow(heights, pads)

    def _size(self, lines: int) -> str:
        return f"{self.grid.column_width:.4f}mm {max(lines, 1) * self.grid.line:.4f}pt"

    def _pads(self, flow: _Flow) -> Mapping[Element, float]:
        """What blocks need below them so that the text behind them stands on the lines of the grid, in pixels."""
        line = self.grid.line * POINT
        found: dict[Element, float] = {}
        for page in flow.galley.pages:
            shift = 0.0
            passed: list[Element] = []
            for block, top in _tops(page, self.matter.blocks).items():
                if passed and block.tag in _TEXT:
                    own = sum(flow.pads.get(each, 0.0) for each in passed)
                    off = (top + shift - own) % line
                    need = line - off if _ALIGNED < off < line - _ALIGNED else 0.0
                    # A heading stays near the text that it belongs to.
                    giver = next((each for each in reversed(passed) if each.tag not in _HEADINGS), passed[-1])
                    if need:
                        found[giver] = need
                    shift += need - own
                    passed = []
                passed.append(block)
        return found

    def sheets(self, heads: Sequence[Sequence[Element]], first_folio: int) -> tuple[Galley, tuple[Element, ...]]:
        """Lay the sheets out, one with each of the heads."""
        grid = self.grid
        root, sections = sheets(self.matter, heads)
        bottom = grid.page_height / 25.4 * 72 - grid.top / 25.4 * 72 - grid.lines * grid.line
        css = (
            f"@page sheet {{ size: {grid.page_width:.4f}mm {grid.page_height:.4f}mm;"
            f" margin: {grid.top:.4f}mm {grid.right:.4f}mm {bottom - 0.01:.4f}pt {grid.left:.4f}mm }}"
            f" @page sheet:first {{ counter-reset: page {first_folio} }}"
        )
        return self.press.set(root, f"{css} {self.extra}"), sections

    def lines(self, heads: Sequence[Sequence[Element]]) -> list[int]:
        """How many lines each of the heads takes; more than a page has where it does not fit on one."""
        galley, sections = self.sheets(heads, 1)
        found: dict[Element, list[float]] = {section: [] for section in sections}
        for page in galley.pages:
            first = {box.element: box.margin_height() for box in reversed(_descendants(page))}
            for section in found.keys() & first.keys():
                found[section].append(first[section])
        line = self.grid.line * POINT
        # A head that goes on on a second page fits on none.
        return [
            ceil(found[section][0] / line - 0.01) if len(found[section]) == 1 else self.grid.lines + 1
            for section in sections
        ]


def lay_out_columns(
    press: Press, html: str, grid: ColumnGrid, first_folio: int, notes: tuple[str, ...], extra: str = ""
) -> Laid:
    """Lay a unit out in two columns (a document as XML, see :class:`~octavo.model.edition.Unit`).

    Pages and anchors of the facts are those of the real pages, but a note is told as misplaced where it does not stand
    in the column of its call.
    """
    press.take_complaints()
    setter = _Setter(press, take_apart(html), grid, notes, extra)
    header = [setter.matter.header] if setter.matter.header is not None else []
    title, *wide = setter.lines([header, *([figure] for figure in setter.matter.wide)])
    if title > grid.lines - _LEAST:
        setter.matter = keep_header(setter.matter)
        header, title = [], 0
    room = dict(zip(setter.matter.wide, wide, strict=True))
    for figure, lines in room.items():
        if lines > grid.lines * _HEAD:
            setter.matter = squeeze(setter.matter, figure)
    flow, chosen = _place(setter, title, room)
    flow = _balance(setter, flow)
    sheets = max(flow.sheets, *(page + 1 for page in chosen)) if chosen else flow.sheets
    heads = [[*(header if page == 0 else []), *chosen.get(page, ())] for page in range(sheets)]
    taken = [_taken(page, title, chosen, room) for page in range(sheets)]
    galley, _ = setter.sheets(heads, first_folio)
    impose(flow.galley, galley, grid, taken)
    document = press.document(galley)
    # Each layout complains anew.
    facts = count(document.pages, (), tuple(dict.fromkeys(press.take_complaints())))
    placed = tuple(
        replace(note, call_page=2 * facts.anchors[call])
        if note.call_page is None and (call := f"call-{note.anchor.removeprefix('note-')}") in facts.anchors
        else note
        for note in flow.facts.notes
    )
    return Laid(replace(facts, notes=placed), document, galley.context, first_folio)


def _taken(page: int, title: int, chosen: Mapping[int, Sequence[Element]], room: Mapping[Element, int]) -> int:
    return (title if page == 0 else 0) + sum(room[figure] for figure in chosen.get(page, ()))


def _place(setter: _Setter, title: int, room: Mapping[Element, int]) -> tuple[_Flow, dict[int, list[Element]]]:
    """Lay the columns out, and each wide figure at the head of the page behind that of its place.

    What stands behind a page changes nothing on it; so each round places at least one figure for good.
    """
    grid = setter.grid
    chosen: dict[int, list[Element]] = {}
    flow = setter.flow({0: grid.lines - title}, {})
    for figure, place in zip(setter.matter.wide, setter.matter.places, strict=True):
        column = _column_of(flow.galley, place)
        page = max([column // 2 + 1, *chosen])
        if page >= flow.sheets:
            page = max([flow.sheets - 1, *chosen])
        while _taken(page, title, chosen, room) + room[figure] > grid.lines * _HEAD:
            page += 1
        chosen.setdefault(page, []).append(figure)
        heights = {number: grid.lines - _taken(number, title, chosen, room) for number in {0, *chosen}}
        flow = setter.align(heights, flow)
    return flow, chosen


def _column_of(galley: Galley, element: Element) -> int:
    for index, page in enumerate(galley.pages):
        if any(box.element is element for box in _descendants(page)):
            return index
    return 0


def _balance(setter: _Setter, flow: _Flow) -> _Flow:
    """Make the columns of the last page of about the same height, in a few attempts; else leave them as they are.

    Half of what stands in them is too little where something cannot be broken; so what is left over is shared out too,
    and then the least height is sought between the last that failed and the first that did.
    """
    last = flow.sheets - 1
    full = flow.heights.get(last, setter.grid.lines)
    line = setter.grid.line * POINT
    pages = flow.galley.pages
    best, low, high = flow, 0, full
    lines = ceil((filled(pages[-1]) / line + (full if len(pages) % 2 == 0 else 0)) / 2)
    for _ in range(_ATTEMPTS):
        if lines >= high:
            break
        attempt = setter.align({**flow.heights, last: lines}, best)
        over = attempt.galley.pages[2 * flow.sheets :]
        if not over and len(misplaced(attempt.facts)) <= len(misplaced(flow.facts)):
            best, high = attempt, lines
            # What is free behind the last line could be shared out.
            free = int(lines - filled(attempt.galley.pages[-1]) / line)
            low = max(low, lines - free // 2 - 1)
            if high - low <= _NEAR:
                break
            lines = (low + high) // 2
        else:
            low = lines
            more = ceil(sum(map(filled, over)) / line / 2)
            lines = max(low + 1, low + more if high == full else (low + high) // 2)
    return _aligned(setter, best)


def _aligned(setter: _Setter, flow: _Flow) -> _Flow:
    """The same columns, their text on the lines of the grid once more, unless that costs a page or a note its place."""
    again = setter.align(flow.heights, flow)
    if again.sheets > flow.sheets or len(misplaced(again.facts)) > len(misplaced(flow.facts)):
        return flow
    return again


def _tops(page: object, blocks: Sequence[Element]) -> dict[Element, float]:
    """How far down the blocks begin that stand on a page, in their order; only the first box of each counts."""
    wanted = set(blocks)
    tops: dict[Element, float] = {}
    for box in _descendants(page):
        if box.element is not None and box.element in wanted:
            tops.setdefault(box.element, box.border_box_y())
    return tops


def _descendants(page: object) -> list[_Box]:
    boxes: list[_Box] = list(page.descendants())  # type: ignore[attr-defined]
    return boxes
