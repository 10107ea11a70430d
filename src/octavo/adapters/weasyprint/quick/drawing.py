"""Lines of text into the operators that show them, glyph by glyph only where a glyph is new.

WeasyPrint asks Pango's structures for each glyph of each line, five values one by one.  What it writes for a glyph
depends on the font, its size, the glyph, its width and offset: that is kept, and the values of a whole run are read in
one piece.  Glyphs that a font lacks, raised ones and those of bitmap and colour fonts are left to WeasyPrint.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from struct import Struct
from typing import Protocol

from weasyprint.draw import text
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from octavo.adapters.weasyprint.quick.replace import Replacement, replacement

_slow_draw = text.draw_first_line
_EMPTY = pango.PANGO_GLYPH_EMPTY  # and above it glyphs that a font lacks
_INFO = ffi.sizeof("PangoGlyphInfo")
_glyphs_in = Struct("=Iiii4x").iter_unpack  # glyph, width, offsets across and down
_CAN_READ = Struct("=Iiii4x").size == _INFO and pango.pango_version() >= 14802  # older ones do not tell sizes

_Glyph = tuple[int, int, int, int]


class _Font(Protocol):
    """What is used of WeasyPrint's font; ``octavo_shown`` is ours."""

    hash: str
    bitmap: bool
    png: bool
    svg: bool
    colr: bool
    widths: MutableMapping[int, int]
    to_unicode: MutableMapping[int, str]
    octavo_shown: dict[float, _Shown]


class _Rectangle(Protocol):
    width: int


class _Stream(Protocol):
    """What is used of the stream of a page."""

    ink_rect: object
    logical_rect: _Rectangle

    _fonts: Mapping[int, _Font]

    def add_font(self, pango_font: object) -> tuple[_Font, float]: ...
    def set_text_matrix(self, *values: float) -> None: ...
    def set_font_size(self, font: str, size: float) -> None: ...
    def show_text(self, string: str) -> None: ...


class _Matrix(Protocol):
    values: Sequence[float]


class _Analysis(Protocol):
    font: object
    level: int


class _Item(Protocol):
    offset: int
    length: int
    analysis: _Analysis


class _Glyphs(Protocol):
    num_glyphs: int
    glyphs: object
    log_clusters: Sequence[int]


class _Run(Protocol):
    """Glyphs of one font, as Pango has them."""

    item: _Item
    glyphs: _Glyphs


class _Node(Protocol):
    data: _Run
    next: _Node


class _Line(Protocol):
    runs: Sequence[_Node]


class _Layout(Protocol):
    """What is used of WeasyPrint's layout."""

    layout: object
    text: str

    def get_first_line(self) -> tuple[_Line, int | None]: ...


class _FontConfiguration(Protocol):
    """The fonts of a press; ``octavo_keys`` is ours.

    These are WeasyPrint's keys and sizes of Pango's fonts.  Each stands with a layout that has the font, which keeps
    its address from being given to another one.
    """

    octavo_keys: dict[object, tuple[int, float, object]]


class _Style(Protocol):
    font_config: _FontConfiguration

    def __getitem__(self, key: str, /) -> float: ...


class _TextBox(Protocol):
    """What is used of a box of text."""

    text: str
    style: _Style
    pango_layout: _Layout


@dataclass(frozen=True, slots=True)
class _Shown:
    """A font in one size, and what is written for its glyphs."""

    font: _Font
    size: float
    glyphs: dict[_Glyph, str] = field(default_factory=dict)


def _draw_first_line(
    stream: _Stream, textbox: _TextBox, text_overflow: str, block_ellipsis: object, matrix: _Matrix
) -> Iterable[object]:
    """Draw the line of a box of text; returns the emojis that are to be drawn, of which there are none here."""
    if not textbox.text.strip() or textbox.style["font_size"] < 1e-6:
        return []
    if text_overflow != "ellipsis" and block_ellipsis == "none" and _CAN_READ:
        layout = textbox.pango_layout
        pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
        strings = _strings(stream, layout, textbox.style.font_config)
        if strings is not None:
            stream.set_text_matrix(*matrix.values)
            for shown, string in strings:
                stream.set_font_size(shown.font.hash, shown.size)
                stream.show_text(string)
            return []
    emojis: Iterable[object] = _slow_draw(stream, textbox, text_overflow, block_ellipsis, matrix)
    return emojis


def _strings(stream: _Stream, layout: _Layout, fonts: _FontConfiguration) -> list[tuple[_Shown, str]] | None:
    """What is shown in each font of a line; ``None`` where a glyph or a font is out of the ordinary."""
    strings: list[tuple[_Shown, str]] = []
    parts: list[str] = []
    shown: _Shown | None = None
    known: dict[_Glyph, str] = {}
    before: object = None
    line, _ = layout.get_first_line()
    node = line.runs[0]
    while node != ffi.NULL:
        run = node.data
        node = node.next
        pango_font = run.item.analysis.font
        if pango_font != before:
            before = pango_font
            if shown is not None:
                strings.append((shown, "".join(parts)))
                parts = []
            shown = _shown_in(*_font_of(pango_font, stream, layout, fonts))
            known = shown.glyphs
        glyphs = run.glyphs
        values = ffi.buffer(glyphs.glyphs, glyphs.num_glyphs * _INFO)
        try:
            string = "".join([known[glyph] for glyph in _glyphs_in(values)])
        except KeyError:
            for index, glyph in enumerate(_glyphs_in(values)):
                if shown is None or (glyph not in known and not _learn(shown, run, index, glyph, layout.text, stream)):
                    return None
            string = "".join([known[glyph] for glyph in _glyphs_in(values)])
        # The brackets are left out where nothing stands between them, behind an adjustment after the last glyph.
        parts.append("<" + string[:-1] if string[-1:] == "<" else f"<{string}>" if string else "")
    if shown is not None:
        strings.append((shown, "".join(parts)))
    return strings


def _font_of(pango_font: object, stream: _Stream, layout: _Layout, fonts: _FontConfiguration) -> tuple[_Font, float]:
    """WeasyPrint's font for one of Pango's, and its size."""
    try:
        known = fonts.octavo_keys
    except AttributeError:
        known = fonts.octavo_keys = {}
    found = known.get(pango_font)
    if found is not None and found[0] in stream._fonts:
        return stream._fonts[found[0]], found[1]
    font, size = stream.add_font(pango_font)
    key = next(key for key, one in stream._fonts.items() if one is font)
    # When its text is drawn, WeasyPrint lets go of the layout and nobody changes it any more.
    known[pango_font] = (key, size, layout.layout)
    return font, size


def _shown_in(font: _Font, size: float) -> _Shown:
    try:
        return font.octavo_shown[size]
    except AttributeError:
        font.octavo_shown = {}
    except KeyError:
        pass
    return font.octavo_shown.setdefault(size, _Shown(font, size))


def _learn(shown: _Shown, run: _Run, index: int, glyph: _Glyph, content: str, stream: _Stream) -> bool:
    """Find out what is written for a glyph; tell whether that is possible here.

    Where it is the first of its kind, the font learns its width and its letters.
    """
    number, width, across, down = glyph
    font = shown.font
    if number >= _EMPTY or down or font.bitmap or font.png or font.svg or font.colr:
        return False
    if number not in font.to_unicode:
        font.to_unicode[number] = _letters(run, index, content)
    if number not in font.widths:
        pango.pango_font_get_glyph_extents(run.item.analysis.font, number, stream.ink_rect, stream.logical_rect)
        font.widths[number] = round(stream.logical_rect.width * 1000 * FROM_UNITS / shown.size)
    offset = across / shown.size
    kerning = font.widths[number] + offset - width * 1000 * FROM_UNITS / shown.size
    moved = f">{-offset}<" if offset else ""
    shown.glyphs[glyph] = f"{moved}{number:04x}>{int(kerning)}<" if kerning else f"{moved}{number:04x}"
    return True


def _letters(run: _Run, index: int, content: str) -> str:
    """The letters that a glyph stands for."""
    item, clusters = run.item, run.glyphs.log_clusters
    start = clusters[index]
    if item.analysis.level % 2:  # from right to left
        end = item.length if index == 0 else clusters[index - 1]
    else:
        end = item.length if index == run.glyphs.num_glyphs - 1 else clusters[index + 1]
    return content.encode()[item.offset + start : item.offset + end].decode()


REPLACEMENTS: tuple[Replacement, ...] = (replacement(text, "draw_first_line", _draw_first_line),)
