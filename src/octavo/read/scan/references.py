"""Definitions of link references; section "Reference links"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from octavo.model.markup import Target
from octavo.read.scan import brackets, patterns
from octavo.read.scan.inlines import NO_QUOTES, Frame
from octavo.read.scan.regex import compiled

if TYPE_CHECKING:
    from octavo.read.scan.blocks import Blocks

_GAP = compiled(r"[ ]*+\n?+[ ]*+")
_WORD = compiled(r"(?:\\[^A-Za-z0-9\s]|[^\s])++")
_ANGLE = compiled(r"<(?:\\[^A-Za-z0-9]|[^>\n]|\n(?![ ]*+\n))*+>")
_END = compiled(r"[ ]*+\n(?:[ ]*+\n)*+")
_TITLE = compiled(
    r"""[ ]*+\n?+[ ]*+(?:"(?!\s)(?:\\[^A-Za-z0-9]|[^"\n]|\n(?![ ]*+\n)|"(?=[^\W_]))*+"(?![^\W_])"""
    r"""|'(?!\s)(?:\\[^A-Za-z0-9]|[^'\n]|\n(?![ ]*+\n)|'(?=[^\W_]))*+'(?![^\W_])"""
    r"""|\((?:\\[^A-Za-z0-9]|[^()\n]|\n(?![ ]*+\n)|\((?:\\[^A-Za-z0-9]|[^()\n]|\n(?![ ]*+\n))*+\))*+\))"""
)


def reference(blocks: Blocks, at: int) -> int:
    """Read ``[label]: address "title" {attributes}`` at ``at``; where it ends, or -1."""
    text = blocks.text
    limit = blocks.paragraph_end(at)
    opening = at
    while text[opening] == " ":
        opening += 1
    frame = Frame(blocks.region(limit), limit, True, {})
    close = brackets.reference(frame, opening)
    if close == -1 or not text.startswith(":", close + 1) or brackets.group(frame, opening, NO_QUOTES) is not None:
        return -1
    gap = _GAP.match(text, close + 2)
    start = close + 2 if gap is None else gap.end()
    if text.startswith("[", start):
        return -1
    angle = _ANGLE.match(text, start)
    if angle is not None:
        first, last, end = start + 1, angle.end() - 1, angle.end()
    else:
        first = start
        last = end = _address(frame, start)
    title = _TITLE.match(text, end)
    if title is not None:
        end = title.end()
    gap = _GAP.match(text, end)
    attributes = None if gap is None else patterns.ATTRIBUTES.match(text, gap.end())
    if attributes is not None:
        end = attributes.end()
    ending = _END.match(text, end)
    if ending is None:
        return -1
    blocks.reading.labels.keys.add(patterns.normal_key(text[opening + 1 : close]))
    blocks.found.targets.append(Target(blocks.view.span(first, last), text[first:last], False))
    if attributes is not None:
        blocks.found.attributes(blocks.view, *attributes.span())
    return ending.end()


def _address(frame: Frame, at: int) -> int:
    """Behind the last word of an address without angle brackets: a title, attributes or brackets end it."""
    text = frame.text
    end = at
    while True:
        start = end
        while text.startswith(" ", start):
            start += 1
        if _TITLE.match(text, start) or patterns.ATTRIBUTES.match(text, start):
            return end
        if text.startswith("[", start) and brackets.reference(frame, start) != -1:
            return end
        word = _WORD.match(text, start)
        if word is None:
            return end
        end = word.end()
