"""Numbers as labels."""

from __future__ import annotations


def letters(number: int) -> str:
    """A number from 1 in letters: a, b ... z, aa, ab ..."""
    text = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def roman(number: int) -> str:
    """A number from 1 in lower-case roman numerals: i, ii, iii, iv ..."""
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    signs = ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i")
    text = ""
    for value, sign in zip(values, signs, strict=True):
        count, number = divmod(number, value)
        text += sign * count
    return text


def folio(number: int, *, is_roman: bool) -> str:
    """A page number as printed."""
    return roman(number) if is_roman else str(number)
