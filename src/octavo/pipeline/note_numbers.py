"""Chapters into their note plan without Pandoc: what an editor shows while the author writes.

Which notes there are, their order and the rules for their numbers are those of an edition (`octavo.cite.pairing`,
`octavo.cite.plan`).  Two things are read off the source, where an edition has Pandoc's tree: whether a call stands in
the cell of a table (a run of lines with a line of dashes that parts columns; tables with empty lines in them are not
known as such), and the words of a note, which are those that the author wrote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from octavo.cite.pairing import PairedNote, WrittenNote, written_notes
from octavo.cite.plan import ChapterNotes, number_notes
from octavo.lint.chapter import BlockKind, ChapterText
from octavo.lint.view import view_expanded
from octavo.model.chapter import ExpandedChapter
from octavo.model.notes import MAIN, NotePlan
from octavo.model.publication import Numbering
from octavo.model.source import Span

_DASHES = r"[ ]*:?-+:?[ ]*"
# Lines that part the columns of a table: of a pipe table, a grid table, a simple table.
_RULER = re.compile(
    rf"^[ ]{{0,3}}(?:\|{_DASHES}(?:[|+]{_DASHES})*\|?|{_DASHES}(?:[|+]{_DASHES})+\|?|\+[-=:+]+|-+(?:[ ]+-+)+[ ]*)$",
    re.MULTILINE,
)
_CAPTION = re.compile(r"^[ ]{0,3}(?:[Tt]able)?:[ ]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ChapterCalls:
    """The notes of one chapter in the order of their calls, each with its series."""

    slug: str
    notes: tuple[tuple[PairedNote, str], ...]


def calls_of(chapter: ExpandedChapter, *, citations_are_notes: bool) -> ChapterCalls:
    """The notes of a chapter whose macros are expanded; those of its title and abstract are the first."""
    text = view_expanded(chapter)
    tables: dict[Span, int] = {}
    notes = []
    for written in written_notes(chapter, citations_are_notes):
        table = _table_of(text, written.span.start)
        series = MAIN
        if table is not None:
            series = f"table:{chapter.slug}:{tables.setdefault(table, len(tables) + 1)}"
        notes.append((_paired(chapter, written), series))
    return ChapterCalls(chapter.slug, tuple(notes))


def plan_notes(chapters: Sequence[tuple[ChapterCalls, int | None]], numbering: Numbering) -> NotePlan:
    """The plan of chapters in reading order, each with the index of its part."""
    return number_notes([ChapterNotes(calls.slug, part, calls.notes) for calls, part in chapters], numbering)


def _paired(chapter: ExpandedChapter, written: WrittenNote) -> PairedNote:
    body = etree.Element("li")
    # A citation as it stands; nothing of XML's own is in it.
    body.text = written.body or written.span.of(chapter.text)
    identifier = f"{chapter.slug}/{written.name}"
    return PairedNote(identifier, written.kind, written.keys, chapter.locate(written.span), etree.Element("a"), body)


def _table_of(text: ChapterText, offset: int) -> Span | None:
    """The lines of the table in a cell of which an offset stands."""
    block = text.block_at(offset)
    if block is None or block.kind is BlockKind.HEADING or _RULER.search(text.text, *_range(block.span)) is None:
        return None
    captions = list(_CAPTION.finditer(text.text, *_range(block.span)))
    return None if captions and captions[-1].start() <= offset else block.span


def _range(span: Span) -> tuple[int, int]:
    return span.start, span.end
