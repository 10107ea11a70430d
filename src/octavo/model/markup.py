"""What the scanner finds in the Markdown of a chapter: notes, citations and all that hides or carries them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from octavo.model.source import Span


class LiteralKind(Enum):
    """Kinds of text that Pandoc takes as it stands, so that nothing in it is a note or a citation."""

    CODE_BLOCK = "code block"
    CODE_SPAN = "code span"
    MATH = "math"
    COMMENT = "comment"
    TAG = "html tag"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Literal:
    """A run of literal text, its delimiters included."""

    kind: LiteralKind
    span: Span


@dataclass(frozen=True, slots=True)
class NoteReference:
    """A call ``[^label]``."""

    span: Span
    label: str


@dataclass(frozen=True, slots=True)
class InlineNote:
    """A note ``^[...]`` written where it is called; ``body`` is the text between the brackets."""

    span: Span
    body: Span


@dataclass(frozen=True, slots=True)
class NoteDefinition:
    """A definition ``[^label]: ...`` with all its indented paragraphs; ``body`` starts behind the colon."""

    span: Span
    label: str
    label_span: Span
    body: Span


@dataclass(frozen=True, slots=True)
class CitationItem:
    """One source in a citation: ``see @key, p. 5``.

    ``key`` stands without its ``@``; ``key_span`` covers ``@key`` (and ``-`` before it where the author is suppressed).
    ``prefix`` and ``suffix`` are raw Markdown; the suffix begins with its comma and holds the locator.
    """

    key: str
    key_span: Span
    prefix: str = ""
    suffix: str = ""
    suppress_author: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation: ``[@a; @b, p. 3]``, or in the text ``@a`` with or without ``[p. 3]`` behind it (``in_text``)."""

    span: Span
    items: tuple[CitationItem, ...]
    in_text: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``text`` covers its words without marks and attributes."""

    span: Span
    level: int
    text: Span


@dataclass(frozen=True, slots=True)
class Identifier:
    """An explicit identifier ``#id`` in attributes ``{#id .class}``; the span covers ``#id``."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class Target:
    """The target of a link or an image, written inline or in a reference definition."""

    span: Span
    target: str
    image: bool


@dataclass(frozen=True, slots=True)
class Scan:
    """All that was found in one text, each tuple in the order of the text.

    ``tables`` are the ranges of those tables that were written in Markdown, each with its caption.
    Literals never overlap.  No call, note, citation, heading, identifier or target starts inside a literal.
    """

    literals: tuple[Literal, ...] = ()
    references: tuple[NoteReference, ...] = ()
    inline_notes: tuple[InlineNote, ...] = ()
    definitions: tuple[NoteDefinition, ...] = ()
    citations: tuple[Citation, ...] = ()
    headings: tuple[Heading, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    targets: tuple[Target, ...] = ()
    tables: tuple[Span, ...] = ()
