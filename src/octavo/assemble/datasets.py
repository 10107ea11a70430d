"""Datasets by name into Rows: files are loaded when they are first asked for, and every answer is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from octavo.adapters.data_files import FileFault
from octavo.adapters.duckdb import Database, DataError, RowLimitError, quoted
from octavo.assemble.kept_rows import asked, data_manifest, keep_answers, recall_answers
from octavo.model.data import MAX_ROWS, Catalogue, Cell, DataFile, Query, Rows
from octavo.model.finding import Finding
from octavo.model.keeping import NOTHING_KEPT, Keeper, Manifest
from octavo.model.source import Location
from octavo.model.suggest import did_you_mean

_QUOTED = re.compile(r'"([^"]+)"')
_NO_TABLE = re.compile(r"Table with name (\S+) does not exist")
_NO_COLUMN = re.compile(r'(?:Referenced column|Table .* does not have a column named|column) "([^"]+)"')
_LOCKED_HINT = (
    "a query reads the datasets of data/ by their names; files elsewhere, the network and settings are locked"
)


class DataFault(Exception):  # noqa: N818 (it becomes a finding, and no error of ours)
    """What prevents an answer, as the finding that it becomes; ``location`` is None where the caller has to say it."""

    def __init__(self, code: str, rule: str, message: str, hint: str = "", location: Location | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.rule = rule
        self.message = message
        self.hint = hint
        self.location = location

    def finding(self, location: Location) -> Finding:
        """The finding, at its own place or else at the one that is given."""
        return Finding(self.code, self.rule, self.message, self.location or location, self.hint)


Ask = Callable[[str, str], tuple[Sequence[str], Sequence[Sequence[Cell]]]]
"""Ask a database outside: its name and the SQL into names and rows.  Raises DataFault."""


@dataclass(slots=True)
class Datasets:
    """The data of one publication while a command runs.

    ``root`` is the project; ``ask`` reaches the databases that the command line allows; ``keeper`` has the answers of
    earlier builds.
    """

    root: Path
    catalogue: Catalogue
    ask: Ask
    _database: Database | None
    _answers: dict[Query, Rows]
    _ready: set[str]
    _opening: list[str]
    _keeper: Keeper
    _manifest: Manifest | None = None
    _kept: dict[str, Rows] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Path, catalogue: Catalogue, ask: Ask, keeper: Keeper = NOTHING_KEPT) -> Datasets:
        """Nothing is opened before it is needed."""
        return cls(root, catalogue, ask, None, {}, set(), [], keeper)

    def close(self) -> None:
        """Give the database back, if there is one, and keep its answers."""
        if self._manifest is not None and self._kept.keys() < (answers := self._lasting()).keys():
            keep_answers(self._keeper, self._manifest, answers)
        if self._database is not None:
            self._database.close()
            self._database = None

    def dataset(self, name: str) -> Rows:
        """All rows of a dataset.  Raises DataFault."""
        return self.rows(Query(name, "", Location(""), dataset=name))

    def rows(self, query: Query) -> Rows:
        """The answer to a query.  Raises DataFault."""
        if query not in self._answers:
            kept = None if self._reaches_out(query) else self._recalled().get(asked(query))
            self._answers[query] = self._ask(query) if kept is None else kept
        return self._answers[query]

    def _recalled(self) -> Mapping[str, Rows]:
        if self._manifest is None:
            self._manifest = data_manifest(self.root, self.catalogue)
            self._kept = recall_answers(self._keeper, self._manifest)
        return self._kept

    def _lasting(self) -> dict[str, Rows]:
        new = {asked(query): rows for query, rows in self._answers.items() if not self._reaches_out(query)}
        return {**self._kept, **new}

    def _reaches_out(self, query: Query) -> bool:
        """Whether a database outside may have a part in the answer, which is asked each time."""
        return bool(query.connection) or any(one.connection for one in self.catalogue.queries)

    def _ask(self, query: Query) -> Rows:
        if query.dataset:
            self._make_ready(self._known(query.dataset))
            sql = f"FROM {quoted(query.dataset)}"
        elif query.connection:
            name = f"octavo:{query.name}:{len(self._ready)}"
            self._fill(name, query)
            sql = f"FROM {quoted(name)}"
        else:
            sql = query.sql
            self._prepare(query)
        try:
            return self._open().query(sql)
        except RowLimitError:
            message = f"the data have more than {MAX_ROWS} rows"
            hint = "limit them: a query with WHERE, GROUP BY or LIMIT"
            raise DataFault("DAT105", "too-many-rows", message, hint) from None
        except DataError as error:
            raise self._fault(error, query) from error

    def _open(self) -> Database:
        if self._database is None:
            self._database = Database(self.root.resolve(), self.catalogue.files)
        return self._database

    def _known(self, name: str) -> str:
        """The name of a dataset as it is written in the catalogue."""
        for known in self.catalogue.names:
            if known.casefold() == name.casefold():
                return known
        hint = did_you_mean(name, self.catalogue.names) or self._names()
        raise DataFault("DAT103", "unknown-dataset", f"there is no dataset '{name}'", hint)

    def _names(self) -> str:
        names = self.catalogue.names
        return f"there are: {', '.join(names)}" if names else "put the file into data/"

    def _prepare(self, query: Query) -> None:
        """Make ready what a query reads, having looked at what it is."""
        if not query.sql.strip():
            raise DataFault("DAT104", "query-failed", "the query is empty", "write `SELECT ...`", query.location)
        try:
            uses = self._open().uses(query.sql)
        except DataError as error:
            raise self._fault(error, query) from error
        if uses.unsteady:
            message = (
                f"{uses.unsteady[0]}() answers otherwise each time, so that the publication would change by itself"
            )
            hint = "write the date or the number itself"
            raise DataFault("DAT107", "unsteady-query", message, hint, self._line_of(query, uses.unsteady[0]))
        known = {name.casefold(): name for name in self.catalogue.names}
        for table in uses.tables:
            if table.casefold() in known:
                self._make_ready(known[table.casefold()])

    def _make_ready(self, name: str) -> None:
        if name in self._ready:
            return
        for file in self.catalogue.files:
            if file.name == name:
                self._load(file)
        for query in self.catalogue.queries:
            if query.name == name:
                self._define(query)
        self._ready.add(name)

    def _load(self, file: DataFile) -> None:
        try:
            self._open().load(file)
        except FileFault as fault:
            message = f"{file.path} cannot be read: {_plain(fault.reason, self.root)}"
            hint = "the first row holds the names of the columns, and each row has as many cells"
            line = max(fault.line, 1)
            raise DataFault(
                "DAT108", "unreadable-data", message, hint, Location(file.path, line, 1, line, 1)
            ) from fault

    def _define(self, query: Query) -> None:
        if query.name in self._opening:
            message = f"the query reads itself: {' > '.join((*self._opening, query.name))}"
            raise DataFault("DAT104", "query-failed", message, "take the circle apart", query.location)
        if query.connection:
            self._fill(query.name, query)
            return
        self._opening.append(query.name)
        try:
            self._prepare(query)
            self._open().define(query.name, query.sql)
        except DataError as error:
            raise self._fault(error, query) from error
        finally:
            self._opening.pop()

    def _fill(self, name: str, query: Query) -> None:
        try:
            columns, rows = self.ask(query.connection, query.sql)
            self._open().fill(name, columns, rows)
        except DataFault as fault:
            fault.location = fault.location or query.location
            raise
        except DataError as error:
            raise self._fault(error, query) from error
        self._ready.add(name)

    def _fault(self, error: DataError, query: Query) -> DataFault:
        at = query.at(error.line) if error.line else query.location
        reason = _plain(error.reason, self.root)
        if error.locked:
            return DataFault("DAT106", "locked-query", f"the query may not do this: {reason}", _LOCKED_HINT, at)
        table, column = _NO_TABLE.search(reason), _NO_COLUMN.search(reason)
        hint = "ask one question, in the SQL of DuckDB"
        if table and re.search(r"[/\\.:]", table[1]):
            reason = f"the query may not do this: read '{table[1]}'"
            return DataFault("DAT106", "locked-query", reason, _LOCKED_HINT, at)
        if table:
            reason = f"there is no dataset '{table[1]}'"
            hint = did_you_mean(table[1], self.catalogue.names) or self._names()
        elif column:
            names = self._columns(query) or error.near
            at = self._line_of(query, column[1]) if not error.line else at
            hint = did_you_mean(column[1], names) or f"columns: {', '.join(names)}"
        return DataFault("DAT104", "query-failed", f"the query fails: {reason}", hint, at)

    def _columns(self, query: Query) -> list[str]:
        """The columns of all that a query reads."""
        names: dict[str, None] = {}
        for table in self._open().uses(query.sql).tables:
            if table.casefold() in {name.casefold() for name in self.catalogue.names}:
                rows = self._open().query(f"FROM {quoted(table)} LIMIT 0")
                names.update(dict.fromkeys(rows.names))
        return list(names)

    def _line_of(self, query: Query, word: str) -> Location:
        """The line of a query that holds a word."""
        found = query.sql.lower().find(word.lower())
        return query.at(query.sql.count("\n", 0, max(found, 0)) + 1)


def digest(rows: Rows) -> str:
    """The hash of data: of names, kinds and values, whatever file they came from."""
    found = sha256()
    for column in rows.columns:
        found.update(f"{column.name}\x1f{column.kind.value}\x1e".encode())
    for row in rows.rows:
        found.update("\x1f".join("\x00" if cell is None else str(cell) for cell in row).encode() + b"\x1e")
    return f"sha256:{found.hexdigest()}"


def _plain(reason: str, root: Path) -> str:
    """The words of DuckDB on one line, without the place of the project on this machine."""
    return " ".join(reason.replace(f"{root.resolve()}/", "").split())
