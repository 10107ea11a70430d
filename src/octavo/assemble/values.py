"""Values of the data in sentences: ``value()``, ``total()``, what is computed from them, and how they are printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from octavo.assemble.context import ChapterContext
from octavo.assemble.datasets import DataFault
from octavo.assemble.figures import MISSING, DataDate, DataText, Figure, amount_of
from octavo.assemble.formats import (
    FormatError,
    digits_of,
    exact,
    format_day,
    format_money,
    format_number,
    format_ordinal,
    format_plain,
    format_share,
    format_unit,
    locale_of,
)
from octavo.model.data import Cell, Rows, UsedValue
from octavo.model.rewriting import literal
from octavo.model.suggest import did_you_mean
from octavo.model.table import DateForm

Value = Figure | DataText | DataDate | bool
Function = Callable[..., object]
_FORMS = {form.value: form for form in DateForm}


class Values:
    """The macros and filters for values in one chapter."""

    def __init__(self, context: ChapterContext) -> None:
        self._context = context
        self._datasets = context.material.datasets
        self._locale = locale_of(context.language)

    @property
    def functions(self) -> dict[str, Function]:
        """What a chapter may call."""
        return {
            "value": self.value,
            "total": self.total,
            "growth": self.growth,
            "share": self.share,
            "difference": self.difference,
        }

    @property
    def filters(self) -> dict[str, Function]:
        """How a chapter may have values printed."""
        return {
            "number": self._filter("number", self._number),
            "count": self._filter("count", self._count),
            "percent": self._filter("percent", self._percent),
            "money": self._filter("money", self._money),
            "ordinal": self._filter("ordinal", self._ordinal),
            "date": self._filter("date", self._date),
        }

    def show(self, value: object) -> object:
        """What is printed where no filter says how."""
        if isinstance(value, Figure):
            return "" if value.missing else format_plain(value.amount, self._locale)
        if isinstance(value, DataText):
            return literal(value)
        return format_day(value.day, self._locale, DateForm.LONG) if isinstance(value, DataDate) else value

    # Values

    def value(
        self, name: str, where: Mapping[str, object] | None = None, /, *, octavo_at: int = 0, **more: object
    ) -> Value:
        """The value of a column in the one row where all conditions hold."""
        found = self._rows("value", name, {**(where or {}), **more}, octavo_at)
        if found is None:
            return MISSING
        rows, column, cells, told = found
        if len(cells) != 1:
            location = self._context.at(octavo_at, "value")
            message = f"{told} fits {'no row' if not cells else f'{len(cells)} rows'}, and has to fit one"
            hint = self._hint(rows, {**(where or {}), **more}, several=bool(cells))
            code, rule = ("VAL104", "several-rows") if cells else ("VAL103", "no-row")
            self._context.tell(code, rule, message, location, hint)
            return MISSING
        cell = cells[0][column]
        location = self._context.at(octavo_at, "value")
        if cell is None:
            message = f"{told} is empty in the data"
            self._context.tell("VAL105", "empty-value", message, location, "fill the cell, or choose another row")
            return MISSING
        self._context.values.append(UsedValue(told, cell, location))
        return _wrapped(cell)

    def total(
        self, name: str, where: Mapping[str, object] | None = None, /, *, octavo_at: int = 0, **more: object
    ) -> Figure:
        """The sum of a column over all rows where all conditions hold."""
        found = self._rows("total", name, {**(where or {}), **more}, octavo_at)
        if found is None:
            return MISSING
        rows, column, cells, told = found
        location = self._context.at(octavo_at, "total")
        if not cells:
            hint = self._hint(rows, {**(where or {}), **more}, several=False)
            self._context.tell("VAL103", "no-row", f"{told} fits no row", location, hint)
            return MISSING
        if not rows.columns[column].kind.numeric:
            message = f"{told} cannot be summed: the column holds {rows.columns[column].kind.value}"
            self._context.tell("VAL106", "no-number", message, location, "choose a column of numbers")
            return MISSING
        total = sum((exact(row[column]) for row in cells if row[column] is not None), Decimal(0))
        self._context.values.append(UsedValue(f"total {told}", total, location))
        return Figure(total)

    def _rows(
        self, macro: str, name: object, where: Mapping[str, object], offset: int
    ) -> tuple[Rows, int, list[tuple[Cell, ...]], str] | None:
        """The dataset, the column, the rows that fit, and the query in words; None and a finding where it is wrong."""
        location = self._context.at(offset, macro)
        text = str(name)
        names = self._datasets.catalogue.names
        dataset = max((one for one in names if text.casefold().startswith(f"{one}.".casefold())), key=len, default="")
        if not dataset:
            wanted, dot, _ = text.partition(".")
            hint = did_you_mean(wanted, names) or f"datasets: {', '.join(names) or 'none; put files into data/'}"
            if not dot:
                hint = "write DATASET.COLUMN"
            self._context.tell("VAL101", "unknown-dataset", f"there is no dataset '{wanted}'", location, hint)
            return None
        try:
            rows = self._datasets.dataset(dataset)
        except DataFault as fault:
            self._context.findings.append(fault.finding(location))
            return None
        column = text[len(dataset) + 1 :]
        told = ", ".join([f"{dataset}.{column}", *(f"{key}={_shown(one)}" for key, one in where.items())])
        for one in (column, *where):
            if rows.index(one) < 0:
                hint = did_you_mean(one, rows.names) or f"columns: {', '.join(rows.names)}"
                message = f"the dataset '{dataset}' has no column '{one}'"
                self._context.tell("VAL102", "unknown-column", message, location, hint)
                return None
        wanted_cells = [(rows.index(key), plain_of(one)) for key, one in where.items()]
        fitting = [row for row in rows.rows if all(plain_of(row[at]) == one for at, one in wanted_cells)]
        return rows, rows.index(column), fitting, told

    def _hint(self, rows: Rows, where: Mapping[str, object], *, several: bool) -> str:
        if several:
            free = [name for name in rows.names if name.casefold() not in {key.casefold() for key in where}]
            return f"add a condition, such as {free[0]}=..." if free else "the data have the row more than once"
        for key, wanted in where.items():
            values = dict.fromkeys(plain_of(row[rows.index(key)]) for row in rows.rows)
            if plain_of(wanted) not in values:
                near = did_you_mean(plain_of(wanted), values)
                return near or f"'{key}' is one of: {', '.join(list(values)[:8])}{' ...' if len(values) > 8 else ''}"
        return "each condition fits some row, and no row fits all of them"

    # Computed values

    def growth(self, old: object, new: object, /, *, octavo_at: int = 0) -> Figure:
        """By which share a value has grown: ``(new - old) / old``."""
        return self._computed("growth", octavo_at, old, new, lambda a, b: (b - a) / a)

    def share(self, part: object, whole: object, /, *, octavo_at: int = 0) -> Figure:
        """Which share of a whole a part is."""
        return self._computed("share", octavo_at, part, whole, lambda a, b: a / b)

    def difference(self, old: object, new: object, /, *, octavo_at: int = 0) -> Figure:
        """By how much a value has grown: ``new - old``."""
        return self._computed("difference", octavo_at, old, new, lambda a, b: b - a)

    def _computed(
        self, name: str, offset: int, first: object, second: object, compute: Callable[[Figure, Figure], Figure]
    ) -> Figure:
        location = self._context.at(offset, name)
        try:
            return compute(Figure(amount_of(first)), Figure(amount_of(second)))
        except FormatError as error:
            message, hint = f"{name}() needs two numbers: {error}", "give it values of columns of numbers"
            self._context.tell("VAL106", "no-number", message, location, hint)
        except ArithmeticError:
            message = f"{name}() divides by zero"
            self._context.tell("VAL107", "division-by-zero", message, location, "compare with another year")
        return MISSING

    # Filters

    def _filter(self, name: str, function: Callable[..., str]) -> Function:
        """A filter that tells its fault as a finding at its place."""

        def call(value: object, *arguments: object, octavo_at: int = 0, **options: object) -> object:
            if isinstance(value, Figure) and value.missing:
                return ""
            try:
                return literal(function(value, *arguments, **options))
            except FormatError as error:
                hint = "see docs/data.md for the filters"
                self._context.tell(
                    "VAL108", "wrong-filter", f"{name}: {error}", self._context.at(octavo_at, name), hint
                )
                return ""

        return call

    def _number(self, value: object, digits: int | None = None, *, unit: str = "", sign: bool = False) -> str:
        amount = amount_of(value)
        if unit:
            return format_unit(amount, unit, self._locale, digits)
        return format_number(amount, self._locale, digits, sign=sign)

    def _count(self, value: object) -> str:
        if not isinstance(value, (Figure, int, float, Decimal)):
            return str(len(value)) if hasattr(value, "__len__") else str(value)
        amount = amount_of(value)
        if digits_of(amount):
            raise FormatError(f"'{amount}' is no whole number")
        return format_number(amount, self._locale, 0)

    def _percent(self, value: object, digits: int | None = None, *, of: int = 1, sign: bool = False) -> str:
        return format_share(amount_of(value) / of, self._locale, digits, sign=sign)

    def _money(self, value: object, currency: str = "", digits: int | None = None, *, unit: str = "") -> str:
        currency = currency or self._context.material.currency
        if not currency:
            raise FormatError('the currency is not known: write money("USD"), or `data: {currency: USD}`')
        return format_money(amount_of(value), currency, self._locale, digits, unit)

    def _ordinal(self, value: object, gender: str = "m") -> str:
        amount = amount_of(value)
        if digits_of(amount) or amount < 0:
            raise FormatError(f"'{amount}' is no rank")
        return format_ordinal(int(amount), self._locale, gender)

    def _date(self, value: object, form: str = "long") -> str:
        if form not in _FORMS:
            raise FormatError(f"'{form}' is no form of a date: {', '.join(_FORMS)}")
        day: Cell = value.day if isinstance(value, DataDate) else str(value)
        return format_day(day, self._locale, _FORMS[form])


def _wrapped(cell: Cell) -> Value:
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, (int, Decimal)):
        return Figure(exact(cell))
    return DataDate(cell) if isinstance(cell, date) else DataText(cell)


def plain_of(value: object) -> str:
    """A value as conditions compare it: 2019 is 2019, whether it is a number or a text."""
    if isinstance(value, Figure):
        value = value.amount
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float, Decimal)):
        number = exact(value)
        return str(int(number)) if number == number.to_integral_value() else format(number.normalize(), "f")
    return "" if value is None else str(value)


def _shown(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else plain_of(value)
