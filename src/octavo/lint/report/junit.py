"""Findings as a JUnit report, which most systems of continuous integration show as tests.

The form is that of the schema ``junit-10.xsd`` of Jenkins's xUnit plug-in: a suite for each file, a failed case for
each error and warning, a skipped one for each info; a file without findings has one case that passed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from octavo.lint.rule import Rule
from octavo.model.finding import Finding, Severity
from octavo.model.source import SourceFile

# All that XML 1.0 has no place for (production 2).
_REFUSED = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(findings: Sequence[Finding], sources: Mapping[str, SourceFile], rules: Sequence[Rule]) -> str:
    """The report, without times and names of machines, so that it is the same for the same findings."""
    by_file: dict[str, list[Finding]] = {path: [] for path in sources}
    for finding in findings:
        by_file.setdefault(finding.location.file if finding.location else "publication", []).append(finding)
    failures = sum(finding.severity is not Severity.INFO for finding in findings)
    tests = sum(max(1, len(of_file)) for of_file in by_file.values())
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(f'<testsuites name="octavo lint" tests="{tests}" failures="{failures}" errors="0">')
    for path, of_file in sorted(by_file.items()):
        lines += _suite(path, of_file)
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _suite(path: str, findings: Sequence[Finding]) -> list[str]:
    skipped = sum(finding.severity is Severity.INFO for finding in findings)
    counts = f'tests="{max(1, len(findings))}" failures="{len(findings) - skipped}" errors="0" skipped="{skipped}"'
    cases = [line for finding in findings for line in _case(path, finding)]
    cases = cases or [f'    <testcase name="octavo lint" classname={_quoted(path)}/>']
    return [f"  <testsuite name={_quoted(path)} {counts}>", *cases, "  </testsuite>"]


def _case(path: str, finding: Finding) -> list[str]:
    # Reports are compared by the names of cases, so that no number of a line stands in them.
    name = _quoted(f"{finding.code} {finding.rule}: {finding.message}")
    opening = f"    <testcase name={name} classname={_quoted(path)}>"
    place = f"{finding.location}: " if finding.location else ""
    text = f"{place}{finding.message}" + (f"\nhint: {finding.hint}" if finding.hint else "")
    tag = "skipped" if finding.severity is Severity.INFO else "failure"
    attributes = f"type={_quoted(finding.severity.value)} message={_quoted(finding.message)}"
    return [opening, f"      <{tag} {attributes}>{escape(_clean(text))}</{tag}>", "    </testcase>"]


def _quoted(text: str) -> str:
    return quoteattr(_clean(text), {"\n": " ", "\r": " ", "\t": " "})


def _clean(text: str) -> str:
    return _REFUSED.sub("\N{REPLACEMENT CHARACTER}", text)
