"""A manuscript with its numbers, and the units, pages and artifacts that editions are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from octavo.model.chapter import FrontMatter, Role
from octavo.model.columns import ColumnGrid
from octavo.model.notes import NotePlan
from octavo.model.publication import Person
from octavo.model.source import Location

# Around the anchor whose folio is printed in a unit, until the rounds of layout put the number in.
FOLIO_OPEN, FOLIO_CLOSE = "\ue020", "\ue021"
# The scheme of links from one unit to an anchor of another, until the units are bound.
ELSEWHERE = "octavo-anchor:"
# How the address of a picture begins that stands within a unit.
INLINE_SVG = "data:image/svg+xml;base64,"


class TargetKind(Enum):
    """What a cross-reference can lead to."""

    CHAPTER = "chapter"
    APPENDIX = "appendix"
    SECTION = "section"
    TABLE = "table"
    FIGURE = "figure"
    EQUATION = "equation"
    NOTE = "note"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Target:
    """Something that has an anchor: ``label`` is its number (``3.2``) or empty, ``title`` its words as plain text."""

    anchor: str
    kind: TargetKind
    chapter: str
    label: str = ""
    title: str = ""
    level: int = 1


@dataclass(frozen=True, slots=True)
class NumberedChapter:
    """A chapter with all numbers in place, in a neutral XHTML that every edition is typeset from.

    ``title_html`` is the content of the chapter's title, ``abstract_html`` its abstract (blocks, empty without one).
    ``body_html`` is a sequence of XHTML blocks (well-formed XML without a namespace prefix, named characters resolved):

    - ``<span class="note-call" data-note="ID"/>`` stands where a note is called.  The note's body is
      ``note_bodies[ID]`` of the manuscript;
    - a table with notes of its own is followed by ``<div class="table-notes" data-notes="ID ID ..."/>``, empty;
    - ``<a class="xref" data-target="ANCHOR" data-kind="section" data-chapter="SLUG">label</a>`` is a cross-reference;
    - tables stand in ``<figure class="table" id="ANCHOR"><figcaption>..</figcaption><table>..</table></figure>``,
      images with captions in ``<figure class="figure" id="ANCHOR"><img/><figcaption>..</figcaption></figure>``;
      numbered captions begin with ``<span class="caption-label">Table 3.</span>``;
    - mathematics is MathML with its TeX in an ``annotation``; code is highlighted with Pandoc's classes;
    - section headings are ``h2`` to ``h6`` with ``id``, numbers in ``<span class="section-number">3.2</span>``;
    - ``img/@src`` is a path relative to the project.

    All ``id`` are unique in the publication.  ``source`` is the path of the chapter's file.
    """

    slug: str
    role: Role
    label: str
    part: int | None
    language: str
    front: FrontMatter
    anchor: str
    title_html: str
    abstract_html: str
    body_html: str
    sections: tuple[Target, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of the list of references: its key, anchor, language and XHTML content (inline)."""

    key: str
    anchor: str
    language: str
    html: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture that was drawn for the publication: SVG, and its size in points."""

    svg: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class NumberedManuscript:
    """All chapters, the note plan, and what both editions need beside them.

    ``note_bodies`` maps the id of a note to its body: XHTML blocks (usually one ``<p>``), in which cross-references
    are marked up as in chapters.  ``note_languages`` maps it to the language of its text.  ``drawings`` are the
    pictures that no file of the project holds, by the ``src`` under which chapters show them.
    """

    chapters: tuple[NumberedChapter, ...]
    plan: NotePlan
    note_bodies: Mapping[str, str]
    note_languages: Mapping[str, str]
    references: tuple[Reference, ...]
    targets: Mapping[str, Target]
    drawings: Mapping[str, Drawing] = field(default_factory=dict)


class UnitKind(Enum):
    """Kinds of units of a print edition."""

    FRONT = "front"
    CONTENTS = "contents"
    PART = "part"
    CHAPTER = "chapter"
    REFERENCES = "references"
    COLOPHON = "colophon"


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of a print edition that is laid out by itself and begins on a recto.

    ``html`` is a whole document as XML, in which ``FOLIO_OPEN ANCHOR FOLIO_CLOSE`` stands for the folio of an anchor;
    ``page_references`` are those anchors.  ``notes`` are the anchors of the notes that must stand at the foot of the
    page of their call, ``note_places`` where these are called in the files of the project.  ``source`` is the file that
    the unit was made from, or empty.

    A unit with ``columns`` is laid out in two columns: the body of its document is a ``header`` of the class
    ``across``, which may be left out, and a ``main``; the header, and figures of that class, stand over the width of
    both columns at the head of a page.
    """

    id: str
    kind: UnitKind
    title: str
    html: str
    roman: bool = False
    page_references: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    note_places: tuple[Location, ...] = ()
    source: str = ""
    columns: ColumnGrid | None = None


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of a PDF's outline: level from 1, and the place on a page of the unit (PDF points from top left)."""

    level: int
    title: str
    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class PrintedUnit:
    """A unit after layout: its PDF and what stands where.

    ``anchors`` maps each anchor to the index of its page in the unit, from 0.  ``first_folio`` counts in the unit's own
    matter (roman before the text, arabic in it).  ``late_notes`` are the anchors of notes that
    begin on a page after their call's.
    """

    id: str
    title: str
    pdf: bytes
    pages: int
    roman: bool
    first_folio: int
    anchors: Mapping[str, int] = field(default_factory=dict)
    bookmarks: tuple[Bookmark, ...] = ()
    late_notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageNumbers:
    """The pages of a finished print edition: the printed folio of each anchor, and how many pages there are."""

    folios: Mapping[str, str]
    count: int = 0


@dataclass(frozen=True, slots=True)
class Metadata:
    """What an artifact says about itself; ``date`` and ``modified`` are ISO 8601.

    ``people`` are the authors with all that is known of them, where more than the names in ``authors`` is.
    """

    title: str
    language: str
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    date: str = ""
    modified: str = ""
    identifier: str = ""
    isbn: str = ""
    rights: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished edition on disk, as the closing table tells of it."""

    edition: str
    path: str
    notes: int
    size: int
    seconds: float
    pages: int | None = None
