"""Everything that begins with a bracket: notes, citations, spans, links and images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from octavo.read.scan import citations, patterns
from octavo.read.scan.region import MAX_DEPTH
from octavo.read.scan.tokens import Item, Shape, Token

if TYPE_CHECKING:
    from octavo.read.scan.inlines import Frame


def attributed(frame: Frame, token: Token, end: int) -> Token:
    """The token together with the attributes behind it, if there are any."""
    match = patterns.ATTRIBUTES.match(frame.text, end, frame.limit)
    if match is None:
        return token._replace(inner_end=end)
    return token._replace(inner_end=end, end=match.end(), attributes=match.span())


def caret(frame: Frame, at: int) -> Token:
    """An inline note, else a superscript; sections "Extension: inline_notes" and "Superscripts and subscripts".

    Since Pandoc 3.8.1 an inline note goes before a superscript, and is none when ``(`` or ``[`` or attributes follow.
    """
    text, limit = frame.text, frame.limit
    if text.startswith("[", at + 1) and at + 1 < limit:
        close = frame.region.bracket(at + 1, limit)
        if close != -1 and not _follows(frame, close + 1):
            return Token(Shape.INLINE_NOTE, at, close + 1, inner=at + 2, inner_end=close)
    match = patterns.SUPERSCRIPT.match(text, at, limit)
    if match is None:
        return Token(Shape.TEXT, at, at + 1)
    return Token(Shape.BOX, at, match.end(), inner=at + 1, inner_end=match.end() - 1)


def _follows(frame: Frame, at: int) -> bool:
    if at >= frame.limit:
        return False
    return frame.text[at] in "([" or patterns.ATTRIBUTES.match(frame.text, at, frame.limit) is not None


def reference(frame: Frame, at: int) -> int:
    """The ``]`` of a link label whose ``[`` stands at ``at``, or -1; the call of a note is no label."""
    text, limit = frame.text, frame.limit
    if at >= limit or text[at] != "[" or patterns.NOTE_MARKER.match(text, at, limit) is not None:
        return -1
    return frame.region.bracket(at, limit)


def group(frame: Frame, at: int, quotes: int) -> tuple[Item, ...] | None:
    """The citation in brackets at ``at``: no link and no span, therefore nothing of the kind behind it.

    Its ``]`` is not always the one that closes the ``[``: an emphasis in between may hold brackets of its own.
    """
    found = citations.items(frame, patterns.skip_spaces(frame.text, at + 1, frame.limit), quotes)
    if found is None:
        return None
    behind = found[-1].suffix_end + 1
    if frame.region.target(behind, frame.limit) is not None or reference(frame, behind) != -1:
        return None
    return None if patterns.ATTRIBUTES.match(frame.text, behind, frame.limit) else found


def bracket(frame: Frame, at: int, quotes: int) -> Token:
    """The token at ``[``: the call of a note, else a citation, else a span, else a link, else a bracket."""
    text, limit, region = frame.text, frame.limit, frame.region
    marker = patterns.NOTE_MARKER.match(text, at, limit)
    if marker is not None:
        return Token(Shape.NOTE, at, marker.end(), inner=marker.start("label"), inner_end=marker.end("label"))
    if region.depth >= MAX_DEPTH:
        return Token(Shape.TEXT, at, at + 1)
    region.depth += 1
    found = group(frame, at, quotes)
    region.depth -= 1
    if found is not None:
        return Token(Shape.CITATION, at, found[-1].suffix_end + 1, items=found)
    close = region.bracket(at, limit)
    if close == -1:
        return Token(Shape.TEXT, at, at + 1)
    attributes = patterns.ATTRIBUTES.match(text, close + 1, limit)
    if attributes is not None:
        return Token(Shape.SPAN, at, attributes.end(), inner=at + 1, inner_end=close, attributes=attributes.span())
    if not frame.links:
        return Token(Shape.TEXT, at, at + 1)
    return _link(frame, at, at, close, quotes, Shape.LINK)


def image(frame: Frame, at: int, quotes: int) -> Token:
    """The token at ``![``; section "Images"."""
    close = reference(frame, at + 1)
    if close == -1 or frame.region.depth >= MAX_DEPTH:
        return Token(Shape.TEXT, at, at + 1)
    return _link(frame, at, at + 1, close, quotes, Shape.IMAGE)


def _link(frame: Frame, start: int, opening: int, close: int, quotes: int, shape: Shape) -> Token:
    limit, region = frame.limit, frame.region
    target = region.target(close + 1, limit)
    if target is not None:
        token = Token(shape, start, target.close, inner=opening + 1, inner_end=close, target=(target.start, target.end))
        attributes = patterns.ATTRIBUTES.match(frame.text, target.close, limit)
        if attributes is None:
            return token
        return token._replace(end=attributes.end(), attributes=attributes.span())
    shape = Shape.REFERENCE_LINK if shape is Shape.LINK else Shape.REFERENCE_IMAGE
    end = close + 1
    second = None
    label = reference(frame, end)
    if label != -1:
        region.depth += 1
        cited = group(frame, end, quotes)
        region.depth -= 1
        if cited is None:
            second = (end, label + 1)
            end = label + 1
    token = Token(shape, start, end, inner=opening + 1, inner_end=close, second=second)
    attributes = patterns.ATTRIBUTES.match(frame.text, end, limit)
    if attributes is None:
        return token
    return token._replace(end=attributes.end(), attributes=attributes.span())


def key_of(text: str, token: Token) -> str:
    """The key that decides whether a reference link or image is one."""
    start, end = token.inner, token.inner_end
    if token.second is not None and token.second[1] - token.second[0] > 2:
        start, end = token.second[0] + 1, token.second[1] - 1
    return patterns.normal_key(text[start:end])
