"""Inlines: how far each goes.  What is in them is told afterwards, in a second walk (see `octavo.read.scan.tell`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from octavo.read.scan import brackets, citations, patterns, tokens
from octavo.read.scan.region import MAX_DEPTH, Region
from octavo.read.scan.tokens import DULL, DULL_LINES, Shape, Token

if TYPE_CHECKING:
    from collections.abc import Callable

NO_QUOTES: Final = 0
IN_SINGLE, IN_DOUBLE = 1, 2
_TEXT = Shape.TEXT
_ENDINGS = {
    tokens.HEADING: patterns.ATX_END,
    tokens.SETEXT: patterns.SETEXT_END,
    tokens.CAPTION: patterns.CAPTION_END,
}


def ends_word(text: str, end: int, start: int) -> bool:
    """Whether a word ends at ``end``: after one, Pandoc reads no key, no opening quote and no opening underscore.

    A full stop is part of a word for Pandoc, unless three of them make an ellipsis.
    """
    last = text[end - 1]
    if last != ".":
        return last.isalnum()
    at = end
    while at > start and text[at - 1] == ".":
        at -= 1
    return (end - at) % 3 != 0


class Frame:
    """A part of a region that Pandoc reads as a text of its own: a paragraph, the inside of brackets.

    ``links`` says whether links are allowed, which they are not in the text of a link.
    """

    __slots__ = ("_ends", "_tokens", "frames", "last_key", "limit", "links", "region", "text", "uncited")

    def __init__(self, region: Region, limit: int, links: bool, frames: dict[tuple[int, bool], Frame]) -> None:
        self.region = region
        self.text = region.text
        self.limit = limit
        self.links = links
        self.frames = frames
        self.last_key = region.text.rfind("@", 0, limit)
        """The last at sign: behind it nothing is cited, so that most brackets of a book are soon dismissed."""
        self.uncited: set[tuple[int, int]] = set()
        """Places, each with the quotation it stands in, from which no list of sources can be read."""
        self._tokens: dict[int, Token] = {}
        self._ends: dict[tuple[int, int], tuple[int, bool]] = {}

    def within(self, limit: int, links: bool) -> Frame:
        """The frame of the same region that ends at ``limit``."""
        key = (limit, links)
        frame = self.frames.get(key)
        if frame is None:
            frame = self.frames[key] = Frame(self.region, limit, links, self.frames)
        return frame

    def run(
        self, kind: int, at: int, quotes: int, word: bool = False, visit: Callable[[Token], None] | None = None
    ) -> tuple[int, bool]:
        """Read inlines from ``at`` on, up to what ends a run of the kind: where that is, and whether it was found.

        ``quotes`` tells the quotation that the run stands in, ``word`` whether a word ends at ``at``.  With ``visit``
        each token is shown to it.
        """
        text, limit, region, ends = self.text, self.limit, self.region, self._ends
        dull = DULL[kind]
        if kind == tokens.ALL and not (region.sheet.in_list or region.one_line):
            dull = DULL_LINES
        remember = visit is None and kind != tokens.ALL
        trail: list[tuple[int, int]] = []
        while True:
            if remember:
                key = (kind, at * 8 + quotes * 2 + word)
                if key in ends:
                    found = ends[key]
                    break
                trail.append(key)
            end = dull.match(text, at, limit).end()  # type: ignore[union-attr]  # it matches the empty text too
            if end > at:
                word = ends_word(text, end, at)
                at = end
            if at >= limit:
                found = (limit, False)
                break
            char = text[at]
            if char == "\n" and not (kind == tokens.SETEXT or region.goes_on(at)):
                found = (at, kind == tokens.HEADING)
                break
            if kind != tokens.ALL:
                token = self._stop(kind, char, at, word, quotes)
                if isinstance(token, bool):
                    found = (at, token)
                    break
                if token is not None:
                    if visit is not None:
                        visit(token)
                    at, word = token.end, token.word
                    continue
            if char == "\n":
                at += 1
                while at < limit and text[at] == " ":
                    at += 1
                word = False
                continue
            token = self.token(at, word, quotes)
            if visit is not None:
                visit(token)
            at, word = token.end, token.word
        for key in trail:
            ends[key] = found
        return found

    def _stop(self, kind: int, char: str, at: int, word: bool, quotes: int) -> bool | Token | None:
        """What ends a run: True, or False for what makes it fail; a token that only this kind has; None to go on."""
        text, limit = self.text, self.limit
        if kind <= tokens.EMPHASIS + 5:
            return self._emphasis_stop(kind, char, at, quotes)
        if kind == tokens.STRIKEOUT:
            return text[at - 1] != " " if char == "~" and text.startswith("~~", at) and at + 1 < limit else None
        if kind == tokens.SINGLE_QUOTES:
            return (char == "'" and not (at + 1 < limit and text[at + 1].isalnum())) or None
        if kind == tokens.DOUBLE_QUOTES:
            return True if char == '"' else None
        if kind == tokens.HTML_SPAN:
            return True if char == "<" and patterns.HTML_SPAN_END.match(text, at, limit) else None
        if kind in (tokens.SUFFIX, tokens.PREFIX):
            if char in ";]":
                return kind == tokens.SUFFIX
            if char == "&":
                return Token(_TEXT, at, max(at + 1, patterns.entity_end(text, at, limit)))
            if kind == tokens.PREFIX and char in "@-" and not word and patterns.CITE_KEY.match(text, at, limit):
                return True
            return None
        ending = _ENDINGS[kind]
        if char in "#{\n":
            if ending.match(text, at):
                return True
            if char != "\n":
                return Token(_TEXT, at, at + 1)
            return False if kind == tokens.SETEXT else None
        return None

    def _closes(self, mark: str, count: int, at: int) -> bool:
        """Whether ``count`` marks of emphasis close it at ``at``; section "Extension: intraword_underscores"."""
        end = at + count
        if end > self.limit or not self.text.startswith(mark * count, at):
            return False
        return mark == "*" or not (end < self.limit and self.text[end].isalnum())

    def _emphasis_stop(self, kind: int, char: str, at: int, quotes: int) -> bool | Token | None:
        mark = "*" if kind <= tokens.EMPHASIS + 2 else "_"
        if char != mark:
            return None
        count = (kind - tokens.EMPHASIS) % 3 + 1
        if count == 2:
            return True if self._closes(mark, 2, at) else None
        if not self._closes(mark, 1, at):
            return None
        pair = count == 1 and at + 2 <= self.limit and self.text.startswith(mark * 2, at)
        if pair and not self._closes(mark, 1, at + 2):
            return self._emphasis(at, at + 2, kind + 1, 2, quotes)
        return True

    def _emphasis(self, start: int, inner: int, kind: int, count: int, quotes: int) -> Token:
        """A token of emphasis; when it is not closed it reaches to the end of the frame, and its marks are text."""
        if self.region.depth >= MAX_DEPTH:
            return Token(_TEXT, start, inner)
        self.region.depth += 1
        end, closed = self.run(kind, inner, quotes)
        runs = [(kind, inner, False)]
        if closed and count == 3:
            mark = self.text[end]
            if self._closes(mark, 3, end):
                end += 3
            else:
                count, kind = (2, kind - 2) if self._closes(mark, 2, end) else (1, kind - 1)
                runs.append((kind, end + count, True))
                end, closed = self.run(kind, end + count, quotes, True)
                end += (3 - count) * closed
        elif closed:
            end += count
        self.region.depth -= 1
        return Token(Shape.RUN, start, end, closed, runs=tuple(runs), inner=quotes)

    def token(self, at: int, word: bool, quotes: int) -> Token:
        """The inline at ``at``, a character that may begin one; ``word`` says whether a word ends there."""
        key = at * 8 + quotes * 2 + word
        token = self._tokens.get(key)
        if token is None:
            token = self._tokens[key] = self._read(at, word, quotes)
        return token

    def _read(self, at: int, word: bool, quotes: int) -> Token:
        text, limit = self.text, self.limit
        char = text[at]
        if char in "*_":
            return self._marks(char, at, word, quotes)
        if char == "[":
            return brackets.bracket(self, at, quotes)
        if char in "@-":
            return citations.in_text(self, at, word, quotes)
        if char == "\\":
            escaped = at + 1 < limit and text[at + 1] != "\n" and not text[at + 1].isalnum()
            return Token(_TEXT, at, at + 1 + escaped)
        if char in "'\"":
            return self._quotes(char, at, word, quotes)
        if char == "`":
            end = self.region.code(at, limit)
            if end != -1:
                return brackets.attributed(self, Token(Shape.CODE, at, end), end)
        elif char == "$":
            end = self.region.math(at, limit)
            if end != -1:
                displayed = text.startswith("$$", at)
                behind = end if displayed else self.region.apostrophe(end, limit)
                return Token(Shape.MATH, at, behind, inner_end=end)
        elif char == "^":
            return brackets.caret(self, at)
        elif char == "~":
            return self._tilde(at, quotes)
        elif char == "<":
            return self._angle(at, quotes)
        elif char == "!":
            return brackets.image(self, at, quotes)
        return Token(_TEXT, at, at + 1)

    def _marks(self, char: str, at: int, word: bool, quotes: int) -> Token:
        text = self.text
        if char == "_" and word:
            return Token(_TEXT, at, at + 1)
        end = at
        while end < self.limit and text[end] == char:
            end += 1
        if end - at > 3 or (end < self.limit and text[end] == " "):
            return Token(_TEXT, at, end)
        kind = tokens.EMPHASIS + (end - at - 1) + (3 if char == "_" else 0)
        return self._emphasis(at, end, kind, end - at, quotes)

    def _quotes(self, char: str, at: int, word: bool, quotes: int) -> Token:
        """Section "Extension: smart": a quotation is a container, a lone mark is text."""
        text = self.text
        inside, kind = (IN_SINGLE, tokens.SINGLE_QUOTES) if char == "'" else (IN_DOUBLE, tokens.DOUBLE_QUOTES)
        opens = not word and quotes != inside and at + 1 < self.limit and text[at + 1] not in " \n"
        if opens and self.region.depth < MAX_DEPTH:
            self.region.depth += 1
            end, closed = self.run(kind, at + 1, inside)
            self.region.depth -= 1
            if closed and end > at + 1:
                return Token(Shape.RUN, at, end + 1, runs=((kind, at + 1, False),), inner=inside)
        return Token(_TEXT, at, at + 1)

    def _tilde(self, at: int, quotes: int) -> Token:
        text, limit = self.text, self.limit
        if (
            text.startswith("~~", at)
            and at + 2 < limit
            and text[at + 2] not in " ~\n"
            and self.region.depth < MAX_DEPTH
        ):
            self.region.depth += 1
            end, closed = self.run(tokens.STRIKEOUT, at + 2, quotes)
            self.region.depth -= 1
            if closed:
                return Token(Shape.RUN, at, end + 2, runs=((tokens.STRIKEOUT, at + 2, False),), inner=quotes)
        match = patterns.SUBSCRIPT.match(text, at, limit)
        if match is None:
            return Token(_TEXT, at, at + 1)
        return Token(Shape.BOX, at, match.end(), inner=at + 1, inner_end=match.end() - 1)

    def _angle(self, at: int, quotes: int) -> Token:
        text, limit = self.text, self.limit
        address = patterns.AUTOLINK.match(text, at, limit) if self.links else None
        if address is not None:
            return brackets.attributed(self, Token(Shape.ADDRESS, at, address.end()), address.end())
        tag = patterns.HTML_SPAN.match(text, at, limit)
        if tag is not None and self.region.depth < MAX_DEPTH:
            self.region.depth += 1
            end, closed = self.run(tokens.HTML_SPAN, tag.end(), quotes)
            self.region.depth -= 1
            close = patterns.HTML_SPAN_END.match(text, end, limit) if closed else None
            if close is not None:
                return Token(
                    Shape.RUN,
                    at,
                    close.end(),
                    runs=((tokens.HTML_SPAN, tag.end(), False),),
                    inner=quotes,
                    inner_end=end,
                )
        return Token(_TEXT, at, at + 1)
