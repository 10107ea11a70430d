"""PDFium: pages of the shown editions as pictures, drawn when they are asked for."""

from __future__ import annotations

import io
from collections import OrderedDict
from collections.abc import Iterable

import pypdfium2

from octavo.model.preview import PagedView

# Pixels across a page, and bytes of pictures that are kept.
NARROWEST, WIDEST = 100, 4000
_KEPT = 48 * 1024 * 1024
_COMPRESSION = 3


class Pictures:
    """Draws pages by their digests; PDFium bears one thread at a time."""

    def __init__(self) -> None:
        self._views: dict[str, PagedView] = {}
        self._pages: dict[str, dict[str, int]] = {}
        self._documents: dict[str, pypdfium2.PdfDocument] = {}
        self._kept: OrderedDict[tuple[str, int], bytes] = OrderedDict()
        self._size = 0

    def show(self, views: Iterable[PagedView]) -> None:
        """From now on these editions are shown."""
        self.close()
        self._views = {view.edition: view for view in views}
        self._pages = {
            view.edition: {page.digest: index for index, page in enumerate(view.pages)} for view in self._views.values()
        }

    def draw(self, edition: str, digest: str, width: int) -> bytes | None:
        """A page as PNG, so many pixels wide; None where no page of the edition looks so any more."""
        key = (digest, width)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        index = self._pages.get(edition, {}).get(digest)
        if index is None:
            return None
        if edition not in self._documents:
            self._documents[edition] = pypdfium2.PdfDocument(self._views[edition].pdf)
        picture = _png(self._documents[edition], index, width)
        self._keep(key, picture)
        return picture

    def close(self) -> None:
        """Let go what is open."""
        for document in self._documents.values():
            document.close()
        self._documents = {}

    def _keep(self, key: tuple[str, int], picture: bytes) -> None:
        self._kept[key] = picture
        self._size += len(picture)
        while self._size > _KEPT:
            _, dropped = self._kept.popitem(last=False)
            self._size -= len(dropped)


def _png(document: pypdfium2.PdfDocument, index: int, width: int) -> bytes:
    page = document[index]
    try:
        picture = page.render(scale=width / page.get_width()).to_pil()
    finally:
        page.close()
    target = io.BytesIO()
    picture.save(target, format="PNG", compress_level=_COMPRESSION)
    return target.getvalue()
