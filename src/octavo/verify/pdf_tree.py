"""The structure tree of a PDF (ISO 32000-1, 14.7), and what a reader sees of each of its elements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pikepdf

from octavo.adapters.pdfium import Box, Run
from octavo.verify.errors import UnreadableArtifact

# A sound tree visits each object once; one that bites its own tail would never end.
_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a named destination leads: the index of the page, and a point of it."""

    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Link:
    """The link of an element: ``name`` is where it wants to go, ``page`` where it can be clicked, or -1."""

    name: str
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Seen:
    """Glyphs of an element, and the index of the page on which they stand."""

    page: int
    run: Run


@dataclass(slots=True)
class Node:
    """An entry of the tree: an element with its structure type, or a reference, which has none.

    ``page`` is the index of the page that it begins on, or its parent's; numbers among its kids are marked content.
    """

    source: pikepdf.Object
    role: str
    page: int
    kids: list[Node | int] = field(default_factory=list)
    is_mark: bool = False


NO_LINK = Link("", -1, (0.0, 0.0, 0.0, 0.0))


class Tree:
    """The elements of a document with their glyphs, links and destinations."""

    def __init__(self, pdf: pikepdf.Pdf, runs: Sequence[Mapping[int, tuple[Run, ...]]]) -> None:
        self.runs = runs
        self.labels = [page.label for page in pdf.pages]
        self._pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        self._links = {
            annotation.objgen: index
            for index, page in enumerate(pdf.pages)
            for annotation in page.obj.get("/Annots", ())
        }
        self.destinations = dict(self._named(pdf))
        self._on_pages: dict[int, list[str]] = {}
        for name, place in self.destinations.items():
            self._on_pages.setdefault(place.page, []).append(name)
        root = pdf.Root.get("/StructTreeRoot")
        if root is None:
            raise UnreadableArtifact("the PDF has no structure tree")
        limit = _ROUNDS * len(pdf.objects)  # counted once: pikepdf gathers all objects for it
        self._root = self._read(root, limit)

    def elements(self) -> Iterator[Node]:
        """All elements in reading order."""
        stack = self._root.kids[::-1]
        while stack:
            node = stack.pop()
            if isinstance(node, Node) and node.role:
                yield node
                stack.extend(reversed(node.kids))

    def glyphs(self, element: Node, skipped: Node | None = None) -> list[Seen]:
        """All glyphs of an element in reading order, those of an element in it left out."""
        found: list[Seen] = []
        stack = [(kid, element.page) for kid in reversed(element.kids)]
        while stack:
            kid, page = stack.pop()
            if isinstance(kid, int):
                found += [Seen(page, run) for run in self.runs[page].get(kid, ())]
            # Labels of list items are no part of the author's text.
            elif kid.is_mark or (
                kid.role and kid.role != "/Lbl" and (skipped is None or kid.source.objgen != skipped.source.objgen)
            ):
                stack.extend((each, kid.page) for each in reversed(kid.kids))
        return found

    def prose(self) -> str:
        """All text of the document but code, in reading order."""
        found: list[str] = []
        stack = [(kid, 0) for kid in reversed(self._root.kids)]
        while stack:
            item, page = stack.pop()
            if isinstance(item, int):
                found += [run.text for run in self.runs[page].get(item, ())]
            elif item.role != "/Code":
                stack.extend((kid, item.page) for kid in reversed(item.kids))
        return "".join(found)

    def link(self, element: Node) -> Link:
        """The link of an element, with the name that it leads to."""
        for kid in element.kids:
            if isinstance(kid, Node) and kid.source.get("/Type") == pikepdf.Name.OBJR:
                annotation = kid.source.Obj
                left, bottom, right, top = (float(value) for value in annotation.Rect)
                box = (min(left, right), min(bottom, top), max(left, right), max(bottom, top))
                return Link(str(annotation.get("/Dest", "")), self._links.get(annotation.objgen, -1), box)
        return NO_LINK

    def number(self, element: Node) -> tuple[Node, Link] | None:
        """The number of a note: its first link that wants to lead to a call, or its very first link."""
        links: list[tuple[Node, Link]] = []
        stack = element.kids[::-1]
        while stack:
            current = stack.pop()
            if isinstance(current, Node) and current.role:
                if current.role == "/Link":
                    links.append((current, self.link(current)))
                stack.extend(reversed(current.kids))
        leading = (found for found in links if found[1].name.startswith("call-"))
        return next(leading, links[0] if links else None)

    def names_on(self, page: int) -> Sequence[str]:
        """The names of all destinations on a page."""
        return self._on_pages.get(page, ())

    def folio(self, page: int) -> str:
        """The printed folio of a page."""
        return self.labels[page]

    def _read(self, root: pikepdf.Object, limit: int) -> Node:
        """The whole tree, each object of which is asked once: that takes longer than all that is done with it."""
        top = Node(root, "", 0)
        parents, waiting = 0, [top]
        while waiting:
            parent = waiting.pop()
            kids = parent.source.get("/K")
            if kids is None:
                continue
            parents += 1
            if parents > limit:
                raise UnreadableArtifact("the structure tree of the PDF has no end")
            entries: list[pikepdf.Object | int] = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
            for kid in entries:
                if isinstance(kid, int):
                    parent.kids.append(kid)
                elif isinstance(kid, pikepdf.Dictionary):
                    node = self._node(kid, parent.page)
                    parent.kids.append(node)
                    if not node.is_mark:
                        waiting.append(node)
                else:
                    parent.kids.append(int(kid))
        return top

    def _node(self, source: pikepdf.Object, page: int) -> Node:
        own_page = source.get("/Pg")
        if own_page is not None:
            number = own_page.objgen
            if number not in self._pages:
                raise UnreadableArtifact("a page of the PDF is missing")
            page = self._pages[number]
        role = source.get("/S")
        if role is None and source.get("/Type") == pikepdf.Name.MCR:
            return Node(source, "", page, [int(source.MCID)], is_mark=True)
        return Node(source, "" if role is None else str(role), page)

    def _named(self, pdf: pikepdf.Pdf) -> Iterator[tuple[str, Destination]]:
        names = pdf.Root.get("/Names")
        if names is None or "/Dests" not in names:
            return
        for name, place in pikepdf.NameTree(names.Dests).items():
            page = self._pages.get(place[0].objgen)
            if page is not None:
                yield str(name), Destination(page, float(place[2]), float(place[3]))
