"""Lengths in drawings: nearly all are plain numbers, and a drawing has thousands of them.

WeasyPrint tries that first too, but imports its units and makes a context before it does.
"""

from __future__ import annotations

from weasyprint.svg import utils

from octavo.adapters.weasyprint.quick.replace import Replacement, replacement

_slow_size = utils.size


def _size(
    string: str | float | None, font_size: float | None = None, percentage_reference: float | None = None
) -> float:
    """A length in pixels, from how it is written."""
    if not string:
        return 0
    try:
        return float(string)
    except ValueError:
        length: float = _slow_size(string, font_size, percentage_reference)
        return length


REPLACEMENTS: tuple[Replacement, ...] = (replacement(utils, "size", _size),)
