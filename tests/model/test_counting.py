"""Numbers as letters, roman numerals and folios."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.model.counting import folio, letters, roman

_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


@pytest.mark.parametrize(
    ("number", "text"), [(1, "a"), (2, "b"), (26, "z"), (27, "aa"), (28, "ab"), (52, "az"), (53, "ba"), (702, "zz")]
)
def test_letters_go_on_behind_z(number: int, text: str) -> None:
    assert letters(number) == text


@given(st.integers(1, 100_000))
def test_letters_are_a_number_of_base_26_without_a_zero(number: int) -> None:
    value = 0
    for letter in letters(number):
        value = value * 26 + "abcdefghijklmnopqrstuvwxyz".index(letter) + 1
    assert value == number


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (40, "xl"), (90, "xc"), (400, "cd"), (999, "cmxcix")],
)
def test_roman_numerals_subtract(number: int, text: str) -> None:
    assert roman(number) == text


@given(st.integers(1, 3999))
def test_roman_numerals_can_be_read_back(number: int) -> None:
    values = [_VALUES[sign] for sign in roman(number)]
    signed = [-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True)]
    assert sum(signed) == number
    assert not any(sign * 4 in roman(number) for sign in "ixc")


def test_a_folio_is_roman_where_it_is_asked_for() -> None:
    assert folio(12, is_roman=True) == "xii"
    assert folio(12, is_roman=False) == "12"
