"""Numbers, money and dates in four languages."""

from __future__ import annotations

from decimal import Decimal

import pytest

from octavo.assemble.formats import (
    FormatError,
    format_day,
    format_money,
    format_number,
    format_ordinal,
    format_plain,
    format_share,
    format_unit,
    locale_of,
)
from octavo.model.table import DateForm

NB, NNB = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
LANGUAGES = ("en-GB", "ru", "de", "fr")


def told(text: str) -> tuple[str, ...]:
    return tuple(text.replace("_", NB).replace("~", NNB).split("|"))


CASES = (
    (
        "number",
        lambda at: format_number(Decimal("1234567.5"), at),
        told("1,234,567.5|1_234_567,5|1.234.567,5|1~234~567,5"),
    ),
    ("digits", lambda at: format_number(Decimal("-0.125"), at, 2), told("−0.13|−0,13|−0,13|−0,13")),
    ("sign", lambda at: format_number(Decimal(3), at, sign=True), told("+3|+3|+3|+3")),
    ("per cent", lambda at: format_share(Decimal("0.1194"), at), told("11.9%|11,9_%|11,9_%|11,9~%")),
    (
        "money",
        lambda at: format_money(Decimal("1250.5"), "EUR", at),
        told("€1,250.50|1_250,50_€|1.250,50_€|1~250,50_€"),
    ),
    ("code", lambda at: format_money(Decimal(22), "BYN", at), told("BYN_22|22_BYN|22_BYN|22_BYN")),
    ("one million", lambda at: format_unit(Decimal(1), "million", at), told("1 million|1 миллион|1 Million|1 million")),
    (
        "millions",
        lambda at: format_unit(Decimal("5.3"), "million", at),
        told("5.3 million|5,3 миллиона|5,3 Millionen|5,3 millions"),
    ),
    ("rank", lambda at: format_ordinal(22, at), told("22nd|22-й|22.|22e")),
    ("day", lambda at: format_day("2020-03-04", at), told("4 March 2020|4 марта 2020~г.|4. März 2020|4 mars 2020")),
    (
        "month",
        lambda at: format_day("2020-03-04", at, DateForm.MONTH),
        told("March 2020|март 2020|März 2020|mars 2020"),
    ),
    ("year", lambda at: format_plain(2019, at), told("2019|2019|2019|2019")),
)


@pytest.mark.parametrize(("form", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_value_is_written_as_the_language_writes_it(form: object, expected: tuple[str, ...]) -> None:
    found = tuple(form(locale_of(language)) for language in LANGUAGES)  # type: ignore[operator]
    assert [text.replace(NB, " ").replace(NNB, " ") for text in found] == [
        text.replace(NB, " ").replace(NNB, " ") for text in expected
    ]
    assert all(" " not in text.replace("million", "") for text in found[:1] if "%" in text)


def test_numbers_never_break_at_their_groups() -> None:
    assert format_number(Decimal(1234567), locale_of("ru")) == f"1{NB}234{NB}567"


@pytest.mark.parametrize(("number", "expected"), [("2.675", "2.68"), ("1.005", "1.01"), ("-0.125", "−0.13")])
def test_halves_are_rounded_away_from_zero(number: str, expected: str) -> None:
    assert format_number(Decimal(number), locale_of("en"), 2) == expected


def test_ranks_in_english_end_as_they_are_spoken() -> None:
    ranks = [format_ordinal(number, locale_of("en-GB")) for number in (1, 2, 3, 4, 11, 12, 13, 21, 112)]
    assert ranks == ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th"]


def test_an_unknown_language_is_written_as_english() -> None:
    assert format_number(Decimal("1234.5"), locale_of("xx")) == "1,234.5"


@pytest.mark.parametrize(
    "call",
    [
        lambda at: format_money(Decimal(1), "XXQ", at),
        lambda at: format_unit(Decimal(1), "dozen", at),
        lambda at: format_day("31 January", at),
        lambda at: format_ordinal(1, locale_of("ru"), "x"),
    ],
)
def test_what_cannot_be_written_is_an_error(call: object) -> None:
    with pytest.raises(FormatError):
        call(locale_of("en"))  # type: ignore[operator]
