"""The publication as its ``publication.yaml`` describes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from octavo.model.extract import Extracts
from octavo.model.finding import Severity
from octavo.model.limits import Limits
from octavo.model.person import Person as Person
from octavo.model.source import Location

# The share of the page's width that the text takes (the margins of print.css).
_MEASURE = 0.738


class Numbering(Enum):
    """Where the numbers of the main series of notes begin anew."""

    CONTINUOUS = "continuous"
    PART = "part"
    CHAPTER = "chapter"


class Repeats(Enum):
    """How a source that was cited before is cited again within a chapter."""

    FULL = "full"
    SHORT = "short"
    IBID = "ibid"


class Format(Enum):
    """File formats of editions."""

    PDF = "pdf"
    EPUB = "epub"
    DOCX = "docx"


@dataclass(frozen=True, slots=True)
class Part:
    """A titled run of chapters, named by their slugs; ``chapter_locations`` tell where each is named."""

    title: str
    chapters: tuple[str, ...]
    location: Location | None = None
    chapter_locations: tuple[Location, ...] = ()


@dataclass(frozen=True, slots=True)
class BibliographySettings:
    """Citation style (a file of ``bibliography/styles`` or a packaged style, by name) and form of repeated notes."""

    style: str = "chicago-notes-bibliography"
    repeats: Repeats = Repeats.IBID
    style_location: Location | None = None


@dataclass(frozen=True, slots=True)
class PageSettings:
    """Trim size of the page and bleed, in millimetres."""

    width: float = 148.0
    height: float = 210.0
    bleed: float = 0.0

    @property
    def measure(self) -> float:
        """The width of the text in millimetres: what the margins of the base style leave."""
        return self.width * _MEASURE


@dataclass(frozen=True, slots=True)
class EditionSettings:
    """One edition that is asked for; ``page`` matters to PDF and DOCX, ``cover`` to EPUB alone."""

    name: str
    format: Format
    page: PageSettings = PageSettings()
    cover: str = ""
    location: Location | None = None
    cover_location: Location | None = None


@dataclass(frozen=True, slots=True)
class SectionSettings:
    """Whether sections carry numbers (``3.2``) in headings and references."""

    numbered: bool = False


@dataclass(frozen=True, slots=True)
class LintValue:
    """The value of an option of a rule, and its place."""

    value: int | str | bool
    location: Location


@dataclass(frozen=True, slots=True)
class LintSettings:
    """What the linter is told: codes or their first letters, and what single rules are given.

    ``per_file`` are pairs of a pattern for paths (``chapters/0*.md``) and the codes that are left out there.  ``codes``
    are all codes that are named anywhere, each with its place.  ``baseline`` is the path of a file, or empty.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file: tuple[tuple[str, tuple[str, ...]], ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    fail_on: Severity = Severity.WARNING
    options: Mapping[str, Mapping[str, LintValue]] = field(default_factory=dict)
    baseline: str = ""
    codes: tuple[tuple[str, Location], ...] = ()


@dataclass(frozen=True, slots=True)
class ListSettings:
    """Whether the front matter lists tables and figures; None leaves it to their number."""

    tables: bool | None = None
    figures: bool | None = None


@dataclass(frozen=True, slots=True)
class Connection:
    """A PostgreSQL database of the configuration: ``variable`` is the environment variable that holds its address."""

    name: str
    variable: str
    location: Location


@dataclass(frozen=True, slots=True)
class DataSettings:
    """The currency of amounts of which nothing else is said (ISO 4217), and databases beside the files of ``data/``."""

    currency: str = ""
    connections: tuple[Connection, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything that holds for the publication as a whole.

    ``date`` is ISO 8601 (a year, a month or a day).  ``chapters`` of ``parts`` and ``appendices`` are slugs in reading
    order; where both are empty the chapters are the files of ``chapters/`` in the order of their names.
    """

    title: str
    slug: str
    language: str
    subtitle: str = ""
    authors: tuple[Person, ...] = ()
    authors_note: str = ""
    publisher: str = ""
    place: str = ""
    date: str = ""
    isbn: str = ""
    rights: str = ""
    identifier: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    appendices: tuple[str, ...] = ()
    bibliography: BibliographySettings = BibliographySettings()
    notes: Numbering = Numbering.CONTINUOUS
    sections: SectionSettings = SectionSettings()
    lists: ListSettings = ListSettings()
    data: DataSettings = DataSettings()
    editions: tuple[EditionSettings, ...] = field(default=())
    appendix_locations: tuple[Location, ...] = ()
    extracts: Extracts = field(default_factory=Extracts)
    lint: LintSettings = LintSettings()
    limits: Limits = field(default_factory=Limits)
