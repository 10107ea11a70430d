"""A PDF edition into its pages, its places and its outline, as a preview shows them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from urllib.parse import unquote

from pikepdf import Array, NameTree, Object, OutlineItem, Pdf

from octavo.model.preview import OutlineEntry, PagedView, Place, ShownPage
from octavo.pipeline.preview.digests import Digests

_DEEPEST = 3


def paged_view(edition: str, data: bytes) -> PagedView:
    """What is shown of a PDF.  Raises pikepdf.PdfError where it cannot be read."""
    with Pdf.open(BytesIO(data)) as pdf:
        digests = Digests()
        pages, tops = [], []
        for page in pdf.pages:
            left, bottom, right, top = (float(edge) for edge in page.mediabox)
            pages.append(ShownPage(digests.page(page), round(right - left, 2), round(top - bottom, 2), page.label))
            tops.append((top, top - bottom))
        leads = _Leads({page.obj.objgen: index for index, page in enumerate(pdf.pages)}, tops)
        return PagedView(edition, data, tuple(pages), tuple(_places(pdf, leads)), tuple(_outline(pdf, leads)))


class _Leads:
    """Where destinations lead (ISO 32000-1, 12.3.2.2)."""

    def __init__(self, pages: dict[tuple[int, int], int], tops: list[tuple[float, float]]) -> None:
        self._pages = pages
        self._tops = tops

    def find(self, destination: object) -> tuple[int, float] | None:
        """The index of the page, and how far down it; None where it leads to none."""
        if not isinstance(destination, Array) or not len(destination):
            return None
        index = self._pages.get(destination[0].objgen)
        if index is None:
            return None
        top, height = self._tops[index]
        at = top
        # Each form of a destination has its own numbers; those of WeasyPrint and ours are all of this one.
        if len(destination) > 3 and str(destination[1]) == "/XYZ":
            with suppress(TypeError, ValueError):
                at = float(destination[3])
        return index, round(min(max((top - at) / height, 0.0), 1.0), 4)


def _places(pdf: Pdf, leads: _Leads) -> Iterator[Place]:
    names = pdf.Root.get("/Names")
    tree = names.get("/Dests") if names is not None else None
    if tree is None:
        return
    found = []
    for name, target in NameTree(tree).items():
        destination: Object = target.get("/D", target) if not isinstance(target, Array) else target
        lead = leads.find(destination)
        if lead is not None:
            # WeasyPrint writes letters beyond ASCII with percent signs.
            found.append(Place(unquote(str(name)), *lead))
    yield from sorted(found, key=lambda place: (place.page, place.top, place.anchor))


def _outline(pdf: Pdf, leads: _Leads) -> Iterator[OutlineEntry]:
    with pdf.open_outline() as outline:
        yield from _entries(list(outline.root), 1, leads)


def _entries(items: list[OutlineItem], level: int, leads: _Leads) -> Iterator[OutlineEntry]:
    for item in items:
        lead = leads.find(item.destination)
        if lead is not None:
            yield OutlineEntry(level, item.title, *lead)
        if level < _DEEPEST:
            yield from _entries(list(item.children), level + 1, leads)
