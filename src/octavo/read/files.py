"""A path of the project into a SourceFile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from octavo.model.characters import REFUSED
from octavo.model.finding import Finding
from octavo.model.source import Location, SourceFile, Span

# Who reads a file: `read_source`, or an editor, whose texts come before those of the disk.
Reader = Callable[[Path, str, list[Finding]], SourceFile | None]


def read_source(root: Path, path: str, findings: list[Finding]) -> SourceFile | None:
    """Read a text file of the project; what prevents it is added to ``findings``.

    ``path`` is relative to ``root``, with ``/``.  Line ends become ``\\n``, a byte order mark goes.
    """
    try:
        data = (root / path).read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        hint = "a file has to stand there" if isinstance(error, IsADirectoryError) else "check who may read it"
        message = f"cannot read {path}: {reason}"
        findings.append(Finding("SRC101", "unreadable-file", message, Location(path), hint))
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The error counts from behind a byte order mark.
        skipped = len(data) - len(error.object)
        before = SourceFile(path, _lines(error.object[: error.start].decode("utf-8")))
        at = before.locate(Span(len(before.text), len(before.text)))
        byte, place = error.object[error.start], skipped + error.start
        message = f"byte 0x{byte:02x} at position {place} (from 0) is not UTF-8"
        findings.append(Finding("SRC102", "not-utf-8", message, at, "save the file in the encoding UTF-8"))
        return None
    return source_of(path, text, findings)


def source_of(path: str, text: str, findings: list[Finding]) -> SourceFile:
    """A text that was decoded; a character that no edition can hold is a finding, and another stands in for it."""
    file = SourceFile(path, _lines(text))
    refused = REFUSED.search(file.text)
    if refused is None:
        return file
    at = file.locate(Span(refused.start(), refused.end()))
    message = f"the character U+{ord(refused[0]):04X} cannot stand in an edition"
    findings.append(Finding("SRC103", "refused-character", message, at, "delete it: it is not seen in most editors"))
    return SourceFile(path, REFUSED.sub("\N{REPLACEMENT CHARACTER}", file.text))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
