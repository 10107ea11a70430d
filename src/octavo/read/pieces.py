"""The Markdown in specifications, looked at before it stands in a chapter: its faults would be those of a call."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from octavo.model.chart import ChartSpec
from octavo.model.finding import Finding
from octavo.model.lazy import lazy
from octavo.model.suggest import did_you_mean
from octavo.model.table import TableSpec, Text
from octavo.read.scanner import scan

_SKIPPED = lazy(r"\\.|`+[^`]*`+")
_CROSS_REFERENCE = lazy(r"(?:sec|fig|tbl|eq|note):")


def checked_table(spec: TableSpec, sources: Collection[str], findings: list[Finding]) -> TableSpec:
    """A table specification, which is broken where one of its pieces is; ``sources`` are the keys that can be cited."""
    return replace(spec, broken=True) if _faults(_table_pieces(spec), sources, findings) else spec


def checked_chart(spec: ChartSpec, sources: Collection[str], findings: list[Finding]) -> ChartSpec:
    """The same of a chart specification."""
    pieces = [one for one in (spec.title, spec.remark) if one is not None]
    return replace(spec, broken=True) if _faults(pieces, sources, findings) else spec


def _table_pieces(spec: TableSpec) -> Iterator[Text]:
    yield spec.title
    yield from (column.header for column in spec.columns if column.header is not None)
    yield from (span.header for span in spec.spans)
    if spec.totals is not None:
        yield spec.totals.label
        if spec.totals.groups is not None:
            yield spec.totals.groups
    yield from (note.text for note in spec.notes)
    if spec.remark is not None:
        yield spec.remark


def _faults(pieces: Collection[Text] | Iterator[Text], sources: Collection[str], findings: list[Finding]) -> bool:
    before = len(findings)
    for piece in pieces:
        if not _is_whole(piece.text):
            message = "a bracket is not closed, or never opened"
            hint = "close it, or write \\[ where a bracket is text"
            findings.append(Finding("DAT116", "broken-piece", message, piece.location, hint))
            continue
        for citation in scan(piece.text).citations:
            for item in citation.items:
                if item.key not in sources and not _CROSS_REFERENCE.match(item.key):
                    hint = did_you_mean(item.key, sources) or "add the source to bibliography/"
                    message = f"there is no source '{item.key}'"
                    findings.append(Finding("CIT001", "unknown-citation-key", message, piece.location, hint))
    return len(findings) > before


def _is_whole(text: str) -> bool:
    depth = 0
    for mark in re.findall(r"[\[\]]", _SKIPPED.sub("", text)):
        depth += 1 if mark == "[" else -1
        if depth < 0:
            return False
    return depth == 0
