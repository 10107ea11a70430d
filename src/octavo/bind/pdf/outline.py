"""The bookmarks of all units into one outline (PDF 32000-1, 12.3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from octavo.bind.pdf.pages import OpenUnit
from octavo.errors import InternalError
from octavo.model.edition import Bookmark

_SMALL = 40  # An outline with more entries opens with its first level alone.


@dataclass(frozen=True, slots=True)
class _Node:
    bookmark: Bookmark
    unit: OpenUnit
    kids: list[_Node] = field(default_factory=list)


def add_outline(out: Pdf, units: Sequence[OpenUnit]) -> bool:
    """Write the outline; tell whether there is one.

    Levels may be skipped: an entry belongs to the nearest one before it whose level is lower, in whatever unit.

    Raises:
        InternalError: A bookmark is on a page that its unit does not have.
    """
    top: list[_Node] = []
    path: list[_Node] = []
    count = 0
    for unit in units:
        for bookmark in unit.unit.bookmarks:
            node = _Node(bookmark, unit)
            while path and path[-1].bookmark.level >= bookmark.level:
                path.pop()
            (path[-1].kids if path else top).append(node)
            path.append(node)
            count += 1
    if not top:
        return False
    root = out.make_indirect(Dictionary(Type=Name.Outlines))
    pages = [page.obj for page in out.pages]
    root.Count = _add_kids(out, pages, root, top, opened=count <= _SMALL)
    out.Root.Outlines = root
    return True


def _add_kids(out: Pdf, pages: Sequence[Object], parent: Object, nodes: Sequence[_Node], *, opened: bool) -> int:
    """Write one level below ``parent``; return how many entries are seen when it is open."""
    items = []
    for node in nodes:
        target = _destination(pages, node.unit, node.bookmark)
        items.append(out.make_indirect(Dictionary(Title=String(node.bookmark.title), Parent=parent, Dest=target)))
    for before, after in pairwise(items):
        before.Next = after
        after.Prev = before
    parent.First, parent.Last = items[0], items[-1]
    seen = len(items)
    for item, node in zip(items, nodes, strict=True):
        if node.kids:
            below = _add_kids(out, pages, item, node.kids, opened=opened)
            item.Count = below if opened else -below
            seen += below if opened else 0
    return seen


def _destination(pages: Sequence[Object], unit: OpenUnit, bookmark: Bookmark) -> Array:
    if not 0 <= bookmark.page < len(unit.pages):
        raise InternalError(f"unit {unit.unit.id!r} has no page {bookmark.page}, where {bookmark.title!r} should stand")
    page = pages[unit.start + bookmark.page]
    # The trim box is where layout counts from; the media box has the bleed too.
    left, _, _, top = page.get("/TrimBox", page.MediaBox)
    x, y = round(float(left) + bookmark.x, 3), round(float(top) - bookmark.y, 3)
    return Array([page, Name.XYZ, x, y, None])
