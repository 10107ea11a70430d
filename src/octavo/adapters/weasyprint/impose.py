"""Pages of the width of a column onto the sheets that they belong to.

This is done with the boxes of the layout, before anything is written: so the marks of the content, the structure tree,
links, places, outline and fonts of the file are those of the sheets from the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, cast

from weasyprint.formatting_structure.boxes import FootnoteAreaBox, MarginBox
from weasyprint.layout.background import layout_box_backgrounds

from octavo.adapters.weasyprint.press import Context, Galley, PageBox
from octavo.model.columns import ColumnGrid

PX = 96 / 25.4
"""CSS pixels in a millimetre."""
POINT = 96 / 72
"""CSS pixels in a point."""


class _Box(Protocol):
    """What is used of a box."""

    height: float

    def margin_height(self) -> float: ...
    def translate(self, dx: float, dy: float) -> None: ...


def impose(flow: Galley, sheets: Galley, grid: ColumnGrid, heads: Sequence[int]) -> None:
    """Put the pages of the flow onto the sheets, two on each; ``heads`` are the lines that the head of each takes."""
    for number, sheet in enumerate(sheets.pages):
        columns: list[object] = []
        for page, left in zip(flow.pages[2 * number : 2 * number + 2], grid.starts, strict=False):
            down = grid.top * PX + heads[number] * grid.line * POINT
            for box in page.children:
                if not isinstance(box, MarginBox):
                    _move(box, left * PX, down, sheet, flow.context)
                    columns.append(box)
        own = [box for box in sheet.children if not isinstance(box, MarginBox)]
        margins = [box for box in sheet.children if isinstance(box, MarginBox)]
        sheet.children = (*own, *columns, *margins)


def _move(box: object, across: float, down: float, sheet: PageBox, context: Context) -> None:
    cast(_Box, box).translate(across, down)
    # Backgrounds and what is drawn in them were placed where the box stood before.
    layout_box_backgrounds(sheet, box, context.get_image_from_uri)


def filled(page: PageBox) -> float:
    """The height of what stands on a page of the flow with its notes, in pixels."""
    return sum(
        cast(_Box, box).margin_height()
        for index, box in enumerate(page.children)
        if index == 0 or isinstance(box, FootnoteAreaBox)
    )
