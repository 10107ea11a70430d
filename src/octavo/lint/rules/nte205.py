"""Two calls stand side by side.

The reader sees one number: the calls of notes 1 and 2 are printed 12. Editors join such notes into one. The fix sets a
raised comma between two remarks, and joins two citations in one pair of brackets; a remark beside a citation is told of
where the style makes notes of citations.

Bad:

    Exports doubled.[^customs][^services]

    [^customs]: By the figures of the customs.

    [^services]: Services are left out.

Good:

    Exports doubled.[^customs]

    [^customs]: By the figures of the customs. Services are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from octavo.lint.calls import COMMA
from octavo.lint.chapter import Call, CallKind, ChapterText
from octavo.lint.rule import ChapterRule, Context, Defect, Fixing
from octavo.model.finding import Severity
from octavo.model.lazy import lazy
from octavo.model.source import Span

_BETWEEN = lazy(r"[ \t\u00a0\u202f]{0,2}\n?[ \t>]{0,4}")
_REACH = 7


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """Pairs of calls outside notes with nothing but blanks between them; the second one is marked."""
    notes = "note" in context.publication.bibliography.style
    for one, other in pairwise(chapter.numbered):
        # A call may stand in the words around a citation.
        if not 0 <= other.span.start - one.span.end <= _REACH:
            continue
        citations = (one.kind is CallKind.CITATION) + (other.kind is CallKind.CITATION)
        between = chapter.prose[one.span.end : other.span.start]
        if citations == 1:
            if not notes:
                continue
            if one.kind is CallKind.CITATION:
                # Pandoc moves the call of a citation behind the mark that follows.
                between = between[1:] if between[:1] in (*".,;:!?",) else between
        if _BETWEEN.fullmatch(between):
            yield _defect(chapter, one, other, citations)


def _defect(chapter: ChapterText, one: Call, other: Call, citations: int) -> Defect:
    message = "two calls stand side by side"
    if citations == 2:
        span = Span(one.span.end - 1, other.span.start + 1)
        edits = ((span, "; "),) if chapter.text[span.start] == "]" and chapter.text[span.end - 1] == "[" else ()
        return chapter.defect(other.span, message, "cite both sources in one pair of brackets: [@one; @other]", *edits)
    hint = "join the two notes into one"
    if citations:
        return chapter.defect(other.span, message, hint)
    return chapter.defect(other.span, message, hint, (Span(one.span.end, other.span.start), COMMA))


RULE = ChapterRule("NTE205", "calls-side-by-side", Severity.WARNING, Fixing.UNSAFE, check=check)
