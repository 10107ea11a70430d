"""The styles of a DOCX, as a specification says them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import get_args, get_type_hints


@dataclass(frozen=True, slots=True)
class WordStyle:
    """One style of Word; lengths are points, None leaves a property to the style that this one is based on.

    ``line`` is the distance of lines as a multiple of the face's own.  ``first`` indents the first line, or lets it
    hang out where it is negative.  ``level`` is the outline level from 1.  ``tab_right`` puts a tabulator with dots at
    the right margin, ``tab_right_plain`` one without, ``tab_center`` one in the middle of the text.
    """

    name: str
    character: bool = False
    based_on: str = ""
    next: str = ""
    font: str | None = None
    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    small_caps: bool | None = None
    superscript: bool | None = None
    color: str | None = None
    no_proof: bool | None = None
    hyphenate: bool | None = None
    align: str | None = None
    line: float | None = None
    before: float | None = None
    after: float | None = None
    left: float | None = None
    right: float | None = None
    first: float | None = None
    level: int | None = None
    keep_next: bool | None = None
    keep_lines: bool | None = None
    page_break_before: bool | None = None
    widows: bool | None = None
    tab_right: bool | None = None
    tab_right_plain: bool | None = None
    tab_center: bool | None = None


ALIGNMENTS = ("left", "center", "right", "justify")
"""What ``align`` can be."""


def style_keys() -> dict[str, type]:
    """The properties that a specification can give, and the kind of each: bool, str, float or int."""
    kinds: dict[str, type] = {}
    for name, hint in get_type_hints(WordStyle).items():
        if name != "name":
            kinds[name] = next(kind for kind in (bool, str, float, int) if kind is hint or kind in get_args(hint))
    return kinds


def changed(style: WordStyle, values: dict[str, str | float | bool]) -> WordStyle:
    """A style with other properties, of which the names and kinds are known to be right."""
    return replace(style, **values)  # type: ignore[arg-type]
