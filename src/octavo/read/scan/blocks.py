"""Blocks: where each begins and ends, in the order in which Pandoc tries them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from octavo.model.markup import Heading, LiteralKind
from octavo.read.scan import containers, patterns, references, tables, tokens
from octavo.read.scan.inlines import NO_QUOTES, Frame
from octavo.read.scan.region import Region
from octavo.read.scan.sheet import Labels, Sheet
from octavo.read.scan.tell import Teller

if TYPE_CHECKING:
    import re

    from octavo.read.scan.found import Found
    from octavo.read.scan.view import View

MAX_NESTING: Final = 24
"""How many blocks are followed into one another; what stands deeper is read as one paragraph."""


@dataclass(slots=True)
class Reading:
    """What is common to all blocks of a text."""

    found: Found
    labels: Labels = field(default_factory=Labels)
    leaves: list[tuple[Frame, int, int]] = field(default_factory=list)
    """The runs of inlines, with their kind and start; they are told when the whole text was read."""

    def tell(self) -> None:
        """Tell what stands in the inlines."""
        for frame, kind, start in self.leaves:
            Teller(frame, self.found, NO_QUOTES).run(kind, start)


class Blocks:
    """The blocks of one view.

    ``fences`` counts the fenced divs around the view and ``tags`` tells of an HTML div around it: their ends are looked
    for within paragraphs and list items.
    """

    def __init__(
        self,
        reading: Reading,
        view: View,
        *,
        in_list: bool = False,
        fences: int = 0,
        tags: bool = False,
        nesting: int = 0,
    ) -> None:
        self.reading = reading
        self.found = reading.found
        self.view = view
        self.sheet = Sheet(view, reading.labels, in_list)
        self.text = view.text
        self.fences = fences
        self.tags = tags
        self.nesting = nesting
        self._tagged = tags
        self._divs: list[bool] = []  # the divs that are open here; True for a fenced one
        self._paragraph = (0, -1)

    def read(self) -> None:
        """Read all blocks."""
        text, length, at = self.text, len(self.text), 0
        if self.nesting == 0 and (title := patterns.TITLE_BLOCK.match(text)) is not None:
            at = title.end()  # section "Extension: pandoc_title_block": it is no part of the body
        if self.nesting > MAX_NESTING:
            while at < length:
                at = self.paragraph(at)
            return
        while at < length:
            blanks = patterns.BLANKS.match(text, at)
            if blanks is not None:
                at = blanks.end()
                continue
            closing = self._div_end(at)
            at = self.block(at) if closing is None else closing.end()

    def _div_end(self, at: int) -> re.Match[str] | None:
        if not self._divs:
            return None
        closing = (patterns.DIV_END if self._divs[-1] else patterns.HTML_DIV_END).match(self.text, at)
        if closing is not None:
            if self._divs.pop():
                self.fences -= 1
            else:
                self.tags = self._tagged or False in self._divs
                self.found.literal(LiteralKind.TAG, self.view, at, closing.end())
        return closing

    def block(self, at: int) -> int:
        """Read the block at ``at``, which is not blank; where the next one begins."""
        text = self.text
        if patterns.PLAIN_START.match(text, at):
            return self.paragraph(at)
        start = at
        while start < len(text) and text[start] == " ":
            start += 1
        first = text[start]
        if first in "`~" and (end := self._fenced(at)) != -1:
            return end
        if self.sheet.bullet(at) != -1:
            return containers.bullets(self, at)
        if first in "<:" and start == at and (end := self._div(at)) != -1:
            return end
        if (end := self._heading(at)) != -1:
            return end
        if (end := tables.table(self, at)) != -1:
            self.found.tables.append(self.view.span(at, end))
            return end
        if start - at >= 4:
            return self._indented(at)
        if first == "|" and (end := containers.line_block(self, at)) != -1:
            return end
        if first == ">":
            return containers.quotation(self, at)
        rule = patterns.RULE.match(text, at)
        if rule is not None:
            return rule.end()
        marker = self.sheet.ordered(at)
        if marker is not None:
            return containers.ordered(self, at, marker)
        if (end := containers.definitions(self, at)) != -1:
            return end
        if first == "[":
            if (end := containers.note(self, at)) != -1:
                return end
            if (end := references.reference(self, at)) != -1:
                return end
        return self.paragraph(at)

    def region(self, limit: int, *, one_line: bool = False) -> Region:
        """The region up to ``limit`` at the place that is read now."""
        return Region(self.sheet, limit, one_line=one_line, fences=self.fences > 0, tags=self.tags)

    def paragraph_end(self, at: int) -> int:
        """The line end before the next blank line."""
        start, end = self._paragraph
        if not start <= at <= end:
            match = patterns.PARAGRAPH_END.search(self.text, at)
            end = max(at, len(self.text.rstrip("\n")) if match is None else match.start())
            self._paragraph = (at, end)
        return end

    def leaf(self, start: int, limit: int, kind: int = tokens.ALL, *, one_line: bool = False) -> int:
        """Take the inlines from ``start`` to ``limit`` at most; where they end."""
        frame = Frame(self.region(limit, one_line=one_line), limit, True, {})
        end, _ = frame.run(kind, start, NO_QUOTES)
        self.reading.leaves.append((frame, kind, start))
        return end

    def paragraph(self, at: int) -> int:
        """Read a paragraph; section "Paragraphs"."""
        return max(at, self.leaf(at, self.paragraph_end(at))) + 1

    def line(self, view: View) -> None:
        """Take a line that was cut out of this view, as inlines."""
        if not tokens.MARKS.search(view.text):
            return
        sheet = Sheet(view, self.reading.labels, self.sheet.in_list)
        frame = Frame(Region(sheet, len(view.text)), len(view.text), True, {})
        frame.run(tokens.ALL, 0, NO_QUOTES)
        self.reading.leaves.append((frame, tokens.ALL, 0))

    def nested(self, view: View, *, in_list: bool = False) -> None:
        """Read the blocks of a view that was cut out of this one."""
        Blocks(
            self.reading,
            view,
            in_list=in_list or self.sheet.in_list,
            fences=self.fences,
            tags=self.tags,
            nesting=self.nesting + 1,
        ).read()

    def _heading(self, at: int) -> int:
        if patterns.SETEXT.match(self.text, at) is not None and (end := self._titled(at, -1, 0)) != -1:
            return end
        atx = patterns.ATX.match(self.text, at)
        return -1 if atx is None else self._titled(at, atx.end(), len(atx["marks"]))

    def _titled(self, at: int, title: int, level: int) -> int:
        """Read a heading with marks before its ``title``, or (-1) with a line under it; where it ends, or -1."""
        text = self.text
        kind, ending = (tokens.SETEXT, patterns.SETEXT_END) if title == -1 else (tokens.HEADING, patterns.ATX_END)
        if title == -1:
            title = at
            while text[title] == " ":
                title += 1
        limit = self.paragraph_end(at) + 1
        frame = Frame(self.region(limit, one_line=True), limit, True, {})
        stop, closed = frame.run(kind, title, NO_QUOTES)
        match = ending.match(text, stop) if closed else None
        if match is None:
            return -1
        end = match.end()
        if kind == tokens.SETEXT:
            line = patterns.SETEXT_LINE.match(text, end)
            if line is None:
                return -1
            end, level = line.end(), 1 if line[0][0] == "=" else 2
        self.reading.leaves.append((frame, kind, title))
        self.reading.labels.keys.add(patterns.normal_key(text[title:stop]))
        words = len(text[title:stop].rstrip())
        span = self.view.span(at, at + len(text[at:end].rstrip()))
        self.found.headings.append(Heading(span, level, self.view.span(title, title + words)))
        if match["attributes"] is not None:
            self.found.attributes(self.view, *match.span("attributes"))
        return end

    def _fenced(self, at: int) -> int:
        block = self.sheet.fence(at)
        if block is None:
            return -1
        opening, _, end = block
        start = at + len(opening["indent"])
        if opening["attributes"] is not None:
            # No identifier begins inside a literal, so the literal begins behind the attributes.
            self.found.attributes(self.view, *opening.span("attributes"))
            start = opening.end("attributes")
        self.found.literal(LiteralKind.CODE_BLOCK, self.view, start, end)
        return end + 1

    def _indented(self, at: int) -> int:
        """Section "Indented code blocks": lines indented by four blanks, and blank lines between them."""
        text = self.text
        end = at
        while True:
            if text.startswith("    ", end):
                end = last = text.index("\n", end) + 1
                continue
            blanks = patterns.BLANKS.match(text, end)
            if blanks is None or not text.startswith("    ", blanks.end()):
                break
            end = blanks.end()
        self.found.literal(LiteralKind.CODE_BLOCK, self.view, at, last - 1)
        return end

    def _div(self, at: int) -> int:
        text = self.text
        tag = patterns.HTML_DIV.match(text, at)
        if tag is not None:
            self._divs.append(False)
            self.tags = True
            self.found.literal(LiteralKind.TAG, self.view, at, tag.end())
            return tag.end()
        fence = patterns.DIV.match(text, at)
        if fence is None:
            return -1
        self._divs.append(True)
        self.fences += 1
        if fence["attributes"] is not None:
            self.found.attributes(self.view, *fence.span("attributes"))
        return fence.end()
