"""A page of two columns, which is laid out as two narrow pages and imposed."""

from __future__ import annotations

from dataclasses import dataclass

_POINTS = 72 / 25.4


@dataclass(frozen=True, slots=True)
class ColumnGrid:
    """Two columns on a page: its size, its margins and the gutter in millimetres, the line of its text in points.

    The columns are a whole number of lines high, so that the lines of both stand beside one another; what the page
    has beyond that is added to the lower margin.
    """

    page_width: float
    page_height: float
    top: float
    right: float
    bottom: float
    left: float
    gutter: float = 5.5
    line: float = 12.0

    @property
    def text_width(self) -> float:
        """The width of both columns with the gutter, in millimetres."""
        return self.page_width - self.left - self.right

    @property
    def column_width(self) -> float:
        """The width of one column in millimetres."""
        return (self.text_width - self.gutter) / 2

    @property
    def lines(self) -> int:
        """How many lines of text a column has."""
        return int((self.page_height - self.top - self.bottom) * _POINTS / self.line + 1e-6)

    @property
    def starts(self) -> tuple[float, float]:
        """The left edges of both columns, in millimetres from that of the page."""
        return self.left, self.left + self.column_width + self.gutter


@dataclass(frozen=True, slots=True)
class ReadColumns:
    """What tells the columns of a bound file apart.

    ``middle`` is in PDF points from the left edge of the page: what begins before it belongs to the first column.
    ``across`` are the anchors of calls that stand above the columns, over the width of both.
    """

    middle: float
    across: frozenset[str] = frozenset()

    @classmethod
    def of(cls, grid: ColumnGrid, across: frozenset[str] = frozenset()) -> ReadColumns:
        """The columns of a grid."""
        return cls((grid.starts[1] - grid.gutter / 2) * _POINTS, across)
