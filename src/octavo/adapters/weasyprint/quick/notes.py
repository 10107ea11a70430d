"""The height of the notes at the foot of a page, found once for the same notes.

WeasyPrint lays out all notes of a page anew for each that comes or goes, which is most of the time of pages with many.
While it looks for the place where a page can break, the same notes come and go many times, and what their area needs
depends on them alone: their boxes are not changed by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from weasyprint import layout

from octavo.adapters.weasyprint.quick.replace import Replacement, replacement

_slow_update = layout.LayoutContext._update_footnote_area


class _Area(Protocol):
    """What is used of the area of the notes of a page; ``octavo_heights`` is ours, by the notes in it."""

    children: Sequence[object]
    height: float | str
    octavo_heights: dict[tuple[int, ...], tuple[float, float, bool]]

    def margin_height(self) -> float: ...


class _Context(Protocol):
    """What is used of WeasyPrint's layout context."""

    current_footnote_area: _Area
    current_page_footnotes: Sequence[object]
    in_column: bool
    page_bottom: float


def _update(context: _Context) -> bool:
    """Fit the area to the notes in it; tells whether they are higher than it may be."""
    area, notes = context.current_footnote_area, context.current_page_footnotes
    if context.in_column or not notes:
        return bool(_slow_update(context))
    try:
        known = area.octavo_heights
    except AttributeError:
        known = area.octavo_heights = {}
    # The notes of a unit live as long as its layout, so that their identities stand for them.
    key = tuple(map(id, notes))
    if key not in known:
        bottom = context.page_bottom + (0 if isinstance(area.height, str) else area.margin_height())
        overflow = bool(_slow_update(context))
        assert not isinstance(area.height, str)
        known[key] = area.height, bottom - context.page_bottom, overflow
        return overflow
    height, taken, overflow = known[key]
    if not isinstance(area.height, str):
        context.page_bottom += area.margin_height()
    area.children = notes
    area.height = height
    context.page_bottom -= taken
    return overflow


REPLACEMENTS: tuple[Replacement, ...] = (replacement(layout.LayoutContext, "_update_footnote_area", _update),)
