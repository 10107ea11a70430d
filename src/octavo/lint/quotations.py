"""Quotations of a text: which mark opens one, which closes it, and which is never closed.

The marks are read as all languages have them at once, because each has a form that tells it: the low mark opens, the
angled marks open whichever comes first, the high double mark closes what a low one opened.  Single marks are left
alone, since most of them are apostrophes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from octavo.lint.shape import find_all
from octavo.model.lazy import lazy

STRAIGHT, LOW = '"', "\N{DOUBLE LOW-9 QUOTATION MARK}"
HIGH_6, HIGH_9 = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"
LEFT, RIGHT = (
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}",
    "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}",
)
MARKS = STRAIGHT + HIGH_6 + HIGH_9 + LOW + LEFT + RIGHT

# What closes what; a mark that can do both closes where something is open.
_CLOSES = {
    STRAIGHT: STRAIGHT,
    HIGH_9: HIGH_6 + LOW + HIGH_9,
    HIGH_6: LOW,
    RIGHT: LEFT,
    LEFT: RIGHT,
}
_NEW_PARAGRAPH = lazy(r"\n[ \t>]*(?:\n|[-*+][ \t]|\d{1,3}[.)][ \t])")
_HEADING = lazy(r"\n#{1,6} ")
_SKIPPED = "*_\N{WORD JOINER}"
_BEFORE_WORDS = "([{\N{EM DASH}\N{EN DASH}-/>|\N{NO-BREAK SPACE}" + HIGH_6 + LOW + LEFT
_BEHIND_WORDS = ")]},.;:!?\N{HORIZONTAL ELLIPSIS}\N{EM DASH}\N{EN DASH}-/|\N{NO-BREAK SPACE}" + HIGH_9 + RIGHT
# More quotations than these within one another are no text; the outermost is given up.
_DEPTH = 50
# A quotation may run over so many paragraphs before it is taken for one that was never closed.
_PARAGRAPHS = 5
# Russian closes two quotations that end together with one mark; the inner one is a name, so it begins soon.
_MERGED = 80
_STOP = lazy(r"[.!?;]\s")
_MERGING = ("ru", "be", "uk")


@dataclass(frozen=True, slots=True)
class Quotation:
    """From ``start``, the offset of the opening mark, to ``end``, behind the closing one.

    Where ``closed`` is false it has none, and ``end`` is that of the paragraph or the next quotation mark.
    ``depth`` counts the quotations around it.
    """

    start: int
    end: int
    closed: bool
    depth: int


@dataclass(slots=True)
class _Open:
    at: int
    mark: str
    depth: int
    inner: tuple[int, int] | None = None


def find_quotations(text: str, tag: str, edges: Sequence[int] = ()) -> tuple[Quotation, ...]:
    """All quotations of a text, by their starts; ``edges`` are offsets that no quotation crosses, sorted."""
    marks = sorted(at for mark in MARKS if mark in text for at in find_all(text, mark))
    if not marks:
        return ()
    reader = _Reader(text, tag)
    before = 0
    for at in marks:
        if edges and bisect_right(edges, before) != bisect_right(edges, at):
            reader.end_paragraph(before, at, keep=False)
        elif _NEW_PARAGRAPH.search(text, before, at + 1):
            reader.end_paragraph(before, at, keep=_HEADING.search(text, before, at) is None)
        reader.read(at)
        before = at
    reader.end_paragraph(before, len(text), keep=False)
    return tuple(sorted(reader.found, key=lambda one: one.start))


class _Reader:
    """Marks in the order of the text, with what is open: in this paragraph, and since former ones."""

    def __init__(self, text: str, tag: str) -> None:
        self.text = text
        self.tag = tag
        self.found: list[Quotation] = []
        self.stack: list[_Open] = []
        self.pending: list[tuple[int, int, _Open]] = []
        self.paragraph = 0

    def read(self, at: int) -> None:
        text, mark = self.text, self.text[at]
        if at and text[at - 1] == "\\":
            return
        opens, closes = self._before(at), self._behind(at)
        if mark == STRAIGHT:
            self._straight(at, opens, closes)
        elif mark in _CLOSES and self._close(at, mark):
            return
        elif mark in (LOW, LEFT):
            self._push(at, mark)
        elif mark == HIGH_6:
            if closes and not opens and any(one.mark == HIGH_6 for one in self.stack):
                self._pop(at, HIGH_6)
            else:
                self._push(at, mark)
        elif opens and not closes:
            self._push(at, mark)
        else:
            self._late(at, mark)

    def _straight(self, at: int, opens: bool, closes: bool) -> None:
        within = any(one.mark == STRAIGHT for one in self.stack)
        if opens and closes:
            # It stands alone, as a ditto mark does in a table.
            if within:
                self._pop(at, STRAIGHT)
        elif opens:
            self._push(at, STRAIGHT)
        elif within:
            self._pop(at, STRAIGHT)
        elif closes and not self.text[at - 1 : at].isdigit():
            # Behind a figure it stands for inches or seconds.
            self._late(at, STRAIGHT)

    def _push(self, at: int, mark: str) -> None:
        self.stack.append(_Open(at, mark, len(self.stack)))
        if len(self.stack) > _DEPTH:
            outer = self.stack.pop(0)
            self.found.append(Quotation(outer.at, at, False, outer.depth))

    def _close(self, at: int, mark: str) -> bool:
        for one in reversed(self.stack):
            if one.mark in _CLOSES[mark]:
                self._pop(at, one.mark)
                return True
        return False

    def _pop(self, at: int, mark: str) -> None:
        """Close the innermost quotation that a mark opened; what was opened within it never is."""
        while self.stack:
            one = self.stack.pop()
            closed = one.mark == mark
            self.found.append(Quotation(one.at, at + closed, closed, one.depth))
            if closed:
                if self.stack and self.stack[-1].inner is None:
                    self.stack[-1].inner = (one.at, at + 1)
                return

    def _late(self, at: int, mark: str) -> None:
        """A closing mark without an opening one in its paragraph may close what an earlier one opened."""
        for index in range(len(self.pending) - 1, -1, -1):
            paragraph, _, one = self.pending[index]
            if self.paragraph - paragraph > _PARAGRAPHS:
                return
            if one.mark in _CLOSES.get(mark, ""):
                del self.pending[index]
                self.found.append(Quotation(one.at, at + 1, True, one.depth))
                return

    def end_paragraph(self, last: int, following: int, *, keep: bool) -> None:
        """What is open stays so for some paragraphs, or is never closed."""
        match = _NEW_PARAGRAPH.search(self.text, last, following + 1)
        end = match.start() if match else following
        first = self.text[match.end() - 1 : match.end() + 8].lstrip("\n >*_-+") if match else ""
        for one in self.stack:
            if one.inner is not None and self._merges(one.at, one.inner[0]):
                self.found.append(Quotation(one.at, one.inner[1], True, one.depth))
            elif first and first[0] == one.mark:
                # Each paragraph of a long quotation begins with the opening mark; the last one alone is closed.
                self.found.append(Quotation(one.at, end, True, one.depth))
            else:
                self.pending.append((self.paragraph, end, one))
        self.stack.clear()
        self.paragraph += 1
        over = [one for one in self.pending if not keep or self.paragraph - one[0] > _PARAGRAPHS]
        if over:
            self.found += [Quotation(one.at, behind, False, one.depth) for _, behind, one in over]
            self.pending = [one for one in self.pending if one not in over]

    def _merges(self, outer: int, inner: int) -> bool:
        """Whether two quotations begin so near to each other that one mark may close both."""
        return self.tag in _MERGING and inner - outer <= _MERGED and not _STOP.search(self.text, outer, inner)

    def _before(self, at: int) -> bool:
        """Whether words begin here: nothing, a blank or an opening bracket stands before."""
        at -= 1
        while at >= 0 and self.text[at] in _SKIPPED:
            at -= 1
        return at < 0 or self.text[at].isspace() or self.text[at] in _BEFORE_WORDS

    def _behind(self, at: int) -> bool:
        """Whether words end here: nothing, a blank, a point or a closing bracket stands behind."""
        at += 1
        while at < len(self.text) and self.text[at] in _SKIPPED:
            at += 1
        return at >= len(self.text) or self.text[at].isspace() or self.text[at] in _BEHIND_WORDS
