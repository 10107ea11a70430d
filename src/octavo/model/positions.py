"""Columns of a line in the code units that an editor counts."""

from __future__ import annotations

from enum import Enum

from octavo.model.source import SourceFile


class Units(Enum):
    """Code units of Unicode: bytes, 16-bit units, code points."""

    UTF8 = "utf-8"
    UTF16 = "utf-16"
    UTF32 = "utf-32"

    def width(self, character: str) -> int:
        """How many units one character has."""
        if self is Units.UTF32:
            return 1
        if self is Units.UTF16:
            return 2 if character > "\uffff" else 1
        return 1 + (character > "\x7f") + (character > "\u07ff") + (character > "\uffff")

    def length(self, text: str) -> int:
        """How many units a text has."""
        if self is Units.UTF32 or text.isascii():
            return len(text)
        return sum(map(self.width, text))


def position_of(source: SourceFile, offset: int, units: Units) -> tuple[int, int]:
    """Line and column of an offset, both counted from 0, the column in units."""
    line, column = source.position(offset)
    return line - 1, units.length(source.line_text(line)[: column - 1])


def offset_of(source: SourceFile, line: int, column: int, units: Units) -> int:
    """The offset of a line and column counted from 0; past the end of a line it is that end.

    A column within a character is that of the character's beginning.
    """
    start = source.offset(line + 1)
    if start == len(source.text):
        return start
    text = source.line_text(line + 1)
    if units is Units.UTF32 or text.isascii():
        return start + min(column, len(text))
    counted = 0
    for index, character in enumerate(text):
        counted += units.width(character)
        if counted > column:
            return start + index
    return start + len(text)
