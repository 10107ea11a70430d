"""Numbers in prose and in data, as exact decimals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from octavo.model.lazy import lazy
from octavo.model.source import Span

if TYPE_CHECKING:
    from octavo.model.data import Cell

# Digits in groups of three, then a fraction; the separators are those of the language.
_POINT = lazy(r"(?<![\w.,])\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?(?![\w])|(?<![\w.,])\d+(?:\.\d+)?(?![\w])")
_COMMA = lazy(r"(?<![\w.,])\d{1,3}(?:[.\u00a0\u202f]\d{3})+(?:,\d+)?(?![\w])|(?<![\w.,])\d+(?:,\d+)?(?![\w])")
# Languages that write 1.5 for one and a half; all others that are known here write 1,5.
_WITH_POINT = frozenset({"en"})
_SCALES = (0, 3, 6, 9, -3, -6, -9, 2, -2)
_LONGEST = 30


def number_of(cell: Cell | str) -> Decimal | None:
    """A cell, or a text, as a number; None where it is none."""
    if cell is None or isinstance(cell, bool):
        return None
    try:
        number = Decimal(str(cell))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < _LONGEST else None


def digits_of(number: Decimal) -> int:
    """How many digits stand behind the decimal sign."""
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def numbers_in(prose: str, span: Span, language: str) -> Iterator[tuple[Span, str, Decimal]]:
    """The numbers of a range of prose, each with its place and as it is written."""
    point = language in _WITH_POINT
    for match in (_POINT if point else _COMMA).finditer(prose, span.start, span.end):
        plain = re.sub(r"[,\u00a0\u202f]" if point else r"[.\u00a0\u202f]", "", match[0]).replace(",", ".")
        number = number_of(plain)
        if number is not None:
            yield Span(*match.span()), match[0], number


def agrees(number: Decimal, value: Decimal) -> bool:
    """Whether a number is a value, rounded to the digits of the number; in another unit or as a per cent, too."""
    step = Decimal(1).scaleb(-digits_of(number))
    return any(abs(value.scaleb(scale) - number) <= step / 2 for scale in _SCALES) or abs(value) == abs(number)
