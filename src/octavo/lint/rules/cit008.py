"""A number in brackets is left of a former version of the text.

`[3]` or `[1, p. 12]` named a place in a list of references that is no longer there; now it names nothing. With a
numeric style the numbers come from citations, so the text itself has none either. The fix takes the number away where a
note or a citation stands beside it; where none does, the source has to be found first, and there is no fix.

Bad:

    Exports doubled [3, p. 12]. Imports fell.

Good:

    Exports doubled [@alpha-2020, p. 12]. Imports fell.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from octavo.lint.chapter import BlockKind, ChapterText
from octavo.lint.rule import ChapterRule, Context, Defect, Fixing
from octavo.model.finding import Severity
from octavo.model.lazy import lazy
from octavo.model.source import Span

_LABEL = r"(?:pp?\.|ch\.|vol\.|fig\.|tab\.|sec\.|§|с\.|стр\.|т\.|гл\.|S\.|Bd\.|Kap\.)"
_PART = rf"(?:{_LABEL}\s?)?\d{{1,4}}(?:\s?[-–]\s?\d{{1,4}})?"
_MARK = lazy(rf"\[\s?[1-9]\d{{0,2}}(?:\s?[-–]\s?\d{{1,3}})?(?:\s?[,;]\s?{_PART}){{0,12}}\s?\\?\](?![(\[{{:\w])")
_DEFINED = lazy(r"^ {0,3}\[([^\]\n^][^\]\n]*)\]:", re.MULTILINE)
# Intervals of mathematics, and indices of names in formulas.
_INTERVAL = lazy(
    r"(?:interval|range|scale|between|segment|from|in|Intervall|intervalle|отрез\w+|интервал\w*|[=∈≤<>(+*/^])\s*\\?\Z",
    re.IGNORECASE,
)
_BEHIND_LINK = tuple("([{:")
_ZERO = lazy(r"(?<!\d)0")
_BEHIND = lazy(r"[\s.,;:!?\u2060]{0,4}")


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """Numbers in brackets that Pandoc reads as text."""
    defined: frozenset[str] | None = None
    starts = [call.span.start for call in chapter.calls] if "[" in chapter.prose else []
    ends = sorted(call.span.end for call in chapter.calls) if starts else []
    for text in chapter.texts:
        for match in _MARK.finditer(text):
            start, end = match.span()
            if (
                chapter.text[start:end] != match[0]
                or chapter.text[end : end + 1] in _BEHIND_LINK
                or _ZERO.search(match[0])
                or _is_index(text, start, match[0])
            ):
                continue
            if defined is None:
                defined = frozenset(_DEFINED.findall(chapter.text))
            if match[0][1:-1] in defined or _quoted(chapter, start) or _in_table(chapter, start):
                continue
            escaped = text[start - 1 : start] == "\\"
            span = Span(start - escaped, end)
            message = f"'{match[0].replace(chr(92), '')}' is a number of a former list of references"
            if _beside(text, span, starts, ends):
                hint = "take it away: a note or a citation stands beside it"
                yield chapter.defect(span, message, hint, (_with_blank(chapter.text, span), ""))
            else:
                yield chapter.defect(span, message, "cite the source: [@key, p. 12]")


def _is_index(text: str, start: int, mark: str) -> bool:
    """Whether the brackets belong to a formula, a code, or another pair of brackets."""
    before = text[max(0, start - 14) : start]
    if before.endswith(("]", "!", "^", "[")) or re.search(r"(?:^|\W)[^\W\d_]\Z|[_\d)]\Z", before) is not None:
        return True
    return "," in mark and "." not in mark and _INTERVAL.search(before) is not None


def _quoted(chapter: ChapterText, at: int) -> bool:
    """Whether it is a figure that an editor put into a quotation."""
    if not chapter.quotations:
        return False
    index = bisect_right(chapter.quotations, at, key=lambda one: one.start) - 1
    return any(one.closed and one.start < at < one.end for one in chapter.quotations[max(0, index - 3) : index + 1])


def _in_table(chapter: ChapterText, at: int) -> bool:
    block = chapter.block_at(at)
    return block is not None and block.kind is BlockKind.TABLE


def _beside(text: str, span: Span, starts: list[int], ends: list[int]) -> bool:
    """Whether a call begins or ends with no word between."""
    behind = _BEHIND.match(text, span.end)
    at = bisect_left(starts, span.end)
    if behind is not None and at < len(starts) and starts[at] <= behind.end():
        return True
    before = bisect_right(ends, span.start) - 1
    return before >= 0 and not text[ends[before] : span.start].strip(" .,;:!?\n\u2060")


def _with_blank(text: str, span: Span) -> Span:
    """The span, with the blanks before it, or behind it at the start of a line."""
    start = span.start - (len(text[: span.start]) - len(text[: span.start].rstrip(" "))) if span.start else 0
    if start == 0 or text[start - 1] == "\n":
        return span
    return Span(start, span.end)


RULE = ChapterRule("CIT008", "leftover-bracket-number", Severity.ERROR, Fixing.UNSAFE, check=check)
