"""The font subsets of all units into one copy of each face.

A face becomes one font file with one descriptor.  Above it stands one font dictionary, with its widths and its
ToUnicode map, as long as the units agree: WeasyPrint rounds widths at the size that a unit uses first, and maps a glyph
to the letters that it first stood for (a space or a no-break space), so two units can differ.  A unit that differs gets
a font dictionary of its own above the same file, and shows and reads as it did before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from octavo.bind.pdf.pages import OpenUnit
from octavo.bind.pdf.truetype import Union, read_subset
from octavo.bind.pdf.unicode import read_to_unicode, read_widths, write_to_unicode, write_widths

_FIXED_PITCH = 1  # PDF 32000-1, table 123.
_OWN = ("/FontName", "/FontFile2", "/FontBBox", "/Flags", "/Ascent", "/Descent", "/CapHeight")
_FONT_KEYS = {"/Type", "/Subtype", "/BaseFont", "/ToUnicode", "/Encoding", "/DescendantFonts"}
_DESCENDANT_KEYS = {"/Type", "/Subtype", "/BaseFont", "/CIDSystemInfo", "/CIDToGIDMap", "/W", "/FontDescriptor"}


@dataclass(slots=True)
class _Variant:
    """What a font dictionary says about its glyphs: widths as they are written, and letters in hexadecimal UTF-16."""

    widths: dict[int, bytes] = field(default_factory=dict)
    letters: dict[int, bytes] = field(default_factory=dict)
    written: Object | None = None

    def accepts(self, widths: Mapping[int, bytes], letters: Mapping[int, bytes]) -> bool:
        return _agree(self.widths, widths) and _agree(self.letters, letters)


@dataclass(slots=True)
class _Face:
    """A face: its name without a subset tag, the entries of its descriptor, its font and its variants."""

    name: str
    descriptor: Mapping[str, Object | int]
    union: Union
    variants: list[_Variant] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Font:
    """A font of a unit that can be joined with others."""

    name: str
    key: bytes
    descriptor: Object
    file: bytes
    widths: Mapping[int, bytes]
    letters: Mapping[int, bytes]


class FontPool:
    """The faces of all units; what cannot be joined (CFF, bitmaps, fonts with missing glyphs) stays in its unit."""

    def __init__(self) -> None:
        self._faces: dict[bytes, list[_Face]] = {}
        # For each unit, the place of its pages and the variant for each of its font names.
        self._taken: list[tuple[OpenUnit, dict[str, _Variant]]] = []

    def take(self, unit: OpenUnit) -> None:
        """Take the fonts that can be joined out of the unit's resources, before its pages are copied."""
        taken: dict[str, _Variant] = {}
        for fonts in _font_dictionaries(unit.pages):
            for key, value in list(fonts.items()):
                font = _read_font(value)
                variant = self._place(font) if font is not None else None
                # One name means one font in all of a unit; were it otherwise, the second would be left alone.
                if variant is not None and taken.setdefault(key, variant) is variant:
                    del fonts[key]
        self._taken.append((unit, taken))

    def write(self, out: Pdf) -> None:
        """Write the joined fonts and put them into the resources of the copied pages."""
        for face in (face for faces in self._faces.values() for face in faces):
            _write_face(out, face)
        pages = [page.obj for page in out.pages]
        for unit, taken in self._taken:
            for fonts in _font_dictionaries(pages[unit.start : unit.start + len(unit.pages)]):
                for key, variant in taken.items():
                    if variant.written is not None and key not in fonts:
                        fonts[key] = variant.written

    def _place(self, font: _Font) -> _Variant | None:
        subset = read_subset(font.file, font.widths.keys())
        if subset is None:
            return None
        faces = self._faces.setdefault(font.key, [])
        face = next((face for face in faces if face.union.accepts(subset)), None)
        if face is None:
            descriptor = {key: value for key, value in font.descriptor.items() if key != "/FontFile2"}
            face = _Face(font.name, descriptor, Union(subset))
            faces.append(face)
        face.union.add(subset)
        variant = next((v for v in face.variants if v.accepts(font.widths, font.letters)), None)
        if variant is None:
            variant = _Variant()
            face.variants.append(variant)
        variant.widths.update(font.widths)
        variant.letters.update(font.letters)
        return variant


def _agree(one: Mapping[int, bytes], other: Mapping[int, bytes]) -> bool:
    return all(one.get(glyph, value) == value for glyph, value in other.items())


def _font_dictionaries(pages: Sequence[Object]) -> list[Object]:
    found: dict[tuple[int, int], Object] = {}
    direct = []
    for page in pages:
        fonts = page.get("/Resources", Dictionary()).get("/Font")
        if fonts is not None and fonts.objgen[0]:
            found.setdefault(fonts.objgen, fonts)
        elif fonts is not None:
            direct.append(fonts)
    return [*found.values(), *direct]


def _read_font(font: Object) -> _Font | None:
    """Read a composite TrueType font whose codes are glyph numbers (PDF 32000-1, 9.7); ``None`` for all others."""
    if font.get("/Encoding") != Name("/Identity-H") or set(font.keys()) - _FONT_KEYS or "/ToUnicode" not in font:
        return None
    descendant = font.DescendantFonts[0]
    if (
        descendant.get("/Subtype") != Name.CIDFontType2
        or descendant.get("/CIDToGIDMap") != Name.Identity
        or set(descendant.keys()) - _DESCENDANT_KEYS
        or "/FontFile2" not in descendant.get("/FontDescriptor", Dictionary())
    ):
        return None
    widths, letters = read_widths(descendant.W), read_to_unicode(font.ToUnicode.read_bytes())
    if not widths or letters is None:
        return None
    descriptor = descendant.FontDescriptor
    tag, _, name = str(descriptor.FontName).lstrip("/").rpartition("+")
    same = [(key, value.unparse() if isinstance(value, Object) else value)
            for key, value in descriptor.items() if key not in _OWN]  # fmt: skip
    key = repr((name, int(descriptor.Flags) & ~_FIXED_PITCH, sorted(same))).encode()
    return _Font(name or tag, key, descriptor, descriptor.FontFile2.read_bytes(), widths, letters)


def _write_face(out: Pdf, face: _Face) -> None:
    data = face.union.write()
    base = Name(f"/{_tag(face.name, data)}+{face.name}")
    file = Stream(out, data)
    file.Length1 = len(data)
    widths = [float(width) for variant in face.variants for width in variant.widths.values()]
    descriptor = Dictionary(face.descriptor)
    box = descriptor.FontBBox
    flags = int(descriptor.Flags) & ~_FIXED_PITCH
    descriptor.FontName = base
    descriptor.FontFile2 = file
    descriptor.FontBBox = Array([0, box[1], round(max(widths)), box[3]])
    descriptor.Flags = flags | _FIXED_PITCH if len(widths) > 1 and len(set(widths)) == 1 else flags
    descriptor = out.make_indirect(descriptor)
    for variant in face.variants:
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=base,
            CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            CIDToGIDMap=Name.Identity,
            W=write_widths(variant.widths),
            FontDescriptor=descriptor,
        )
        variant.written = out.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=base,
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([out.make_indirect(descendant)]),
                ToUnicode=Stream(out, write_to_unicode(variant.letters)),
            )
        )


def _tag(name: str, data: bytes) -> str:
    """The six letters that tell subsets of a font apart (PDF 32000-1, 9.6.4), from what is in the subset."""
    digest = sha256(name.encode() + data).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])
