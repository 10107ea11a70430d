"""Findings as a person reads them: place, code, message, the line with a mark, the hint."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from octavo.model.finding import Finding, Severity
from octavo.model.source import Location

# What fits into a terminal of 100 columns beside the line's number.
_WIDTH = 88


def print_findings(findings: Iterable[Finding], root: Path, stream: TextIO) -> None:
    """Print findings file by file, then how many there are."""
    told = sorted(set(findings), key=Finding.sort_key)
    colours = stream.isatty()
    for finding in told:
        stream.write(_text(finding, root, colours))
    if told:
        errors = sum(finding.severity is Severity.ERROR for finding in told)
        stream.write(f"{_count(errors, 'error')}, {_count(len(told) - errors, 'warning')}\n")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _text(finding: Finding, root: Path, colours: bool) -> str:
    severity = finding.severity.value
    if colours:
        colour = {"error": "31", "warning": "33"}.get(severity, "36")
        severity = f"\x1b[1;{colour}m{severity}\x1b[0m"
    place = f"{finding.location}: " if finding.location else ""
    lines = [f"{place}{severity} {finding.code} {finding.rule}: {finding.message}"]
    if finding.location is not None:
        lines += _excerpt(finding.location, root)
    if finding.hint:
        lines.append(f"  hint: {finding.hint}")
    return "\n".join(lines) + "\n"


def _excerpt(location: Location, root: Path) -> list[str]:
    """The line of the source with carets under the span; nothing where the file or line is not there."""
    try:
        text = (root / location.file).read_text(encoding="utf-8-sig", errors="replace")
        line = text.splitlines()[location.line - 1].expandtabs(1)
    except (OSError, IndexError):
        return []
    if not line.strip():
        return []
    start = min(location.column - 1, len(line))
    end = location.end_column - 1 if location.end_line == location.line else len(line)
    shift = max(0, min(start - _WIDTH // 2, len(line) - _WIDTH)) if len(line) > _WIDTH else 0
    shown = line[shift : shift + _WIDTH]
    marks = max(1, min(end, shift + len(shown)) - start)
    # A line that goes on beyond what is shown says so.
    if shift:
        shown = f"…{shown[1:]}"
    if shift + _WIDTH < len(line):
        shown = f"{shown[:-1]}…"
    number = str(location.line)
    return [f"  {number} | {shown}", f"  {' ' * len(number)} | {' ' * (start - shift)}{'^' * marks}"]
