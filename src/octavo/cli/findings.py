"""The findings of a command, told in full."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from octavo.lint.report.text import counts, render
from octavo.model.finding import Finding
from octavo.model.source import SourceFile
from octavo.read.files import own_file

# What has no lines that could be shown.
_BINARY = {".pdf", ".epub", ".png", ".jpg", ".jpeg"}


def print_findings(findings: Iterable[Finding], root: Path, stream: TextIO) -> None:
    """Print findings file by file, then how many there are; nothing where there are none."""
    stream.write(findings_text(findings, root, colours=stream.isatty()))


def findings_text(findings: Iterable[Finding], root: Path, *, colours: bool) -> str:
    """What :func:`print_findings` prints."""
    told = sorted(set(findings), key=Finding.sort_key)
    if not told:
        return ""
    return f"{render(told, read_texts(told, root), colours=colours)}{counts(told)}\n"


def read_texts(findings: Iterable[Finding], root: Path) -> dict[str, SourceFile]:
    """The texts of the files that findings point into, as far as they can be read."""
    texts = {}
    for file in sorted({finding.location.file for finding in findings if finding.location}):
        path = root / file
        if path.suffix.lower() in _BINARY:
            continue
        place = own_file(root, file, [])
        try:
            text = place.read_bytes().decode("utf-8-sig", errors="replace") if place is not None else ""
        except OSError:
            continue
        texts[file] = SourceFile(file, text.replace("\r\n", "\n").replace("\r", "\n"))
    return texts
