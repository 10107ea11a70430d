"""Places of glyphs: what belongs together, in which order it is met, and what covers it."""

from __future__ import annotations

from octavo.adapters.pdfium import Box, Run
from octavo.verify.geometry import Piece, at_corner, covered, in_order, near, on_link

CALL = (100.0, 250.0, 104.0, 256.0)


def piece(label: str, page: int, left: float, bottom: float) -> Piece:
    """A call or a note with one glyph of 4 by 6 points."""
    return Piece(label, page, (Run(label, (left, bottom, left + 4, bottom + 6)),))


def test_a_call_is_told_from_a_reference_that_stands_under_it() -> None:
    place = (100.0, 257.4)
    assert near(place, CALL)
    under: Box = (100.0, 230.4, 110.0, 243.9)
    over: Box = (100.0, 257.4, 110.0, 270.9)
    beside: Box = (101.0, 250.0, 105.0, 256.0)
    for other in (under, over, beside):
        assert not near(place, other)


def test_a_corner_is_a_corner() -> None:
    assert at_corner((100.0, 256.0), CALL)
    assert not at_corner((100.0, 257.4), CALL)
    assert at_corner((100.0, 257.4), CALL, raised=8)
    assert not at_corner((100.0, 265.0), CALL, raised=8)


def test_glyphs_stand_in_their_link() -> None:
    assert on_link(CALL, [Run("1", (100.5, 250.5, 103.0, 255.0))])
    assert not on_link(CALL, [Run("1", (100.5, 250.5, 103.0, 255.0)), Run("2", (120.0, 250.0, 123.0, 255.0))])
    assert on_link(CALL, [Run(" ", (0.0, 0.0, 0.0, 0.0))])


def test_order_is_by_page_line_and_place_on_the_line() -> None:
    pieces = {
        "a": piece("1", 0, 50, 300),
        "b": piece("2", 0, 90, 302),
        "c": piece("3", 0, 20, 200),
        "d": piece("4", 1, 20, 400),
    }
    plan = {"a": 0, "b": 1, "c": 2, "d": 3}
    assert list(in_order(pieces, "call", plan)) == []
    for one, other in (("a", "b"), ("b", "c"), ("c", "d")):
        swapped = {**pieces, one: pieces[other], other: pieces[one]}
        assert [fault.anchor for fault in in_order(swapped, "call", plan)].count(other) == 1


def test_notes_of_tables_stand_where_their_tables_are() -> None:
    pieces = {"a": piece("1", 0, 50, 100), "t": piece("a", 0, 50, 300)}
    assert list(in_order(pieces, "note", {"a": 0})) == []


def test_what_stands_on_a_note_covers_it() -> None:
    note = Piece("1", 0, (Run("1", (10, 10, 14, 16)), Run("A note.", (20, 10, 80, 18))))
    runs = {0: (note.runs[0],), 1: (note.runs[1],)}
    assert list(covered({"n": note}, [runs], "note")) == []
    beside = {**runs, 2: (Run("next", (80.5, 10, 99, 18)), Run("above", (20, 17.5, 80, 26)))}
    assert list(covered({"n": note}, [beside], "note")) == []
    on = {**runs, 2: (Run("over", (40, 11, 60, 19)),)}
    assert [fault.anchor for fault in covered({"n": note}, [on], "note")] == ["n"]
    twice = {**runs, 2: (Run("A note.", (20, 10, 80, 18)),)}
    assert [fault.anchor for fault in covered({"n": note}, [twice], "note")] == ["n"]
