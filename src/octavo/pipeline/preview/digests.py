"""A page of a PDF into a digest of what is painted on it.

Pages that look the same have the same digest from one build to the next, so that nobody has to draw or fetch them
again.  Files of fonts are left out: a subset holds the glyphs of the whole edition, and changes when any page does.
"""

from __future__ import annotations

import re
from hashlib import sha256

from pikepdf import Array, Dictionary, Name, Object, Page, Stream

_SUBSET = re.compile(rb"^/[A-Z]{6}\+")
# What leads to other pages or to the structure, and is not painted.
_NOT_PAINTED = frozenset({"/StructParent", "/StructParents", "/Parent", "/Metadata", "/PieceInfo", "/LastModified"})
_BOXES = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit")


class Digests:
    """Digests of the pages of one file; what several pages share is read once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], bytes] = {}

    def page(self, page: Page) -> str:
        """The digest of a page, 16 letters."""
        parts = [self._of(page.obj.get(key)) for key in _BOXES]
        contents = page.obj.get("/Contents")
        streams = contents if isinstance(contents, Array) else [contents]
        parts += [stream.read_bytes() for stream in streams if isinstance(stream, Stream)]
        parts.append(self._of(page.obj.get("/Resources")))
        return _digest(parts).hex()[:16]

    def _of(self, value: object) -> bytes:
        if not isinstance(value, Object):
            return repr(value).encode()
        if not value.is_indirect:
            return self._direct(value)
        key = value.objgen
        if key not in self._known:
            # A form may hold itself among its resources.
            self._known[key] = b"again"
            self._known[key] = self._direct(value)
        return self._known[key]

    def _direct(self, value: Object) -> bytes:
        if isinstance(value, Array):
            return _digest([b"array", *(self._of(item) for item in value)])
        if not isinstance(value, (Dictionary, Stream)):
            return value.unparse()
        if value.get("/Type") == Name.Font:
            return _digest([b"font", _SUBSET.sub(b"/", value.get("/BaseFont", Name.Font).unparse())])
        keys = sorted(key for key in value.keys() if key not in _NOT_PAINTED)  # noqa: SIM118
        parts = [part for key in keys for part in (key.encode(), self._of(value[key]))]
        if isinstance(value, Stream):
            parts.append(value.read_raw_bytes())
        return _digest(parts)


def _digest(parts: list[bytes]) -> bytes:
    whole = sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.digest()
