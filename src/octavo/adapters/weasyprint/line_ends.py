"""Lines of WeasyPrint that end with a blank which the line has no room for.

A text is cut behind its first word where all of it fits on the line but for the blank at its end, and an element (a
link, words in italics) follows that does not fit.  A blank at the end of a line hangs out (CSS Text 3, 4.1.3), so that
the whole text belongs on the line; what follows the text looks at its width without that blank.
"""

from __future__ import annotations

from typing import Protocol

from weasyprint.layout import inline, preferred
from weasyprint.text import line_break

_HOLDERS = (line_break, inline, preferred)
_COLLAPSING = ("normal", "pre-line")
_split = line_break.split_first_line

_Line = tuple[object, int, int | None, float, float, float]


class _Style(Protocol):
    """What is used of a computed style."""

    def __getitem__(self, key: str, /) -> object: ...


def _split_whole(
    text: str,
    style: _Style,
    context: object,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> _Line:
    """Fit as much as possible in the available width for one line of text."""
    line: _Line = _split(text, style, context, max_width, justification_spacing, is_line_start, minimum)
    if line[2] is None or max_width is None or not text.endswith(" ") or style["white_space"] not in _COLLAPSING:
        return line
    if " " in text.encode()[: line[1]].decode(errors="ignore").strip(" "):
        return line
    bare: _Line = _split(text.rstrip(" "), style, context, max_width, justification_spacing, is_line_start, minimum)
    if bare[2] is not None or bare[3] > max_width:
        return line
    whole: _Line = _split(text, style, context, None, justification_spacing, is_line_start, minimum)
    return whole


for _holder in _HOLDERS:
    _holder.split_first_line = _split_whole
