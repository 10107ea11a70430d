"""Citations; section "Citation syntax" of Pandoc's User's Guide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from octavo.read.scan import brackets, patterns, tokens
from octavo.read.scan.region import MAX_DEPTH
from octavo.read.scan.tokens import Item, Shape, Token

if TYPE_CHECKING:
    import re

    from octavo.read.scan.inlines import Frame


def _key(match: re.Match[str]) -> str:
    if match["braced"] is not None:
        return match["braced"]
    return match["key"] + match["rest"]


def items(frame: Frame, at: int, quotes: int) -> tuple[Item, ...] | None:
    """The sources of a citation in brackets from ``at`` to the next ``]``; None when they are none."""
    text, limit = frame.text, frame.limit
    found: list[Item] = []
    trail = [(at, quotes)]
    while at <= frame.last_key and trail[-1] not in frame.uncited:
        start = at
        at, keyed = frame.run(tokens.PREFIX, at, quotes)
        if not keyed and text.startswith("]", at) and at < limit:
            # To Pandoc a bracket before a key ends the prefix, as in ``[see]@a]``.
            at += 1
            keyed = True
        match = patterns.CITE_KEY.match(text, at, limit) if keyed else None
        if match is None:
            break
        at, _ = frame.run(tokens.SUFFIX, match.end(), quotes)
        found.append(Item(start, match.start(), match.end(), at, _key(match), text[match.start()] == "-"))
        if at >= limit or text[at] not in ";]":
            break
        if text[at] == "]":
            return tuple(found)
        at = patterns.skip_spaces(text, at + 1, limit)
        trail.append((at, quotes))
    # What is no list of sources from here on is none from any of its semicolons on.
    frame.uncited.update(trail)
    return None


def in_text(frame: Frame, at: int, word: bool, quotes: int) -> Token:
    """The token at ``@`` or at dashes before it: a citation in the text, with the brackets behind it.

    Directly after a word there is none: that is an address.  The label of an example that stands further up is a
    reference to the example; one that stands further down is told apart later (see `octavo.read.scan.tell`).
    """
    text, limit = frame.text, frame.limit
    if text[at] == "-":
        end = at
        while end < limit and text[end] == "-":
            end += 1
        dashes = end - at
        if dashes > 1:
            # Two and three hyphens are dashes; what is left over belongs to the key.
            return Token(Shape.TEXT, at, end - (dashes % 3 == 1))
    match = None if word else patterns.CITE_KEY.match(text, at, limit)
    labels = frame.region.sheet.labels.examples
    if match is not None and labels.get(_key(match), frame.region.known) < frame.region.known:
        match = None
    if match is None:
        example = patterns.EXAMPLE.match(text, at, limit)
        return Token(Shape.TEXT, at, at + 1 if example is None else example.end())
    first = Item(at, at, match.end(), match.end(), _key(match), text[at] == "-")
    plain = Token(Shape.IN_TEXT, at, match.end(), items=(first,))
    opening = patterns.skip_spaces(text, match.end(), limit)
    if opening >= limit or text[opening] != "[":
        return plain
    if frame.region.depth >= MAX_DEPTH:
        return plain
    frame.region.depth += 1
    found = brackets.group(frame, opening, quotes)
    rest = _locator(frame, first, opening, quotes) if found is None else (first, *found)
    frame.region.depth -= 1
    if rest is None:
        return plain
    # A lone locator, or the last of the sources behind the key, ends where the brackets do.
    close = rest[-1].suffix_end
    return Token(Shape.IN_TEXT, at, close + 1, inner=opening + 1, inner_end=close, items=rest)


def _locator(frame: Frame, first: Item, opening: int, quotes: int) -> tuple[Item, ...] | None:
    """What the brackets behind a key say of it, ``[p. 3; @other]``, unless they are a note, a link or a span."""
    text, limit = frame.text, frame.limit
    if text.startswith("^", opening + 1):
        return None
    end, _ = frame.run(tokens.SUFFIX, opening + 1, quotes)
    found: tuple[Item, ...] = (Item(opening + 1, first.key_start, first.key_end, end, first.key, first.suppress),)
    if end < limit and text[end] == ";":
        others = items(frame, patterns.skip_spaces(text, end + 1, limit), quotes)
        if others is None:
            return None
        found = (*found, *others)
        end = others[-1].suffix_end
    if end >= limit or text[end] != "]" or (end + 1 < limit and text[end + 1] in "[({"):
        return None
    return found
