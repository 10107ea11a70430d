"""The kind of each character as one byte, so that rules can look for shapes as fast as bytes are searched.

``A`` is a capital, ``a`` a small letter, ``0`` a digit, a blank any blank but the line end, a point any of ``.,;:!``;
other characters of ASCII stand for themselves, and all else is a question mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import AnyStr


def shape_of(text: str, tag: str) -> bytes:
    """The shape of a text in a language, as long as the text; letters of other scripts have no kind."""
    codec = "cp1251" if tag in ("ru", "be", "uk", "bg") else "latin-1"
    return text.encode(codec, "replace").translate(_table(codec))


def find_all(text: AnyStr, part: AnyStr) -> Iterator[int]:
    """The offsets of all places of a part in a text, which may overlap."""
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


@cache
def _table(codec: str) -> bytes:
    return bytes(ord(_kind(bytes([code]).decode(codec, "replace"))) for code in range(256))


def _kind(char: str) -> str:
    if char.isupper():
        return "A"
    if char.isalpha():
        return "a"
    if char == "\N{NO-BREAK SPACE}" or char == "\t":
        return " "
    if not char.isascii():
        return "?"
    if char.isdigit():
        return "0"
    return "." if char in ".,;:!" else char
