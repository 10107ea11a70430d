"""Findings as workflow commands of GitHub Actions, which shows them beside the lines of a change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from octavo.lint.report.text import closing, heading
from octavo.lint.rule import Rule
from octavo.model.characters import printable
from octavo.model.finding import Finding, Severity
from octavo.model.source import SourceFile

# A step shows ten annotations of each kind and drops the others without a word.
LIMIT = 10
_KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(findings: Sequence[Finding], sources: Mapping[str, SourceFile], rules: Sequence[Rule]) -> str:
    """Annotations, errors first; what a step would not show follows as plain lines of its log, and the counts."""
    shown, others = [], []
    told: Counter[Severity] = Counter()
    weights = list(_KINDS)
    for finding in sorted(findings, key=lambda one: weights.index(one.severity)):
        told[finding.severity] += 1
        if told[finding.severity] <= LIMIT:
            shown.append(_command(finding))
        else:
            others.append(" ".join(heading(finding).splitlines()))
    if others:
        others.insert(0, f"{len(others)} more than a step can show as annotations:")
    return "\n".join([*shown, *others, closing(findings)])


def _command(finding: Finding) -> str:
    at = finding.location
    properties = {}
    if at is not None:
        properties = {"file": at.file, "line": str(at.line), "endLine": str(at.end_line)}
        # Columns are for a span within one line alone.
        if at.end_line == at.line:
            properties |= {"col": str(at.column), "endColumn": str(at.end_column)}
    properties["title"] = f"{finding.code} {finding.rule}"
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = f"{finding.message}\nhint: {finding.hint}" if finding.hint else finding.message
    return f"::{_KINDS[finding.severity]} {written}::{_data(message)}"


def _data(text: str) -> str:
    return printable(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
