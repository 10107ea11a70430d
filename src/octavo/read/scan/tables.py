"""Tables: which characters stand in which cell; section "Tables".

No inline reaches from one cell into another, so that each cell is read by itself.  What a table looks like does not
matter here.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from octavo.read.scan import patterns, tokens
from octavo.read.scan.grid import grid
from octavo.read.scan.inlines import NO_QUOTES, Frame
from octavo.read.scan.lined import Cell, lined, trim
from octavo.read.scan.regex import compiled
from octavo.read.scan.view import ViewBuilder

if TYPE_CHECKING:
    from octavo.read.scan.blocks import Blocks

_PART = r"[ ]*+:?+-++:?+[ ]*+"
_PIPE_BREAK = compiled(
    rf"[ ]{{0,3}}+(?![ ])(?P<open>\|)?+{_PART}(?P<rest>(?:[|+](?![ ]*+\n){_PART})*+)(?P<close>\|)?+[ ]*+\n"
)
_PIPE_STOPS = compiled(r"[|`$\\\n]")


def table(blocks: Blocks, at: int, *, dry: bool = False) -> int:
    """Read the table at ``at`` with its caption before or behind it; where it ends, or -1.

    With ``dry`` nothing is recorded.
    """
    start = at
    frame = None
    caption = patterns.CAPTION.match(blocks.text, at)
    found = None if caption is None else _caption(blocks, caption)
    if found is not None:
        frame, at = found
    if at >= len(blocks.text):
        return -1
    body = _pipe(blocks, at) or lined(blocks, at)
    if body is not None:
        at, cells = body
        if not dry:
            for cell in cells:
                _cell(blocks, cell)
    else:
        at = grid(blocks, at, dry)
        if at == -1:
            return -1
    blanks = patterns.BLANKS.match(blocks.text, at)
    if blanks is not None:
        at = blanks.end()
    if frame is not None:
        if not dry:
            _tell_caption(blocks, frame, start, len(blocks.text))
        return at
    caption = patterns.CAPTION.match(blocks.text, at)
    found = None if caption is None else _caption(blocks, caption)
    if found is None or caption is None:
        return at
    frame, end = found
    if not dry:
        _tell_caption(blocks, frame, at, end)
    return end


def _caption(blocks: Blocks, match: re.Match[str]) -> tuple[Frame, int] | None:
    """The inlines of the caption behind a mark, and where its blank line begins."""
    text, start = blocks.text, match.end()
    if text[start - 1] == ":" and match[0].strip() == ":" and unicodedata.category(text[start]).startswith("P"):
        return None
    limit = blocks.paragraph_end(start)
    frame = Frame(blocks.region(limit), limit, True, {})
    end, closed = frame.run(tokens.CAPTION, start, NO_QUOTES)
    attributes = patterns.CAPTION_END.match(text, end) if closed else None
    if attributes is not None:
        end = attributes.end() - 1
    blanks = patterns.BLANKS.match(text, end)
    return None if blanks is None or end <= start else (frame, blanks.end())


def _tell_caption(blocks: Blocks, frame: Frame, at: int, end: int) -> None:
    match = patterns.CAPTION.match(blocks.text, at, end)
    if match is None:
        return
    blocks.reading.leaves.append((frame, tokens.CAPTION, match.end()))
    stop, closed = frame.run(tokens.CAPTION, match.end(), NO_QUOTES)
    attributes = patterns.CAPTION_END.match(blocks.text, stop) if closed else None
    if attributes is not None:
        blocks.found.attributes(blocks.view, *attributes.span("attributes"))


def _cell(blocks: Blocks, cell: Cell) -> None:
    builder = ViewBuilder(blocks.view)
    for start, end in cell:
        builder.add(start, end)
        builder.put("\n")
    blocks.line(builder.build())


# Pipe tables --------------------------------------------------------------------------------------------------------


def _pipe(blocks: Blocks, at: int) -> tuple[int, list[Cell]] | None:
    text = blocks.text
    if text.startswith("    ", at):
        return None
    head = _pipe_row(blocks, at)
    if head is None:
        return None
    at, row = head
    line = _PIPE_BREAK.match(text, at)
    if line is None or not (line["rest"] or line["open"] or line["close"]):
        return None
    width = 1 + len(re.findall(r"[|+]", line["rest"]))
    rows = [row]
    following = _pipe_row(blocks, line.end())
    at = line.end()
    while following is not None:
        at, row = following
        rows.append(row)
        following = _pipe_row(blocks, at)
    return at, [[trim(text, *piece)] for row in rows for piece in row[:width]]


def _pipe_row(blocks: Blocks, at: int) -> tuple[int, list[tuple[int, int]]] | None:
    """The cells of the row at ``at``, and where it ends; a bar in code, in a formula or escaped parts no cells."""
    text = blocks.text
    line = text.find("\n", at)
    if line == -1 or text.find("|", at, line) == -1:
        return None
    while text[at] == " ":
        at += 1
    opened = text[at] == "|"
    start = at = at + opened
    limit = blocks.paragraph_end(line)
    region = blocks.region(limit + 1)
    cells = []
    while True:
        match = _PIPE_STOPS.search(text, at)
        if match is None:
            return None
        at = match.start()
        char = match[0]
        if char in "|\n":
            cells.append((start, at))
            at = start = at + 1
            if char == "\n":
                return (at, cells) if opened or len(cells) > 1 else None
            continue
        end = -1
        if char == "\\":
            end = at + 2 if not text[at + 1].isalnum() else -1
        elif char == "`":
            end = blocks.sheet.code(at, limit)
        else:
            end = region.math(at, limit)
        at = at + 1 if end == -1 else end
