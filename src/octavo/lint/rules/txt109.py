"""A page number or a cut sentence was left when the text was taken out of a printed page.

Three things betray it: a number alone between two paragraphs, a word that is divided by a hyphen at the end of a line,
and a paragraph that ends without a mark and goes on with a small letter behind a blank line.

Bad:

    The council agreed on anti-
    monopoly rules for the whole

    41

    market of the Union.

Good:

    The council agreed on antimonopoly rules for the whole market of the Union.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from octavo.lint.chapter import NOTHING, BlockKind, ChapterText
from octavo.lint.rule import ChapterRule, Context, Defect
from octavo.model.finding import Severity
from octavo.model.lazy import lazy
from octavo.model.source import Span

_NUMBER = lazy(r"\n[ \t]*\n[ ]{0,3}(?P<number>\f?\d{1,4}|[-–—] ?\d{1,4} ?[-–—])[ \t]*(?=\n[ \t]*(?:\n|\Z))")
_YEAR = lazy(r"(?:1[5-9]|20)\d\d")
_DIVIDED = lazy(r"(?P<first>[^\W\d_]{2,})-[ \t]*\n[ \t]*(?:>[ \t]?)*(?P<rest>[^\W\d_]+)")
_SMALL_BEGIN = lazy(r"\n[ \t]*\n\n*(?P<word>[^\W\d_A-ZА-ЯЁ][^\W\d_]*)")
# A hyphen before these stands for the end of another word: "import- and export duties".
_JOINING = ("and", "or", "und", "oder", "bzw", "sowie", "et", "ou", "и", "или", "to", "bis", "y", "e")
_ITEM = lazy(r"[ \t]*(?:[-*+>|:#]|\(?[\w#]{1,3}[.)][ \t]|\(@|\[\^)")


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """The three in turn."""
    text = chapter.prose
    for match in _NUMBER.finditer(text):
        # A year alone may head what follows.
        if not _YEAR.fullmatch(match["number"]) and not chapter.in_note(match.start("number")):
            hint = "take it away, and join the paragraphs where it cut a sentence"
            yield chapter.defect(Span(*match.span("number")), "a page number stands alone in the text", hint)
    yield from _divided(chapter, text)
    yield from _cut(chapter, text)


def _divided(chapter: ChapterText, text: str) -> Iterator[Defect]:
    at = text.find("-\n")
    while at >= 0:
        # The word before the hyphen begins near, so that a line of letters alone is not read again and again.
        start = at
        while start > at - 40 and text[start - 1 : start].isalpha():
            start -= 1
        match = _DIVIDED.match(text, start) if start < at and not _in_address(text, start) else None
        if match is not None and _is_one_word(match["first"], match["rest"]):
            hint = f"write '{match['first']}{match['rest']}', or '{match['first']}-{match['rest']}' in one line"
            yield chapter.defect(Span(*match.span()), "a word is divided at the end of a line", hint)
        at = text.find("-\n", at + 2)


def _in_address(text: str, at: int) -> bool:
    before = text[max(0, at - 200) : at]
    return bool(before) and not before[-1].isspace() and "/" in before.split()[-1]


def _is_one_word(first: str, rest: str) -> bool:
    return first[-1].islower() and rest[0].islower() and rest not in _JOINING


def _cut(chapter: ChapterText, text: str) -> Iterator[Defect]:
    headings = [one.span.start for one in chapter.scan.headings]
    for match in _SMALL_BEGIN.finditer(text):
        word = match["word"]
        if not word[0].islower() or (len(word) > 1 and word[1].isupper()):
            continue
        end = len(text[max(0, match.start() - 3) : match.start()].rstrip(" \t")) + max(0, match.start() - 3)
        last = text[end - 1 : end]
        if not (last.isalnum() or last in (",", "-") or last == NOTHING) or not last:
            continue
        if last == NOTHING and not text[max(0, end - 300) : end].rstrip(NOTHING + " ")[-1:].isalpha():
            continue
        start = match.start("word")
        if _is_prose(chapter, text, match.start(), headings) and not chapter.in_note(start):
            hint = "join the paragraphs, or find what is missing between them"
            yield chapter.defect(Span(start, match.end()), "a paragraph begins in the middle of a sentence", hint)


def _is_prose(chapter: ChapterText, text: str, end: int, headings: list[int]) -> bool:
    """Whether the paragraph that ends at an offset is one of words, and no list, table, heading or note."""
    if chapter.in_note(end - 1):
        return False
    block = chapter.block_at(end - 1)
    if block is None or block.kind is not BlockKind.PARAGRAPH:
        return False
    at = bisect_right(headings, end) - 1
    if at >= 0 and headings[at] >= block.span.start - 3:
        return False
    line = text.rfind("\n", 0, end) + 1
    return not (_ITEM.match(text, block.span.start) or _ITEM.match(text, line) or text[block.span.start] in " \t")


RULE = ChapterRule("TXT109", "leftover-of-extraction", Severity.WARNING, check=check)
