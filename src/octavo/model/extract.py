"""Chapters as papers: the profile of a conference, and the papers that are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from octavo.model.person import Person
from octavo.model.source import Location


class Citations(Enum):
    """Whether citations stay in the text (numbers, or authors and years, in brackets) or become notes."""

    BRACKETS = "brackets"
    NOTES = "notes"


class Block(Enum):
    """What can stand before and behind the text of a paper."""

    TITLE = "title"
    AUTHORS = "authors"
    ABSTRACT = "abstract"
    KEYWORDS = "keywords"
    UDC = "udc"
    JEL = "jel"
    ACKNOWLEDGEMENT = "acknowledgement"
    FIRST_PUBLISHED = "first-published"


class Output(Enum):
    """File formats of papers."""

    PDF = "pdf"
    DOCX = "docx"
    JATS = "jats"
    LATEX = "latex"

    @property
    def suffix(self) -> str:
        """The ending of the file's name."""
        return {"jats": "xml", "latex": "tex"}.get(self.value, self.value)


@dataclass(frozen=True, slots=True)
class PaperPage:
    """The page of a paper in millimetres; ``gutter`` lies between two columns."""

    width: float = 210.0
    height: float = 297.0
    top: float = 22.0
    right: float = 25.0
    bottom: float = 25.0
    left: float = 25.0
    gutter: float = 7.0

    def measure(self, columns: int) -> float:
        """The width of a column of text in millimetres."""
        return (self.width - self.left - self.right - self.gutter * (columns - 1)) / columns

    @property
    def text_height(self) -> float:
        """The height of the text in millimetres."""
        return self.height - self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Fonts:
    """The families of text and headings as CSS names them; sizes are in points.

    ``size`` and ``leading`` are those of the text, ``notes`` is the size of notes and of the list of references.
    """

    text: str = "PT Serif"
    headings: str = "PT Sans"
    size: float = 11.0
    leading: float = 14.5
    notes: float = 9.0
    tables: float = 9.0


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that a conference takes; None where it sets no limit.

    ``characters`` counts those with spaces, ``abstract_words`` those of the abstract alone.
    """

    pages: int | None = None
    words: int | None = None
    characters: int | None = None
    abstract_words: int | None = None
    keywords: int | None = None
    sources: int | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """What a conference asks of its papers.

    ``style`` is the name of a CSL style.  ``language`` is that of the fixed words, or empty where they follow the
    chapter.  ``anonymous`` hides authors and their own works.  ``numbered`` says whether sections carry numbers, None
    where they do as in the publication.  ``template`` is the name of a template.
    """

    name: str
    style: str = "gost-r-7-0-5-2008-brackets"
    citations: Citations = Citations.BRACKETS
    page: PaperPage = PaperPage()
    columns: int = 1
    fonts: Fonts = Fonts()
    template: str = "paper/paper.html"
    blocks: tuple[Block, ...] = (Block.TITLE, Block.AUTHORS, Block.ABSTRACT, Block.KEYWORDS)
    language: str = ""
    anonymous: bool = False
    numbered: bool | None = None
    limits: Limits = Limits()
    outputs: tuple[Output, ...] = (Output.PDF, Output.DOCX)
    style_location: Location | None = None
    citations_location: Location | None = None
    template_location: Location | None = None

    @property
    def measure(self) -> float:
        """The width of a column of text in millimetres: charts are as wide."""
        return self.page.measure(self.columns)


@dataclass(frozen=True, slots=True)
class Paper:
    """One chapter as a paper: ``name`` is that of its folder, ``chapter`` a slug, ``profile`` the name of a profile."""

    name: str
    chapter: str
    profile: str
    location: Location | None = None
    chapter_location: Location | None = None
    profile_location: Location | None = None


@dataclass(frozen=True, slots=True)
class Extracts:
    """The papers that a publication declares, with the profiles that they name."""

    profiles: Mapping[str, Profile] = field(default_factory=dict)
    papers: tuple[Paper, ...] = ()

    @property
    def templates(self) -> frozenset[str]:
        """The names of the templates of all profiles."""
        return frozenset(profile.template for profile in self.profiles.values())


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """What stands before and behind the text of a paper; empty where the profile does not ask for it.

    ``title`` and ``abstract`` are XHTML (inline, and blocks), in which notes may be called; all else is plain text.
    ``authors`` are the people whom the paper names.  ``first_published``, ``book`` and ``imprint`` are the
    pieces of one sentence: what stands before the title of the book, its title, and what follows it.
    """

    title: str
    subtitle: str = ""
    authors: tuple[Person, ...] = ()
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    udc: str = ""
    jel: str = ""
    acknowledgement: str = ""
    first_published: str = ""
    book: str = ""
    imprint: str = ""
