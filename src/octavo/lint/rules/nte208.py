"""The call of a note stands behind a dash.

A number goes before a dash, whatever other punctuation it follows: behind the dash it seems to belong to the words that
come. A dash alone in the cell of a table may have a note.

Bad:

    Exports doubled —[^customs] imports fell.

    [^customs]: By the figures of the customs.

Good:

    Exports doubled[^customs] — imports fell.

    [^customs]: By the figures of the customs.
"""

from __future__ import annotations

from collections.abc import Iterator

from octavo.lint.calls import line_start, run_end
from octavo.lint.chapter import ChapterText
from octavo.lint.rule import ChapterRule, Context, Defect, Fixing
from octavo.model.finding import Severity
from octavo.model.lazy import lazy
from octavo.model.source import Span

_DASH = lazy(r"([ \u00a0]{0,2})(\u2014|\u2013|-{2,3})([ \u00a0]{0,2}|\n[ >]*)\Z")
_LAST = "\u2013\u2014- \u00a0\n>"


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """Calls of remarks behind a dash that follows a word."""
    prose = chapter.prose
    for index, call in enumerate(chapter.remarks):
        start = call.span.start
        if prose[start - 1 : start] not in _LAST or not start:
            continue
        dash = _DASH.search(prose, max(0, start - 20), start)
        if dash is None or not line_start(prose, dash.start()).strip(" >"):
            continue
        if prose[dash.start() - 1] in "|-+ \u00a0\t":
            # A cell, a rule, or columns.
            continue
        end = run_end(chapter, index)
        blank = "" if prose[end : end + 1] in ("", " ", "\n", "\u00a0") else " " if dash[3] else ""
        edits = ((Span(*dash.span()), ""), (Span(end, end), dash[1] + dash[2] + blank))
        yield chapter.defect(call.span, "the call stands behind a dash", "put it before the dash", *edits)


RULE = ChapterRule("NTE208", "call-after-dash", Severity.WARNING, Fixing.UNSAFE, check=check)
