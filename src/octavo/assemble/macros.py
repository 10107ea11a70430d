"""The text of a chapter with its Jinja expressions into expanded Markdown, with the way back to the source.

Each run of literal text is marked with its offset before Jinja renders the chapter, so that the marks, found again in
the result, say where every piece came from; loops and conditions need no special care.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from jinja2 import TemplateError, TemplateSyntaxError

from octavo.assemble.failures import Failure
from octavo.assemble.functions import NO_FUNCTIONS, Functions
from octavo.assemble.marks import MARK, origin_of
from octavo.assemble.sandbox import ChapterEnvironment, LimitError
from octavo.model.chapter import TextMap
from octavo.model.comments import find_comments, whole_lines
from octavo.model.finding import Finding
from octavo.model.markup import Literal
from octavo.model.source import SourceFile, Span


class _Held(NamedTuple):
    """What Jinja does not see: the text that stands there in the end, and how long the place is in the source."""

    text: str
    length: int


_HELD = re.compile("\ue002(\\d+)\ue003")
# What goes wrong in an author's expression, as Python names it.
_FAULTS = (
    ArithmeticError,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    MemoryError,
    RecursionError,
    SyntaxError,
)


def expand(
    source: SourceFile,
    body: Span,
    literals: Sequence[Literal],
    values: Mapping[str, object],
    findings: list[Finding],
    functions: Functions = NO_FUNCTIONS,
) -> tuple[str, TextMap]:
    """Expand the macros of a chapter's body, and take its comments away.

    ``literals`` are spans within the body's own text whose content Jinja must leave alone (code, mathematics).
    ``functions`` are those that a chapter may call beside what ``values`` hold.
    A template error is a finding at its line, and the text then stands as it was written.
    """
    text = body.of(source.text)
    plain = TextMap((0,), (body.start,), (True,))
    comments = find_comments(text, lambda: literals)
    if not comments and not _has_macros(text):
        return text, plain
    environment = ChapterEnvironment(functions)
    values = {**values, **functions.functions}
    kept = [literal.span for literal in literals if _has_macros(literal.span.of(text))]
    gone = {whole_lines(text, comment) for comment in comments}
    kept = [span for span in kept if not any(comment.start <= span.start < comment.end for comment in gone)]
    hidden = sorted([*((span, span.of(text)) for span in kept), *((span, "") for span in gone)])
    held: list[_Held] = []
    template, positions = _mark(text, hidden, held, environment)
    pieces: list[str] = []
    try:
        for piece in environment.from_string(environment.chapter(template, positions)).generate(values):
            pieces.append(piece)
    except (TemplateError, LimitError, *_FAULTS) as error:
        findings.append(Failure(source, body, template, positions, pieces).finding(error, values, environment))
        return text, plain
    return _collect("".join(pieces), held, body.start)


def _has_macros(text: str) -> bool:
    return "{{" in text or "{%" in text or "{##" in text


def _mark(
    text: str, hidden_spans: Sequence[tuple[Span, str]], held: list[_Held], environment: ChapterEnvironment
) -> tuple[str, list[tuple[int, int]]]:
    """The text with marks; the second value maps offsets of the result to offsets of the text, in steps."""
    pieces: list[str] = []
    positions: list[tuple[int, int]] = []
    length = 0

    def add(piece: str, origin: int) -> None:
        nonlocal length
        positions.append((length, origin))
        pieces.append(piece)
        length += len(piece)

    cursor = 0
    hidden, spans = _hide(text, hidden_spans, held)
    for kind, start, end in _tokens(hidden, environment):
        origin = origin_of(start, spans)
        if kind == "data":
            add(f"\ue000{origin}c\ue001", origin)
            add(hidden[start:end], origin)
        elif kind == "variable":
            add(f"\ue000{origin}\ue001", origin)
            add(hidden[start:end], origin)
        else:
            add(hidden[start:end], origin)
        cursor = end
    if cursor < len(hidden):
        add(hidden[cursor:], origin_of(cursor, spans))
    return "".join(pieces), positions


def _hide(text: str, hidden: Sequence[tuple[Span, str]], held: list[_Held]) -> tuple[str, list[tuple[int, int]]]:
    """Replace what Jinja must not see by placeholders; the second value maps offsets back, in steps.

    ``hidden`` are spans, each with the text that stands there in the end.
    """
    pieces: list[str] = []
    steps: list[tuple[int, int]] = []
    cursor = length = 0
    for span, content in hidden:
        before = text[cursor : span.start]
        steps.append((length, cursor))
        length += len(before)
        placeholder = f"\ue002{len(held)}\ue003"
        steps.append((length, span.start))
        length += len(placeholder)
        pieces += [before, placeholder]
        held.append(_Held(content, span.end - span.start))
        cursor = span.end
    steps.append((length, cursor))
    pieces.append(text[cursor:])
    return "".join(pieces), steps


def _tokens(text: str, environment: ChapterEnvironment) -> Iterator[tuple[str, int, int]]:
    """Runs of data, whole variable expressions, and everything else, with their offsets."""
    try:
        tokens = list(environment.lex(text))
    except TemplateSyntaxError:
        yield "other", 0, len(text)
        return
    offset, start = 0, -1
    for _, kind, value in tokens:
        end = offset + len(value)
        if kind == "data":
            yield "data", offset, end
        elif kind == "variable_begin":
            start = offset
        elif kind == "variable_end":
            yield "variable", start, end
            start = -1
        elif start < 0:
            yield "other", offset, end
        offset = end


def _collect(rendered: str, held: Sequence[_Held], base: int) -> tuple[str, TextMap]:
    """Take the marks out of the rendered text and build the map that they stand for."""
    pieces: list[str] = []
    expanded: list[int] = []
    origin: list[int] = []
    copied: list[bool] = []
    length = cursor = source_at = 0
    from_source = True

    def emit(piece: str) -> None:
        nonlocal length, source_at
        at = 0
        for match in _HELD.finditer(piece):
            before = piece[at : match.start()]
            for part in (_Held(before, len(before)), held[int(match[1])]):
                if part.text:
                    expanded.append(length)
                    origin.append(base + source_at)
                    copied.append(from_source)
                    pieces.append(part.text)
                    length += len(part.text)
                source_at += part.length if from_source else 0
            at = match.end()
        rest = piece[at:]
        if rest:
            expanded.append(length)
            origin.append(base + source_at)
            copied.append(from_source)
            pieces.append(rest)
            length += len(rest)

    for mark in MARK.finditer(rendered):
        emit(rendered[cursor : mark.start()])
        source_at, from_source = int(mark[1]), bool(mark[2])
        cursor = mark.end()
    emit(rendered[cursor:])
    if not expanded:
        return "", TextMap((0,), (base,), (True,))
    return "".join(pieces), TextMap(tuple(expanded), tuple(origin), tuple(copied))
