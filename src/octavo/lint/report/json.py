"""Findings as a list in JSON, for programs of one's own."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from octavo.lint.rule import Rule
from octavo.model.finding import Finding
from octavo.model.source import SourceFile


def render(findings: Sequence[Finding], sources: Mapping[str, SourceFile], rules: Sequence[Rule]) -> str:
    """The list; where a finding has no place, the place is null."""
    return json.dumps([_record(finding) for finding in findings], ensure_ascii=False, indent=2) + "\n"


def _record(finding: Finding) -> dict[str, str | int | bool | None]:
    at = finding.location
    return {
        "code": finding.code,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "file": at.file if at else None,
        "line": at.line if at else None,
        "column": at.column if at else None,
        "end_line": at.end_line if at else None,
        "end_column": at.end_column if at else None,
        "fixable": finding.fixable,
    }
