"""The stretch of a view in which one run of inlines can reach, and what is told by its characters alone."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from octavo.read.scan import patterns
from octavo.read.scan.regex import compiled
from octavo.read.scan.sheet import Sheet

_BRACKETS = compiled(r"[\[\]\\`$\n]")
_PARENTHESES = compiled(r"[()\\]")
_URL = compiled(r"(?:[^ \n)(\\]|\\[^A-Za-z0-9]|\\)++")
_ANGLE_URL = compiled(r"<(?:\\[^A-Za-z0-9]|[^>])*+>")
_TITLE_DEPTH = 4
MAX_DEPTH = 24
"""How deep emphasis, quotations and brackets are followed into one another; deeper marks are read as text."""


class Target(NamedTuple):
    """What stands in the parentheses of a link: where its address lies and where the parentheses end."""

    start: int
    end: int
    close: int


class Region:
    """A stretch ``[start, limit)`` of a sheet, which no inline of it leaves.

    ``one_line`` marks the text of a heading, in which no line may end; ``fences`` and ``tags`` say that the end of a
    fenced div or of an HTML div ends a paragraph too.
    """

    __slots__ = (
        "_brackets",
        "_parentheses",
        "_urls",
        "depth",
        "fences",
        "known",
        "limit",
        "one_line",
        "sheet",
        "tags",
        "text",
    )

    def __init__(
        self, sheet: Sheet, limit: int, *, one_line: bool = False, fences: bool = False, tags: bool = False
    ) -> None:
        self.sheet = sheet
        self.text = sheet.text
        self.limit = limit
        self.one_line = one_line
        self.fences = fences
        self.tags = tags
        self.depth = 0
        self.known = len(sheet.labels.examples)
        self._brackets: dict[int, int] = {}
        self._parentheses: dict[int, int] = {}
        self._urls: dict[int, int] = {}

    def goes_on(self, at: int) -> bool:
        """Whether the paragraph goes on behind the line end at ``at``; section "Paragraphs" and what may end one."""
        line = at + 1
        if line >= self.limit:
            return not self.one_line
        if self.one_line:
            return False
        text = self.text
        first = text[line]
        if first == "\n" or (first == " " and patterns.BLANKS.match(text, line)):
            return False
        if self.sheet.in_list and self.sheet.list_start(line):
            return False
        if first == "`" and self.sheet.fence(line) is not None:
            return False
        if self.fences and first == ":" and patterns.DIV_END.match(text, line):
            return False
        return not (self.tags and first == "<" and patterns.HTML_DIV_END.match(text, line))

    def code(self, at: int, limit: int) -> int:
        """Where the code span at ``at`` ends, or -1."""
        return self.sheet.code(at, limit)

    def math(self, at: int, limit: int) -> int:
        """Where the formula at ``at`` ends, or -1; section "Extension: tex_math_dollars"."""
        text = self.text
        if text.startswith("$$", at) and not text.startswith("$$", at + 2):
            close = text.find("$$", at + 3, limit)
            if close != -1:
                return close + 2
        match = patterns.MATH.match(text, at, limit)
        return -1 if match is None else match.end()

    def apostrophe(self, at: int, limit: int) -> int:
        """Behind an apostrophe that belongs to the formula before it, as in ``$x$'s``."""
        if at + 1 < limit and self.text[at] in "'\u2019":
            follower = self.text[at + 1]
            if not follower.isspace() and not unicodedata.category(follower).startswith("P"):
                return at + 1
        return at

    def bracket(self, at: int, limit: int) -> int:
        """The ``]`` that closes the ``[`` at ``at``, or -1: code, formulas and escapes between them are skipped."""
        if at not in self._brackets:
            self._match_brackets(at)
        close = self._brackets[at]
        return close if close < limit else -1

    def _match_brackets(self, at: int) -> None:
        text, limit, brackets = self.text, self.limit, self._brackets
        open_: list[int] = []
        while True:
            match = _BRACKETS.search(text, at, limit)
            if match is None:
                break
            at = match.start()
            char = text[at]
            step = 1
            if char == "[":
                if at in brackets and open_:
                    # What follows was read before, from this bracket on.
                    close = brackets[at]
                    if close == -1:
                        break
                    step = close + 1 - at
                else:
                    open_.append(at)
            elif char == "]":
                brackets[open_.pop()] = at
                if not open_:
                    return
            elif char == "\\":
                step = 2 if at + 1 < limit and not text[at + 1].isalnum() else 1
            elif char == "\n":
                if not self.goes_on(at):
                    break
            else:
                end = self.code(at, limit) if char == "`" else self.math(at, limit)
                step = max(1, end - at)
            at += step
        for bracket in open_:
            brackets[bracket] = -1

    def parenthesis(self, at: int, limit: int) -> int:
        """The ``)`` that closes the ``(`` at ``at``, or -1."""
        if at not in self._parentheses:
            open_: list[int] = []
            place = at
            while True:
                match = _PARENTHESES.search(self.text, place, self.limit)
                if match is None:
                    break
                place = match.start() + 1
                char = match[0]
                if char == "\\":
                    place += place < self.limit and not self.text[place].isalnum()
                elif char == "(":
                    open_.append(place - 1)
                else:
                    self._parentheses[open_.pop()] = place - 1
                    if not open_:
                        break
            for parenthesis in open_:
                self._parentheses[parenthesis] = -1
        close = self._parentheses[at]
        return close if close < limit else -1

    def target(self, at: int, limit: int) -> Target | None:
        """The target of an inline link whose ``(`` is at ``at``; section "Inline links"."""
        text = self.text
        if not text.startswith("(", at) or at >= limit or text.find(")", at, limit) == -1:
            return None
        start = at + 1
        while start < limit and text[start] == " ":
            start += 1
        angle = _ANGLE_URL.match(text, start, limit)
        if angle is not None:
            first, last, end = start + 1, angle.end() - 1, angle.end()
        else:
            end = last = self._url_end(start, limit)
            first = start
        while first < last and text[first] in " \n":
            first += 1
        while last > first and text[last - 1] in " \n":
            last -= 1
        titled = self._title_end(patterns.skip_spaces(text, end, limit), limit, 0)
        end = end if titled == -1 else titled
        while end < limit and text[end] == " ":
            end += 1
        return Target(first, last, end + 1) if end < limit and text[end] == ")" else None

    def _url_end(self, at: int, limit: int) -> int:
        text = self.text
        trail: list[int] = []
        while True:
            if at in self._urls:
                at = self._urls[at]
                break
            trail.append(at)
            match = _URL.match(text, at, limit)
            if match is not None:
                at = match.end()
            if at >= limit or text[at] == ")":
                break
            if text[at] == "(":
                close = self.parenthesis(at, limit)
                at = at + 1 if close == -1 else close + 1
            else:
                behind = at
                while behind < limit and text[behind] in " \n":
                    behind += 1
                # Blanks end the address before a title; else they belong to it, or to nothing.
                if behind < limit and text[behind] in "\"'":
                    break
                at = behind
        for place in trail:
            self._urls[place] = at
        return min(at, limit)

    def _title_end(self, at: int, limit: int, depth: int) -> int:
        """Behind the quoted title at ``at``, or -1."""
        text = self.text
        if at >= limit or text[at] not in "\"'":
            return -1
        mark = text[at]
        at += 1
        if at >= limit or text[at].isspace():
            return -1
        while True:
            close = text.find(mark, at, limit)
            if close == -1:
                return -1
            escape = text.find("\\", at, close)
            if escape != -1:
                at = escape + (2 if not text[escape + 1].isalnum() else 1)
                continue
            if close + 1 >= limit or not text[close + 1].isalnum():
                return close + 1
            if depth == _TITLE_DEPTH:
                at = close + 1
                continue
            # A title within the title; when it finds no end there is none for this one either.
            at = self._title_end(close, limit, depth + 1)
            if at == -1:
                return -1
