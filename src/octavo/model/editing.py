"""What an editor is told about a place of a text, beside findings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from octavo.model.finding import Edit, Finding
from octavo.model.source import SourceFile, Span


@dataclass(frozen=True, slots=True)
class FileFindings:
    """The findings of one file, and the text that they point into."""

    path: Path
    source: SourceFile
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class FileEdits:
    """Edits of one file, whose spans are those of its text."""

    path: Path
    source: SourceFile
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class QuickFix:
    """What mends one finding; ``safe`` is that of its fix."""

    title: str
    finding: Finding
    changes: tuple[FileEdits, ...]
    safe: bool


@dataclass(frozen=True, slots=True)
class Remark:
    """Something said about a place: a heading and plain text."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Hover:
    """What is said about the span of a text; not ``complete`` where more will be known a moment later."""

    span: Span
    remarks: tuple[Remark, ...]
    complete: bool = True


class CompletionKind(Enum):
    """What a completion names."""

    SOURCE = "source"
    NOTE = "note"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class Completion:
    """A name that can stand at a place: ``span`` is what it takes the place of.

    ``words`` are what an author may type to find it, ``rank`` comes before the name in the order of a list.
    """

    name: str
    span: Span
    kind: CompletionKind
    detail: str = ""
    text: str = ""
    words: str = ""
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Completions:
    """Names for a place; not ``complete`` where there are more than were worth telling."""

    items: tuple[Completion, ...] = ()
    complete: bool = True
