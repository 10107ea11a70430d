"""A place in an author's file into the lines around it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from octavo.errors import UsageError
from octavo.model.preview import SourceLine, SourceLines
from octavo.model.source import Location
from octavo.model.suggest import did_you_mean
from octavo.pipeline.watch import FOLDERS
from octavo.read.publication import FILE

# Lines before and after, letters of a line, and bytes of a file that are shown at most.
_AROUND, _WIDEST, _LARGEST = 8, 4000, 8 * 1024 * 1024

EDITORS = {
    "vscode": "vscode://file{path}:{line}:{column}",
    "vscodium": "vscodium://file{path}:{line}:{column}",
    "zed": "zed://file{path}:{line}:{column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
    "none": "",
}
"""Addresses under which editors open a place of a file."""


def editor_address(asked: str) -> str:
    """The pattern of addresses for an editor by its name, or the pattern itself.

    Raises UsageError where it is neither.
    """
    if asked in EDITORS:
        return EDITORS[asked]
    scheme, colon, _ = asked.partition(":")
    if colon and "{path}" in asked and scheme.lower() not in ("javascript", "data", "http", "https"):
        return asked
    hint = did_you_mean(asked, EDITORS) or f"known: {', '.join(EDITORS)}; or an address such as {EDITORS['vscode']}"
    raise UsageError(f"there is no editor '{asked}'", hint)


def source_lines(root: Path, at: Location, editor: str) -> SourceLines | None:
    """The lines around a place with the span marked; None where the project has no such text that an author wrote."""
    folder = root.resolve()
    path = (folder / at.file).resolve()
    if not path.is_relative_to(folder) or not path.is_file() or path.stat().st_size > _LARGEST:
        return None
    name = path.relative_to(folder).as_posix()
    if name != FILE and path.relative_to(folder).parts[0] not in FOLDERS:
        return None
    data = path.read_bytes()
    if b"\0" in data:
        return None
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    first = max(1, at.line - _AROUND)
    last = min(len(lines), max(at.end_line, at.line) + _AROUND)
    shown = tuple(_line(number, lines[number - 1][:_WIDEST], at) for number in range(first, last + 1))
    return SourceLines(at.file, at.line, shown, _address(editor, path, at))


def _line(number: int, text: str, at: Location) -> SourceLine:
    end_line = max(at.end_line, at.line)
    if not at.line <= number <= end_line:
        return SourceLine(number, text)
    start = at.column - 1 if number == at.line else 0
    end = at.end_column - 1 if number == end_line else len(text)
    if end <= start:
        end = _end_of(text, start)
    return SourceLine(number, text[:start], text[start:end], text[end:])


def _end_of(text: str, start: int) -> int:
    """Where what begins at a place without length ends: the call of a note, else the line or the letter there."""
    bracket = text.find("]", start) + 1
    if text[start : start + 1] in ("[", "^") and bracket:
        return bracket
    return start + 1 if start else len(text)


def _address(editor: str, path: Path, at: Location) -> str:
    values = {"{path}": quote(path.as_posix()), "{line}": str(at.line), "{column}": str(at.column)}
    for name, value in values.items():
        editor = editor.replace(name, value)
    return editor
