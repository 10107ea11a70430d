"""What a rule is: a check with a code, a name, a weight, and what it looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from octavo.model.finding import Edit, Severity
from octavo.model.source import Location, Span

if TYPE_CHECKING:
    from octavo.lint.chapter import ChapterText
    from octavo.lint.data import DataView
    from octavo.lint.library import Library
    from octavo.model.publication import Publication

OptionValue = int | str | bool


class Fixing(Enum):
    """Whether a rule can mend what it finds, and whether that is safe."""

    NONE = "none"
    SAFE = "safe"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class Option:
    """A setting of a rule: its name, its default, what it means, and the values that it can have (empty: any)."""

    name: str
    default: OptionValue
    meaning: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Defect:
    """What a check found; the engine makes a `Finding` of it.  ``edits`` mend it together."""

    location: Location
    message: str
    hint: str = ""
    edits: tuple[Edit, ...] = ()


class Mention(NamedTuple):
    """A place of a chapter that a rule for the whole book wants to know of: offsets, a kind of the rule's, a text."""

    start: int
    end: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around the chapters: the publication, its sources, its data."""

    publication: Publication
    library: Library
    data: DataView

    def context(self, options: Mapping[str, OptionValue]) -> Context:
        """What a rule with these options may ask."""
        return Context(self.publication, self.library, options, self.data)


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may ask beside its subject: the publication, its sources, the options of the rule, the data."""

    publication: Publication
    library: Library
    options: Mapping[str, OptionValue]
    data: DataView

    def number(self, name: str) -> int:
        """An option that is a number."""
        return int(self.options[name])

    def text(self, name: str) -> str:
        """An option that is a text."""
        return str(self.options[name])


@dataclass(frozen=True, slots=True)
class Rule:
    """What all rules have.  ``default`` says whether the rule is on where nobody chose."""

    code: str
    name: str
    severity: Severity
    fixing: Fixing = Fixing.NONE
    options: tuple[Option, ...] = ()
    default: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterRule(Rule):
    """A rule that looks at one chapter at a time."""

    check: Callable[[ChapterText, Context], Iterator[Defect]]


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a rule for the whole book collected in one chapter."""

    chapter: ChapterPlace
    mentions: Sequence[Mention]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookRule(Rule):
    """A rule that needs all chapters: ``collect`` looks at each, ``judge`` at what was collected, in reading order."""

    collect: Callable[[ChapterText, Context], Iterator[Mention]]
    judge: Callable[[Sequence[Mentions], Context], Iterator[Defect]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryRule(Rule):
    """A rule that looks at the sources of the bibliography."""

    check: Callable[[Library, Context], Iterator[Defect]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataRule(Rule):
    """A rule that looks at the specifications of tables and charts."""

    check: Callable[[DataView, Context], Iterator[Defect]]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRule(Rule):
    """A rule about finished editions; the comparison with the plan finds its defects."""


@dataclass(frozen=True, slots=True)
class ChapterPlace:
    """Enough of a chapter to point into it."""

    path: str
    slug: str
    language: str
    locate: Callable[[Span], Location]

    def defect(self, mention: Mention, message: str, hint: str = "", *, text: str | None = None) -> Defect:
        """A defect at a mention; ``text`` is what would mend it in its place."""
        span = Span(mention.start, mention.end)
        edits = () if text is None else (Edit(self.path, span, text),)
        return Defect(self.locate(span), message, hint, edits)
