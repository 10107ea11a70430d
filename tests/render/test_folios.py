"""Folios of anchors: certain or estimated, and put into documents."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from octavo.model.edition import FOLIO_CLOSE, FOLIO_OPEN, Unit, UnitKind
from octavo.render.folios import Extent, Folio, FolioTable, put_folios


def unit(name: str, html: str = "", *, roman: bool = False) -> Unit:
    """A unit with one anchor that is called like it."""
    return Unit(name, UnitKind.CHAPTER, name, html or f'<p id="at-{name}">x</p>', roman=roman)


BOOK = (unit("front", roman=True), unit("contents", roman=True), unit("one"), unit("two"), unit("three"))


def test_each_unit_begins_on_a_recto() -> None:
    table = FolioTable(BOOK)
    table.set_extent("one", Extent(3, {}))
    table.set_extent("two", Extent(2, {}))
    assert table.first_folio(BOOK[2]) == (1, True)
    assert table.first_folio(BOOK[3]) == (5, True)
    assert table.first_folio(BOOK[4]) == (7, True)


def test_the_pages_before_the_text_count_by_themselves() -> None:
    table = FolioTable(BOOK)
    table.set_extent("front", Extent(4, {"at-front": 2}))
    table.set_extent("contents", Extent(1, {"at-contents": 0}))
    table.set_extent("one", Extent(1, {"at-one": 0}))
    assert table.folio("at-front") == Folio("iii", True)
    assert table.folio("at-contents") == Folio("v", True)
    assert table.folio("at-one") == Folio("1", True)


def test_a_folio_is_certain_when_all_before_it_is_known() -> None:
    table = FolioTable(BOOK)
    table.set_extent("two", Extent(4, {"at-two": 2}))
    assert not table.folio("at-two").exact
    table.set_extent("one", Extent(5, {}))
    assert table.folio("at-two") == Folio("9", True)
    assert not table.folio("at-three").exact


def test_a_later_layout_replaces_an_earlier_one() -> None:
    table = FolioTable(BOOK)
    for pages in (2, 5):
        table.set_extent("one", Extent(pages, {}))
    assert table.first_folio(BOOK[3]) == (7, True)


def test_an_anchor_that_no_unit_has() -> None:
    assert FolioTable(BOOK).folio("at-none") == Folio("?", True)


def test_a_folio_that_is_not_known_is_estimated_from_the_place_in_the_text() -> None:
    long = unit("long", f'<p>{"word " * 3000}</p><p id="late">x</p>')
    guess = FolioTable((long,)).folio("late")
    assert not guess.exact
    assert 3 <= int(guess.text) <= 12


@given(st.lists(st.integers(1, 30), min_size=1, max_size=8))
def test_units_never_share_a_page(extents: list[int]) -> None:
    units = tuple(unit(f"u{index}") for index in range(len(extents)))
    table = FolioTable(units)
    for one, pages in zip(units, extents, strict=True):
        table.set_extent(one.id, Extent(pages, {f"at-{one.id}": pages - 1}))
    end = 0
    for one, pages in zip(units, extents, strict=True):
        first, exact = table.first_folio(one)
        assert exact
        assert first % 2 == 1
        assert end < first <= end + 2
        end = first + pages - 1
        assert table.folio(f"at-{one.id}") == Folio(str(end), True)


def test_folios_are_put_in_the_place_of_their_anchors() -> None:
    one = unit("one", f"<p>p. {FOLIO_OPEN}a{FOLIO_CLOSE}, {FOLIO_OPEN}b{FOLIO_CLOSE}, {FOLIO_OPEN}a{FOLIO_CLOSE}</p>")
    assert put_folios(one, {"a": "7", "b": "xii"}) == "<p>p. 7, xii, 7</p>"
    assert put_folios(unit("two"), {}) == unit("two").html
