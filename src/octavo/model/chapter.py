"""A chapter as it was read."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from octavo.model.markup import Scan
from octavo.model.publication import Person
from octavo.model.source import Location, SourceFile, Span

if TYPE_CHECKING:
    from octavo.model.chart import ChartSpec, ComposedChart
    from octavo.model.data import UsedValue
    from octavo.model.table import ComposedTable


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter of a chapter; empty where the author gave nothing.

    ``udc`` and ``jel`` are codes of its subject (Universal Decimal Classification; Journal of Economic Literature), and
    ``acknowledgement`` is a sentence: papers alone show them.
    """

    title: str
    subtitle: str = ""
    short: str = ""
    authors: tuple[Person, ...] = ()
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    language: str = ""
    date: str = ""
    udc: str = ""
    jel: str = ""
    acknowledgement: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One Markdown file of ``chapters/``: front matter, and where in the source its body starts (an offset)."""

    slug: str
    source: SourceFile
    front: FrontMatter
    body: Span


@dataclass(frozen=True, slots=True)
class TextMap:
    """Offsets of expanded text back to offsets of the source that it came from.

    ``expanded`` and ``origin`` are parallel: from ``expanded[i]`` on, text was copied from ``origin[i]`` on.  Where
    ``copied[i]`` is false the run was made by a macro, and all of it points at ``origin[i]``.
    """

    expanded: tuple[int, ...]
    origin: tuple[int, ...]
    copied: tuple[bool, ...]

    def to_source(self, offset: int) -> int:
        """The offset in the source where the character at an offset of the expanded text comes from."""
        index = max(bisect_right(self.expanded, offset) - 1, 0)
        if not self.copied[index]:
            return self.origin[index]
        return self.origin[index] + offset - self.expanded[index]


@dataclass(frozen=True, slots=True)
class ExpandedChapter:
    """A chapter after its macros: the Markdown that Pandoc gets, what the scanner found in it, the way back.

    ``tables`` are those made from data, in the order of their calls, as are ``charts``; ``values`` are those that its
    sentences hold.
    """

    chapter: Chapter
    text: str
    scan: Scan
    map: TextMap
    tables: tuple[ComposedTable, ...] = ()
    values: tuple[UsedValue, ...] = ()
    charts: tuple[ChartSpec, ...] = ()

    @property
    def slug(self) -> str:
        """The slug of the chapter."""
        return self.chapter.slug

    def locate(self, span: Span) -> Location:
        """The place in the author's file of a span of the expanded text."""
        start = self.map.to_source(span.start)
        end = max(start, self.map.to_source(max(span.end - 1, span.start)) + 1)
        return self.chapter.source.locate(Span(start, min(end, len(self.chapter.source.text))))


# Identifier of the heading and class of the abstract that `assemble` puts before a chapter's body, and `cite` finds.
CHAPTER_ID = "octavo-chapter"
ABSTRACT_CLASS = "octavo-abstract"


class Role(Enum):
    """Where a chapter stands in the publication."""

    CHAPTER = "chapter"
    APPENDIX = "appendix"


@dataclass(frozen=True, slots=True)
class Place:
    """A chapter in reading order with its number: ``label`` is ``3`` or ``A``, ``part`` an index into the parts."""

    text: ExpandedChapter
    role: Role
    label: str
    part: int | None = None


@dataclass(frozen=True, slots=True)
class Manuscript:
    """The chapters of a publication (or the one of a paper) in reading order, and the charts that they show."""

    places: tuple[Place, ...]
    charts: tuple[ComposedChart, ...] = ()
