"""The call of a note is glued to the next word.

Print sets the number in the middle of what looks like one word. Mostly the blank was lost when the call was put in, or
the call stands within a word by mistake. Scripts that set no blanks between words, such as Chinese, are left alone.

Bad:

    Exports doubled.[^customs]Imports fell.

    [^customs]: By the figures of the customs.

Good:

    Exports doubled.[^customs] Imports fell.

    [^customs]: By the figures of the customs.
"""

from __future__ import annotations

from collections.abc import Iterator

from octavo.lint.chapter import OBJECT, ChapterText
from octavo.lint.rule import ChapterRule, Context, Defect, Fixing
from octavo.model.finding import Severity
from octavo.model.source import Span


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """Calls of remarks with a word, a formula, an opening bracket or an opening quotation mark right behind them."""
    prose, text = chapter.prose, chapter.text
    closers = {closing for _, closing in chapter.language.quotes}
    openers = {"("} | {opening for opening, _ in chapter.language.quotes if opening not in closers}
    for call in chapter.remarks:
        end = call.span.end
        char = prose[end : end + 1]
        if char in openers or (char.isalnum() and _parts_words(char)) or (char == OBJECT and text[end] in "`$@["):
            hint = "put a blank between them, or the call behind the word"
            yield chapter.defect(call.span, "the call is glued to what follows it", hint, (Span(end, end), " "))


def _parts_words(char: str) -> bool:
    """Whether the script of a letter parts words by blanks: Thai, Lao, Burmese, Khmer, Chinese and Japanese do not."""
    return char < "\u0e00" or "\u10a0" <= char < "\u1780" or "\u1800" <= char < "\u2e80" or "\uac00" <= char < "\ud7b0"


RULE = ChapterRule("NTE202", "glued-call", Severity.ERROR, Fixing.UNSAFE, check=check)
