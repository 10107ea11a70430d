"""Findings into what an editor can do about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from octavo.lint.fixes import choose_fixes, edits_of
from octavo.model.editing import FileEdits, QuickFix
from octavo.model.finding import Edit, Finding, Fix
from octavo.model.source import SourceFile, Span


def quick_fixes(
    findings: Iterable[Finding], file: str, span: Span, root: Path, sources: Mapping[str, SourceFile]
) -> Iterator[QuickFix]:
    """What mends the findings that touch a span of a file."""
    for finding in findings:
        fix, at = finding.fix, finding.location
        if fix is None or at is None or at.file != file or not _known(fix, sources):
            continue
        source = sources[file]
        start, end = source.offset(at.line, at.column), source.offset(at.end_line, at.end_column)
        if start <= span.end and span.start <= max(start, end):
            yield QuickFix(_title(finding, fix, sources), finding, _changes(edits_of([fix]), root, sources), fix.safe)


def fix_all(findings: Iterable[Finding], file: str, root: Path, sources: Mapping[str, SourceFile]) -> FileEdits | None:
    """All safe fixes that stay within a file, where two touch one place the first; None where there are none."""
    within = (
        finding
        for finding in findings
        if finding.fix and _known(finding.fix, sources) and all(edit.file == file for edit in finding.fix.edits)
    )
    edits = edits_of(choose_fixes(within, unsafe=False)).get(file, ())
    return FileEdits(root / file, sources[file], edits) if edits else None


def _known(fix: Fix, sources: Mapping[str, SourceFile]) -> bool:
    return bool(fix.edits) and all(edit.file in sources for edit in fix.edits)


def _changes(
    edits: Mapping[str, tuple[Edit, ...]], root: Path, sources: Mapping[str, SourceFile]
) -> tuple[FileEdits, ...]:
    return tuple(FileEdits(root / file, sources[file], group) for file, group in edits.items())


def _title(finding: Finding, fix: Fix, sources: Mapping[str, SourceFile]) -> str:
    """What the fix does where that is short, with its code; one that may change the meaning says so."""
    title = f"Mend {finding.code}: {finding.message}"
    if len(fix.edits) == 1:
        (edit,) = fix.edits
        old, new = edit.span.of(sources[edit.file].text), edit.text
        if old and not new and _short(old):
            title = f"Take away ‘{old}’ ({finding.code})"
        elif _short(old) and _short(new):
            title = f"Write ‘{new}’ for ‘{old}’ ({finding.code})" if old else f"Insert ‘{new}’ ({finding.code})"
    return title if fix.safe else f"{title} – look it over"


def _short(text: str) -> bool:
    # Blanks and line ends cannot be seen in a menu.
    return 0 < len(text) <= 40 and text.strip() == text and text.isprintable()
