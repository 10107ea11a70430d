"""Tables that are made from data: how they are specified, and how they come out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from octavo.model.data import Query
from octavo.model.source import Location


class CellFormat(Enum):
    """How the values of a column are printed."""

    AUTO = "auto"
    TEXT = "text"
    NUMBER = "number"
    INTEGER = "integer"
    PERCENT = "percent"
    MONEY = "money"
    DATE = "date"

    @property
    def numeric(self) -> bool:
        """Whether the values have to be numbers."""
        return self in (CellFormat.NUMBER, CellFormat.INTEGER, CellFormat.PERCENT, CellFormat.MONEY)


class Align(Enum):
    """How the cells of a column are aligned; ``decimal`` sets the decimal signs of a column below one another."""

    AUTO = "auto"
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    DECIMAL = "decimal"


class DateForm(Enum):
    """The length of a date, as the locale has it (CLDR), or ISO 8601, or a part of the date."""

    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"
    MONTH = "month"
    YEAR = "year"
    ISO = "iso"


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of an author's Markdown, and where it stands."""

    text: str
    location: Location


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column as specified.

    ``name`` is a column of the data, and empty where the column is a share; ``share_of`` is the column of the data
    whose shares it holds.  ``digits`` behind the decimal sign are those of the data where it is None.
    """

    name: str
    location: Location
    header: Text | None = None
    unit: str = ""
    format: CellFormat = CellFormat.AUTO
    align: Align = Align.AUTO
    digits: int | None = None
    currency: str = ""
    date: DateForm = DateForm.MEDIUM
    sign: bool = False
    grouping: bool | None = None
    of: int = 1
    share_of: str = ""
    empty: str = ""

    @property
    def key(self) -> str:
        """What other parts of the specification call the column."""
        return self.name or f"share of {self.share_of}"


@dataclass(frozen=True, slots=True)
class SpanSpec:
    """A heading over several columns that stand side by side."""

    header: Text
    columns: tuple[tuple[str, Location], ...]
    location: Location


@dataclass(frozen=True, slots=True)
class TotalSpec:
    """Sums below the table, and below each group where ``groups`` says what stands before them.

    ``stated`` are columns with what their sums come to by their source.
    """

    label: Text
    columns: tuple[tuple[str, Location], ...]
    location: Location
    groups: Text | None = None
    stated: tuple[tuple[str, str, Location], ...] = ()


@dataclass(frozen=True, slots=True)
class NoteSpec:
    """A note to the cell where a row and a column meet, to the head of a column, or to the head of a group.

    ``row`` holds names of columns with the values that the row has there; None for the head.
    """

    text: Text
    location: Location
    column: str = ""
    row: tuple[tuple[str, str], ...] | None = None
    group: str = ""


@dataclass(frozen=True, slots=True)
class SortKey:
    """A column of the data that rows are sorted by."""

    name: str
    descending: bool
    location: Location


@dataclass(frozen=True, slots=True)
class SourceKey:
    """A source of the bibliography with its locator, such as ``p. 5``."""

    key: str
    locator: str
    location: Location


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table as its file in ``data/tables/`` describes it.

    ``query`` asks for its rows.  ``row_header`` is the column whose cells head their rows.  Of ``broken`` a finding has
    been told already.
    """

    name: str
    path: str
    location: Location
    title: Text
    query: Query
    columns: tuple[ColumnSpec, ...] = ()
    spans: tuple[SpanSpec, ...] = ()
    group: str = ""
    group_location: Location | None = None
    row_header: str = ""
    row_header_location: Location | None = None
    totals: TotalSpec | None = None
    notes: tuple[NoteSpec, ...] = ()
    remark: Text | None = None
    sources: tuple[SourceKey, ...] = ()
    sort: tuple[SortKey, ...] = ()
    limit: int | None = None
    limit_location: Location | None = None
    broken: bool = False


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell of a table that is ready.

    ``text`` is plain, unless ``slot`` is not negative: then the cell holds the piece of Markdown of that number.
    ``lack`` says how many digits, and ``lacks_sign`` whether the decimal sign too, the number would need behind it for
    its column to stand in line.
    """

    text: str
    align: str = ""
    slot: int = -1
    columns: int = 1
    rows: int = 1
    scope: str = ""
    lack: int = 0
    lacks_sign: bool = False


class RowRole(Enum):
    """What a row of the body is."""

    DATA = "data"
    GROUP = "group"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table that is ready."""

    cells: tuple[TableCell, ...]
    role: RowRole = RowRole.DATA


@dataclass(frozen=True, slots=True)
class ComposedTable:
    """A table that is ready, in one language: all that is printed, and the hash of the data that it was made from.

    ``slots`` are its pieces of Markdown in the order of reading; ``groups`` are the runs of rows of its body.
    ``align`` is the alignment of each column.
    """

    name: str
    language: str
    caption: str
    head: tuple[TableRow, ...]
    groups: tuple[tuple[TableRow, ...], ...]
    foot: tuple[TableRow, ...]
    align: tuple[str, ...]
    slots: tuple[str, ...]
    remark: str
    sources: tuple[SourceKey, ...]
    path: str
    digest: str
