"""An expanded chapter into findings about what Pandoc would not get done with.

Pandoc goes back and reads again wherever a bracket is not what it seemed to be, so that its time doubles with each
bracket that stands open, and grows with the square of other runs.  No text that is meant to be read comes near these
limits; a text that does is refused with its place before Pandoc sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from octavo.model.chapter import ExpandedChapter
from octavo.model.finding import Finding
from octavo.model.source import Span

# Measured with Pandoc 3.9: eight take 1.6 s where they are closed again, ten 7 s.
_MAX_OPEN = 8
_MAX_LEVELS = 30
_MAX_INDENT = 160
_MAX_RUN = 400
_MAX_LENGTH = 5_000_000

_BRACKET = re.compile(r"\\.|[\[\]]|\n(?=[ \t>]*(?:\n|$|[-*+][ \t]|\(?[\w#]{1,9}[.)][ \t]|[|#:]))", re.DOTALL)
_MARKS = re.compile(r"^[ \t]*(?:(?:>|[-*+][ \t]|\(?[\w#]{1,9}[.)][ \t])[ \t]*)+", re.MULTILINE)
_MARK = re.compile(r">|[-*+](?=[ \t])|\(?[\w#]{1,9}[.)](?=[ \t])")
_INDENT = re.compile(rf"^[ \t]{{{_MAX_INDENT},}}[-*+>]", re.MULTILINE)
_RUN = re.compile(rf"([`('\"&<!~^$])\1{{{_MAX_RUN},}}")


def check_limits(chapter: ExpandedChapter) -> Iterator[Finding]:
    """Brackets and blocks nested too deep, and runs of marks that are too long."""
    text = chapter.text
    if len(text) > _MAX_LENGTH:
        message = f"the chapter has {len(text)} characters, more than the {_MAX_LENGTH} that one chapter may have"
        yield _finding(chapter, Span(0, 0), message, "split the chapter in two")
        return
    literals = [literal.span for literal in chapter.scan.literals]
    plain = _blank(text, literals)
    yield from _open_brackets(chapter, plain)
    for match in _MARKS.finditer(plain):
        levels = len(_MARK.findall(match[0]))
        if levels > _MAX_LEVELS:
            message = f"lists and quotations are nested {levels} levels deep here, more than {_MAX_LEVELS}"
            yield _finding(chapter, Span(*match.span()), message, "take some of the marks away")
            break
    deep = _INDENT.search(plain)
    if deep:
        message = "this line is indented deeper than any list goes"
        yield _finding(chapter, Span(*deep.span()), message, "take blanks away at its beginning")
    run = _RUN.search(text)
    if run:
        message = f"the character {run[1]} stands {len(run[0])} times in a row"
        yield _finding(chapter, Span(*run.span()), message, "take them away, or put them into a code block")


def _finding(chapter: ExpandedChapter, span: Span, message: str, hint: str) -> Finding:
    return Finding("LIM101", "nested-too-deep", message, chapter.locate(span), hint)


def _blank(text: str, literals: list[Span]) -> str:
    """The text with its literals blanked out, at the same offsets."""
    pieces, cursor = [], 0
    for span in literals:
        if span.start >= cursor:
            pieces += [text[cursor : span.start], re.sub(r"[^\n]", " ", span.of(text))]
            cursor = span.end
    return "".join([*pieces, text[cursor:]])


def _open_brackets(chapter: ExpandedChapter, text: str) -> Iterator[Finding]:
    """The first place of each paragraph where more brackets are open than Pandoc can follow."""
    open_: list[int] = []
    told = False
    for match in _BRACKET.finditer(text):
        mark = match[0]
        if mark == "\n":
            open_, told = [], False
        elif mark == "[":
            open_.append(match.start())
            if len(open_) > _MAX_OPEN and not told:
                told = True
                message = f"more than {_MAX_OPEN} brackets are open here, from this one on"
                at = Span(open_[0], match.end())
                yield _finding(chapter, at, message, "close them, or write \\[ where a bracket is text")
        elif mark == "]" and open_:
            open_.pop()
