"""What really stands on the pages of a unit: anchors, bookmarks, and each note with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from octavo.adapters.weasyprint.continuing import Cuts, line_ends
from octavo.adapters.weasyprint.shapes import Box, Place
from octavo.model.edition import Bookmark
from octavo.model.layout import LayoutFacts, NoteFact

_POINTS = 0.75  # one CSS pixel in points
# Long notes are cut at each third line end: each part costs time, and the text fills what is left on a page.
_LONG, _COARSE = 15, 3
_SLACK = 0.5  # pixels: what rounding may add


class _Page(Protocol):
    """What is used of a page; anchors are boxes as left, top, right, bottom in pixels."""

    anchors: Mapping[str, tuple[float, float, float, float]]
    bookmarks: Sequence[tuple[int, str, tuple[float, float], str]]
    _page_box: Box


class _Document(Protocol):
    """What is used of a document."""

    pages: Sequence[_Page]


def count(pages: Sequence[_Page], notes: Iterable[str], complaints: tuple[str, ...]) -> LayoutFacts:
    """The facts of the pages on which all ``notes`` (their anchors) have to stand."""
    anchors: dict[str, int] = {}
    bookmarks: list[Bookmark] = []
    rests: dict[str, dict[int, int]] = {}
    without_room: set[str] = set()
    for index, page in enumerate(pages):
        for name in page.anchors:
            anchors.setdefault(name, index)
            if name.startswith("rest-"):
                rests.setdefault(_owner(name), {})[int(name.rpartition(".")[2])] = index
        for level, title, (x, y), _ in page.bookmarks:
            bookmarks.append(Bookmark(level, title, index, x * _POINTS, y * _POINTS))
        without_room.update(_without_room(page._page_box))
    found: list[NoteFact] = []
    earliest = len(pages)
    for name in reversed([*notes]):
        call_page = anchors.get("call-" + name.removeprefix("note-"))
        in_order = call_page is None or call_page <= earliest
        earliest = min(earliest, earliest if call_page is None else call_page)
        inside = name in anchors and name not in without_room
        parts = tuple(page for _, page in sorted(rests.get(name, {}).items()))
        found.append(NoteFact(name, call_page, anchors.get(name), inside, parts, in_order))
    return LayoutFacts(len(pages), anchors, tuple(bookmarks), tuple(reversed(found)), complaints)


def _owner(rest: str) -> str:
    return "note-" + rest.removeprefix("rest-").rpartition(".")[0]


def _notes_of(page: Box) -> Iterator[Box]:
    for area in page.children:
        if isinstance(area, boxes.FootnoteAreaBox):
            yield from area.children


def _name_of(note: Box) -> str:
    """The anchor of a note, or of the note that a rest belongs to."""
    name = str(note.style["anchor"] or "")
    return _owner(name) if name.startswith("rest-") else name


def _without_room(page: Box) -> Iterator[str]:
    """The notes that stand on the text of their page, or out of it; the last ones are those that have no room."""
    area = next((child for child in page.children if isinstance(child, boxes.FootnoteAreaBox)), None)
    if area is None:
        return
    text = max((_foot(child) for child in page.children if child.element_tag == "html"), default=0.0)
    lacking = max(text, page.content_box_y()) - area.position_y
    for note in reversed(area.children):
        if lacking <= _SLACK:
            return
        yield _name_of(note)
        lacking -= note.margin_height()


def _foot(box: Box) -> float:
    """How far down the page the lines of a box reach: blocks themselves are stretched where a page breaks them."""
    if isinstance(box, AbsolutePlaceholder) or not hasattr(box, "height"):
        return 0.0
    children = getattr(box, "children", ())
    if isinstance(box, boxes.LineBox) or not children:
        return box.position_y + box.margin_height()
    return max(map(_foot, children))


def places_to_cut(document: _Document, notes: Iterable[str], *, everywhere: bool = False) -> dict[str, list[Place]]:
    """Where notes can be cut: at each line end, two lines kept on both sides unless ``everywhere``."""
    wanted = set(notes)
    found: dict[str, list[Place]] = {}
    for page in document.pages:
        for note in _notes_of(page._page_box):
            name = _name_of(note)
            if name in wanted and name not in found:
                ends = line_ends(note)
                if not everywhere:
                    ends = ends[1:-1][:: _COARSE if len(ends) > _LONG else 1]
                if ends:
                    found[name] = ends
    return found


def tall_notes(document: _Document, share: float) -> frozenset[str]:
    """The notes that take more than a share of the height of their page."""
    return frozenset(
        _name_of(note)
        for page in document.pages
        for note in _notes_of(page._page_box)
        if note.margin_height() > share * page._page_box.height
    )


def cuts_made(document: _Document, cuts: Cuts) -> dict[str, list[Place]]:
    """Those of the places at which the rest of a note really stands on another page."""
    pages = {name: index for index, page in reversed([*enumerate(document.pages)]) for name in page.anchors}
    made: dict[str, list[Place]] = {}
    for name, places in cuts.items():
        names = [name, *(f"rest-{name.removeprefix('note-')}.{index}" for index in range(1, len(places) + 1))]
        stands = [pages.get(each) for each in names]
        kept = [place for place, before, after in zip(places, stands, stands[1:], strict=False) if before != after]
        if kept:
            made[name] = kept
    return made
