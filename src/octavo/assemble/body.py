"""Rows in their order into the head and the body of a table: groups, sums, shares, notes, alignment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from octavo.assemble.columns import Column, Composer
from octavo.assemble.formats import format_plain, format_share, number_of
from octavo.assemble.slots import Slots
from octavo.model.data import Cell
from octavo.model.rewriting import literal
from octavo.model.source import Location
from octavo.model.suggest import did_you_mean
from octavo.model.table import Align, CellFormat, NoteSpec, RowRole, TableCell, TableRow


@dataclass(frozen=True, slots=True)
class _Line:
    # A row before it is printed: its numbers and texts by column, and the row of the data, if it is one.
    role: RowRole
    cells: tuple[str, ...]
    source: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class _Group:
    title: str
    lines: tuple[_Line, ...]


class Body:
    """The head, body and sums of one table."""

    def __init__(self, composer: Composer, columns: Sequence[Column], rows: Sequence[tuple[Cell, ...]]) -> None:
        self._composer = composer
        self._spec = composer.spec
        self._columns = columns
        self._rows = rows
        self._used: set[NoteSpec] = set()
        self._lines_of_note: dict[NoteSpec, int] = {}
        self._header = self._row_header()
        self._sums = self._summed()
        self._whole = {at: _total(rows, column) for at, column in enumerate(columns) if column.spec.share_of}

    def _row_header(self) -> int:
        """The column that heads the rows: the one that is named, or the first where it holds no numbers."""
        if self._spec.row_header:
            at = self._printed(self._spec.row_header, self._spec.row_header_location or self._spec.location)
            return -1 if at is None else at
        return 0 if self._columns and not self._columns[0].format.numeric else -1

    def _printed(self, name: str, location: Location) -> int | None:
        """The place of a column among those that are printed; None and a finding where it is not."""
        for at, column in enumerate(self._columns):
            if name.casefold() in (column.spec.key.casefold(), column.spec.name.casefold()):
                return at
        known = [column.spec.key for column in self._columns]
        hint = did_you_mean(name, known) or f"printed columns: {', '.join(known)}"
        self._composer.tell("DAT110", "unknown-column", f"the table has no column '{name}'", location, hint)
        return None

    def _summed(self) -> frozenset[int]:
        totals = self._spec.totals
        if totals is None:
            return frozenset()
        summed = set()
        for name, location in totals.columns:
            at = self._printed(name, location)
            if at is None:
                continue
            column = self._columns[at]
            message = ""
            if at == 0:
                message = "the first column holds the label of the sum, and cannot be summed"
            elif not column.format.numeric or (column.format is CellFormat.PERCENT and not column.spec.share_of):
                message = f"'{column.spec.key}' cannot be summed: it is printed as {column.format.value}"
            if message:
                hint = "give the column `format: number`, or take it out of the sums"
                self._composer.tell("DAT111", "wrong-format", message, location, hint)
            summed.add(at)
        return frozenset(summed)

    # Head

    def head(self, slots: Slots) -> tuple[TableRow, ...]:
        """The rows of the head: one, or two where headings stand over several columns."""
        over = self._spans()
        first: list[TableCell] = []
        second: list[TableCell] = []
        later: list[int] = []
        for at, column in enumerate(self._columns):
            span = over.get(at)
            if span is not None and span[0] == at:
                spec = self._spec.spans[span[2]]
                slot = slots.add(spec.header.text)
                first.append(TableCell("", "center", slot, columns=span[1], scope="colgroup"))
            if span is None:
                slot = slots.add(self._head_text(column), self._notes(at))
                first.append(TableCell("", _css(column.align), slot, rows=2 if over else 1, scope="col"))
            else:
                later.append(at)
        for at in later:
            slot = slots.add(self._head_text(self._columns[at]), self._notes(at))
            second.append(TableCell("", _css(self._columns[at].align), slot, scope="col"))
        return (TableRow(tuple(first)), TableRow(tuple(second))) if second else (TableRow(tuple(first)),)

    def _spans(self) -> dict[int, tuple[int, int, int]]:
        """The first column and the number of columns of the heading over each column, and which heading it is."""
        over: dict[int, tuple[int, int, int]] = {}
        for number, spec in enumerate(self._spec.spans):
            places = [at for name, where in spec.columns if (at := self._printed(name, where)) is not None]
            if len(places) != len(spec.columns):
                continue
            first = min(places, default=0)
            if sorted(places) != list(range(first, first + len(places))) or any(at in over for at in places):
                message = "the columns of this heading do not stand side by side, or have another heading"
                hint = f"order: {', '.join(column.spec.key for column in self._columns)}"
                self._composer.tell("DAT115", "wrong-span", message, spec.location, hint)
                continue
            over |= {at: (first, len(places), number) for at in places}
        return over

    def _head_text(self, column: Column) -> str:
        spec = column.spec
        text = spec.header.text if spec.header else literal(self._composer.rows.columns[column.index].name)
        return f"{text}, {spec.unit}" if spec.unit else text

    def _notes(self, at: int, source: tuple[Cell, ...] | None = None) -> list[str]:
        """The notes of a cell, or of the head of a column where no row of the data is given."""
        found = []
        for note in self._spec.notes:
            if note.group or (note.row is None) != (source is None):
                continue
            key = note.column.casefold()
            if key not in (self._columns[at].spec.key.casefold(), self._columns[at].spec.name.casefold()):
                continue
            if source is not None and not self._matches(note, source):
                continue
            self._used.add(note)
            found.append(note.text.text)
        return found

    def _matches(self, note: NoteSpec, source: tuple[Cell, ...]) -> bool:
        if not source:
            return False
        for name, value in note.row or ():
            index = self._composer.rows.index(name)
            if index < 0 or _plain(source[index]) != value:
                return False
        self._lines_of_note[note] = self._lines_of_note.get(note, 0) + 1
        return True

    # Body

    def groups(self, slots: Slots) -> tuple[tuple[tuple[TableRow, ...], ...], tuple[TableRow, ...]]:
        """The runs of rows of the body, and the sums below them."""
        groups, total = self._lines()
        lines = [*(line for group in groups for line in group.lines), *total]
        widest = [self._fraction(at, lines) for at in range(len(self._columns))]
        body = []
        for group in groups:
            rows = [self._group_row(group.title, slots)] if group.title else []
            rows += [self._row(line, widest, slots) for line in group.lines]
            body.append(tuple(rows))
        return tuple(body), tuple(self._row(line, widest, slots) for line in total)

    def _lines(self) -> tuple[list[_Group], list[_Line]]:
        index = -1
        if self._spec.group:
            location = self._spec.group_location or self._spec.location
            index = self._composer.find(self._spec.group, location)
        parted: dict[str, list[tuple[Cell, ...]]] = {}
        for row in self._rows:
            title = format_plain(row[index], self._composer.locale) if index >= 0 else ""
            parted.setdefault(title, []).append(row)
        groups = []
        totals = self._spec.totals
        for title, rows in parted.items():
            lines = [self._line(row) for row in rows]
            if totals is not None and totals.groups and self._spec.group:
                lines.append(self._sum_line(rows, RowRole.SUBTOTAL))
            groups.append(_Group(title, tuple(lines)))
        return groups, [self._sum_line(self._rows, RowRole.TOTAL)] if totals is not None else []

    def _line(self, row: tuple[Cell, ...]) -> _Line:
        cells = []
        for at, column in enumerate(self._columns):
            value = row[column.index]
            if column.spec.share_of:
                cells.append(self._share(at, column, None if value is None else number_of(value)))
            else:
                cells.append(self._composer.print(value, column))
        return _Line(RowRole.DATA, tuple(cells), row)

    def _sum_line(self, rows: Sequence[tuple[Cell, ...]], role: RowRole) -> _Line:
        cells = []
        for at, column in enumerate(self._columns):
            if at not in self._sums:
                cells.append("")
            elif column.spec.share_of:
                cells.append(self._share(at, column, _total(rows, column)))
            else:
                cells.append(self._composer.print(_total(rows, column), column))
        return _Line(role, tuple(cells))

    def _share(self, at: int, column: Column, part: Decimal | None) -> str:
        whole = self._whole[at]
        if part is None or not whole:
            return column.spec.empty
        return format_share(part / whole, self._composer.locale, column.digits, sign=column.spec.sign)

    def _row(self, line: _Line, widest: Sequence[int], slots: Slots) -> TableRow:
        cells = []
        for at, column in enumerate(self._columns):
            text = line.cells[at]
            scope = "row" if at == self._header else ""
            slot = -1
            if line.role is not RowRole.DATA and at == 0 and self._spec.totals is not None:
                totals = self._spec.totals
                label = totals.groups if line.role is RowRole.SUBTOTAL and totals.groups else totals.label
                slot, scope = slots.add(label.text), "row"
            elif self._spec.notes and line.source:
                notes = self._notes(at, line.source)
                slot = slots.add(literal(text), notes) if notes else -1
            cell = TableCell(text, _css(column.align), slot, scope=scope)
            if column.align is Align.DECIMAL and text and widest[at]:
                own = self._digits(text)
                lack = widest[at] - own
                cell = replace(cell, lack=lack, lacks_sign=lack > 0 and own == 0)
            cells.append(cell)
        return TableRow(tuple(cells), line.role)

    def _group_row(self, title: str, slots: Slots) -> TableRow:
        notes = [note for note in self._spec.notes if note.group and note.group == title]
        self._used.update(notes)
        slot = slots.add(literal(title), [note.text.text for note in notes])
        return TableRow((TableCell("", "left", slot, columns=len(self._columns), scope="rowgroup"),), RowRole.GROUP)

    def _fraction(self, at: int, lines: Sequence[_Line]) -> int:
        if self._columns[at].align is not Align.DECIMAL:
            return 0
        return max((self._digits(line.cells[at]) for line in lines), default=0)

    def _digits(self, text: str) -> int:
        sign = str(self._composer.locale.number_symbols["latn"]["decimal"])
        match = re.search(rf"\d{re.escape(sign)}(\d+)\D*$", text)
        return len(match[1]) if match else 0

    def check_notes(self) -> None:
        """Each note belongs to one cell that is printed."""
        for note in self._spec.notes:
            for name, _ in note.row or ():
                self._composer.find(name, note.location)
            times = self._lines_of_note.get(note, 0)
            if note in self._used and times <= 1:
                continue
            message = "the note belongs to no cell of the table"
            hint = "look at its `column` and `row`"
            if times > 1:
                message = f"the note belongs to {times} cells"
                hint = "name more columns in `row`, or put the note to the head of the column"
            elif note.group:
                titles = dict.fromkeys(
                    format_plain(row[self._composer.rows.index(self._spec.group)], self._composer.locale)
                    for row in (self._rows if self._spec.group else ())
                )
                hint = did_you_mean(note.group, titles) or f"groups: {', '.join(titles) or 'none'}"
            elif note.column:
                known = [column.spec.key for column in self._columns]
                if note.column.casefold() not in [name.casefold() for name in known]:
                    hint = did_you_mean(note.column, known) or f"printed columns: {', '.join(known)}"
            self._composer.tell("DAT114", "note-without-cell", message, note.location, hint)


def _total(rows: Sequence[tuple[Cell, ...]], column: Column) -> Decimal:
    values = [row[column.index] for row in rows]
    return sum((number_of(value) for value in values if value is not None), Decimal(0))


def _plain(value: Cell) -> str:
    """A value as a specification writes it."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return "" if value is None else str(value)


def _css(align: Align) -> str:
    return "right" if align is Align.DECIMAL else align.value
