"""PDFium: what a reader sees of a page, as runs of glyphs by the marked content that they stand in."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

UNMARKED = -1
"""Stands for the marked content of glyphs that are in none: running heads and folios."""

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in points, from the lower left corner of the page."""

_WHITE = 240  # of 255: lighter text cannot be read on paper
_SMALLEST = 1.0  # points: smaller glyphs cannot be read
_EDGE = 0.5  # points that a glyph may stand out of what holds it
_RECTANGLE = 6  # segments at most


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs painted in one piece: their text (UTF-16 decoded), and their box on the page."""

    text: str
    box: Box


def visible_runs(data: bytes) -> Iterator[Mapping[int, tuple[Run, ...]]]:
    """For each page, the glyphs that can be seen by the MCID of their marked content (ISO 32000-1, 14.7.4).

    Left out is what stands beyond the trimmed page or its clipping, is invisible, transparent or tiny, white on
    nothing, or painted over.  Raises ValueError where the file cannot be opened.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ValueError(str(error)) from error
    probe = _Probe()
    try:
        for index in range(len(document)):
            page = document[index]
            text_page = page.get_textpage()
            yield _page_runs(page.raw, text_page.raw, page.get_trimbox(), probe)
            text_page.close()
            page.close()
    finally:
        document.close()


def _page_runs(page: object, text_page: object, visible: Box, probe: _Probe) -> Mapping[int, tuple[Run, ...]]:
    seen: list[tuple[int, Run]] = []
    grounds: list[Box] = []
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        item = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            box = probe.box(item)
            if _inside(box, visible) and _can_be_seen(item, box, grounds, probe):
                seen.append((pdfium.FPDFPageObj_GetMarkedContentID(item), Run(probe.text(item, text_page), box)))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE or (kind == pdfium.FPDF_PAGEOBJ_PATH and _is_ground(item, probe)):
            box = probe.box(item)
            grounds.append(box)
            seen = [(mark, run) for mark, run in seen if not _inside(run.box, box)]
    runs: dict[int, list[Run]] = {}
    for mark, run in seen:
        runs.setdefault(mark, []).append(run)
    return {mark: tuple(found) for mark, found in runs.items()}


class _Probe:
    """Values that PDFium writes its answers into, made once: a page has hundreds of objects, each asked six times."""

    def __init__(self) -> None:
        self._floats = [ctypes.c_float() for _ in range(4)]
        self._float_places = [ctypes.byref(value) for value in self._floats]
        self._parts = [ctypes.c_uint() for _ in range(4)]
        self._part_places = [ctypes.byref(value) for value in self._parts]
        self._matrix = pdfium.FS_MATRIX()
        self._buffer = ctypes.create_string_buffer(2048)

    def text(self, item: object, text_page: object) -> str:
        """The text of an object, decoded from UTF-16."""
        length = self._get_text(item, text_page)
        if length > len(self._buffer):
            self._buffer = ctypes.create_string_buffer(length)
            length = self._get_text(item, text_page)
        return self._buffer.raw[: max(length - 2, 0)].decode("utf-16-le", "replace")

    def _get_text(self, item: object, text_page: object) -> int:
        place = ctypes.cast(self._buffer, ctypes.POINTER(ctypes.c_ushort))
        return int(pdfium.FPDFTextObj_GetText(item, text_page, place, len(self._buffer)))

    def floats(self, count: int, call: Callable[..., object], item: object) -> tuple[float, ...]:
        """What a function answers in so many numbers."""
        for value in self._floats[:count]:
            value.value = 0.0
        call(item, *self._float_places[:count])
        return tuple(value.value for value in self._floats[:count])

    def box(self, item: object) -> Box:
        """The bounds of an object."""
        pdfium.FPDFPageObj_GetBounds(item, *self._float_places)
        left, bottom, right, top = self._floats
        return left.value, bottom.value, right.value, top.value

    def colour(self, item: object) -> tuple[int, int, int, int]:
        """The fill of an object: red, green, blue, alpha."""
        pdfium.FPDFPageObj_GetFillColor(item, *self._part_places)
        red, green, blue, alpha = self._parts
        return red.value, green.value, blue.value, alpha.value

    def height(self, item: object) -> float:
        """The size of an object's glyphs in points, as they stand on the page."""
        (size,) = self.floats(1, pdfium.FPDFTextObj_GetFontSize, item)
        pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(self._matrix))
        return size * float(max(abs(self._matrix.b), abs(self._matrix.d)))


def _inside(box: Box, outer: Box) -> bool:
    return (
        box[0] >= outer[0] - _EDGE
        and box[1] >= outer[1] - _EDGE
        and box[2] <= outer[2] + _EDGE
        and box[3] <= outer[3] + _EDGE
    )


def _can_be_seen(item: object, box: Box, grounds: list[Box], probe: _Probe) -> bool:
    mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
    if mode in (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP):
        return False
    red, green, blue, alpha = probe.colour(item)
    if alpha < 255 - _WHITE:
        return False
    if min(red, green, blue) > _WHITE and not any(_inside(box, ground) for ground in grounds):
        return False
    if probe.height(item) < _SMALLEST:
        return False
    return all(_inside(box, clip) for clip in _clips(item, probe))


def _clips(item: object, probe: _Probe) -> Iterator[Box]:
    """The boxes of the paths that clip an object; PDFium has left out those that hold the whole of it."""
    path = pdfium.FPDFPageObj_GetClipPath(item)
    for index in range(max(pdfium.FPDFClipPath_CountPaths(path), 0)):
        points = [
            probe.floats(2, pdfium.FPDFPathSegment_GetPoint, pdfium.FPDFClipPath_GetPathSegment(path, index, segment))
            for segment in range(pdfium.FPDFClipPath_CountPathSegments(path, index))
        ]
        if points:
            across, up = [x for x, _ in points], [y for _, y in points]
            yield min(across), min(up), max(across), max(up)


def _is_ground(item: object, probe: _Probe) -> bool:
    """Whether a path is an opaque rectangle, which hides what it is painted over."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
    if fill.value == pdfium.FPDF_FILLMODE_NONE or pdfium.FPDFPath_CountSegments(item) > _RECTANGLE:
        return False
    return probe.colour(item)[3] > _WHITE


def first_page_png(data: bytes, width: int) -> bytes:
    """The first page of a PDF as a PNG picture, ``width`` pixels wide."""
    document = pypdfium2.PdfDocument(data)
    try:
        page = document[0]
        picture = page.render(scale=width / page.get_width()).to_pil()
        target = io.BytesIO()
        picture.save(target, format="PNG", optimize=False)
        return target.getvalue()
    finally:
        document.close()
