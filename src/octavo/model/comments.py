"""HTML comments of a chapter, which no reader sees.

Pandoc takes them for text where raw HTML is off, so they are taken away before it, and masked where a chapter is only
looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from octavo.model.markup import Literal, LiteralKind
from octavo.model.source import Span

# Without an end, or with a blank line and no end behind it, the opening mark is text.
_COMMENT = re.compile(r"<!--(?!-?>)[^-]*(?:-(?!->)[^-]*)*-->")
_CODE = (LiteralKind.CODE_BLOCK, LiteralKind.CODE_SPAN)


def find_comments(text: str, literals_of: Callable[[], Sequence[Literal]]) -> tuple[Span, ...]:
    """The comments of a text, delimiters included; those within code are code.

    ``literals_of`` gives the literals of the text and is only asked where there is something like a comment.
    """
    if "<!--" not in text:
        return ()
    code = [one.span for one in literals_of() if one.kind in _CODE]
    spans = (Span(*match.span()) for match in _COMMENT.finditer(text))
    return tuple(span for span in spans if not any(span.start in range(one.start, one.end) for one in code))


def whole_lines(text: str, span: Span) -> Span:
    """The span with its line end where nothing else stands on its lines, so that no blank line remains of it."""
    before = text.rfind("\n", 0, span.start) + 1
    after = text.find("\n", span.end)
    after = len(text) if after < 0 else after + 1
    alone = not text[before : span.start].strip() and not text[span.end : after].strip()
    return Span(before, after) if alone else span
