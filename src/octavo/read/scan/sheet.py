"""A view with the lookups that every parser on it needs, each computed once for the whole text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from octavo.read.scan import patterns
from octavo.read.scan.regex import compiled
from octavo.read.scan.view import View

_BACKTICKS = compiled(r"`++")
_ONE_PERIOD_ROMANS = frozenset("IVXLCDM")


@dataclass(slots=True)
class Labels:
    """What must be known of the whole text before a bracket or a key can be told: link keys and example labels."""

    keys: set[str] = field(default_factory=set)
    examples: dict[str, int] = field(default_factory=dict)
    """Label of a numbered example, and how many labels came before it."""


class Marker(NamedTuple):
    """A list marker: where the item's text begins, and its style and delimiter ("" for a bullet)."""

    end: int
    style: str
    delimiter: str
    label: str


class Sheet:
    """The text of one view, whether it is a list item's, and lookups into it."""

    __slots__ = ("_barriers", "_closers", "_lost", "_run_ends", "_runs", "in_list", "labels", "text", "view")

    def __init__(self, view: View, labels: Labels, in_list: bool) -> None:
        self.view = view
        self.text = view.text
        self.labels = labels
        self.in_list = in_list
        self._runs: dict[int, list[int]] | None = None
        self._run_ends: list[int] = []
        self._barriers: list[int] | None = None
        self._closers: list[tuple[int, str, int, int]] | None = None
        self._lost: dict[str, tuple[int, int]] = {}

    def bullet(self, at: int) -> int:
        """Where the text of a bullet item begins whose marker begins the line at ``at``; -1 when there is none."""
        match = patterns.BULLET.match(self.text, at)
        return -1 if match is None else match.end()

    def ordered(self, at: int) -> Marker | None:
        """The ordered marker at the beginning of the line at ``at``."""
        match = patterns.ORDERED.match(self.text, at)
        if match is None or match.lastgroup is None:
            return None
        kind, style = match.lastgroup.split("_")
        label = match[match.lastgroup]
        delimiter = {"p": ".", "o": ")", "t": "()"}[kind]
        style = {"r": "i", "R": "I"}.get(style, style)
        return self._ordered(match.end(), style, delimiter, label)

    def _ordered(self, at: int, style: str, delimiter: str, label: str) -> Marker | None:
        # A capital and a full stop may be someone's initial: such a marker needs two blanks behind it.
        initial = style == "A" or (style == "I" and label in _ONE_PERIOD_ROMANS)
        if delimiter == "." and initial and not self.text.startswith(("\n", "  ", " \n"), at):
            return None
        gap = patterns.ORDERED_GAP.match(self.text, at)
        return None if gap is None else Marker(gap.end(), style, delimiter, label)

    def continues(self, at: int, style: str, delimiter: str) -> Marker | None:
        """The marker at ``at`` when it is of the style of the list before it; ``#`` goes on with any list."""
        match = patterns.CONTINUED[(style, delimiter)].match(self.text, at)
        if match is None:
            return None
        label = match["number"]
        return self._ordered(match.end(), "H" if label == "#" else style, delimiter, label)

    def list_start(self, at: int) -> bool:
        """Whether the line at ``at`` begins with the marker of a list item or the mark of a definition."""
        text = self.text
        if patterns.BULLET.match(text, at) or patterns.DEFINITION.match(text, at):
            return True
        return self.ordered(at) is not None

    def fence(self, at: int) -> tuple[re.Match[str], int, int] | None:
        """The fenced code block at ``at``: its first line, where its last line begins and ends."""
        opening = patterns.FENCE.match(self.text, at)
        if opening is None:
            return None
        mark, size = opening["fence"][0], len(opening["fence"])
        if self._closers is None:
            self._closers = [
                (m.start(), m["fence"][0], len(m["fence"]), m.end()) for m in patterns.FENCE_END.finditer(self.text)
            ]
        # A fence that found no end tells the same of every longer or equal one that follows.
        lost_size, lost_at = self._lost.get(mark, (size, len(self.text)))
        if lost_at <= at and lost_size <= size:
            return None
        first = bisect_left(self._closers, (opening.end(),))
        for i in range(first, len(self._closers)):
            start, closer, length, end = self._closers[i]
            if closer == mark and length >= size:
                return opening, start, end
        self._lost[mark] = (size, at)
        return None

    def code(self, at: int, limit: int) -> int:
        """Where the code span whose backticks begin at ``at`` ends, or -1; section "Verbatim"."""
        if self._runs is None:
            self._runs = {}
            for match in _BACKTICKS.finditer(self.text):
                self._run_ends.append(match.end())
                self._runs.setdefault(match.end() - match.start(), []).append(match.start())
        end = self._run_ends[bisect_right(self._run_ends, at)]
        size = end - at
        starts = self._runs.get(size, [])
        i = bisect_left(starts, end)
        if i == len(starts) or starts[i] + size > limit:
            return -1
        if self.in_list and self.barrier(at) < starts[i]:
            return -1
        return starts[i] + size

    def barrier(self, at: int) -> int:
        """The next line end, from ``at`` on, behind which a list item begins."""
        if self._barriers is None:
            self._barriers = []
            line = self.text.find("\n")
            while line != -1:
                if self.list_start(line + 1):
                    self._barriers.append(line)
                line = self.text.find("\n", line + 1)
        i = bisect_left(self._barriers, at)
        return self._barriers[i] if i < len(self._barriers) else len(self.text)
