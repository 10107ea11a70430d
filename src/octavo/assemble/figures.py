"""Values of the data as an author counts with them: exact numbers, texts and dates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, localcontext

from octavo.assemble.formats import exact

_PRECISION = 60


class Figure:
    """A number of the data.  What is counted with it is a figure too; one that is missing makes all others missing."""

    __slots__ = ("amount",)

    def __init__(self, amount: Decimal) -> None:
        self.amount = amount

    @property
    def missing(self) -> bool:
        """Whether a fault that was told stands in its place."""
        return self.amount.is_nan()

    def __add__(self, other: object) -> Figure:
        return self._with("+", self.amount, _amount(other))

    def __radd__(self, other: object) -> Figure:
        return self._with("+", _amount(other), self.amount)

    def __sub__(self, other: object) -> Figure:
        return self._with("-", self.amount, _amount(other))

    def __rsub__(self, other: object) -> Figure:
        return self._with("-", _amount(other), self.amount)

    def __mul__(self, other: object) -> Figure:
        return self._with("*", self.amount, _amount(other))

    def __rmul__(self, other: object) -> Figure:
        return self._with("*", _amount(other), self.amount)

    def __truediv__(self, other: object) -> Figure:
        return self._with("/", self.amount, _amount(other))

    def __rtruediv__(self, other: object) -> Figure:
        return self._with("/", _amount(other), self.amount)

    def __neg__(self) -> Figure:
        return Figure(-self.amount)

    def __abs__(self) -> Figure:
        return Figure(abs(self.amount))

    def __round__(self, digits: int = 0) -> Figure:
        return self if self.missing else Figure(round(self.amount, digits))

    def __int__(self) -> int:
        return 0 if self.missing else int(self.amount)

    def __float__(self) -> float:
        return float(self.amount)

    def __bool__(self) -> bool:
        return self.missing or bool(self.amount)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (Figure, int, float, Decimal)) and self.amount == _amount(other)

    def __lt__(self, other: object) -> bool:
        return self._comparable(other) and self.amount < _amount(other)

    def __le__(self, other: object) -> bool:
        return self._comparable(other) and self.amount <= _amount(other)

    def __gt__(self, other: object) -> bool:
        return self._comparable(other) and self.amount > _amount(other)

    def __ge__(self, other: object) -> bool:
        return self._comparable(other) and self.amount >= _amount(other)

    def __hash__(self) -> int:
        return hash(self.amount)

    def __str__(self) -> str:
        return "" if self.missing else format(self.amount, "f")

    def _comparable(self, other: object) -> bool:
        return not self.missing and not _amount(other).is_nan()

    @staticmethod
    def _with(operator: str, left: Decimal, right: Decimal) -> Figure:
        with localcontext() as context:
            context.prec = _PRECISION
            if operator == "+":
                return Figure(left + right)
            if operator == "-":
                return Figure(left - right)
            return Figure(left * right if operator == "*" else left / right)


class DataText(str):
    """A text of the data: it is printed as it stands there, whatever its signs mean in Markdown."""

    __slots__ = ()


class DataDate:
    """A date of the data."""

    __slots__ = ("day",)

    def __init__(self, day: date) -> None:
        self.day = day

    def __str__(self) -> str:
        return self.day.isoformat()

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other)

    def __hash__(self) -> int:
        return hash(self.day)


MISSING = Figure(Decimal("NaN"))
"""Stands for a value of which a finding was told."""


def _amount(value: object) -> Decimal:
    return value.amount if isinstance(value, Figure) else exact(value)


def amount_of(value: object) -> Decimal:
    """The number that an author counts with.  Raises FormatError for what is none."""
    return _amount(value)
