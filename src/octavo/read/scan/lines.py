"""Lines of a text."""

from __future__ import annotations

from octavo.read.scan import patterns


def line_end(text: str, at: int) -> int:
    """Behind the line end of the line at ``at``."""
    end = text.find("\n", at)
    return len(text) if end == -1 else end + 1


def is_blank(text: str, at: int) -> bool:
    """Whether the line at ``at`` is blank or the text ends there."""
    return at >= len(text) or patterns.BLANKS.match(text, at) is not None
