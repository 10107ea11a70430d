"""Grid tables; section "Extension: grid_tables"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from octavo.read.scan.regex import compiled
from octavo.read.scan.view import ViewBuilder

if TYPE_CHECKING:
    from octavo.read.scan.blocks import Blocks

_BORDER = compiled(r"\+(?:[-=:]++\+)++[ ]*+\n")
_LINE = compiled(r"[|+][^\n]*+\n")
_RULED = compiled(r"[-=:+]++")


def grid(blocks: Blocks, at: int, dry: bool) -> int:
    """Read the grid table at ``at``, whose cells hold blocks; where it ends, or -1.

    A cell that spans rows or columns is found by the bars and rules that are missing in the rows it spans.
    """
    text = blocks.text
    border = _BORDER.match(text, at)
    if border is None:
        return -1
    above = border
    rows: list[tuple[list[int], list[tuple[int, int]]]] = []
    row: list[tuple[int, int]] = []
    closed = False
    end = border.end()
    while (line := _LINE.match(text, end)) is not None:
        end = line.end()
        border = _BORDER.match(text, line.start())
        if border is None:
            row.append((line.start(), line.start() + len(line[0].rstrip())))
            continue
        if row:
            rows.append((_bounds(text, above, border, row), row))
        row, above, closed = [], border, True
    if not closed:
        return -1
    # A last row without a border under it is lost in Pandoc, and so it is here.
    if not dry:
        for bounds, lines in rows:
            for number, first in enumerate(bounds):
                last = bounds[number + 1] if number + 1 < len(bounds) else None
                _column(blocks, first + 1, last, lines)
    return end


def _bounds(text: str, above: re.Match[str], below: re.Match[str], row: list[tuple[int, int]]) -> list[int]:
    """The columns at which all lines of a row have a bar, under or over a corner of its borders."""
    corners = {i for line in (above[0], below[0]) for i, char in enumerate(line) if char == "+"}
    return [
        corner
        for corner in sorted(corners)[:-1]
        if all(start + corner < end and text[start + corner] in "|+" for start, end in row)
    ]


def _column(blocks: Blocks, first: int, last: int | None, lines: list[tuple[int, int]]) -> None:
    text = blocks.text
    cell: list[tuple[int, int]] = []
    for start, end in lines:
        stop = end - (text[end - 1] in "|+") if last is None else min(start + last, end)
        piece = (min(start + first, stop), stop)
        if _RULED.fullmatch(text, *piece):
            _cell(blocks, cell)
            cell = []
        else:
            cell.append(piece)
    _cell(blocks, cell)


def _cell(blocks: Blocks, cell: list[tuple[int, int]]) -> None:
    text = blocks.text
    trimmed = [(start, start + len(text[start:end].rstrip())) for start, end in cell]
    shift = all(start == end or text[start] == " " for start, end in trimmed)
    builder = ViewBuilder(blocks.view)
    for start, end in trimmed:
        builder.add(min(start + shift, end), end)
        builder.put("\n")
    builder.put("\n")
    blocks.nested(builder.build())
