"""A note is empty.

The reader is called to the foot of the page and finds a number with nothing behind it, or with a lonely point. Where
text follows in the next paragraph Pandoc even takes that for the note, and the paragraph is missing in the text.

Bad:

    Exports doubled.[^customs]

    [^customs]:

Good:

    Exports doubled.[^customs]

    [^customs]: By the figures of the customs.
"""

from __future__ import annotations

from collections.abc import Iterator

from octavo.lint.chapter import NOTHING, ChapterText
from octavo.lint.rule import ChapterRule, Context, Defect
from octavo.model.finding import Severity
from octavo.model.lazy import lazy
from octavo.model.source import Span

_SWALLOWS = lazy(r"[ \t]*\n[ \t]*\n(?=\S)")
_EMPTY = lazy(rf"[\s{NOTHING}.,;:!?…\u2013\u2014\"'“”„‘’«»()\[\]{{}}*_>\\-]*")


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """Notes without a word, a figure, a formula or an image."""
    text = chapter.text
    for definition in chapter.scan.definitions:
        start, end = definition.body.start, definition.body.end
        swallows = _SWALLOWS.match(text, start, end)
        if swallows or _EMPTY.fullmatch(text, start, end):
            more = ", and the next paragraph is taken for it" if swallows and swallows.end() < end else ""
            hint = "write its text behind the colon; further paragraphs are indented by four blanks"
            span = Span(definition.span.start, definition.label_span.end + 2)
            yield chapter.defect(span, f"the note '{definition.label}' is empty{more}", hint)
    for note in chapter.scan.inline_notes:
        if _EMPTY.fullmatch(text, note.body.start, note.body.end):
            yield chapter.defect(note.span, "the note is empty", "write its text between the brackets, or delete it")


RULE = ChapterRule("NTE105", "empty-note", Severity.ERROR, check=check)
