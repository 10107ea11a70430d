"""Places of glyphs: what belongs together, in which order it is met, and what covers it."""

from __future__ import annotations

from octavo.adapters.pdfium import Box, Run
from octavo.model.columns import ReadColumns
from octavo.verify.geometry import Piece, apart, at_corner, covered, in_order, near, on_link

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


def test_columns_are_read_one_after_the_other() -> None:
    columns = ReadColumns(300.0, frozenset({"a"}))
    # The first is called over both columns, in the middle of the title.
    pieces = {
        "a": piece("1", 0, 350, 700),
        "b": piece("2", 0, 50, 600),
        "c": piece("3", 0, 50, 100),
        "d": piece("4", 0, 320, 600),
        "e": piece("5", 1, 50, 600),
    }
    plan = {name: index for index, name in enumerate(pieces)}
    assert list(in_order(pieces, "call", plan, columns=columns)) == []
    assert [fault.anchor for fault in in_order(pieces, "call", plan)] == ["d"]
    for one, other in (("b", "c"), ("c", "d"), ("d", "e")):
        swapped = {**pieces, one: pieces[other], other: pieces[one]}
        assert other in [fault.anchor for fault in in_order(swapped, "call", plan, columns=columns)]


def test_a_note_stands_in_the_column_of_its_call_and_stays_there() -> None:
    columns = ReadColumns(300.0, frozenset({"call-a"}))
    calls = {"call-a": piece("1", 0, 350, 700), "call-b": piece("2", 0, 320, 600)}
    notes = {"note-a": piece("1", 0, 50, 60), "note-b": piece("2", 0, 310, 60)}
    assert list(apart(calls, notes, columns)) == []
    beside = {**notes, "note-b": piece("2", 0, 50, 40)}
    assert [fault.anchor for fault in apart(calls, beside, columns)] == ["note-b"]
    astray = {**notes, "note-b": Piece("2", 0, (*notes["note-b"].runs, Run("more", (50, 40, 90, 48))))}
    assert [fault.anchor for fault in apart(calls, astray, columns)] == ["note-b"]
    # A note on another page is told of by the pages.
    later = {**notes, "note-b": piece("2", 1, 50, 40)}
    assert list(apart(calls, later, columns)) == []


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
