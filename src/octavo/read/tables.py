"""Files of ``data/tables/`` into table specifications."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from octavo.model.data import Query
from octavo.model.finding import Finding
from octavo.model.lazy import lazy
from octavo.model.source import Location, SourceFile, Span
from octavo.model.suggest import did_you_mean
from octavo.model.table import (
    Align,
    CellFormat,
    ColumnSpec,
    DateForm,
    NoteSpec,
    SortKey,
    SourceKey,
    SpanSpec,
    TableSpec,
    Text,
    TotalSpec,
)
from octavo.read.data import query_of
from octavo.read.fields import Fields
from octavo.read.files import read_source
from octavo.read.yaml_tree import parse_yaml

FOLDER = "data/tables"
_KEY = lazy(r"@?([^\s,]+)\s*(?:,\s*(.*))?$", re.DOTALL)
_NAME = lazy(r"\w[\w-]*")
_MAX_DIGITS = 20


def read_tables(root: Path, findings: list[Finding]) -> tuple[TableSpec, ...]:
    """All table specifications of a project, by name; all that is wrong in them is added to ``findings``."""
    specs = []
    for path in specification_paths(root, FOLDER):
        source = read_source(root, path, findings)
        if source is not None:
            specs.append(read_table(source, findings))
    return tuple(specs)


def specification_paths(root: Path, folder: str) -> list[str]:
    """The YAML files of a folder, relative to the root, sorted by name."""
    return sorted(f"{folder}/{path.name}" for path in (root / folder).glob("*.yaml") if not path.name.startswith("."))


def check_name(name: str, path: str, findings: list[Finding]) -> None:
    """The name of a specification becomes an identifier, ``tbl:NAME``: without blanks and brackets."""
    if not _NAME.fullmatch(name):
        message = f"'{name}' is no name for a specification"
        hint = "use letters, digits, hyphens and underscores"
        findings.append(Finding("DAT122", "wrong-name", message, Location(path), hint))


def read_table(source: SourceFile, findings: list[Finding]) -> TableSpec:
    """One specification.  ``broken`` says that it has errors."""
    before = len(findings)
    value = parse_yaml(source, Span(0, len(source.text)), findings)
    fields = Fields(value, "the table", findings, Location(source.path), told=value is None and len(findings) > before)
    name = Path(source.path).stem
    check_name(name, source.path, findings)
    group, row_header = fields.text("groups"), fields.text("rows")
    spec = TableSpec(
        name=name,
        path=source.path,
        location=fields.location,
        title=read_text(fields, "title", required=True) or Text(name, fields.location),
        query=read_query(name, fields, source, findings),
        columns=_columns(fields, findings),
        spans=tuple(_span(entry) for entry in fields.mappings("spans")),
        group=group,
        group_location=fields.location_of("groups"),
        row_header=row_header,
        row_header_location=fields.location_of("rows"),
        totals=_totals(fields),
        notes=tuple(_note(entry, findings) for entry in fields.mappings("notes")),
        remark=read_text(fields, "remark"),
        sources=read_sources(fields, findings),
        sort=_sort(fields),
        limit=_number(fields, "limit", 1, 99_999, findings),
        limit_location=fields.location_of("limit"),
    )
    fields.close()
    return spec if len(findings) == before else replace(spec, broken=True)


def read_text(fields: Fields, key: str, *, required: bool = False) -> Text | None:
    """A piece of Markdown under a key, on one line."""
    text = fields.text(key, required=required)
    return Text(text, fields.location_of(key)) if text else None


def read_query(name: str, fields: Fields, source: SourceFile, findings: list[Finding]) -> Query:
    """What a specification is made from: ``data`` names a dataset, ``query`` holds SQL; one of them has to be there.

    ``connection`` names the database that a query asks.
    """
    data, query = fields.text("data"), fields.value("query")
    connection = fields.text("connection")
    if query is not None and not isinstance(query.data, str):
        message = "'query' must be SQL"
        findings.append(Finding("CFG102", "wrong-value", message, query.location, "write `query: SELECT ...`"))
    elif query is not None and data:
        at = fields.location_of_key("query")
        message, hint = "'data' and 'query' stand both", "take one of them away: a query can read the dataset"
        findings.append(Finding("CFG102", "wrong-value", message, at, hint))
    elif query is not None:
        return query_of(name, query, source, connection)
    elif not data and fields.location.line and not findings:
        message, hint = "nothing says what the data are", "add `data: NAME`, or `query: SELECT ...`"
        findings.append(Finding("CFG103", "missing-key", message, fields.location, hint))
    if connection:
        at = fields.location_of("connection")
        message = "'connection' stands without a query"
        findings.append(Finding("CFG102", "wrong-value", message, at, "add `query: SELECT ...`"))
    return Query(name, "", fields.location_of("data"), dataset=data)


def read_sources(fields: Fields, findings: list[Finding]) -> tuple[SourceKey, ...]:
    """The keys under ``source``, each with its locator: ``belta-430366, p. 5``."""
    keys = []
    for text, at in fields.texts("source"):
        match = _KEY.match(text)
        if match is None or match[1] == "@" or "[" in text or "]" in text:
            message = f"'{text}' is no key of a source"
            hint = "write the key, and a locator behind a comma: `key, p. 5`"
            findings.append(Finding("CFG102", "wrong-value", message, at, hint))
            continue
        keys.append(SourceKey(match[1], match[2] or "", at))
    return tuple(keys)


def _columns(fields: Fields, findings: list[Finding]) -> tuple[ColumnSpec, ...]:
    """The columns: mappings, or plain names."""
    value = fields.value("columns")
    items = value.data if value is not None and isinstance(value.data, tuple) else (value,)
    return tuple(
        _column(entry, findings)
        if isinstance(entry, Fields)
        else ColumnSpec(entry, item.location if item is not None else fields.location)
        for entry, item in zip(fields.entries("columns"), items, strict=False)
    )


def _column(entry: Fields, findings: list[Finding]) -> ColumnSpec:
    of = {"": 1, "1": 1, "100": 100}.get(entry.text("of"))
    if of is None:
        at = entry.location_of("of")
        message = f"'of' cannot be '{entry.text('of')}'"
        findings.append(
            Finding("CFG102", "wrong-value", message, at, "write 100 where the data hold per cents, else 1")
        )
    grouping = entry.flag("grouping", True) if entry.value("grouping") is not None else None
    share = entry.text("share_of")
    column = ColumnSpec(
        name=entry.text("name", required=not share),
        location=entry.location_of("name") if entry.value("name") else entry.location_of("share_of"),
        header=read_text(entry, "header"),
        unit=entry.text("unit"),
        format=entry.choice("format", CellFormat.AUTO),
        align=entry.choice("align", Align.AUTO),
        digits=_number(entry, "digits", 0, _MAX_DIGITS, findings),
        currency=_currency(entry, findings),
        date=entry.choice("date", DateForm.MEDIUM),
        sign=entry.flag("sign", False),
        grouping=grouping,
        of=of or 1,
        share_of=share,
        empty=entry.text("empty"),
    )
    entry.close()
    return column


def _currency(entry: Fields, findings: list[Finding]) -> str:
    currency = entry.text("currency")
    if currency and not re.fullmatch("[A-Z]{3}", currency):
        at = entry.location_of("currency")
        message = f"'{currency}' is no currency"
        findings.append(Finding("CFG102", "wrong-value", message, at, "write three letters of ISO 4217: USD, EUR, BYN"))
        return ""
    return currency


def _span(entry: Fields) -> SpanSpec:
    header = read_text(entry, "header", required=True) or Text("", entry.location)
    span = SpanSpec(header, entry.texts("columns", required=True), entry.location)
    entry.close()
    return span


def _totals(fields: Fields) -> TotalSpec | None:
    if fields.value("totals") is None:
        return None
    entry = fields.mapping("totals")
    label = read_text(entry, "label", required=True) or Text("", entry.location)
    columns, groups = entry.texts("columns", required=True), read_text(entry, "groups")
    sums = entry.mapping("stated")
    stated = tuple((name, sums.text(name), sums.location_of(name)) for name in sums.names())
    total = TotalSpec(label, columns, entry.location, groups, stated)
    entry.close()
    return total


def _note(entry: Fields, findings: list[Finding]) -> NoteSpec:
    rows = entry.mapping("row") if entry.value("row") is not None else None
    row = None if rows is None else tuple((name, rows.text(name)) for name in rows.names())
    note = NoteSpec(
        text=read_text(entry, "text", required=True) or Text("", entry.location),
        location=entry.location,
        column=entry.text("column"),
        row=row,
        group=entry.text("group"),
    )
    entry.close()
    if not note.column and not note.group:
        message = "the note says to no cell that it belongs to it"
        hint = "add `column: NAME`, and `row: {NAME: value}` where it belongs to one cell"
        findings.append(Finding("CFG103", "missing-key", message, entry.location, hint))
    elif note.group and (note.column or note.row):
        message = "a note belongs to a group or to a cell"
        findings.append(Finding("CFG102", "wrong-value", message, entry.location, "take `group` or `column` away"))
    return note


def _sort(fields: Fields) -> tuple[SortKey, ...]:
    return tuple(SortKey(text.removeprefix("-"), text.startswith("-"), at) for text, at in fields.texts("sort"))


def _number(fields: Fields, key: str, least: int, most: int, findings: list[Finding]) -> int | None:
    value = fields.value(key)
    if value is None:
        return None
    if isinstance(value.data, int) and not isinstance(value.data, bool) and least <= value.data <= most:
        return value.data
    message = f"'{key}' cannot be '{fields.text(key)}'"
    hint = f"write a number from {least} to {most}"
    findings.append(Finding("CFG102", "wrong-value", message, value.location, hint))
    return None


def known_specification(name: str, known: Mapping[str, object], folder: str) -> str:
    """A hint for a specification that is not there."""
    return did_you_mean(name, known) or f"write {folder}/{name}.yaml"
