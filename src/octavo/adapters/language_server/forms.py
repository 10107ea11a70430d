"""Findings, fixes, remarks and names into the types of the protocol."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lsprotocol import types

from octavo.model.editing import Completion, CompletionKind, Completions, FileEdits, FileFindings, Hover, QuickFix
from octavo.model.finding import Finding, Severity
from octavo.model.positions import Units, offset_of, position_of
from octavo.model.source import SourceFile, Span

NAME = "octavo"
FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.{NAME}"
_WEIGHTS = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
_KINDS = {
    CompletionKind.SOURCE: types.CompletionItemKind.Reference,
    CompletionKind.NOTE: types.CompletionItemKind.Text,
    CompletionKind.TARGET: types.CompletionItemKind.Constant,
}
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#+!|~$&])")


def path_of(uri: str) -> Path | None:
    """The file that an address names; None where it names none, as that of a text without a name."""
    parts = urlsplit(uri)
    # Names of files are bytes; those that are no UTF-8 keep them.
    path = unquote(parts.path, errors="surrogateescape")
    return Path(path) if parts.scheme == "file" and path.startswith("/") else None


def range_of(source: SourceFile, span: Span, units: Units) -> types.Range:
    """A span as a range of lines and columns."""
    start, end = position_of(source, span.start, units), position_of(source, span.end, units)
    return types.Range(types.Position(*start), types.Position(*end))


def offset_at(source: SourceFile, position: types.Position, units: Units) -> int:
    """The offset of a position."""
    return offset_of(source, position.line, position.character, units)


def diagnostics_of(file: FileFindings, units: Units) -> list[types.Diagnostic]:
    """The findings of a file as diagnostics."""
    return [_diagnostic(finding, file.source, units) for finding in file.findings]


def _diagnostic(finding: Finding, source: SourceFile, units: Units) -> types.Diagnostic:
    at = finding.location
    span = Span(0, 0)
    if at is not None and at.file == source.path:
        start = source.offset(at.line, at.column)
        span = Span(start, max(start, source.offset(at.end_line, at.end_column)))
    hint = f"\nhint: {finding.hint}" if finding.hint else ""
    return types.Diagnostic(
        range=range_of(source, span, units),
        message=f"{finding.message}{hint}",
        severity=_WEIGHTS[finding.severity],
        code=finding.code,
        source=NAME,
    )


def workspace_edit(changes: Iterable[FileEdits], uri_of: Callable[[Path], str], units: Units) -> types.WorkspaceEdit:
    """Edits of files."""
    return types.WorkspaceEdit(
        changes={
            uri_of(change.path): [
                types.TextEdit(range_of(change.source, edit.span, units), edit.text) for edit in change.edits
            ]
            for change in changes
        }
    )


def action_of(fix: QuickFix, source: SourceFile, uri_of: Callable[[Path], str], units: Units) -> types.CodeAction:
    """A quick fix; the one that an editor takes without asking is a safe one."""
    return types.CodeAction(
        title=fix.title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[_diagnostic(fix.finding, source, units)],
        is_preferred=fix.safe,
        edit=workspace_edit(fix.changes, uri_of, units),
    )


def fix_all_action(change: FileEdits, uri_of: Callable[[Path], str], units: Units) -> types.CodeAction:
    """All safe fixes of a file, which editors apply on saving where they are told to."""
    return types.CodeAction(
        title="Mend all that Octavo can mend safely in this file",
        kind=FIX_ALL,
        edit=workspace_edit([change], uri_of, units),
    )


def wants(only: Iterable[str] | None, kind: str) -> bool:
    """Whether actions of a kind are asked for; a kind stands for those below it too."""
    return only is None or any(kind == one or kind.startswith(f"{one}.") or one == "" for one in only)


def hover_of(hover: Hover, source: SourceFile, units: Units, *, markdown: bool) -> types.Hover:
    """What is said of a place, as Markdown where the editor can show it."""
    told = []
    for remark in hover.remarks:
        if markdown:
            parts = [f"**{_escaped(remark.heading)}**", _escaped(remark.text)]
        else:
            parts = [remark.heading, remark.text]
        told.append("\n\n".join(part for part in parts if part))
    kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
    contents = types.MarkupContent(kind, ("\n\n---\n\n" if markdown else "\n\n").join(told))
    return types.Hover(contents, range_of(source, hover.span, units))


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)


def list_of(completions: Completions, source: SourceFile, units: Units) -> types.CompletionList:
    """Names for a place, in their order."""
    items = [_item(one, f"{index:04d}", source, units) for index, one in enumerate(completions.items)]
    return types.CompletionList(is_incomplete=not completions.complete, items=items)


def _item(completion: Completion, order: str, source: SourceFile, units: Units) -> types.CompletionItem:
    return types.CompletionItem(
        label=completion.name,
        kind=_KINDS[completion.kind],
        detail=completion.detail or None,
        documentation=completion.text or None,
        sort_text=order,
        filter_text=completion.words or completion.name,
        text_edit=types.TextEdit(range_of(source, completion.span, units), completion.name),
    )
