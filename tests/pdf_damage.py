"""Ways to damage a tagged PDF: its structure tree, its links, and the glyphs of one of its elements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Operator, String

Instruction = tuple[list[Object], Operator]
_FREE = 900  # MCIDs from here on are free on every page
_PIXEL = 0.75  # pages are written in CSS pixels


def anchor(identifier: str) -> str:
    """The rest of the names of a note's and its call's places."""
    return identifier.replace("/", "--")


class Patient:
    """A PDF that is opened, damaged, and written back in its place."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.pdf = pikepdf.open(path, allow_overwriting_input=True)

    def __enter__(self) -> Patient:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.pdf.save(self.path)
        self.pdf.close()

    # What there is

    def call(self, identifier: str) -> Object:
        """The element ``Link`` of a call."""
        return self._links("note-" + anchor(identifier))[0]

    def reference(self, identifier: str) -> Object:
        """The element ``Link`` of the first reference to a note behind its call."""
        return self._links("note-" + anchor(identifier))[1]

    def number(self, identifier: str) -> Object:
        """The element ``Link`` of a note, which is its number and its way back."""
        return self._links("call-" + anchor(identifier))[0]

    def note(self, identifier: str) -> Object:
        """The element ``Note`` of a note."""
        element = self.number(identifier)
        while str(element.S) != "/Note":
            element = element.P
        return element

    def inner(self, element: Object, kind: str) -> Object:
        """The first element of a kind in another."""
        return next(each for each in self._elements(element) if str(each.S) == kind)

    def annotation(self, link: Object) -> Object:
        """The annotation of an element ``Link``."""
        return next(kid.Obj for kid in kids(link) if isinstance(kid, Dictionary) and "/Obj" in kid)

    def page(self, element: Object) -> int:
        """The index of the page of an element."""
        return next(i for i, page in enumerate(self.pdf.pages) if page.obj.objgen == element.Pg.objgen)

    def _links(self, name: str) -> list[Object]:
        return [
            element
            for element in self._elements(self.pdf.Root.StructTreeRoot)
            if str(element.S) == "/Link" and str(self.annotation(element).get("/Dest", "")) == name
        ]

    def _elements(self, element: Object) -> Iterator[Object]:
        for kid in kids(element):
            if isinstance(kid, Dictionary) and "/S" in kid:
                yield kid
                yield from self._elements(kid)

    # Structure

    def drop(self, element: Object) -> None:
        """Take an element out of the tree; its glyphs stay on the page."""
        element.P.K = Array([kid for kid in kids(element.P) if not _same(kid, element)])

    def double(self, element: Object) -> None:
        """Let an element stand twice."""
        at = next(i for i, kid in enumerate(kids(element.P)) if _same(kid, element))
        element.P.K = Array([*kids(element.P)[: at + 1], element, *kids(element.P)[at + 1 :]])

    def swap(self, one: Object, other: Object) -> None:
        """Put two elements in the place of one another."""
        first, second = one.P, other.P
        for parent, gone, come in ((first, one, other), (second, other, one)):
            if not (_same(first, second) and parent is second):
                exchange = {gone.objgen: come, come.objgen: gone} if _same(first, second) else {gone.objgen: come}
                parent.K = Array(
                    [exchange.get(kid.objgen, kid) if isinstance(kid, Dictionary) else kid for kid in kids(parent)]
                )
        one.P, other.P = second, first

    # Places

    def destination(self, name: str) -> Array:
        """The place that a name stands for."""
        return pikepdf.NameTree(self.pdf.Root.Names.Dests)[name]

    def forget(self, name: str) -> None:
        """Take a named destination out."""
        del pikepdf.NameTree(self.pdf.Root.Names.Dests)[name]

    def rename(self, old: str, new: str) -> None:
        """Give a place another name, in its links too."""
        names = pikepdf.NameTree(self.pdf.Root.Names.Dests)
        names[new] = names[old]
        del names[old]
        for page in self.pdf.pages:
            for link in page.obj.get("/Annots", ()):
                if str(link.get("/Dest", "")) == old:
                    link.Dest = String(new)

    # Glyphs

    def texts(self, element: Object) -> list[bytes]:
        """The codes of the glyphs of an element, one entry for each piece."""
        found: list[bytes] = []

        def note(operands: list[Object]) -> list[Object]:
            found.extend(bytes(item) for item in operands[0] if isinstance(item, String))
            return operands

        self.rewrite(element, "TJ", note)
        return found

    def set_text(self, element: Object, text: bytes) -> None:
        """Put other glyphs in the place of all those of an element."""
        pieces = [text]
        self.rewrite(element, "TJ", lambda _: [Array([String(pieces.pop())] if pieces else [])])

    def move(self, element: Object, right: float, down: float) -> None:
        """Move the glyphs of an element, in points."""
        self.rewrite(element, "Tm", lambda operands: _moved(operands, right, down))

    def carry(self, element: Object, place: str, right: float, down: float) -> None:
        """Move an element with its links and its named place, in points."""
        self.move(element, right, down)
        for link in (element, *self._elements(element)):
            if str(link.S) == "/Link":
                found = self.annotation(link)
                left, top, far, bottom = (float(value) for value in found.Rect)
                found.Rect = Array([left + right, top - down, far + right, bottom - down])
        destination = self.destination(place)
        destination[2] = float(destination[2]) + right
        destination[3] = float(destination[3]) - down

    def transplant(self, element: Object, place: str, page: int) -> None:
        """Move an element to another page, with its links and its named place."""
        pieces = self.cut_out(element)
        fresh = dict(zip(marks(element), range(_FREE, _FREE + len(pieces)), strict=True))
        old, new = self.pdf.pages[self.page(element)], self.pdf.pages[page]
        for each in (element, *self._elements(element)):
            each.Pg = new.obj
            each.K = Array([kid if isinstance(kid, Dictionary) else fresh[int(kid)] for kid in kids(each)])
            if str(each.S) == "/Link":
                link = self.annotation(each)
                old.Annots = Array([other for other in old.Annots if other.objgen != link.objgen])
                new.obj.Annots = Array([*new.obj.get("/Annots", ()), link])
        self.destination(place)[0] = new.obj
        self.append(page, [_marked(piece, fresh) for piece in pieces])

    def copy_call(self, call: Object, down: float) -> None:
        """Print a call once more further down, with a link of its own."""
        page, (mark,) = self.page(call), marks(call)
        (piece,) = self.cut_out(call)
        copied = [(_moved(ops, 0, down) if str(name) == "Tm" else ops, name) for ops, name in piece]
        self.append(page, [piece, _marked(copied, {mark: _FREE})])
        found = self.annotation(call)
        left, top, right, bottom = (float(value) for value in found.Rect)
        box = Array([left, top - down, right, bottom - down])
        link = self.pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Dest=found.Dest, Rect=box))
        self.pdf.pages[page].Annots.append(link)
        inside = Array([Dictionary(Type=Name.OBJR, Obj=link), _FREE])
        element = Dictionary(Type=Name.StructElem, S=Name.Link, P=call.P, Pg=call.Pg, K=inside)
        call.P.K.append(self.pdf.make_indirect(element))

    def around(self, element: Object, before: bytes, after: bytes = b"") -> None:
        """Write something before and after each piece of an element."""

        def wrap(found: list[Instruction]) -> list[Instruction]:
            start, *body, end = found
            return [start, *_parsed(self.pdf, before), *body, *_parsed(self.pdf, after), end]

        self._edit(element, wrap)

    def paint(self, element: Object, grey: float) -> None:
        """Give the glyphs of an element another colour, from 0 for black to 1 for white."""
        self.rewrite(element, "rg", lambda _: [grey, grey, grey])
        self.around(element, b"q %g g" % grey, b"Q")

    def add_font(self, page: int, name: str) -> None:
        """Let a page use a font that every viewer has."""
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        self.pdf.pages[page].Resources.Font[name] = self.pdf.make_indirect(font)

    def rewrite(self, element: Object, operator: str, change: Callable[[list[Object]], list[Object]]) -> None:
        """Change the operands of an operator in all marked content of an element."""

        def each(found: list[Instruction]) -> list[Instruction]:
            return [(change(list(ops)) if str(name) == operator else ops, name) for ops, name in found]

        self._edit(element, each)

    def cut_out(self, element: Object) -> list[list[Instruction]]:
        """Take all marked content of an element away; it is returned, a list for each piece."""
        pieces: list[list[Instruction]] = []

        def cut(found: list[Instruction]) -> list[Instruction]:
            pieces.append(found)
            return []

        self._edit(element, cut)
        return pieces

    def append(self, page: int, pieces: list[list[Instruction]]) -> None:
        """Write pieces that were cut out at the end of a page, where they were on theirs."""
        start, end = _parsed(self.pdf, b"q 0.75 0 0 0.75 0 0 cm"), _parsed(self.pdf, b"Q")
        self._write(page, [*self._read(page), *start, *(each for piece in pieces for each in piece), *end])

    def _edit(self, element: Object, change: Callable[[list[Instruction]], list[Instruction]]) -> None:
        page = self.page(element)
        wanted = set(marks(element))
        done: list[Instruction] = []
        piece: list[Instruction] | None = None
        for instruction in self._read(page):
            operands, operator = instruction
            if piece is None and str(operator) == "BDC" and int(operands[1].get("/MCID", -1)) in wanted:
                piece = []
            if piece is None:
                done.append(instruction)
                continue
            piece.append(instruction)
            if str(operator) == "EMC":
                done += change(piece)
                piece = None
        self._write(page, done)

    def _read(self, page: int) -> list[Instruction]:
        parsed = pikepdf.parse_content_stream(self.pdf.pages[page])
        return [(list(one.operands), one.operator) for one in parsed]

    def _write(self, page: int, content: list[Instruction]) -> None:
        self.pdf.pages[page].Contents = self.pdf.make_stream(pikepdf.unparse_content_stream(content))


def kids(element: Object) -> list[Object]:
    """What an element holds."""
    found = element.get("/K", Array())
    return list(found) if isinstance(found, Array) else [found]


def marks(element: Object) -> Iterator[int]:
    """All MCIDs of an element, on its page."""
    for kid in kids(element):
        if not isinstance(kid, Dictionary):
            yield int(kid)
        elif "/S" in kid:
            yield from marks(kid)


def _moved(operands: list[Object], right: float, down: float) -> list[Object]:
    *rest, x, y = operands
    return [*rest, float(x) + right / _PIXEL, float(y) + down / _PIXEL]


def _marked(piece: list[Instruction], fresh: dict[int, int]) -> list[Instruction]:
    (tag, properties), begin = piece[0]
    return [([tag, Dictionary(MCID=fresh[int(properties.MCID)])], begin), *piece[1:]]


def _same(one: Object, other: Object) -> bool:
    return isinstance(one, Dictionary) and one.objgen == other.objgen


def _parsed(pdf: pikepdf.Pdf, content: bytes) -> list[Instruction]:
    parsed = pikepdf.parse_content_stream(pdf.make_stream(content)) if content else []
    return [(list(one.operands), one.operator) for one in parsed]
