"""What one step of reading inlines yields, and the kinds of runs of inlines there are."""

from __future__ import annotations

from enum import Enum
from typing import Final, NamedTuple

from octavo.read.scan.regex import compiled

ALL: Final = 0
"""Inlines up to the end of the frame or of the paragraph; the other kinds of runs end earlier."""
EMPHASIS: Final = 1  # 1..6: one, two, three asterisks; one, two, three underscores
STRIKEOUT: Final = 7
SINGLE_QUOTES: Final = 8
DOUBLE_QUOTES: Final = 9
HTML_SPAN: Final = 10
SUFFIX: Final = 11
PREFIX: Final = 12
HEADING: Final = 13
SETEXT: Final = 14
CAPTION: Final = 15

_SPECIAL = r"\[`*_^~<\\$@'\"\n!\-"
_MORE = {
    SUFFIX: ";\\]&",
    PREFIX: ";\\]&",
    HEADING: "#{",
    SETEXT: "{",
    CAPTION: "{",
}
# An exclamation mark matters before a bracket alone, dashes before a key alone.
_TAIL = r"]++|!(?!\[)|-++(?!@)"
DULL: Final = tuple(compiled(rf"(?:[^{_SPECIAL}{_MORE.get(kind, '')}{_TAIL})*+") for kind in range(16))
"""For each kind of run, the text that can be passed over at once."""
DULL_LINES: Final = compiled(rf"(?:[^{_SPECIAL}{_TAIL}|\n(?=[^\W_]))*+")
"""The same where a line that begins with a letter or digit can only go on with a paragraph."""


MARKS: Final = compiled(r"[\[`^<$@!~]")
"""Where none of these is, there is nothing to tell."""


class Shape(Enum):
    """What a token is; the shape says how its parts are read."""

    TEXT = 0
    CODE = 1
    MATH = 2
    ADDRESS = 3
    RUN = 4
    """A container whose inside is a run of inlines of its own kind: emphasis, quotation, HTML span."""
    BOX = 5
    """A container with fixed bounds: superscript, subscript."""
    SPAN = 6
    NOTE = 7
    INLINE_NOTE = 8
    CITATION = 9
    IN_TEXT = 10
    LINK = 11
    IMAGE = 12
    REFERENCE_LINK = 13
    REFERENCE_IMAGE = 14


class Item(NamedTuple):
    """One source in a citation: ends of its prefix, key, suffix; all offsets of the view."""

    start: int
    key_start: int
    key_end: int
    suffix_end: int
    key: str
    suppress: bool


class Token(NamedTuple):
    """One inline: where it ends, whether a word ended there (no key may follow it), and its parts.

    ``inner`` and ``inner_end`` bound its inside.  ``runs`` holds kind, start and ``word`` at the start of each run in
    a container of shape RUN.  ``attributes`` and ``target`` are ranges; ``second`` is the second pair of brackets of
    a reference link.
    """

    shape: Shape
    start: int
    end: int
    word: bool = False
    inner: int = 0
    inner_end: int = 0
    runs: tuple[tuple[int, int, bool], ...] = ()
    attributes: tuple[int, int] | None = None
    target: tuple[int, int] | None = None
    second: tuple[int, int] | None = None
    items: tuple[Item, ...] = ()
