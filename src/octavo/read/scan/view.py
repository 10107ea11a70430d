"""A text that was cut out of another text, line by line, and still knows where each character came from."""

from __future__ import annotations

from bisect import bisect_right

from octavo.model.source import Span
from octavo.read.scan.regex import compiled

_TAB_STOP = 4
_TABS = compiled(r"[\t\r]")


class View:
    """The text of a block without the marks of the blocks around it (quote marks, indents), with its way back.

    Pandoc reads the inside of a list item, a quotation or a note as a text of its own; so do we.  ``source`` leads
    from an offset of this text to the offset in the author's text.
    """

    __slots__ = ("_marks", "_sources", "text")

    def __init__(self, text: str, marks: list[int], sources: list[int]) -> None:
        self.text = text
        self._marks = marks
        self._sources = sources

    def source(self, offset: int) -> int:
        """The place in the author's text of the character at an offset of this view."""
        at = bisect_right(self._marks, offset) - 1
        place = self._sources[at] + offset - self._marks[at]
        # A character that stands for no other (a blank of a tab, a line end that was put in) takes the next place.
        return min(place, self._sources[at + 1]) if at + 1 < len(self._sources) else place

    def span(self, start: int, end: int) -> Span:
        """The range of the author's text that a range of this view covers."""
        first = self.source(start)
        if end <= start:
            return Span(first, first)
        # Behind the last character, but not behind the next one: that last character may be a blank of a tab.
        return Span(first, max(first, min(self.source(end - 1) + 1, self.source(end))))

    def copy_marks(self, start: int, end: int, at: int, marks: list[int], sources: list[int]) -> None:
        """Append the way back of ``[start, end)``, for a text in which that range begins at offset ``at``."""
        marks.append(at)
        sources.append(self.source(start))
        first = bisect_right(self._marks, start)
        last = bisect_right(self._marks, end - 1)
        for i in range(first, last):
            marks.append(at + self._marks[i] - start)
            sources.append(self._sources[i])


class ViewBuilder:
    """Puts a view together from pieces of another one."""

    __slots__ = ("_end", "_length", "_marks", "_pieces", "_sources", "_view")

    def __init__(self, view: View) -> None:
        self._view = view
        self._pieces: list[str] = []
        self._marks: list[int] = []
        self._sources: list[int] = []
        self._length = 0
        self._end = 0

    def add(self, start: int, end: int) -> None:
        """Append a piece of the view."""
        if end <= start:
            return
        self._view.copy_marks(start, end, self._length, self._marks, self._sources)
        self._pieces.append(self._view.text[start:end])
        self._length += end - start
        self._end = self._view.span(end - 1, end).end

    def put(self, text: str, at: int = -1) -> None:
        """Append characters that the author did not write: they stand at ``at``, or where the last piece ends."""
        place = self._end if at == -1 else self._view.source(at)
        for i in range(len(text)):
            self._marks.append(self._length + i)
            self._sources.append(place)
        self._pieces.append(text)
        self._length += len(text)

    def build(self) -> View:
        """The view."""
        if not self._marks:
            self._marks.append(0)
            self._sources.append(0)
        return View("".join(self._pieces), self._marks, self._sources)


def whole(text: str) -> View:
    """The view of a whole text as Pandoc takes it in: tabs are blanks, carriage returns are gone, the end is blank."""
    if "\t" not in text and "\r" not in text:
        return _ended(text, [0], [0], len(text), len(text))
    pieces: list[str] = []
    marks = [0]
    sources = [0]
    length = done = 0
    line = 0  # where the line began in the new text
    for match in _TABS.finditer(text):
        at = match.start()
        piece = text[done:at]
        pieces.append(piece)
        last = piece.rfind("\n")
        if last != -1:
            line = length + last + 1
        length += len(piece)
        if match[0] == "\t":
            blanks = _TAB_STOP - (length - line) % _TAB_STOP
            pieces.append(" " * blanks)
            marks.append(length)
            sources.append(at)
            length += blanks
        done = at + 1
        marks.append(length)
        sources.append(done)
    pieces.append(text[done:])
    length += len(text) - done
    return _ended("".join(pieces), marks, sources, length, len(text))


def _ended(text: str, marks: list[int], sources: list[int], length: int, end: int) -> View:
    """The view with three line ends behind it, which stand at the end of the author's text."""
    for i in range(4):
        marks.append(length + i)
        sources.append(end)
    return View(text + "\n\n\n", marks, sources)
