"""Data files beside DuckDB: how a text file is parted, what is wrong with one that is broken, and workbooks."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

from octavo.model.data import Cell, DataFile

_MAX_FIELD = 1_000_000
_SHORT = 4 * 1024 * 1024
# A sheet of a million cells; archives can promise little and hold much.
_MAX_UNPACKED = 200_000_000


class FileFault(Exception):  # noqa: N818 (it becomes a finding, and no error of ours)
    """What is wrong with a data file; ``line`` counts from 1, and is 0 where no line is at fault."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text file parts its cells, and which sign its decimals have."""

    delimiter: str
    decimal: str = "."


TABS = Dialect("\t")


def states(root: Path, files: Sequence[DataFile]) -> list[list[str]]:
    """Name, path and state of data files: the digest of short ones (SHA-256), what the system says of long ones."""
    return [[file.name, file.path, _state(root / file.path)] for file in files]


def _state(path: Path) -> str:
    try:
        seen = path.stat()
        if seen.st_size <= _SHORT:
            return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
    return f"{seen.st_size} {seen.st_mtime_ns} {seen.st_ctime_ns} {seen.st_ino}"


def dialect_of(path: Path) -> Dialect:
    """That of a CSV file: semicolons go with decimal commas, as spreadsheets write them where commas are decimal."""
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        head = file.readline(_MAX_FIELD)
    return Dialect(";", ",") if ";" in head and "," not in head else Dialect(",")


def fault_of(path: Path, dialect: Dialect) -> FileFault | None:
    """The first row that has another number of cells than the head, or is no text; None where all is well."""
    limit = csv.field_size_limit(_MAX_FIELD)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, delimiter=dialect.delimiter, strict=True)
            width = len(next(reader, []))
            for row in reader:
                if row and len(row) != width:
                    reason = f"this row has {len(row)} {_cells(len(row))}, and the first row has {width}"
                    return FileFault(reason, reader.line_num)
    except UnicodeDecodeError:
        return FileFault("it is not in the encoding UTF-8")
    except csv.Error as error:
        return FileFault(str(error), reader.line_num)
    finally:
        csv.field_size_limit(limit)
    return None


def _cells(number: int) -> str:
    return "cell" if number == 1 else "cells"


def read_sheet(path: Path, plain: Callable[[object], Cell]) -> tuple[list[str], list[list[Cell]]]:
    """The first sheet of a workbook: names in its first row, values below; ``plain`` makes cells of values.

    Raises FileFault.
    """
    from openpyxl import load_workbook

    try:
        with ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > _MAX_UNPACKED:
            raise FileFault(f"it has {size} bytes unpacked, more than {_MAX_UNPACKED}")
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
        finally:
            with suppress(Exception):
                book.close()
    except FileFault:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers do
        raise FileFault(f"it is no workbook: {error}") from error
    while rows and all(cell is None for cell in rows[-1]):
        rows.pop()
    if not rows:
        raise FileFault("its first sheet is empty")
    width = max((index + 1 for index, cell in enumerate(rows[0]) if cell is not None), default=0)
    if not width:
        raise FileFault("the first row of its first sheet holds no names of columns")
    names = [str(cell) if cell is not None else f"column{index}" for index, cell in enumerate(rows[0][:width])]
    body = [[_sheet_cell(cell, plain) for cell in (row + [None] * width)[:width]] for row in rows[1:]]
    return names, body


def _sheet_cell(value: object, plain: Callable[[object], Cell]) -> Cell:
    if isinstance(value, datetime) and (value.hour, value.minute, value.second) == (0, 0, 0):
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return plain(value)
