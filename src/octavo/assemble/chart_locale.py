"""The signs of numbers and the words of dates of a language (CLDR, by Babel), as the locales of d3 have them."""

from __future__ import annotations

from babel.dates import get_day_names, get_month_names, get_period_names
from babel.numbers import get_decimal_symbol, get_group_symbol

from octavo.assemble.formats import MINUS, locale_of
from octavo.model.chart import Json

_WEEK = (6, 0, 1, 2, 3, 4, 5)


def number_signs(language: str) -> dict[str, Json]:
    """The locale of d3-format; amounts of money stand without a sign, which the title of the axis has."""
    locale = locale_of(language)
    return {
        "decimal": get_decimal_symbol(locale),
        "thousands": get_group_symbol(locale),
        "grouping": [3],
        "currency": ["", ""],
        "percent": "%" if locale.language == "en" else "\u00a0%",
        "minus": MINUS,
    }


def date_words(language: str) -> dict[str, Json]:
    """The locale of d3-time-format; weeks begin with Sunday there."""
    locale = locale_of(language)
    days = {width: get_day_names(width, "stand-alone", locale) for width in ("wide", "abbreviated")}
    months = {width: get_month_names(width, "stand-alone", locale) for width in ("wide", "abbreviated")}
    periods = get_period_names("abbreviated", "format", locale)
    return {
        "dateTime": "%-d %B %Y %H:%M",
        "date": "%-d %B %Y",
        "time": "%H:%M",
        "periods": [periods["am"], periods["pm"]],
        "days": [days["wide"][day] for day in _WEEK],
        "shortDays": [days["abbreviated"][day] for day in _WEEK],
        "months": [months["wide"][month] for month in range(1, 13)],
        "shortMonths": [months["abbreviated"][month] for month in range(1, 13)],
    }
