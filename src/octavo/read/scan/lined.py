"""Simple and multiline tables, whose columns are as wide as the lines of dashes under their heads."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from octavo.read.scan import patterns
from octavo.read.scan.lines import is_blank, line_end
from octavo.read.scan.regex import compiled

if TYPE_CHECKING:
    from octavo.read.scan.blocks import Blocks

Cell = list[tuple[int, int]]
"""The pieces of a cell, one on each line."""

_DASHES = compiled(r"[ ]{0,3}+-[ -]*+\n")
_DASH_GROUP = compiled(r"-++")
_DASH_LINES = compiled(r"^[ ]{0,3}+-[ -]*+$", re.MULTILINE)


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A range of a text without the blanks at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def lined(blocks: Blocks, at: int) -> tuple[int, list[Cell]] | None:
    """A table with lines of dashes: a multiline one, a simple one without and with a head, a multiline one without."""
    text = blocks.text
    dashes = _DASHES.match(text, at)
    if dashes is None:
        under = line_end(text, at)
        line = _DASHES.match(text, under)
        return None if line is None else _simple(blocks, line, [(at, under - 1)])
    return _multiline(blocks, dashes, True) or _simple(blocks, dashes, None) or _multiline(blocks, dashes, False)


def _columns(match: re.Match[str]) -> list[int]:
    line = match[0]
    return [group.start() for group in _DASH_GROUP.finditer(line)]


def _split(text: str, start: int, end: int, columns: list[int]) -> list[tuple[int, int]]:
    """The pieces of a line in columns; wide characters take two of them and accents none."""
    line = text[start:end]
    if line.isascii() or not any(_width(char) != 1 for char in line):
        bounds = [min(start + column, end) for column in columns]
    else:
        bounds, width, place = [], 0, 0
        for column in columns:
            while place < len(line) and width < column:
                width += _width(line[place])
                place += 1
            bounds.append(start + place)
    return [trim(text, a, b) for a, b in zip(bounds, [*bounds[1:], end], strict=True)]


def _width(char: str) -> int:
    if char < "\u0300":
        return 1
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _ends(blocks: Blocks, at: int) -> int:
    """Behind the blank lines or before the end of a div at ``at``, or -1."""
    blanks = patterns.BLANKS.match(blocks.text, at)
    if blanks is not None:
        return blanks.end()
    return at if blocks.fences and patterns.DIV_END.match(blocks.text, at) else -1


def _footer(blocks: Blocks, at: int) -> int:
    """Behind the line of dashes that ends a table at ``at``, or -1."""
    line = _DASHES.match(blocks.text, at)
    if line is None:
        return -1
    blanks = patterns.BLANKS.match(blocks.text, line.end())
    return line.end() if blanks is None else blanks.end()


def _simple(blocks: Blocks, dashes: re.Match[str], head: list[tuple[int, int]] | None) -> tuple[int, list[Cell]] | None:
    text, at = blocks.text, dashes.end()
    columns = _columns(dashes)
    lines = list(head or ())
    while at < len(text) and _ends(blocks, at) == -1 and _footer(blocks, at) == -1:
        end = line_end(text, at)
        lines.append((at, end - 1))
        at = end
    if len(lines) == (head is not None) or at >= len(text):
        return None
    end = _footer(blocks, at)
    if end == -1 and head is not None:
        end = _ends(blocks, at)
    if end == -1:
        return None
    return end, [[piece] for line in lines for piece in _split(text, *line, columns)]


def _multiline(blocks: Blocks, dashes: re.Match[str], headed: bool) -> tuple[int, list[Cell]] | None:
    text, at = blocks.text, dashes.end()
    heads: list[tuple[int, int]] = []
    if headed:
        if is_blank(text, at):
            return None
        line = _DASH_LINES.search(text, at)
        if line is None or line.start() == at:
            return None
        heads = _lines(text, at, line.start())
        under = _DASHES.match(text, line.start())
        if under is None:
            return None
        dashes, at = under, under.end()
    if is_blank(text, at):
        return None
    columns = _columns(dashes)
    rows = [heads]
    row: list[tuple[int, int]] = []
    place = at
    for line in _DASH_LINES.finditer(text, at):
        end = _footer(blocks, line.start())
        if end != -1:
            break
    else:
        return None
    for start, stop in _lines(text, at, line.start()):
        if is_blank(text, start):
            rows.append(row)
            row = []
        elif _ends(blocks, start) != -1:
            return None
        else:
            row.append((start, stop))
        place = stop + 1
    rows.append(row)
    if place == at:
        return None
    cells = []
    for row in rows:
        parts = [_split(text, *part, columns) for part in row]
        cells.extend([list(cell) for cell in zip(*parts, strict=True)])
    return end, cells


def _lines(text: str, at: int, end: int) -> list[tuple[int, int]]:
    found = []
    while at < end:
        stop = line_end(text, at)
        found.append((at, stop - 1))
        at = stop
    return found
