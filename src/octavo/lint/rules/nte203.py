"""The call of a note stands on the wrong side of punctuation.

English and German set the number behind the point or the comma, Russian and French before it. Where both are mixed
within a chapter the reader cannot tell whether the number belongs to the last word or to the sentence. German knows
both places beside a comma, and Russian sets the number behind a question mark, an exclamation mark, an ellipsis and the
point of an abbreviation: those are left alone, and so is a call with a dash behind it.

The option `place` is `language` for the custom of the chapter's language, `after`, `before`, or `consistent` for the
side that most calls of the chapter have.

Bad:

    Exports doubled[^customs], and imports fell.

    [^customs]: By the figures of the customs.

Good:

    Exports doubled,[^customs] and imports fell.

    [^customs]: By the figures of the customs.
"""

from __future__ import annotations

from collections.abc import Iterator

from octavo.lint.calls import blanks_before, line_start, run_end, run_start
from octavo.lint.chapter import NOTHING, ChapterText
from octavo.lint.languages import AFTER, BEFORE, CONSISTENT, Language
from octavo.lint.rule import ChapterRule, Context, Defect, Fixing, Option
from octavo.model.finding import Severity
from octavo.model.lazy import lazy
from octavo.model.source import Span

_MARKS = ".,;:!?"
_BEHIND = lazy(r"[.,;:!?…]+")
_BEFORE = lazy(r"[ \u00a0\u202f]?[.,;:!?…]+\Z")
_WORD = lazy(r"[\w.]+\.\Z")
_CLOSING = "\"'“”’»«)]"


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """Calls of remarks with a mark on the side where it should not be."""
    language = chapter.language
    place = context.text("place")
    if place == "language":
        place = language.call
    if place == CONSISTENT:
        before, after = list(_called_before(chapter, language)), list(_called_after(chapter, language))
        yield from before if len(before) < len(after) else after if len(after) < len(before) else ()
    else:
        yield from _called_before(chapter, language) if place == AFTER else _called_after(chapter, language)


def _called_before(chapter: ChapterText, language: Language) -> Iterator[Defect]:
    """Calls before a mark."""
    prose = chapter.prose
    marks = language.call_marks if language.call != BEFORE else _MARKS
    for index, call in enumerate(chapter.remarks):
        end = call.span.end
        if prose[end : end + 1] not in marks or end == len(prose):
            continue
        run = _BEHIND.match(prose, end)
        start = run_start(chapter, index)
        blanks = blanks_before(prose, start)
        before = prose[start - blanks - 1 : start - blanks] if start > blanks else ""
        if run is None or run[0].startswith("..") or before in _MARKS + "…|":
            continue
        if before == NOTHING and chapter.text[start - blanks - 1] in ("]", NOTHING):
            # A citation is another call.
            continue
        behind = prose[run.end() : run.end() + 1]
        if behind.isalnum() or behind == NOTHING or (behind and behind in _CLOSING):
            # A figure goes on, another call stands behind the mark, or a quotation is still open (NTE204).
            continue
        line = line_start(prose, start - blanks)
        if "|" in line or not line.strip(" >"):
            # The note of a cell belongs to its figure; a label that begins a line is a definition gone wrong (NTE111).
            continue
        edits = ((Span(start - blanks, start), run[0]), (Span(*run.span()), ""))
        yield chapter.defect(call.span, f"the call stands before '{run[0]}'", "put it behind the mark", *edits)


def _called_after(chapter: ChapterText, language: Language) -> Iterator[Defect]:
    """Calls behind a mark."""
    prose = chapter.prose
    marks = language.call_marks if language.call == BEFORE else _MARKS
    for index, call in enumerate(chapter.remarks):
        start = call.span.start
        if prose[start - 1 : start] not in marks or not start:
            continue
        run = _BEFORE.search(prose, max(0, start - 12), start)
        if run is None or run.start() < 1 or run[0].endswith(("..", "…")) or set(run[0].strip()) - set(marks):
            continue
        if run[0][0] not in _MARKS and language.tag != "fr":
            continue
        before = prose[run.start() - 1]
        end = run_end(chapter, index)
        if before in "\n|" + NOTHING or before.isspace() or prose[end : end + 1] in (*_MARKS, "…"):
            continue
        if "|" in line_start(prose, start) or (run[0] == "." and _abbreviates(prose, start, language)):
            continue
        edits = ((Span(*run.span()), ""), (Span(end, end), run[0]))
        yield chapter.defect(call.span, f"the call stands behind '{run[0].strip()}'", "put it before the mark", *edits)


def _abbreviates(prose: str, end: int, language: Language) -> bool:
    """Whether the point before a place belongs to an abbreviation or to an initial."""
    match = _WORD.search(prose, max(0, end - 30), end)
    word = match[0][:-1] if match else ""
    return len(word) == 1 or "." in word or word in language.abbreviations


OPTIONS = (
    Option(
        "place",
        "language",
        "where calls stand beside punctuation",
        ("language", AFTER, BEFORE, CONSISTENT),
    ),
)
RULE = ChapterRule("NTE203", "call-on-wrong-side", Severity.WARNING, Fixing.SAFE, options=OPTIONS, check=check)
