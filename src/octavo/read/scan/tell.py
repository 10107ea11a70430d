"""The second walk over the inlines: what they are, in the author's offsets.

It comes after the whole text was read, because a bracket is a link only where its key is defined somewhere, and a key
is a citation only where no example has it for a label.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from octavo.model.markup import Citation, CitationItem, InlineNote, LiteralKind, NoteReference, Target
from octavo.read.scan import brackets, patterns, tokens
from octavo.read.scan.inlines import Frame
from octavo.read.scan.region import MAX_DEPTH, Region
from octavo.read.scan.sheet import Sheet
from octavo.read.scan.tokens import Item, Shape, Token
from octavo.read.scan.view import ViewBuilder

if TYPE_CHECKING:
    from octavo.read.scan.found import Found

_LITERALS = {
    Shape.CODE: LiteralKind.CODE_SPAN,
    Shape.MATH: LiteralKind.MATH,
    Shape.ADDRESS: LiteralKind.ADDRESS,
}


class Teller:
    """Tells what stands in one frame."""

    __slots__ = ("_found", "_frame", "_quotes", "_view")

    def __init__(self, frame: Frame, found: Found, quotes: int) -> None:
        self._frame = frame
        self._found = found
        self._quotes = quotes
        self._view = frame.region.sheet.view

    def run(self, kind: int, start: int, word: bool = False) -> None:
        """Tell of the inlines from ``start`` on; ``word`` says whether a word ends there."""
        self._frame.run(kind, start, self._quotes, word, self._token)

    def _inside(self, start: int, limit: int, links: bool) -> None:
        region = self._frame.region
        if region.depth < MAX_DEPTH:
            region.depth += 1
            Teller(self._frame.within(limit, links), self._found, self._quotes).run(tokens.ALL, start)
            region.depth -= 1

    def _token(self, token: Token) -> None:
        shape = token.shape
        if shape is Shape.TEXT:
            return
        found, view, links = self._found, self._view, self._frame.links
        if shape in _LITERALS:
            found.literal(_LITERALS[shape], view, token.start, token.inner_end)
        elif shape is Shape.RUN:
            self._container(token)
        elif shape is Shape.NOTE:
            label = self._frame.text[token.inner : token.inner_end]
            found.references.append(NoteReference(view.span(token.start, token.end), label))
        elif shape is Shape.INLINE_NOTE:
            body = view.span(token.inner, token.inner_end)
            found.inline_notes.append(InlineNote(view.span(token.start, token.end), body))
            self._inside(token.inner, token.inner_end, links)
        elif shape is Shape.CITATION:
            self._cite(token, token.items, False)
            self._parts(token.items)
        elif shape is Shape.IN_TEXT:
            self._in_text(token)
        elif shape is Shape.SPAN:
            self._inside(token.inner, token.inner_end, links)
        elif shape is Shape.BOX:
            self._box(token.inner, token.inner_end)
        elif shape in (Shape.LINK, Shape.IMAGE):
            self._inside(token.inner, token.inner_end, links and shape is Shape.IMAGE)
            if token.target is not None:
                target = view.span(*token.target)
                text = self._frame.text[token.target[0] : token.target[1]]
                found.targets.append(Target(target, text, shape is Shape.IMAGE))
        else:
            self._reference(token)
        if token.attributes is not None:
            found.attributes(view, *token.attributes)

    def _box(self, start: int, end: int) -> None:
        """Super- or subscript: Pandoc takes its escapes away first, so that ``~\\@x~`` is a citation (3.9)."""
        text = self._frame.text
        if not ("\\" in text[start:end] or "&" in text[start:end]):
            self._inside(start, end, self._frame.links)
            return
        builder = ViewBuilder(self._view)
        while start < end:
            entity = patterns.entity_end(text, start, end)
            if entity > start:
                builder.put(html.unescape(text[start:entity]), start)
                start = entity
                continue
            start += text[start] == "\\" and start + 1 < end and not text[start + 1].isalnum()
            builder.add(start, start + 1)
            start += 1
        sheet = self._frame.region.sheet
        inner = Sheet(builder.build(), sheet.labels, sheet.in_list)
        limit = len(inner.text)
        frame = Frame(Region(inner, limit), limit, self._frame.links, {})
        Teller(frame, self._found, self._quotes).run(tokens.ALL, 0)

    def _container(self, token: Token) -> None:
        """Emphasis, quotation or span: a run whose inside stands in the quotation ``token.inner``."""
        teller = Teller(self._frame, self._found, token.inner)
        kind, first, _ = token.runs[0]
        if kind == tokens.HTML_SPAN:
            self._found.literal(LiteralKind.TAG, self._view, token.start, first)
        region = self._frame.region
        region.depth += 1
        for kind, start, word in token.runs:
            teller.run(kind, start, word)
        region.depth -= 1
        if kind == tokens.HTML_SPAN:
            self._found.literal(LiteralKind.TAG, self._view, token.inner_end, token.end)

    def _cite(self, token: Token, items: tuple[Item, ...], in_text: bool) -> None:
        text = self._frame.text
        cited = []
        for number, item in enumerate(items):
            # In the text the first key stands before the brackets, in which its suffix begins.
            own = in_text and number == 0
            prefix = "" if own else text[item.start : item.key_start]
            suffix = text[item.start if own and item.start > item.key_start else item.key_end : item.suffix_end]
            span = self._view.span(item.key_start, item.key_end)
            cited.append(CitationItem(item.key, span, prefix.strip(), suffix.strip(), item.suppress))
        self._found.citations.append(Citation(self._view.span(token.start, token.end), tuple(cited), in_text))

    def _parts(self, items: tuple[Item, ...]) -> None:
        """Tell what stands in the prefixes and suffixes: notes, code, and citations within emphasis."""
        region = self._frame.region
        region.depth += 1
        for item in items:
            if item.start < item.key_start:
                self.run(tokens.PREFIX, item.start)
            if item.start > item.key_start:
                self.run(tokens.SUFFIX, item.start)
            elif item.key_end < item.suffix_end:
                self.run(tokens.SUFFIX, item.key_end)
        region.depth -= 1

    def _in_text(self, token: Token) -> None:
        labels = self._frame.region.sheet.labels
        first = token.items[0]
        if token.inner == 0:
            if first.key not in labels.examples:
                self._cite(token, token.items, True)
            return
        text = self._frame.text
        if patterns.normal_key(text[token.inner : token.inner_end]) in labels.keys:
            # The brackets are a link: the title of a section, or a key that is defined somewhere.
            bare = Token(Shape.IN_TEXT, token.start, first.key_end)
            alone = Item(first.key_start, first.key_start, first.key_end, first.key_end, first.key, first.suppress)
            self._cite(bare, (alone,), True)
            self._inside(token.inner, token.inner_end, self._frame.links)
            return
        self._cite(token, token.items, True)
        self._parts(token.items)

    def _reference(self, token: Token) -> None:
        links = self._frame.links
        labels = self._frame.region.sheet.labels
        image = token.shape is Shape.REFERENCE_IMAGE
        if brackets.key_of(self._frame.text, token) in labels.keys:
            self._inside(token.inner, token.inner_end, links and image)
        elif image:
            # No image after all: Pandoc reads the brackets once more, and now they may be a citation.
            self._inside(token.inner - 1, token.inner_end + 1, links)
        else:
            self._inside(token.inner, token.inner_end, links)
        if token.second is not None and brackets.key_of(self._frame.text, token) not in labels.keys:
            self._inside(*token.second, links)
