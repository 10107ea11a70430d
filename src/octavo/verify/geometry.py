"""Places of glyphs on pages: whether notes stand in order, and nothing covers them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from octavo.adapters.pdfium import Box, Run
from octavo.model.columns import ReadColumns
from octavo.verify.faults import Fault, FaultKind

_NEAR = 0.5  # points: how far to the side a link may stand from its anchor
_LEVEL = 8.0  # points: how far up or down; a reference that stands under the call on the next line is further off
_EXACT = 0.1  # points: places that one layout gives to the same thing
_ON = 3.0  # points: how far glyphs may stand out of their link
_LINE = 8.0  # points: calls whose feet are nearer than this stand on one line
_GAP = 6.0  # points: more than a wide space between two words
_SHARED = 0.3  # of the smaller box: more than the overlap of neighbours with a deep and a tall letter


@dataclass(frozen=True, slots=True)
class Piece:
    """A call or a note on the page of that index: its label, and its glyphs there, the label's first."""

    label: str
    page: int
    runs: tuple[Run, ...]


def near(point: tuple[float, float], box: Box) -> bool:
    """Whether an anchor is that of a link to what it belongs to: at its left edge, and on its line."""
    return abs(point[0] - box[0]) < _NEAR and abs(point[1] - box[3]) < _LEVEL


def at_corner(point: tuple[float, float], box: Box, raised: float = 0.0) -> bool:
    """Whether an anchor must be that of a link: at its upper left corner, or ``raised`` points above it at most."""
    return abs(point[0] - box[0]) < _EXACT and -_EXACT < point[1] - box[3] < raised + _EXACT


def on_link(box: Box, runs: Sequence[Run]) -> bool:
    """Whether glyphs stand in a link."""
    return all(
        each[0] >= box[0] - _ON and each[2] <= box[2] + _ON and each[1] >= box[1] - _ON and each[3] <= box[3] + _ON
        for each in (run.box for run in runs)
        if _area(each)
    )


def in_order(
    pieces: Mapping[str, Piece],
    what: str,
    main: Mapping[str, int],
    pages: Sequence[Mapping[int, tuple[Run, ...]]] = (),
    columns: ReadColumns | None = None,
) -> Iterator[Fault]:
    """Calls or notes that a reader meets in another order than that of the plan.

    ``main`` counts those of the main series by their anchors.  With all glyphs of the ``pages``, it is no fault that
    one stands higher than the one before, but in a line beside its line: so do columns and floats.  A page with
    ``columns`` is read column by column.
    """
    known = sorted((name for name in pieces if name in main), key=lambda name: main[name])
    for first, second in pairwise(known):
        before, after = pieces[first], pieces[second]
        if not before.runs or not after.runs:
            continue
        a, b = before.runs[0].box, after.runs[0].box
        places = [(piece.page, column_of(name, piece, columns)) for name, piece in ((first, before), (second, after))]
        if places[0] != places[1]:
            wrong = places[0] > places[1]
        elif abs(a[1] - b[1]) < _LINE:
            wrong = a[0] > b[0] and not _beside(a, b, pages, before.page)
        else:
            wrong = a[1] < b[1] and not _beside(a, b, pages, before.page)
        if wrong:
            message = f"a reader meets the {what} {after.label} before the {what} {before.label}"
            yield Fault(FaultKind.TEXT, second, message)


def column_of(name: str, piece: Piece, columns: ReadColumns | None) -> int:
    """The column that a call or a note begins in, from 1, or 0 where there is none."""
    if columns is None or name in columns.across or not piece.runs:
        return 0
    return 1 if piece.runs[0].box[0] < columns.middle else 2


def apart(calls: Mapping[str, Piece], notes: Mapping[str, Piece], columns: ReadColumns) -> Iterator[Fault]:
    """Notes that stand in another column than their calls, or that leave their column."""
    for name, note in notes.items():
        of_call = "call-" + name.removeprefix("note-")
        call = calls.get(of_call)
        if call is None or not call.runs or call.page != note.page:
            continue
        mine, found = 1 if call.runs[0].box[0] < columns.middle else 2, column_of(name, note, columns)
        # What is called over both columns has its note in the first; a title that has no room there is in a column.
        if found not in ({1, mine} if of_call in columns.across else {mine}):
            message = f"note {note.label} stands in column {found}, its call in column {mine}"
            yield Fault(FaultKind.PAGE, name, message)
        elif any((run.box[0] < columns.middle) != (found == 1) for run in note.runs if run.text.strip()):
            yield Fault(FaultKind.PAGE, name, f"note {note.label} goes on in another column")


def _beside(first: Box, second: Box, pages: Sequence[Mapping[int, tuple[Run, ...]]], page: int) -> bool:
    """Whether the lines of two glyphs of a page stand side by side, and not one above the other."""
    if page >= len(pages):
        return False
    printed = [run.box for group in pages[page].values() for run in group if run.text.strip()]
    a, b = _line(first, printed), _line(second, printed)
    return a[1] < b[0] or b[1] < a[0]


def _line(box: Box, printed: Sequence[Box]) -> tuple[float, float]:
    """The left and the right end of the line of a glyph: all that stands on its height without a gap."""
    left, right = box[0], box[2]
    level = sorted(other for other in printed if other[1] < box[3] and other[3] > box[1])
    for other in reversed(level):
        if other[0] < left <= other[2] + _GAP:
            left = other[0]
    for other in level:
        if other[0] - _GAP <= right < other[2]:
            right = other[2]
    return left, right


def covered(pieces: Mapping[str, Piece], runs: Sequence[Mapping[int, tuple[Run, ...]]], what: str) -> Iterator[Fault]:
    """Calls or notes whose glyphs other glyphs stand on."""
    by_page: dict[int, list[tuple[str, Piece]]] = {}
    for name, piece in pieces.items():
        by_page.setdefault(piece.page, []).append((name, piece))
    for page, found in by_page.items():
        printed = [run for group in runs[page].values() for run in group if run.text.strip()]
        for name, piece in found:
            own = {id(run) for run in piece.runs}
            bounds = _bounds([run.box for run in piece.runs])
            others = [run.box for run in printed if id(run) not in own and _shared(run.box, bounds) > 0]
            if any(_shared(run.box, other) > _SHARED for run in piece.runs for other in others):
                yield Fault(FaultKind.COVERED, name, f"other words are printed over the {what} {piece.label}")


def _area(box: Box) -> float:
    return max(box[2] - box[0], 0.0) * max(box[3] - box[1], 0.0)


def _bounds(boxes: Sequence[Box]) -> Box:
    if not boxes:
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = zip(*boxes, strict=True)
    return min(left), min(bottom), max(right), max(top)


def _shared(box: Box, other: Box) -> float:
    """The part of the smaller box that both cover."""
    both = (max(box[0], other[0]), max(box[1], other[1]), min(box[2], other[2]), min(box[3], other[3]))
    smaller = min(_area(box), _area(other))
    return _area(both) / smaller if smaller else 0.0
