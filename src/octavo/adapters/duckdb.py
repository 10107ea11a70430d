"""DuckDB in this process, locked: it reads the files of ``data/`` that it is given, and nothing else in the world."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from octavo.adapters.data_files import TABS, FileFault, dialect_of, fault_of, read_sheet
from octavo.model.characters import CONTROLS
from octavo.model.data import MAX_ROWS, Cell, DataColumn, DataFile, DataFormat, Kind, Rows

_MEMORY = "1GB"
_MILLISECONDS = 60_000
_BATCH = 500
# Nothing is guessed but the types, from all rows.
_CSV = """sample_size=-1, header=true, skip=0, comment='', quote='"', escape='"'"""
_READERS = {
    **dict.fromkeys((DataFormat.CSV, DataFormat.TSV), f"read_csv(?, {_CSV}, delim=?, decimal_separator=?)"),
    DataFormat.JSON: "read_json(?, sample_size=-1)",
    DataFormat.PARQUET: "read_parquet(?)",
}
_KINDS = {
    **dict.fromkeys(("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"), Kind.INTEGER),
    **dict.fromkeys(("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"), Kind.INTEGER),
    **dict.fromkeys(("FLOAT", "DOUBLE", "DECIMAL"), Kind.NUMBER),
    **dict.fromkeys(("VARCHAR", "ENUM", "UUID", "JSON"), Kind.TEXT),
    **dict.fromkeys(("DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"), Kind.DATE),
    **{"TIME": Kind.TIME, "BOOLEAN": Kind.FLAG, '"NULL"': Kind.TEXT},
}
_LINE = re.compile(r"^LINE (\d+): ", re.MULTILINE)
_CANDIDATE = re.compile(r'"((?:[^"]|"")*)"')
# What a query could do besides reading the datasets; the lock would refuse it too, in words that help nobody.
_REFUSED = re.compile(
    r"^\s*(?:attach|call|checkpoint|copy|create|delete|detach|drop|export|import|insert|install|load|pragma|reset|set|"
    r"update|use|vacuum)\b",
    re.IGNORECASE,
)


class DataError(Exception):
    """DuckDB cannot do what was asked: ``reason`` in its words, ``line`` of the query, and names that were meant.

    ``locked`` says that the query wanted something that no query may have.
    """

    def __init__(self, reason: str, line: int = 0, near: Sequence[str] = (), *, locked: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.near = tuple(near)
        self.locked = locked


class RowLimitError(Exception):
    """The answer has more rows than a table may have."""


_STABILITIES = "SELECT function_name, stability FROM duckdb_functions()"


@dataclass(frozen=True, slots=True)
class Uses:
    """What a query reads: tables by name, table functions, and functions whose result changes without the data."""

    tables: tuple[str, ...]
    unsteady: tuple[str, ...]


class Database:
    """One database in memory.  Tables are made from files when they are first needed."""

    def __init__(self, root: Path, files: Sequence[DataFile]) -> None:
        # Most commands need no data, and loading it takes a while.
        import duckdb

        self._root = root
        self._steadiness: dict[str, bool] = {}
        self._connection = duckdb.connect(
            ":memory:",
            config={
                "threads": 1,
                "memory_limit": _MEMORY,
                "temp_directory": "",
                "max_execution_time": _MILLISECONDS,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "allow_community_extensions": False,
                "allow_unsigned_extensions": False,
                "allow_persistent_secrets": False,
                "python_enable_replacements": False,
            },
        )
        self._connection.execute("SET TimeZone = 'UTC'")
        paths = ", ".join(_literal(str(root / file.path)) for file in files)
        self._connection.execute(f"SET allowed_paths = [{paths}]")
        self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")

    def close(self) -> None:
        """Give everything back."""
        self._connection.close()

    def load(self, file: DataFile) -> None:
        """Make a table of a file, under its name.  Raises FileFault where it cannot be read."""
        path = self._root / file.path
        texts = [str(path)]
        dialect = TABS
        try:
            if file.format is DataFormat.XLSX:
                self.fill(file.name, *read_sheet(path, plain_cell))
                return
            if file.format in (DataFormat.CSV, DataFormat.TSV):
                dialect = dialect_of(path) if file.format is DataFormat.CSV else TABS
                texts += [dialect.delimiter, dialect.decimal]
            reader = _READERS[file.format]
            for text in texts:
                # The table functions take no bound parameter within CREATE TABLE.
                reader = reader.replace("?", _literal(text), 1)
            with _told():
                self._connection.execute(f"CREATE TABLE {quoted(file.name)} AS FROM {reader}")
        except DataError as error:
            fault = fault_of(path, dialect) if len(texts) > 1 else None
            raise fault or FileFault(error.reason) from error
        except OSError as error:
            raise FileFault(error.strerror or "it cannot be opened") from error

    def fill(self, name: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        """Make a table of rows.  Raises DataError where they do not fit together."""
        types = [_column_type([row[index] for row in rows]) for index in range(len(columns))]
        declared = ", ".join(f"{quoted(column)} {kind}" for column, kind in zip(columns, types, strict=True))
        with _told():
            self._connection.execute(f"CREATE TABLE {quoted(name)} ({declared})")
            for start in range(0, len(rows), _BATCH):
                batch = rows[start : start + _BATCH]
                marks = ", ".join(["(" + ", ".join("?" * len(columns)) + ")"] * len(batch))
                values = [_stored(cell, kind) for row in batch for cell, kind in zip(row, types, strict=True)]
                self._connection.execute(f"INSERT INTO {quoted(name)} VALUES {marks}", values)

    def define(self, name: str, sql: str) -> None:
        """Give the answer to a query a name.  Raises DataError."""
        with _told():
            self._connection.execute(f"CREATE VIEW {quoted(name)} AS {sql}")

    def uses(self, sql: str) -> Uses:
        """What a query reads.  Raises DataError where it is no single question, or no SQL."""
        with _told():
            answer = self._connection.execute("SELECT json_serialize_sql(?)", [sql]).fetchone()
        tree = json.loads(str(answer[0])) if answer else {}
        if tree.get("error"):
            self._refuse(sql, tree)
        if len(tree.get("statements", ())) != 1:
            raise DataError("there is more than one statement", locked=False)
        tables: dict[str, None] = {}
        functions: dict[str, None] = {}
        for node in _nodes(tree):
            if node.get("table_name") and node.get("type") == "BASE_TABLE":
                tables[str(node["table_name"])] = None
            # `current_date` is written like a column.
            names = node.get("column_names") if node.get("type") == "COLUMN_REF" else [node.get("function_name")]
            if isinstance(names, list) and len(names) == 1 and names[0]:
                functions[str(names[0]).lower()] = None
        return Uses(tuple(tables), self._unsteady(functions))

    def _unsteady(self, functions: Iterable[str]) -> tuple[str, ...]:
        """Those of some functions whose result changes without the data."""
        if not self._steadiness:
            # The list is made anew for whoever asks, so that it is asked for once and whole.
            for name, stability in self._connection.execute(_STABILITIES).fetchall():
                steady = stability in ("CONSISTENT", None)
                self._steadiness[str(name)] = self._steadiness.get(str(name), True) and steady
        return tuple(name for name in functions if not self._steadiness.get(name, True))

    def _refuse(self, sql: str, tree: Mapping[str, object]) -> None:
        position = str(tree.get("position", ""))
        line = sql.count("\n", 0, int(position)) + 1 if position.isdigit() else 0
        if tree.get("error_type") == "parser":
            raise DataError(str(tree.get("error_message")), line)
        if _REFUSED.match(_without_comments(sql)):
            raise DataError("it does something else than asking for data", 1, locked=True)

    def query(self, sql: str) -> Rows:
        """The answer to a question.  Raises DataError, and RowLimitError beyond ``MAX_ROWS`` rows."""
        with _told():
            cursor = self._connection.execute(sql)
            described = cursor.description or []
            rows = cursor.fetchmany(MAX_ROWS + 1)
        if len(rows) > MAX_ROWS:
            raise RowLimitError
        columns = tuple(DataColumn(str(name), kind_of(str(kind))) for name, kind, *_ in described)
        return Rows(columns, tuple(tuple(plain_cell(cell) for cell in row) for row in rows))


@contextmanager
def _told() -> Iterator[None]:
    """Errors of DuckDB as a DataError."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        text = str(error)
        message, _, rest = text.partition("\n")
        line = _LINE.search(text)
        near = _CANDIDATE.findall(rest.partition("LINE ")[0]) if "andidate" in rest else ()
        reason = message.partition(": ")[2] or message
        locked = isinstance(error, duckdb.PermissionException) or "configuration has been locked" in text
        raise DataError(reason.strip(), int(line[1]) if line else 0, near, locked=locked) from error


def kind_of(duckdb_type: str) -> Kind:
    """What the values of a type of DuckDB are."""
    return _KINDS.get(duckdb_type.partition("(")[0].upper(), Kind.OTHER)


def quoted(name: str) -> str:
    """A name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def plain_cell(value: object) -> Cell:
    """A value of DuckDB as one of ours: fractions become exact, and what has no number or text becomes its text."""
    if isinstance(value, float):
        if value != value or abs(value) == float("inf"):
            return None
        # A sum of binary fractions has noise in its last digits; no number that was written with fifteen has any.
        return Decimal(int(value)) if value.is_integer() else Decimal(format(value, ".15g"))
    if value is None or isinstance(value, (bool, int, Decimal, datetime, date, time)):
        return value
    return CONTROLS.sub("\N{REPLACEMENT CHARACTER}", str(value))


def _nodes(tree: object) -> Iterator[Mapping[str, object]]:
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)


def _without_comments(sql: str) -> str:
    return re.sub(r"--[^\n]*|/\*.*?\*/", " ", sql, flags=re.DOTALL)


def _column_type(cells: Sequence[Cell]) -> str:
    """The type of a column that holds some values; text where they are of several kinds."""
    kinds = {type(cell) for cell in cells if cell is not None}
    if kinds == {bool}:
        return "BOOLEAN"
    if kinds == {int}:
        return "HUGEINT" if any(isinstance(cell, int) and abs(cell) >= 2**63 for cell in cells) else "BIGINT"
    if kinds and kinds <= {int, float, Decimal}:
        return "DOUBLE"
    if kinds == {date}:
        return "DATE"
    if kinds and kinds <= {date, datetime}:
        return "TIMESTAMP"
    return "TIME" if kinds == {time} else "VARCHAR"


def _stored(cell: Cell, kind: str) -> Cell | float:
    if cell is None:
        return None
    if kind == "DOUBLE" and isinstance(cell, (int, Decimal)):
        return float(cell)
    return str(cell) if kind == "VARCHAR" else cell
