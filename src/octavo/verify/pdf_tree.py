"""The structure tree of a PDF (ISO 32000-1, 14.7), and what a reader sees of each of its elements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

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
        self._root = root
        limit = _ROUNDS * len(pdf.objects)  # counted once: pikepdf gathers all objects for it
        for count, _ in enumerate(self.elements()):
            if count > limit:
                raise UnreadableArtifact("the structure tree of the PDF has no end")

    def elements(self) -> Iterator[tuple[pikepdf.Object, int]]:
        """All elements in reading order, with the index of the page that each begins on (or its parent's)."""
        stack = [(kid, 0) for kid in reversed(_kids(self._root))]
        while stack:
            element, page = stack.pop()
            if _is_element(element):
                page = self._page_of(element, page)
                yield element, page
                stack.extend((kid, page) for kid in reversed(_kids(element)))

    def glyphs(self, element: pikepdf.Object, page: int, skipped: pikepdf.Object | None = None) -> list[Seen]:
        """All glyphs of an element in reading order, those of an element in it left out."""
        found: list[Seen] = []
        stack = [(kid, page) for kid in reversed(_kids(element))]
        while stack:
            kid, page = stack.pop()
            if not isinstance(kid, pikepdf.Dictionary):
                found += [Seen(page, run) for run in self.runs[page].get(int(kid), ())]
            elif kid.get("/Type") == pikepdf.Name.MCR:
                page = self._page_of(kid, page)
                found += [Seen(page, run) for run in self.runs[page].get(int(kid.MCID), ())]
            # Labels of list items are no part of the author's text.
            elif "/S" in kid and str(kid.S) != "/Lbl" and (skipped is None or kid.objgen != skipped.objgen):
                inner = self._page_of(kid, page)
                stack.extend((each, inner) for each in reversed(_kids(kid)))
        return found

    def prose(self) -> str:
        """All text of the document but code, in reading order."""
        found: list[str] = []
        stack = [(kid, 0) for kid in reversed(_kids(self._root))]
        while stack:
            item, page = stack.pop()
            if not isinstance(item, pikepdf.Dictionary):
                found += [run.text for run in self.runs[page].get(int(item), ())]
            elif "/S" not in item or str(item.S) != "/Code":
                page = self._page_of(item, page)
                if item.get("/Type") == pikepdf.Name.MCR:
                    stack.append((item.MCID, page))
                stack.extend((kid, page) for kid in reversed(_kids(item)))
        return "".join(found)

    def link(self, element: pikepdf.Object) -> Link:
        """The link of an element, with the name that it leads to."""
        for kid in _kids(element):
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == pikepdf.Name.OBJR:
                annotation = kid.Obj
                left, bottom, right, top = (float(value) for value in annotation.Rect)
                box = (min(left, right), min(bottom, top), max(left, right), max(bottom, top))
                return Link(str(annotation.get("/Dest", "")), self._links.get(annotation.objgen, -1), box)
        return NO_LINK

    def number(self, element: pikepdf.Object) -> tuple[pikepdf.Object, Link] | None:
        """The number of a note: its first link that wants to lead to a call, or its very first link."""
        links: list[tuple[pikepdf.Object, Link]] = []
        stack = list(reversed(_kids(element)))
        while stack:
            current = stack.pop()
            if _is_element(current):
                if str(current.S) == "/Link":
                    links.append((current, self.link(current)))
                stack.extend(reversed(_kids(current)))
        leading = (found for found in links if found[1].name.startswith("call-"))
        return next(leading, links[0] if links else None)

    def names_on(self, page: int) -> Sequence[str]:
        """The names of all destinations on a page."""
        return self._on_pages.get(page, ())

    def folio(self, page: int) -> str:
        """The printed folio of a page."""
        return self.labels[page]

    def _page_of(self, element: pikepdf.Object, default: int) -> int:
        page = element.get("/Pg")
        if page is None:
            return default
        if page.objgen not in self._pages:
            raise UnreadableArtifact("a page of the PDF is missing")
        return self._pages[page.objgen]

    def _named(self, pdf: pikepdf.Pdf) -> Iterator[tuple[str, Destination]]:
        names = pdf.Root.get("/Names")
        if names is None or "/Dests" not in names:
            return
        for name, place in pikepdf.NameTree(names.Dests).items():
            page = self._pages.get(place[0].objgen)
            if page is not None:
                yield str(name), Destination(page, float(place[2]), float(place[3]))


def _is_element(item: pikepdf.Object) -> bool:
    return isinstance(item, pikepdf.Dictionary) and "/S" in item


def _kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]
