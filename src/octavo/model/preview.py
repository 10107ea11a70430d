"""What a preview shows of a publication: pages, documents, notes and findings, and what is told meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from octavo.model.finding import Finding


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page of a PDF: a digest of what is painted on it, its size in points, its printed folio."""

    digest: str
    width: float
    height: float
    folio: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name of a PDF leads: the index of the page, and how far down it as a part of its height."""

    anchor: str
    page: int
    top: float


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """An entry of a PDF's outline: level from 1, words, the place that it leads to."""

    level: int
    title: str
    page: int
    top: float


@dataclass(frozen=True, slots=True)
class PagedView:
    """A PDF edition as it is shown."""

    edition: str
    pdf: bytes
    pages: tuple[ShownPage, ...]
    places: tuple[Place, ...]
    outline: tuple[OutlineEntry, ...]


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document of an EPUB: its path in the container, its title, a digest of it and of what it may load."""

    path: str
    title: str
    digest: str


@dataclass(frozen=True, slots=True)
class ReadingView:
    """An EPUB edition as it is shown: its documents in reading order, all files, and the document of each anchor."""

    edition: str
    documents: tuple[ShownDocument, ...]
    files: Mapping[str, bytes]
    anchors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A note of the list: its label, kind, text, chapter and source.

    ``note`` and ``call`` are the names of its places in every edition, ``page`` the printed folio of its call.
    """

    label: str
    series: str
    kind: str
    text: str
    chapter: str
    file: str
    line: int
    column: int
    note: str
    call: str
    page: str


@dataclass(frozen=True, slots=True)
class ShownChapter:
    """A chapter: its slug, its file, its title, and the name of its place in every edition."""

    slug: str
    file: str
    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Shown:
    """All that a preview shows of one build."""

    title: str
    paged: tuple[PagedView, ...] = ()
    reading: tuple[ReadingView, ...] = ()
    notes: tuple[ShownNote, ...] = ()
    chapters: tuple[ShownChapter, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of a file with its number; what is meant stands in ``marked``, which is empty on the lines around."""

    number: int
    before: str
    marked: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class SourceLines:
    """Lines around a place of a file, and the address that opens the place in an editor, or empty."""

    file: str
    line: int
    lines: tuple[SourceLine, ...]
    editor: str = ""


@dataclass(frozen=True, slots=True)
class Progressed:
    """A build goes on: the step, how much of it is done, of how much."""

    step: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Finished:
    """A build has ended: what is shown now, or None where the editions of the build before stand.

    ``problem`` and ``hint`` tell of what is no fault of the text.
    """

    shown: Shown | None
    findings: tuple[Finding, ...] = ()
    problem: str = ""
    hint: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Standing:
    """Before the first build: the editions that were made some time before."""

    shown: Shown


News = Progressed | Finished | Standing
