"""A chapter as rules look at it: what the scanner found, and its prose with all else masked.

Every view of the text has the same length as the source, so that an offset means the same place in each.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from octavo.lint.languages import Language, language_for
from octavo.lint.quotations import Quotation, find_quotations
from octavo.lint.rule import Defect
from octavo.lint.shape import shape_of
from octavo.model.chapter import FrontMatter
from octavo.model.finding import Edit
from octavo.model.lazy import lazy
from octavo.model.markup import Citation, CitationItem, Scan
from octavo.model.reference import is_cross_reference
from octavo.model.source import Location, Span

# What the reader sees in place of something that is no prose: a thing that stands like a word ...
OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
# ... or nothing that has a width: a call, a target, a mark.
NOTHING = "\N{WORD JOINER}"

_ATTRIBUTES = lazy(r"\{[#.=-][^{}\n]*\}|\{\w[\w-]*=[^{}\n]*\}")
_FENCE = lazy(r"^[ >]*:{3,}.*$", re.MULTILINE)
_BLOCK = lazy(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
_TABLE_LINE = lazy(r"^ *(?:\||\+[-=:+]|-{2,}(?: +-{2,})* *$|:-)", re.MULTILINE)


class CallKind(Enum):
    """What calls a note at a place."""

    REFERENCE = "reference"
    INLINE = "inline"
    CITATION = "citation"


@dataclass(frozen=True, slots=True)
class Call:
    """A place where a reader will see a number: ``[^label]``, ``^[...]`` or ``[@key]``.

    ``inside`` says whether it stands in a note, where a citation has no number of its own.
    """

    span: Span
    kind: CallKind
    label: str
    inside: bool


class BlockKind(Enum):
    """Kinds of blocks that rules tell apart."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    NOTE = "note"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines without a blank one among them."""

    kind: BlockKind
    span: Span


class ChapterText:
    """One chapter.

    ``text`` is what was scanned: the source with front matter, comments and macros masked; ``source`` has them, at the
    same offsets.  ``locate`` tells where a span of it stands in the author's file.
    """

    def __init__(
        self,
        path: str,
        slug: str,
        language: str,
        front: FrontMatter,
        text: str,
        scan: Scan,
        locate: Callable[[Span], Location],
        source: str | None = None,
    ) -> None:
        self.path = path
        self.slug = slug
        self.language_tag = language
        self.front = front
        self.text = text
        self.scan = scan
        self.locate = locate
        self.source = text if source is None else source

    @cached_property
    def language(self) -> Language:
        """The customs of the chapter's language."""
        return language_for(self.language_tag)

    def defect(self, span: Span, message: str, hint: str = "", *edits: tuple[Span, str]) -> Defect:
        """A defect at a span; each of the edits puts a text in the place of a span."""
        made = tuple(Edit(self.path, at, text) for at, text in edits)
        return Defect(self.locate(span), message, hint, made)

    def line_of(self, span: Span) -> int:
        """The line where a span begins, from 1."""
        return self.locate(span).line

    @cached_property
    def notes(self) -> tuple[Span, ...]:
        """The bodies of all notes, of definitions and inline notes, in the order of the text."""
        bodies = [one.body for one in self.scan.definitions]
        bodies += [one.body for one in self.scan.inline_notes]
        return tuple(sorted(bodies))

    def in_note(self, offset: int) -> bool:
        """Whether a place stands within the body of a note."""
        return any(body.start <= offset < body.end for body in self._notes_before(offset))

    def _notes_before(self, offset: int) -> Sequence[Span]:
        # Inline notes may stand within definitions, so a place may lie in the note before the last.
        at = bisect_right(self.notes, offset, key=lambda span: span.start)
        return self.notes[max(0, at - 2) : at]

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """All calls in the order of the text, those within notes too."""
        calls = [
            Call(one.span, CallKind.REFERENCE, one.label, self.in_note(one.span.start)) for one in self.scan.references
        ]
        calls += [Call(one.span, CallKind.INLINE, "", self.in_note(one.span.start)) for one in self.scan.inline_notes]
        calls += [
            Call(one.span, CallKind.CITATION, one.items[0].key, self.in_note(one.span.start))
            for one in self.scan.citations
            if not one.in_text and cites_sources(one)
        ]
        return tuple(sorted(calls, key=lambda call: call.span))

    @cached_property
    def numbered(self) -> tuple[Call, ...]:
        """The calls outside notes that print a number; one of a note that nobody defined prints its label."""
        defined = {one.label for one in self.scan.definitions}
        return tuple(
            call
            for call in self.calls
            if not call.inside and (call.kind is not CallKind.REFERENCE or call.label in defined)
        )

    @cached_property
    def remarks(self) -> tuple[Call, ...]:
        """Those of `numbered` that call remarks, ``[^label]`` and ``^[...]``."""
        return tuple(call for call in self.numbered if call.kind is not CallKind.CITATION)

    @cached_property
    def cited(self) -> tuple[tuple[Citation, CitationItem], ...]:
        """Each cited source with its citation, in the order of the text; cross-references are none."""
        return tuple(
            (citation, item)
            for citation in self.scan.citations
            for item in citation.items
            if not is_cross_reference(item.key)
        )

    @cached_property
    def prose(self) -> str:
        """The words of text and of defined notes; inline notes are masked like calls."""
        parts = [(one.span, OBJECT) for one in self.scan.literals]
        parts += [(one.span, NOTHING) for one in self.scan.references]
        parts += [(one.span, NOTHING) for one in self.scan.inline_notes]
        parts += self._marks()
        return _masked(self.text, parts)

    @cached_property
    def asides(self) -> str:
        """The words of inline notes alone, all else masked with blanks; empty where there are none."""
        if not self.scan.inline_notes:
            return ""
        parts = [(one.span, OBJECT) for one in self.scan.literals]
        parts += [(one.span, NOTHING) for one in self.scan.references]
        parts += self._marks()
        text = _masked(self.text, parts)
        pieces, cursor = [], 0
        for note in self.scan.inline_notes:
            start = max(note.body.start, cursor)
            if note.body.end <= start:
                continue
            pieces += [_BLANKS.sub(" ", text[cursor:start]), text[start : note.body.end]]
            cursor = note.body.end
        return "".join([*pieces, _BLANKS.sub(" ", text[cursor:])])

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """All that a reader reads as prose: `prose`, and `asides` where there are some."""
        return (self.prose, self.asides) if self.asides else (self.prose,)

    @cached_property
    def shapes(self) -> tuple[tuple[str, bytes], ...]:
        """Each of `texts` with its shape (`octavo.lint.shape`)."""
        return tuple((text, shape_of(text, self.language.tag)) for text in self.texts)

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """All quotations of the text and of its notes."""
        tag = self.language_tag.partition("-")[0].lower()
        found = [*find_quotations(self.prose, tag, [one.span.start for one in self.scan.definitions])]
        if self.asides:
            edges = sorted(at for one in self.scan.inline_notes for at in (one.body.start, one.body.end))
            found += find_quotations(self.asides, tag, edges)
        return tuple(sorted(found, key=lambda one: one.start))

    def _marks(self) -> list[tuple[Span, str]]:
        """Markup around words: calls of sources, targets, labels of definitions, attributes, fences."""
        scan = self.scan
        parts = [(one.span, NOTHING if not one.in_text and cites_sources(one) else OBJECT) for one in scan.citations]
        parts += [(one.span, NOTHING) for one in scan.targets]
        parts += [(Span(one.span.start, one.body.start), NOTHING) for one in scan.definitions]
        if "{" in self.text:
            parts += [(Span(*match.span()), NOTHING) for match in _ATTRIBUTES.finditer(self.text)]
        if ":::" in self.text:
            parts += [(Span(*match.span()), NOTHING) for match in _FENCE.finditer(self.text)]
        return parts

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Blocks of lines in the order of the text."""
        headings = {one.span.start for one in self.scan.headings}
        blocks = []
        for match in _BLOCK.finditer(self.prose):
            span = Span(*match.span())
            if span.start in headings or any(at in headings for at in range(span.start, span.start + 4)):
                kind = BlockKind.HEADING
            elif self._in_definition(span.start):
                kind = BlockKind.NOTE
            elif _TABLE_LINE.search(self.prose, span.start, span.end):
                kind = BlockKind.TABLE
            else:
                kind = BlockKind.PARAGRAPH
            blocks.append(Block(kind, span))
        return tuple(blocks)

    def block_at(self, offset: int) -> Block | None:
        """The block in which a place stands."""
        at = bisect_right(self.blocks, offset, key=lambda block: block.span.start) - 1
        return self.blocks[at] if at >= 0 and offset <= self.blocks[at].span.end else None

    def _in_definition(self, offset: int) -> bool:
        definitions = self.scan.definitions
        at = bisect_right(definitions, offset, key=lambda one: one.span.start) - 1
        return at >= 0 and offset < definitions[at].span.end


_BLANKS = lazy(r"[^\n]")


def cites_sources(citation: Citation) -> bool:
    """Whether a citation cites sources, and is no cross-reference."""
    return not is_cross_reference(citation.items[0].key)


def _masked(text: str, parts: Sequence[tuple[Span, str]]) -> str:
    """The text with each part replaced by a character as often as the part is long; line ends of literals go too."""
    pieces, cursor = [], 0
    for span, mark in sorted(parts, key=lambda part: (part[0].start, -part[0].end)):
        if span.start < cursor:
            continue
        pieces += [text[cursor : span.start], mark * (span.end - span.start)]
        cursor = span.end
    return "".join([*pieces, text[cursor:]])
