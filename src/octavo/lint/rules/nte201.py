"""A space stands before the call of a note.

The number hangs loose between two words, and at the end of a line it can be parted from the word that it belongs to.
Left alone are calls at the beginning of a line of a list, a table or a quotation, calls behind a dash (NTE208) and
calls behind other calls (NTE205); in French a thin space is customary. Citations in brackets are written with a blank
before them, which Pandoc takes away.

Bad:

    Exports doubled. [^customs]

    [^customs]: By the figures of the customs.

Good:

    Exports doubled.[^customs]

    [^customs]: By the figures of the customs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from octavo.lint.calls import blanks_before, line_start
from octavo.lint.chapter import NOTHING, ChapterText
from octavo.lint.rule import ChapterRule, Context, Defect, Fixing
from octavo.model.finding import Severity
from octavo.model.lazy import lazy
from octavo.model.source import Span

_BLANK = " \t\n>\u00a0\u2009\u200a\u202f"
_THIN = "\u2009\u200a\u202f"
# What may begin a line, or a cell, before a call that stands first in it.
_BEGINS = lazy(r"(?:.*[|+]|[ >]*(?:(?:[-*+:~#]|\(?(?:@\w*|\d{1,3}|[^\W\d_]|[ivx]{1,4})[.)])[ \t]*)*)\Z", re.DOTALL)
_DASH = ("\u2013", "\u2014", "--")
# "see note [^1]": the author wants the number in the line.
_NAMED = lazy(
    r"(?<!\w)(?:(?:foot|end)?notes?|see|siehe|voir|см\.|(?:прим|сноск|anm|fu(?:ß|ss)note)\w*\.?)\Z", re.IGNORECASE
)


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """Calls of remarks behind blanks or a line end, where words stand before those."""
    prose = chapter.prose
    for call in chapter.remarks:
        at = call.span.start
        if prose[at - 1 : at] not in _BLANK or not at:
            continue
        start = at - blanks_before(prose, at)
        before = prose[start - 1 : start]
        if start == at or before in ("", "\n", "|", NOTHING) or prose.endswith(_DASH, 0, start):
            continue
        if _BEGINS.match(line_start(prose, start)) or (
            prose.startswith(":", call.span.end) and not line_start(prose, at).strip(" >")
        ):
            continue
        if "\n" in prose[start:at] and chapter.in_note(start - 1) != call.inside:
            # The line before is another block.
            continue
        if chapter.language.tag == "fr" and prose[start:at].strip(_THIN) == "":
            continue
        message = "a space stands before the call of a note"
        if _NAMED.search(prose, max(0, start - 20), start):
            yield chapter.defect(call.span, message, "refer to a note by its number with [@note:label]")
        elif _in_open_bracket(chapter, start):
            # There the blank may be all that keeps Pandoc from reading a citation or a link.
            yield chapter.defect(call.span, message, "take it away, and close the bracket before it")
        else:
            yield chapter.defect(call.span, message, "take it away", (Span(start, at), ""))


def _in_open_bracket(chapter: ChapterText, offset: int) -> bool:
    block = chapter.block_at(offset)
    before = chapter.text[block.span.start if block else offset : offset]
    return before.count("[") != before.count("]")


RULE = ChapterRule("NTE201", "space-before-call", Severity.ERROR, Fixing.SAFE, check=check)
