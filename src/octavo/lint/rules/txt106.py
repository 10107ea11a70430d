"""A blank stands before a punctuation mark.

It looks like a slip, and the mark may fall onto the next line. French has a blank before `;`, `:`, `!` and `?`; the
Russian description of sources has one before `:` and `;` in notes. Ratios, ellipses and marks that begin a word are
left alone.

Bad:

    Exports doubled , and imports fell .

Good:

    Exports doubled, and imports fell.
"""

from __future__ import annotations

from collections.abc import Iterator

from octavo.lint.chapter import NOTHING, ChapterText
from octavo.lint.rule import ChapterRule, Context, Defect, Fixing
from octavo.lint.shape import find_all
from octavo.model.finding import Severity
from octavo.model.lazy import lazy
from octavo.model.source import Span

_BLANKS = " \t\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
_BEHIND = lazy(rf"[.,;:!?]?(?:[\s”\"»“’)\]*_{NOTHING}]|\Z)")
# Before the blanks of an item of a list they belong to its marker.
_MARKER = lazy(r"[ \t>]*(?:[-*+]|\(?(?:#|@?[\w-]+)[.):~])?")
_RATIO = lazy(r"\s*\d")


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """Blanks between a word and a mark."""
    for text, shape in chapter.shapes:
        places = [at + 1 for shown in (b" .", b"\n.") for at in find_all(shape, shown)]
        places += [at + 1 for at in find_all(shape, b" ?") if text[at + 1] == "?"]
        for at in sorted(places):
            span = _blanks(chapter, text, at)
            if span is not None:
                mark = text[at]
                yield chapter.defect(span, f"a blank before '{mark}'", "take the blank away", (span, ""))


def _blanks(chapter: ChapterText, text: str, at: int) -> Span | None:
    """The blanks before a mark; None where they belong there."""
    mark, start = text[at], at
    while start and text[start - 1] in _BLANKS:
        start -= 1
    if start and text[start - 1] == "\n":
        # A line that begins with a mark; those of lists and captions are others.
        start -= 1
        if mark not in ",;" or not text[start - 1 : start].isalnum():
            return None
    if _MARKER.fullmatch(chapter.text, text.rfind("\n", 0, start) + 1, start):
        return None
    before = text[start - 1 : start]
    if not before or before in "\n\\|" or chapter.text[start:at] != text[start:at]:
        return None
    if not _BEHIND.match(text, at + 1) or (mark == "." and (before == "." or text[at + 1 : at + 3].lstrip(" ") == ".")):
        return None
    if mark in ".:" and (text[at + 1 : at + 2] == mark or text[at + 1 : at + 3] == " " + mark):
        return None
    if mark in ";:!?" and (chapter.language.tag == "fr" or (mark in ";:" and chapter.in_note(at))):
        return None
    if mark in ":;" and text[at + 1 : at + 2] in ("", ")", "|"):
        return None
    if (
        mark == ":"
        and (before.isdigit() or "|" in text[text.rfind("\n", 0, at) + 1 : at])
        and _RATIO.match(text, at + 1)
    ):
        return None
    return Span(start, at)


RULE = ChapterRule("TXT106", "space-before-punctuation", Severity.WARNING, Fixing.SAFE, check=check)
