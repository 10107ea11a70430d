"""Findings as a person reads them: place, code, message, the line with a mark, the hint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from octavo.model.characters import CONTROLS, printable
from octavo.model.finding import Finding, Severity
from octavo.model.source import Location, SourceFile

if TYPE_CHECKING:
    from octavo.lint.rule import Rule

# What fits into a terminal of 100 columns beside the line's number.
_WIDTH = 88
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}


def render(
    findings: Sequence[Finding], sources: Mapping[str, SourceFile], rules: Sequence[Rule] = (), *, colours: bool = False
) -> str:
    """All findings in their order; `closing` counts them."""
    return "".join(_told(finding, sources, colours) for finding in findings)


def closing(findings: Sequence[Finding]) -> str:
    """How many there are, and how many could be fixed by options of `octavo lint`."""
    if not findings:
        return "No findings.\n"
    fixes = [finding.fix.safe for finding in findings if finding.fix]
    safe, unsafe = fixes.count(True), fixes.count(False)
    fixable = [f"{safe} fixable with `--fix`"] if safe else []
    if unsafe:
        fixable.append(f"{unsafe} more with `--unsafe-fixes`" if safe else f"{unsafe} fixable with `--unsafe-fixes`")
    return "; ".join([counts(findings), *([", ".join(fixable)] if fixable else [])]) + "\n"


def counts(findings: Sequence[Finding]) -> str:
    """How many errors there are, how many warnings and, where there are any, infos."""
    weights = [finding.severity for finding in findings]
    parts = [_count(weights.count(Severity.ERROR), "error"), _count(weights.count(Severity.WARNING), "warning")]
    if Severity.INFO in weights:
        parts.append(_count(weights.count(Severity.INFO), "info"))
    return ", ".join(parts)


def heading(finding: Finding, *, colours: bool = False) -> str:
    """The line with place, weight, code, name and message."""
    severity = finding.severity.value
    if colours:
        severity = f"\x1b[1;{_COLOURS[finding.severity]}m{severity}\x1b[0m"
    # Names of files and words of authors are printed; none of them commands the terminal, or begins a line.
    place = f"{printable(str(finding.location))}: " if finding.location else ""
    return f"{place}{severity} {finding.code} {finding.rule}: {printable(finding.message)}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _told(finding: Finding, sources: Mapping[str, SourceFile], colours: bool) -> str:
    lines = [heading(finding, colours=colours)]
    if finding.location is not None:
        lines += _excerpt(finding.location, sources)
    if finding.hint:
        lines.append(f"  hint: {printable(finding.hint)}")
    return "\n".join(lines) + "\n"


def _excerpt(location: Location, sources: Mapping[str, SourceFile]) -> list[str]:
    """The line of the source with carets under the span; nothing where the file or line is not there."""
    source = sources.get(location.file)
    if source is None or location.line > source.position(len(source.text))[0]:
        return []
    # The line is not cut out, since it may be a whole book, with a finding in every word.
    first = source.offset(location.line)
    last = source.text.find("\n", first)
    length = (last if last >= 0 else len(source.text)) - first
    start = min(location.column - 1, length)
    end = location.end_column - 1 if location.end_line == location.line else length
    shift = max(0, min(start - _WIDTH // 2, length - _WIDTH)) if length > _WIDTH else 0
    shown = source.text[first + shift : first + min(shift + _WIDTH, length)].expandtabs(1)
    if not shown.strip():
        return []
    marks = max(1, min(end, shift + len(shown)) - start)
    # A line that goes on beyond what is shown says so.
    if shift:
        shown = f"…{shown[1:]}"
    if shift + _WIDTH < length:
        shown = f"{shown[:-1]}…"
    number = str(location.line)
    shown = CONTROLS.sub("\N{REPLACEMENT CHARACTER}", shown)
    return [f"  {number} | {shown}", f"  {' ' * len(number)} | {' ' * (start - shift)}{'^' * marks}"]
