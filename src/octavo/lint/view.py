"""A Chapter into the ChapterText that rules look at: what no reader sees is masked, and the rest is scanned."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from octavo.lint.chapter import NOTHING, OBJECT, ChapterText
from octavo.model.chapter import Chapter, ExpandedChapter
from octavo.model.comments import find_comments, whole_lines
from octavo.model.lazy import lazy
from octavo.model.markup import LiteralKind, Scan
from octavo.model.source import Span

_MACRO = lazy(r"\{\{.*?\}\}|\{%.*?%\}|\{##.*?##\}", re.DOTALL)
_VISIBLE = lazy(r"[^\n]")
_LEFT_ALONE = (LiteralKind.CODE_BLOCK, LiteralKind.CODE_SPAN, LiteralKind.MATH)


def view_source(chapter: Chapter, scan: Callable[[str], Scan]) -> tuple[ChapterText, tuple[Span, ...]]:
    """A chapter as its author wrote it, and the spans of its comments; macros stand for words that are not known."""
    source, front = chapter.source, chapter.front
    text = _blank(source.text[: chapter.body.start]) + source.text[chapter.body.start :]
    comments = find_comments(text, lambda: scan(text).literals)
    text = _replace(text, comments, [_hidden(text, span) for span in comments])
    if "{{" in text or "{%" in text or "{##" in text:
        code = [one.span for one in scan(text).literals if one.kind in _LEFT_ALONE]
        macros = (Span(*match.span()) for match in _MACRO.finditer(text))
        seen = [one for one in macros if not any(c.start <= one.start < c.end for c in code)]
        text = _replace(text, seen, [_mask(one.of(text)) for one in seen])
    view = ChapterText(source.path, chapter.slug, front.language, front, text, scan(text), source.locate, source.text)
    return view, comments


def view_expanded(expanded: ExpandedChapter) -> ChapterText:
    """A chapter after its macros, as it goes into the editions; findings point into the author's file."""
    front = expanded.chapter.front
    path = expanded.chapter.source.path
    return ChapterText(path, expanded.slug, front.language, front, expanded.text, expanded.scan, expanded.locate)


def _replace(text: str, spans: Sequence[Span], by: Sequence[str]) -> str:
    pieces, cursor = [], 0
    for span, piece in zip(spans, by, strict=True):
        pieces += [text[cursor : span.start], piece]
        cursor = span.end
    return "".join([*pieces, text[cursor:]])


def _blank(text: str) -> str:
    """Blanks as long as the text, with its line ends."""
    return _VISIBLE.sub(" ", text)


def _hidden(text: str, comment: Span) -> str:
    """A comment prints nothing; on a line of its own it is no blank line that would end a paragraph."""
    lines = whole_lines(text, comment)
    alone = lines != comment
    before = text[text.rfind("\n", 0, max(lines.start - 1, 0)) + 1 : lines.start]
    after = text[lines.end : text.find("\n", lines.end) + 1]
    between = alone and before.strip() and after.strip()
    return _blank(comment.of(text)) if alone and not between else _VISIBLE.sub(NOTHING, comment.of(text))


def _mask(text: str) -> str:
    """An expression prints something that is not known here; a statement or a comment prints nothing."""
    return OBJECT * len(text) if text.startswith("{{") else _blank(text)
