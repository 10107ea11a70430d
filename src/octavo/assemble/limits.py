"""An expanded chapter into findings about what Pandoc would not get done with.

Pandoc goes back and reads again wherever a bracket is not what it seemed to be, so that its time doubles with each
bracket that stands open, and grows with the square of other runs.  No text that is meant to be read comes near these
limits; a text that does is refused with its place before Pandoc sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from octavo.model.chapter import ExpandedChapter
from octavo.model.characters import CONTROLS
from octavo.model.finding import Finding
from octavo.model.limits import Limits
from octavo.model.markup import LiteralKind
from octavo.model.source import Span

# Measured with Pandoc 3.9: eight take 1.6 s where they are closed again, ten 7 s.
_MAX_OPEN = 8
_MAX_RUN = 400
_MAX_LENGTH = 5_000_000

# What numbers the items of lists: figures, one letter, Roman figures, and Pandoc's own signs.
_NUMBER = r"\(?(?:\d{1,9}|[A-Za-z]|[ivxlcdm]{1,9}|[IVXLCDM]{1,9}|#|@[\w-]*)[.)]"
_BRACKET = re.compile(rf"\\.|[\[\]]|\n(?=[ \t>]*(?:\n|$|[-*+][ \t]|{_NUMBER}[ \t]|[|#:]))", re.DOTALL)
_MARKS = re.compile(rf"^[ \t]*(?:(?:>|[-*+][ \t]|{_NUMBER}[ \t])[ \t]*)+", re.MULTILINE)
_MARK = re.compile(rf">|[-*+](?=[ \t])|{_NUMBER}(?=[ \t])")
# Each level of a list is indented by at most as much.
_INDENT_OF_LEVEL = 4
_OPENING_OR_CLOSING = re.compile(
    r"^[ \t>]*(:{3,})[ \t]*([^\s:][^\n]*)?$|<(/)?(?:div|span)\b[^<>]*>", re.MULTILINE | re.IGNORECASE
)
_ROW = re.compile(r"^[ \t>]*[|+][^\n]*$", re.MULTILINE)
_CELLS = re.compile(r"(?<!\\)[|+]")
_TEX = re.compile(r"\\(begin|end|left|right)\b|\\.|[{}]", re.DOTALL)
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,7})|(\d{1,8}));?")
_RUN = re.compile(rf"([`('\"&<!~^$])\1{{{_MAX_RUN},}}")


def check_limits(chapter: ExpandedChapter, limits: Limits) -> Iterator[Finding]:
    """Brackets, blocks and formulas nested too deep, tables too long, and runs of marks; and what stands for a mark."""
    text = chapter.text
    if len(text) > _MAX_LENGTH:
        message = f"the chapter has {len(text)} characters, more than the {_MAX_LENGTH} that one chapter may have"
        yield _finding(chapter, Span(0, 0), message, "split the chapter in two")
        return
    plain = _blank(text, [one.span for one in chapter.scan.literals if one.kind is not LiteralKind.TAG])
    yield from _open_brackets(chapter, plain)
    yield from _levels(chapter, plain, limits.levels)
    yield from _divisions(chapter, plain, limits.levels)
    yield from _tables(chapter, plain, limits)
    yield from _formulas(chapter, limits)
    yield from _characters(chapter, plain)
    run = _RUN.search(text)
    if run:
        message = f"the character {run[1]} stands {len(run[0])} times in a row"
        yield _finding(chapter, Span(*run.span()), message, "take them away, or put them into a code block")


def _levels(chapter: ExpandedChapter, plain: str, most: int) -> Iterator[Finding]:
    for match in _MARKS.finditer(plain):
        levels = len(_MARK.findall(match[0]))
        if levels > most:
            message = f"lists and quotations are nested {levels} levels deep here, more than {most}"
            yield _finding(chapter, Span(*match.span()), message, "take some of the marks away")
            break
    deep = re.search(rf"^[ \t]{{{most * _INDENT_OF_LEVEL},}}[-*+>]", plain, re.MULTILINE)
    if deep:
        message = "this line is indented deeper than any list goes"
        yield _finding(chapter, Span(*deep.span()), message, "take blanks away at its beginning")


def _divisions(chapter: ExpandedChapter, plain: str, most: int) -> Iterator[Finding]:
    """The first place where more divisions or spans are open than there may be."""
    depth = 0
    for match in _OPENING_OR_CLOSING.finditer(plain):
        opens = bool(match[2]) if match[1] else not match[3]
        depth = depth + 1 if opens else max(depth - 1, 0)
        if depth > most:
            message = f"divisions and spans are nested more than {most} levels deep here"
            yield _finding(chapter, Span(*match.span()), message, "close them, or take some away")
            return


def _tables(chapter: ExpandedChapter, plain: str, limits: Limits) -> Iterator[Finding]:
    first, count, last = 0, 0, -1
    for match in _ROW.finditer(plain):
        if match.start() != last + 1:
            first, count = match.start(), 0
        count, last = count + 1, match.end()
        wide = len(_CELLS.findall(match[0])) - 1
        # The head and its rule stand before the rows.
        if count == limits.rows + 3 or wide > limits.columns:
            what = f"{limits.rows} rows" if wide <= limits.columns else f"{limits.columns} columns"
            message = f"this table has more than {what}"
            hint = "make it from data, or split it; `limits` in publication.yaml say what can be"
            yield Finding("LIM104", "table-too-large", message, chapter.locate(Span(first, match.end())), hint)
            return


def _formulas(chapter: ExpandedChapter, limits: Limits) -> Iterator[Finding]:
    for literal in chapter.scan.literals:
        if literal.kind is not LiteralKind.MATH:
            continue
        tex = literal.span.of(chapter.text)
        depth = deepest = 0
        for match in _TEX.finditer(tex):
            depth += match[0] == "{" or match[1] in ("begin", "left")
            depth -= match[0] == "}" or match[1] in ("end", "right")
            deepest = max(deepest, depth)
        if len(tex) > limits.formula or deepest > limits.levels:
            what = f"{limits.levels} levels" if deepest > limits.levels else f"{limits.formula} characters"
            message = f"this formula has more than {what}"
            yield Finding(
                "LIM105", "formula-too-large", message, chapter.locate(literal.span), "part it into several formulas"
            )


def _characters(chapter: ExpandedChapter, plain: str) -> Iterator[Finding]:
    """Numbers that stand for characters which no edition can hold (CommonMark 0.31, 2.5)."""
    for match in _REFERENCE.finditer(plain):
        code = int(match[1], 16) if match[1] else int(match[2])
        if code > 0x10FFFF or 0xD800 <= code < 0xE000 or CONTROLS.fullmatch(chr(code)):
            message = f"the character {match[0]} cannot stand in an edition"
            hint = "delete it: no reader would see it"
            yield Finding("SRC103", "refused-character", message, chapter.locate(Span(*match.span())), hint)


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
