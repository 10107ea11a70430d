"""Findings as a Code Quality report of GitLab: a subset of the issues of Code Climate's engine specification."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from octavo.lint.context import fingerprints
from octavo.lint.rule import Rule
from octavo.model.finding import Finding, Severity
from octavo.model.source import Location, SourceFile

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}
# Where a finding without a place is shown; the report knows no other way.
_NOWHERE = Location("publication.yaml")


def render(findings: Sequence[Finding], sources: Mapping[str, SourceFile], rules: Sequence[Rule]) -> str:
    """The report; a fingerprint does not change when lines are put before its finding."""
    issues = [_issue(*pair) for pair in zip(findings, fingerprints(findings, sources), strict=True)]
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"


def _issue(finding: Finding, fingerprint: str) -> dict[str, object]:
    at = finding.location or _NOWHERE
    begin = {"line": at.line, "column": at.column}
    end = {"line": at.end_line, "column": at.end_column}
    hint = f" ({finding.hint})" if finding.hint else ""
    return {
        "description": f"{finding.code}: {finding.message}{hint}",
        "check_name": f"{finding.code} {finding.rule}",
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": at.file, "positions": {"begin": begin, "end": end}},
    }
