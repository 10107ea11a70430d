"""A table specification and its rows into columns that can be printed, and rows in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from babel import Locale

from octavo.assemble.formats import FormatError, format_cell, number_of
from octavo.model.data import Cell, Kind, Rows
from octavo.model.finding import Finding
from octavo.model.source import Location
from octavo.model.suggest import did_you_mean
from octavo.model.table import (
    Align,
    CellFormat,
    ColumnSpec,
    TableSpec,
)

# A cell with more is no cell: it would be higher than a page.
_MAX_CELL = 2_000
_MAX_COLUMNS = 40
_YEARS = range(1500, 2101)
_BY_KIND = {Kind.INTEGER: CellFormat.NUMBER, Kind.NUMBER: CellFormat.NUMBER, Kind.DATE: CellFormat.DATE}


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is printed: ``index`` is its place in the data; shares are computed from that column."""

    spec: ColumnSpec
    index: int
    format: CellFormat
    align: Align
    digits: int | None
    location: Location


class Composer:
    """What one table is made of; what is wrong with it is added to ``findings``."""

    def __init__(self, spec: TableSpec, rows: Rows, locale: Locale, findings: list[Finding]) -> None:
        self.spec = spec
        self.rows = rows
        self.locale = locale
        self.findings = findings
        self._printed: dict[tuple[ColumnSpec, Cell], str] = {}

    def find(self, name: str, location: Location) -> int:
        """The place of a column of the data, or -1 and a finding."""
        index = self.rows.index(name)
        if index < 0:
            names = self.rows.names
            hint = did_you_mean(name, names) or f"columns: {', '.join(names)}"
            self.tell("DAT110", "unknown-column", f"the data have no column '{name}'", location, hint)
        return index

    def tell(self, code: str, rule: str, message: str, location: Location, hint: str) -> None:
        """Add a finding."""
        self.findings.append(Finding(code, rule, message, location, hint))

    def columns(self) -> list[Column]:
        """The columns that are printed; all of the data where the specification names none."""
        group = self.rows.index(self.spec.group) if self.spec.group else -1
        specs = self.spec.columns or tuple(
            ColumnSpec(column.name, self.spec.location) for at, column in enumerate(self.rows.columns) if at != group
        )
        if len(specs) > _MAX_COLUMNS:
            message = f"the table has {len(specs)} columns, more than the {_MAX_COLUMNS} that fit on any page"
            self.tell("DAT113", "too-many-columns", message, self.spec.location, "name those that matter: `columns:`")
            return []
        columns = []
        for spec in specs:
            index = self.find(spec.name or spec.share_of, spec.location)
            if index >= 0:
                columns.append(self._column(spec, index))
        return columns

    def _column(self, spec: ColumnSpec, index: int) -> Column:
        data = self.rows.columns[index]
        kind = spec.format
        if kind is CellFormat.AUTO:
            kind = CellFormat.PERCENT if spec.share_of else _BY_KIND.get(data.kind, CellFormat.TEXT)
            if not spec.share_of and self._are_years(index):
                kind = CellFormat.TEXT
        if kind is CellFormat.MONEY and not spec.currency:
            message = "an amount of money needs its currency"
            self.tell("DAT111", "wrong-format", message, spec.location, "add `currency: USD`")
        if data.kind is Kind.OTHER:
            message = f"'{data.name}' holds what is no number, text or date"
            self.tell("DAT111", "wrong-format", message, spec.location, "take it apart, or cast it, in a query")
        numeric = kind.numeric or bool(spec.share_of)
        if numeric and not data.kind.numeric and data.kind is not Kind.TEXT:
            message = f"'{data.name}' holds no numbers ({data.kind.value})"
            self.tell("DAT111", "wrong-format", message, spec.location, "take `format` away, or choose another column")
        align = spec.align
        if align is Align.AUTO:
            align = Align.DECIMAL if numeric else Align.LEFT
        digits = spec.digits
        if digits is None and kind in (CellFormat.INTEGER, CellFormat.PERCENT):
            digits = int(kind is CellFormat.PERCENT)
        return Column(spec, index, kind, align, digits, spec.location)

    def _are_years(self, index: int) -> bool:
        """Whether the whole numbers of a column look like years, which nobody writes as 2,019."""
        if self.rows.columns[index].kind is not Kind.INTEGER:
            return False
        values = [row[index] for row in self.rows.rows]
        return all(isinstance(value, int) and value in _YEARS for value in values)

    def check_cells(self, columns: Sequence[Column]) -> None:
        """Print all cells; the first of each column that cannot be printed is a finding."""
        for column in columns:
            for number, row in enumerate(self.rows.rows, 1):
                reason = self._fault(row[column.index], column)
                if reason:
                    name = self.rows.columns[column.index].name
                    message = f"the cell of '{name}' in row {number} of the data does not fit: {reason}"
                    hint = "mend the data, or the `format` of the column"
                    self.tell("DAT112", "cell-does-not-fit", message, column.location, hint)
                    break

    def _fault(self, value: Cell, column: Column) -> str:
        if isinstance(value, str) and len(value) > _MAX_CELL:
            return f"it has {len(value)} characters, more than {_MAX_CELL}"
        try:
            if column.spec.share_of and value is not None:
                number_of(value)
            elif not (column.format is CellFormat.MONEY and not column.spec.currency):
                self.print(value, column)
        except FormatError as error:
            return str(error)
        return ""

    def print(self, value: Cell, column: Column) -> str:
        """A cell as it is printed.  Raises FormatError where it does not fit its column."""
        # A flag is equal to a number, and is not printed like one.
        key = (column.spec, value if not isinstance(value, bool) else str(value))
        text = self._printed.get(key)
        if text is None:
            text = format_cell(value, column.spec, column.format, column.digits, self.locale)
            self._printed[key] = text
        return text

    def sorted_rows(self) -> list[tuple[Cell, ...]]:
        """The rows in their order, as many as are asked for; missing values stand last."""
        rows = list(self.rows.rows)
        for key in reversed(self.spec.sort):
            index = self.find(key.name, key.location)
            if index >= 0:
                there = [row for row in rows if row[index] is not None]
                missing = [row for row in rows if row[index] is None]
                there.sort(key=lambda row: _order(row[index]), reverse=key.descending)
                rows = there + missing
        return rows[: self.spec.limit] if self.spec.limit is not None else rows


def _order(value: Cell) -> tuple[int, Decimal, str]:
    if isinstance(value, (bool, int, Decimal)):
        return 0, Decimal(value), ""
    return 1, Decimal(0), str(value).casefold()
