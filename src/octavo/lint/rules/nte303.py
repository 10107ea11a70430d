"""A note is longer than a set number of words.

A long note crowds the text off its page, and the reader loses the thread. Mostly it can be shortened, divided, or moved
into the text or into an appendix. The option `words` sets the greatest number of words that is allowed.

Bad:

    publication.yaml:
    title: A sample
    slug: sample
    language: en-GB
    lint:
      options:
        NTE303: {words: 8}

    chapters/01-sample.md:
    Exports doubled.[^customs]

    [^customs]: By the figures of the customs, which leave out services and all that is sold on the spot.

Good:

    Exports doubled, services left out.[^customs]

    [^customs]: By the figures of the customs.
"""

from __future__ import annotations

from collections.abc import Iterator

from octavo.lint.chapter import ChapterText
from octavo.lint.rule import ChapterRule, Context, Defect, Option
from octavo.model.finding import Severity
from octavo.model.source import Span


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """Notes with more words than allowed; their beginning is marked."""
    most = context.number("words")
    for definition in chapter.scan.definitions:
        marked = Span(definition.span.start, definition.body.start)
        yield from _long(chapter, chapter.prose, marked, definition.body, most)
    for note in chapter.scan.inline_notes:
        yield from _long(chapter, chapter.asides, Span(note.span.start, note.body.start), note.body, most)


def _long(chapter: ChapterText, prose: str, marked: Span, body: Span, most: int) -> Iterator[Defect]:
    # A word and its blank are two characters at the least.
    if body.end - body.start < 2 * most:
        return
    words = sum(any(map(str.isalnum, word)) for word in body.of(prose).split())
    if words > most:
        message = f"the note has {words} words; {most} are allowed"
        yield chapter.defect(marked, message, "shorten it, or move it into the text")


OPTIONS = (Option("words", 120, "the greatest number of words of a note"),)
RULE = ChapterRule("NTE303", "long-note", Severity.INFO, options=OPTIONS, check=check)
