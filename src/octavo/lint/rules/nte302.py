"""A note ends without its final point.

Notes are sentences, or stand for some, and each ends with a point; one without looks cut off. Left alone are notes that
end with a citation, whose end the style sets, with an address or a formula, to which a point would seem to belong, and
with a list or a table.

Bad:

    Exports doubled.[^customs]

    [^customs]: By the figures of the customs

Good:

    Exports doubled.[^customs]

    [^customs]: By the figures of the customs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from octavo.lint.chapter import NOTHING, ChapterText
from octavo.lint.rule import ChapterRule, Context, Defect, Fixing
from octavo.model.finding import Severity
from octavo.model.lazy import lazy
from octavo.model.source import Span

_CLOSING = "\"'“”’‘»«)]*_ \u00a0\u202f"
# An address may go on in the next line.
_ADDRESS = lazy(r"(?:://|www\.|@|\bdoi:)\S*(?:\s*\n\s*\S+|- \S+){0,2}\Z|\]\(\S*\)\Z", re.IGNORECASE)
_SPECIAL = lazy(r"\s*(?:[-+*:~]\s|[|>#:+]|[-=~`]{3}|\(?[@#]?\w{1,3}[.)]\s)")
_REACH = 300


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """Notes whose last character is of a word."""
    prose = chapter.prose
    for definition in chapter.scan.definitions:
        yield from _unended(chapter, prose, definition.body)
    if chapter.scan.inline_notes:
        asides = chapter.asides
        for note in chapter.scan.inline_notes:
            yield from _unended(chapter, asides, note.body)


def _unended(chapter: ChapterText, prose: str, body: Span) -> Iterator[Defect]:
    begin = max(body.start, body.end - _REACH)
    text = prose[begin : body.end].rstrip()
    last = text.rstrip(_CLOSING)[-1:]
    if not (last.isalnum() or last in ("%", "°", "€", "$", "′", "″")):
        return
    end = begin + len(text)
    if _ADDRESS.search(text) or NOTHING in text[-1:]:
        return
    line = prose[max(begin, prose.rfind("\n", begin, end) + 1) : end]
    if "\n" in text and _SPECIAL.match(line):
        return
    word = Span(begin + len(text.rstrip(_CLOSING)) - 1, end)
    yield chapter.defect(word, "the note ends without its final point", "set a point", (Span(end, end), "."))


RULE = ChapterRule("NTE302", "note-without-point", Severity.WARNING, Fixing.SAFE, check=check)
