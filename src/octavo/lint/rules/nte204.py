"""A call stands inside a quotation that is still open.

A number before the closing mark makes the note a part of what is quoted, as if the author quoted had written it; and
where the closing mark is missing the reader cannot tell where the quotation ends. A note on a word in the middle of a
quotation is left alone. In French the call may stand before the mark that closes the quotation.

Bad:

    He said that “exports doubled.[^customs]”

    [^customs]: By the figures of the customs.

Good:

    He said that “exports doubled.”[^customs]

    [^customs]: By the figures of the customs.
"""

from __future__ import annotations

from collections.abc import Iterator

from octavo.lint.chapter import NOTHING, ChapterText
from octavo.lint.rule import ChapterRule, Context, Defect
from octavo.model.finding import Severity
from octavo.model.lazy import lazy

_DOUBLE = '"“”„«»'
_ENDS = lazy(r"[ \u00a0\u202f]?[.!?…]+[*_)]*(?:\s|\Z)|[ \t]*(?:\n[ \t]*(?:\n|\Z)|\Z)")
_OPENING = " \t\n([{—–-/*_" + NOTHING


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """Calls right before a closing mark, and the first call behind a mark that nothing closes in its paragraph."""
    prose, language = chapter.prose, chapter.language
    present = [mark for mark in _DOUBLE if mark in prose]
    closers = {closing for _, closing in language.quotes if closing in prose} | ({'"'} & {*present})
    if language.call_before_closing:
        closers -= {"»"}
    if not present and not closers:
        return
    before_closing = lazy(rf"[.,;:!?…]{{0,3}}[*_]{{0,2}}[{''.join(sorted(closers))}](?!\w)") if closers else None
    hint = "close the quotation before the call"
    open_marks = _Openers(chapter, present)
    for call in chapter.numbered:
        if before_closing is not None and before_closing.match(prose, call.span.end):
            yield chapter.defect(call.span, "the call stands before the mark that closes the quotation", hint)
        elif open_marks.unclosed(call.span.start, call.span.end):
            yield chapter.defect(call.span, "the call stands in a quotation that nothing closes", hint)


class _Openers:
    """Looks for the mark before each call, going through a text once."""

    def __init__(self, chapter: ChapterText, marks: list[str]) -> None:
        self.prose = chapter.prose
        self.marks = marks
        closing = {closing for _, closing in chapter.language.quotes}
        self.openers = {opening for opening, _ in chapter.language.quotes} - closing
        self.end = self.last = -1

    def unclosed(self, start: int, end: int) -> bool:
        """Whether the last mark of the paragraph before a call opens, none follows, and the sentence ends here.

        Calls have to come in the order of the text.
        """
        prose = self.prose
        if start >= self.end:
            begin = prose.rfind("\n\n", max(self.end, 0), start) + 1
            self.last = max(begin, self.end, 0)
            self.end = prose.find("\n\n", end)
            self.end = len(prose) if self.end < 0 else self.end
        at = max((prose.rfind(mark, self.last, start) for mark in self.marks), default=-1)
        self.last = end
        if at < 0 or not self._opens(at) or any(prose.find(mark, end, self.end) >= 0 for mark in self.marks):
            return False
        following = prose[self.end : self.end + 12].lstrip()[:1]
        ends = prose[start - 1] in ".!?…" or _ENDS.match(prose, end) is not None
        return ends and not (following and following in self.openers | {'"'})

    def _opens(self, at: int) -> bool:
        mark, before, behind = self.prose[at], self.prose[at - 1 : at], self.prose[at + 1 : at + 2]
        if mark != '"':
            return mark in self.openers
        return (not before or before in _OPENING) and bool(behind) and behind not in " \n\t.,;:!?)" + NOTHING


RULE = ChapterRule("NTE204", "call-in-open-quotation", Severity.WARNING, check=check)
