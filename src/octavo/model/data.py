"""Data that tables, charts and values are made from: files and queries as they are named, rows as they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

from octavo.model.source import Location

if TYPE_CHECKING:
    from octavo.model.publication import Connection

Cell = None | bool | int | Decimal | str | date | datetime | time
"""One value of a row.  Numbers with a fraction are exact decimals, as they were written."""

# More rows are no table that anyone reads; a query over as many is answered all the same.
MAX_ROWS = 99_999


class Kind(Enum):
    """What the values of a column are."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    FLAG = "flag"
    OTHER = "other"

    @property
    def numeric(self) -> bool:
        """Whether one can count with the values."""
        return self in (Kind.INTEGER, Kind.NUMBER)


@dataclass(frozen=True, slots=True)
class DataColumn:
    """A column of rows: its name, and what its values are."""

    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a query, in order."""

    columns: tuple[DataColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    def index(self, name: str) -> int:
        """The place of a column, from 0; -1 where there is none.  Names differ by more than capitals, as in SQL."""
        folded = name.casefold()
        return next((at for at, column in enumerate(self.columns) if column.name.casefold() == folded), -1)


class DataFormat(Enum):
    """Formats of data files, by the ends of their names."""

    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    PARQUET = "parquet"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of ``data/``; ``path`` is relative to the project."""

    name: str
    path: str
    format: DataFormat


@dataclass(frozen=True, slots=True)
class Query:
    """SQL of an author.

    ``name`` is that of the dataset that it makes, or of the specification that holds it.  ``location`` is the place of
    its text, ``lines`` the places of its lines, as far as they are known.  ``connection`` names the database that is
    asked; empty where it is the files.  ``dataset`` is set, and ``sql`` empty, where all of a dataset is asked for.
    """

    name: str
    sql: str
    location: Location
    lines: Sequence[Location] = ()
    connection: str = ""
    dataset: str = ""

    def at(self, line: int) -> Location:
        """The place of a line of the text, counted from 1."""
        return self.lines[line - 1] if 0 < line <= len(self.lines) else self.location


@dataclass(frozen=True, slots=True)
class UsedValue:
    """A value that stands in a sentence: what was asked for, what the data say, and the place of the call."""

    query: str
    cell: Cell
    location: Location


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All datasets of a publication: files and queries by name, and the databases that queries may ask."""

    files: tuple[DataFile, ...] = ()
    queries: tuple[Query, ...] = ()
    connections: tuple[Connection, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all datasets."""
        return (*(file.name for file in self.files), *(query.name for query in self.queries))
