"""Numbers, amounts of money and dates as a language writes them (CLDR, by Babel)."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal, localcontext

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal, format_percent, get_currency_precision, is_currency

from octavo.model.data import Cell
from octavo.model.table import CellFormat, ColumnSpec, DateForm

MINUS = "\N{MINUS SIGN}"
UNITS = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "trillion": 1_000_000_000_000}
# Enough for the largest binary fraction and its digits.
_PRECISION = 400
_MOST_DIGITS = 12
_ORDINAL_ENGLISH = {"one": "st", "two": "nd", "few": "rd"}
_ORDINAL_RUSSIAN = {"m": "й", "f": "я", "n": "е"}


class FormatError(ValueError):
    """A value cannot be printed as it was asked for."""


def locale_of(language: str) -> Locale:
    """The locale of a language tag (BCP 47), the nearest that CLDR has; English where it has none."""
    parts = language.replace("_", "-").split("-")
    while parts:
        try:
            return Locale.parse("-".join(parts), sep="-")
        except (UnknownLocaleError, ValueError):
            parts.pop()
    return Locale("en")


def exact(value: object) -> Decimal:
    """A number as a decimal, as it was written.  Raises FormatError for what is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise FormatError(f"'{value}' is no number")
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


def digits_of(number: Decimal) -> int:
    """How many digits a number has behind its decimal sign."""
    exponent = rounded(number, _MOST_DIGITS).normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def rounded(number: Decimal, digits: int) -> Decimal:
    """A number with some digits behind its decimal sign, halves away from zero, as a reader would check it."""
    with localcontext() as context:
        context.prec = _PRECISION
        return number.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def format_number(
    number: Decimal, locale: Locale, digits: int | None = None, *, grouping: bool = True, sign: bool = False
) -> str:
    """A number with the signs of the language; ``sign`` puts a plus before what is above zero."""
    digits = digits_of(number) if digits is None else digits
    value = rounded(number, digits)
    pattern = ("#,##0" if grouping else "0") + ("." + "0" * digits if digits else "")
    pattern = _grouped(pattern, value, locale) if grouping else pattern
    text = format_decimal(abs(value), format=pattern, locale=locale)
    return _signed(text, value, sign)


def _grouped(pattern: str, value: Decimal, locale: Locale) -> str:
    """Four digits stand together where the language has it so (Spanish, Polish), and others in its groups."""
    standard = str(locale.decimal_formats[None].pattern).partition(".")[0].partition(";")[0]
    least = 4 if locale.language in ("es", "pl", "pt", "it") else 3
    if abs(value) < Decimal(10) ** least:
        return pattern.replace("#,##0", "0")
    return pattern.replace("#,##0", standard)


def format_share(ratio: Decimal, locale: Locale, digits: int | None = None, *, sign: bool = False) -> str:
    """A ratio as per cent: ``0.119`` is ``11.9%``; one digit at most where none are asked for."""
    digits = min(digits_of(ratio * 100), 1) if digits is None else digits
    value = rounded(ratio * 100, digits)
    pattern = str(locale.percent_formats[None].pattern).partition(";")[0]
    pattern = re.sub(r"[#0.,]*[#0]", "#,##0" + ("." + "0" * digits if digits else ""), pattern, count=1)
    return _signed(format_percent(abs(value) / 100, format=pattern, locale=locale), value, sign)


def format_money(
    amount: Decimal, currency: str, locale: Locale, digits: int | None = None, unit: str = "", *, sign: bool = False
) -> str:
    """An amount with the sign of its currency (ISO 4217), and the word of its unit: ``US$5.3 million``."""
    if not is_currency(currency):
        raise FormatError(f"'{currency}' is no currency of ISO 4217")
    if digits is None:
        known = digits_of(amount)
        digits = known if unit or not known else max(known, get_currency_precision(currency))
    number = format_unit(abs(amount), unit, locale, digits)
    holder = format_currency(1, currency, format=_currency_pattern(locale), locale=locale, currency_digits=False)
    # A code of letters stands apart from the number (CLDR, currency spacing).
    text = re.sub(r"([^\W\d_])?1", lambda found: f"{found[1]}\u00a0{number}" if found[1] else number, holder, count=1)
    return _signed(text, rounded(amount, digits), sign)


def _currency_pattern(locale: Locale) -> str:
    pattern = str(locale.currency_formats["standard"].pattern).partition(";")[0]
    return re.sub(r"[#0.,]*[#0]", "0", pattern, count=1)


def format_unit(number: Decimal, unit: str, locale: Locale, digits: int | None = None) -> str:
    """A number with the word of its unit: ``5.3 million``."""
    plain = format_number(number, locale, digits)
    if not unit:
        return plain
    if unit not in UNITS:
        raise FormatError(f"'{unit}' is no unit: {', '.join(UNITS)}")
    forms = locale.compact_decimal_formats["long"]
    shown = rounded(number, digits_of(number) if digits is None else digits)
    form = locale.plural_form(shown)
    patterns = forms.get(form, forms["other"])
    pattern = str(patterns[str(UNITS[unit])].pattern)
    return re.sub("0+", lambda _: plain, pattern, count=1).replace("'", "")


def format_ordinal(number: int, locale: Locale, gender: str = "m") -> str:
    """A rank: ``3rd``, ``3.``, ``3e``, ``3-й`` (``gender`` is m, f or n, and matters to Russian and French alone)."""
    plain = format_number(Decimal(number), locale)
    language = locale.language
    if language == "en":
        return plain + _ORDINAL_ENGLISH.get(str(locale.ordinal_form(number)), "th")
    if language in ("ru", "be", "uk"):
        if gender not in _ORDINAL_RUSSIAN:
            raise FormatError(f"'{gender}' is no gender: m, f or n")
        return f"{plain}-{_ORDINAL_RUSSIAN[gender]}"
    if language == "fr":
        return plain + (("re" if gender == "f" else "er") if number == 1 else "e")
    return f"{plain}."


def format_day(value: Cell, locale: Locale, form: DateForm = DateForm.LONG) -> str:
    """A date; texts in ISO 8601 count as dates.  Raises FormatError for what is none."""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError as error:
            raise FormatError(f"'{value}' is no date") from error
    if isinstance(value, datetime):
        value = value.date()
    if not isinstance(value, date):
        raise FormatError(f"'{value}' is no date")
    if form is DateForm.ISO:
        return value.isoformat()
    if form is DateForm.YEAR:
        return f"{value.year}"
    if form is DateForm.MONTH:
        return format_date(value, "LLLL y" if locale.language != "de" else "MMMM y", locale=locale)
    return format_date(value, form.value, locale=locale)


def format_plain(value: Cell, locale: Locale) -> str:
    """A value that nobody said how to print: numbers without groups, so that years stay years."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, Decimal)):
        return format_number(exact(value), locale, grouping=False)
    if isinstance(value, date):
        return format_day(value, locale, DateForm.MEDIUM)
    if isinstance(value, time):
        return format_time(value, "short", locale=locale)
    return value


def format_cell(value: Cell, column: ColumnSpec, kind: CellFormat, digits: int | None, locale: Locale) -> str:
    """A value of a table as its column says.  Raises FormatError where it does not fit."""
    if value is None:
        return column.empty
    if not kind.numeric:
        if kind is CellFormat.DATE:
            return format_day(value, locale, column.date)
        return format_plain(value, locale)
    number = number_of(value)
    if kind is CellFormat.INTEGER and number != number.to_integral_value():
        raise FormatError(f"'{value}' is no whole number")
    if kind is CellFormat.PERCENT:
        return format_share(number / column.of, locale, digits, sign=column.sign)
    if kind is CellFormat.MONEY:
        return format_money(number, column.currency, locale, digits, sign=column.sign)
    return format_number(number, locale, digits, grouping=column.grouping is not False, sign=column.sign)


def number_of(value: Cell) -> Decimal:
    """A number, also one that stands in a column of texts.  Raises FormatError."""
    if isinstance(value, str) and re.fullmatch(r"\s*[-+]?\d+(?:\.\d+)?\s*", value):
        return Decimal(value.strip())
    return exact(value)


def _signed(text: str, value: Decimal, sign: bool) -> str:
    if value < 0:
        return f"{MINUS}{text}"
    return f"+{text}" if sign and value > 0 else text
