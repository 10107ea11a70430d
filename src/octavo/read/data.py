"""The folder ``data/`` into a Catalogue: its files and the queries beside them."""

from __future__ import annotations

from pathlib import Path

from octavo.model.data import Catalogue, DataFile, DataFormat, Query
from octavo.model.finding import Finding
from octavo.model.lazy import lazy
from octavo.model.publication import Connection
from octavo.model.source import Location, SourceFile, Span
from octavo.read.files import read_source
from octavo.read.yaml_tree import Value

FOLDER = "data"
QUERIES = "data/queries"
_SUFFIXES = {f".{one.value}": one for one in DataFormat} | {".ndjson": DataFormat.JSON, ".jsonl": DataFormat.JSON}
_CONNECTION = lazy(r"--[ \t]*connection:[ \t]*(\S+)")
# What `octavo tables` keeps there.
_SNAPSHOT = ".snapshot.json"


def read_catalogue(root: Path, connections: tuple[Connection, ...], findings: list[Finding]) -> Catalogue:
    """All datasets of a project; two of one name, and files that lead out of the folder, are findings."""
    taken: dict[str, str] = {}
    files: list[DataFile] = []
    queries: list[Query] = []
    inside = (root / FOLDER).resolve()
    for path in sorted((root / FOLDER).glob("*")):
        kind = _SUFFIXES.get(path.suffix.lower())
        if kind is None or path.name.startswith(".") or path.name.endswith(_SNAPSHOT) or path.is_dir():
            continue
        relative = f"{FOLDER}/{path.name}"
        if not path.resolve().is_relative_to(inside):
            message = f"{relative} leads out of {FOLDER}/"
            findings.append(
                Finding("DAT102", "data-outside", message, Location(relative), "put the file itself there, not a link")
            )
        elif _free(path.stem, relative, taken, findings):
            files.append(DataFile(path.stem, relative, kind))
    for path in sorted((root / QUERIES).glob("*.sql")):
        relative = f"{QUERIES}/{path.name}"
        if path.name.startswith(".") or not _free(path.stem, relative, taken, findings):
            continue
        source = read_source(root, relative, findings)
        if source is not None:
            database = _CONNECTION.match(source.text)
            lines = _lines(source, 1, source.text)
            queries.append(Query(path.stem, source.text, Location(relative), lines, database[1] if database else ""))
    return Catalogue(tuple(files), tuple(queries), connections)


def _free(name: str, path: str, taken: dict[str, str], findings: list[Finding]) -> bool:
    """Whether a name is free; else there is a finding.  Capitals make no difference, as in SQL."""
    first = taken.setdefault(name.casefold(), path)
    if first == path:
        return True
    message = f"the dataset '{name}' is also made by {first}"
    findings.append(Finding("DAT101", "dataset-twice", message, Location(path), "rename one of the two files"))
    return False


def query_of(name: str, value: Value, source: SourceFile, connection: str) -> Query:
    """The SQL under a key of a specification."""
    text = str(value.data)
    at = value.location
    start = source.offset(at.line, at.column)
    block = source.text.startswith("|", start)
    lines = _lines(source, at.line + 1, text.rstrip()) if block else ()
    return Query(name, text, lines[0] if lines else at, lines, connection)


def _lines(source: SourceFile, first: int, text: str) -> tuple[Location, ...]:
    """The places of the lines of a text that begins on a line of a file."""
    places = []
    for line in range(first, first + text.count("\n") + 1):
        written = source.line_text(line) if source.offset(line) < len(source.text) else ""
        start = source.offset(line) + len(written) - len(written.lstrip())
        places.append(source.locate(Span(start, max(start, source.offset(line) + len(written.rstrip())))))
    return tuple(places)
