"""Blocks with blocks in them: lists, quotations, definitions, notes, and the lines of a line block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from octavo.model.markup import NoteDefinition
from octavo.read.scan import patterns, tables
from octavo.read.scan.lines import is_blank, line_end
from octavo.read.scan.view import ViewBuilder

if TYPE_CHECKING:
    import re

    from octavo.read.scan.blocks import Blocks
    from octavo.read.scan.sheet import Marker


def closes_div(blocks: Blocks, at: int) -> bool:
    """Whether the line at ``at`` closes a div around the block that is read."""
    text = blocks.text
    if blocks.fences and patterns.DIV_END.match(text, at):
        return True
    return blocks.tags and patterns.HTML_DIV_END.match(text, at) is not None


def _indent(text: str, at: int, width: int) -> int:
    """Behind the indent of a line; ``at`` when the line is indented less."""
    return at + width if text.startswith(" " * width, at) else at


# Lists: sections "Bullet lists", "Ordered lists" and "Block content in list items" ---------------------------------


def bullets(blocks: Blocks, at: int) -> int:
    """Read the bullet list at ``at``; where it ends."""
    while at < len(blocks.text):
        start = blocks.sheet.bullet(at)
        if start == -1:
            break
        at = _item(blocks, start, start - at)
    return at


def ordered(blocks: Blocks, at: int, marker: Marker) -> int:
    """Read the ordered list at ``at``; where it ends."""
    style, delimiter = marker.style, marker.delimiter
    examples = blocks.reading.labels.examples
    found: Marker | None = marker
    while found is not None:
        if found.style == "E":
            label = found.label[1:]
            if label:
                examples.setdefault(label, len(examples))
        at = _item(blocks, found.end, 4 if style == "E" else found.end - at)
        found = blocks.sheet.continues(at, style, delimiter) if at < len(blocks.text) else None
    return at


def _item(blocks: Blocks, at: int, width: int) -> int:
    """Read the list item whose text begins at ``at`` and whose further lines are indented by ``width``."""
    text, builder = blocks.text, ViewBuilder(blocks.view)
    at = _item_line(blocks, at, builder)
    while at < len(text) and _goes_on(blocks, at, width):
        at = _item_line(blocks, _indent(text, at, width), builder)
    at = _blank_lines(blocks, at, builder)
    while at < len(text) and text.startswith(" " * width, at) and not is_blank(text, at):
        if width == 0 or closes_div(blocks, at):
            break
        end = line_end(text, at)
        builder.add(at + width, end)
        at = end
        while at < len(text) and not is_blank(text, at) and not closes_div(blocks, at):
            start = _indent(text, at, width)
            if start == at and blocks.sheet.list_start(at):
                break
            end = line_end(text, at)
            builder.add(start, end)
            at = end
        at = _blank_lines(blocks, at, builder)
    blocks.nested(builder.build(), in_list=True)
    return at


def _goes_on(blocks: Blocks, at: int, width: int) -> bool:
    """Whether the line at ``at`` goes on with the first paragraph of a list item, lazily or not."""
    text, sheet = blocks.text, blocks.sheet
    if is_blank(text, at) or sheet.list_start(at) or sheet.fence(at) is not None or closes_div(blocks, at):
        return False
    inner = _indent(text, at, width)
    if inner == at:
        return True
    while inner < len(text) and text[inner] == " ":
        inner += 1
    return not sheet.list_start(inner)


def _item_line(blocks: Blocks, at: int, builder: ViewBuilder) -> int:
    end = line_end(blocks.text, at)
    builder.add(at, end)
    return end


def _blank_lines(blocks: Blocks, at: int, builder: ViewBuilder) -> int:
    blanks = patterns.BLANKS.match(blocks.text, at)
    if blanks is None:
        return at
    builder.put("\n" * blanks[0].count("\n"))
    return blanks.end()


# Quotations: section "Block quotations" -----------------------------------------------------------------------------


def quotation(blocks: Blocks, at: int) -> int:
    """Read the block quotation at ``at`` with its lazy lines; where it ends."""
    text, builder = blocks.text, ViewBuilder(blocks.view)
    region = blocks.region(len(text))
    mark = patterns.QUOTE.match(text, at)
    while at < len(text):
        start = at
        if mark is not None:
            start = mark.end()
        else:
            while text[start] == " ":
                start += 1
        at = line_end(text, start)
        builder.add(start, at)
        mark = patterns.QUOTE.match(text, at)
        if mark is None and (is_blank(text, at) or not region.goes_on(at - 1)):
            break
    builder.put("\n\n")
    blocks.nested(builder.build())
    return at


# Definition lists: section "Extension: definition_lists" ------------------------------------------------------------


def definitions(blocks: Blocks, at: int) -> int:
    """Read the definition list whose first term is on the line at ``at``; where it ends, or -1."""
    text = blocks.text
    after = line_end(text, at)
    blank = is_blank(text, after)
    if patterns.DEFINITION.match(text, line_end(text, after) if blank else after) is None:
        return -1
    if blank and tables.table(blocks, line_end(text, after), dry=True) != -1:
        return -1  # it is the caption of a table
    while at < len(text) and (match := _definition(text, line_end(text, at))) is not None:
        blocks.leaf(at, line_end(text, at) - 1)
        while match is not None:
            at = _item(blocks, match.end(), match.end() - match.start())
            match = _definition(text, at)
    return at


def _definition(text: str, at: int) -> re.Match[str] | None:
    """The mark of a definition on the line at ``at`` or behind blank lines."""
    blanks = patterns.BLANKS.match(text, at)
    return patterns.DEFINITION.match(text, at if blanks is None else blanks.end())


# Notes: section "Extension: footnotes" ------------------------------------------------------------------------------


def note(blocks: Blocks, at: int) -> int:
    """Read the definition of a note at ``at``; where it ends, or -1."""
    text, builder, view = blocks.text, ViewBuilder(blocks.view), blocks.view
    match = patterns.NOTE_BLOCK.match(text, at)
    if match is None:
        return -1
    start = match.end()
    if is_blank(text, start):
        start = line_end(text, start)
    if start >= len(text):
        return -1
    start = _indent(text, start, 4)
    end = _note_lines(blocks, start, builder)
    while end < len(text):
        blanks = patterns.BLANKS.match(text, end)
        if blanks is None or not text.startswith("    ", blanks.end()):
            break
        builder.put("\n" * blanks[0].count("\n"))
        end = _note_lines(blocks, blanks.end() + 4, builder)
    builder.put("\n")
    last = match.end() + len(text[match.end() : end].rstrip())
    blocks.found.definitions.append(
        NoteDefinition(
            view.span(match.start("label") - 2, last),
            match["label"],
            view.span(*match.span("label")),
            view.span(match.end(), last),
        )
    )
    blocks.nested(builder.build())
    return end


def _note_lines(blocks: Blocks, at: int, builder: ViewBuilder) -> int:
    """Take a line of a note and the lines that go on with its paragraph; a line with a note's label does not."""
    text = blocks.text
    while True:
        end = line_end(text, at)
        builder.add(at, end)
        at = end
        if is_blank(text, at) or (blocks.fences and patterns.DIV_END.match(text, at)):
            return at
        place = at
        while place < at + 4 and text[place] == " ":
            place += 1
        if place < at + 4 and patterns.NOTE_MARKER.match(text, place):
            return at
        at = _indent(text, at, 4)


# Line blocks: section "Line blocks" ---------------------------------------------------------------------------------


def line_block(blocks: Blocks, at: int) -> int:
    """Read the line block at ``at``, each line of it by itself; where it ends, or -1."""
    text, start = blocks.text, at
    while at < len(text):
        end = line_end(text, at)
        if text.startswith("|", at) and is_blank(text, at + 1):
            at = end
            continue
        if not text.startswith("| ", at):
            break
        builder = ViewBuilder(blocks.view)
        builder.add(at + 2, end - 1)
        at = end
        while text.startswith(" ", at):
            # A line that goes on: its line end and its first blank are one blank.
            end = line_end(text, at)
            builder.add(at, end - 1)
            at = end
        blocks.line(builder.build())
    return -1 if at == start else at
