"""A path of the project into a SourceFile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from stat import S_ISREG

from octavo.model.characters import REFUSED
from octavo.model.finding import Finding
from octavo.model.source import Location, SourceFile, Span

# A book has a few; a bibliography of fifty thousand entries has twenty.
MAX_BYTES = 20_000_000

# Who reads a file: `read_source`, or an editor, whose texts come before those of the disk.
Reader = Callable[[Path, str, list[Finding]], SourceFile | None]


def read_source(root: Path, path: str, findings: list[Finding]) -> SourceFile | None:
    """Read a text file of the project; what prevents it is added to ``findings``.

    ``path`` is relative to ``root``, with ``/``.  Line ends become ``\\n``, a byte order mark goes.
    """
    place = own_file(root, path, findings)
    if place is None:
        return None
    try:
        data = place.read_bytes()
    except OSError as error:
        message = f"cannot read {path}: {error.strerror or error}"
        findings.append(Finding("SRC101", "unreadable-file", message, Location(path), "check who may read it"))
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The error counts from behind a byte order mark.
        skipped = len(data) - len(error.object)
        before = SourceFile(path, _lines(error.object[: error.start].decode("utf-8")))
        at = before.locate(Span(len(before.text), len(before.text)))
        byte, position = error.object[error.start], skipped + error.start
        message = f"byte 0x{byte:02x} at position {position} (from 0) is not UTF-8"
        findings.append(Finding("SRC102", "not-utf-8", message, at, "save the file in the encoding UTF-8"))
        return None
    return source_of(path, text, findings)


def own_file(root: Path, path: str, findings: list[Finding]) -> Path | None:
    """A plain file of the project, of a size that can be read; else None, and a finding.

    A link of the disk is followed within the project alone, and no device or pipe is opened.
    """
    whole = Location(path)
    try:
        place = (root / path).resolve()
        seen = place.stat()
        inside = place.is_relative_to(root.resolve())
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        message, hint = f"cannot read {path}: {reason}", "check who may read it"
        findings.append(Finding("SRC101", "unreadable-file", message, whole, hint))
        return None
    if not inside:
        message, hint = f"{path} is a link that leads out of the project", "put the file itself there"
        findings.append(Finding("SRC104", "file-outside", message, whole, hint))
    elif not S_ISREG(seen.st_mode):
        message = f"cannot read {path}: it is no file"
        findings.append(Finding("SRC101", "unreadable-file", message, whole, "a file has to stand there"))
    elif seen.st_size > MAX_BYTES:
        message = f"{path} has {seen.st_size} bytes, more than the {MAX_BYTES} that one file may have"
        findings.append(Finding("LIM108", "file-too-large", message, whole, "part it into several files"))
    else:
        return place
    return None


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
