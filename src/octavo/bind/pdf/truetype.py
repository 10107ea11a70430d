"""TrueType subsets of one face into one font file.

In WeasyPrint's subsets the glyphs that the text uses keep the numbers that they have in the font, so the union of two
subsets is a font with the outlines of both, each at its own number.  Parts of composite glyphs do not keep theirs: a
part beyond the last glyph in use is moved up behind it.  Glyphs are therefore compared with their parts, and the parts
are numbered anew, behind all glyphs in use.

The work is done on the tables themselves (OpenType 1.9: `head`, `hhea`, `maxp`, `hmtx`, `loca`, `glyf`), since reading
twenty copies of five faces with a font library takes longer than all the rest of the binding.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

_NEEDED = (b"head", b"hhea", b"maxp", b"hmtx", b"loca", b"glyf")
_HINTS = (b"cvt ", b"fpgm", b"prep")
_CHECKSUM_MAGIC = 0xB1B0AFBA  # OpenType 1.9, head: checksumAdjustment.
# OpenType 1.9, glyf: flags of a component.
_WORDS, _SCALE, _MORE, _TWO_SCALES, _MATRIX = 0x01, 0x08, 0x20, 0x40, 0x80


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph: ``shape`` is its description without padding and with zeros for the numbers of its parts.

    ``metrics`` are advance width and left side bearing in font units; ``data`` is the description as it was read.
    """

    shape: bytes
    metrics: tuple[int, int]
    parts: tuple[Glyph, ...] = ()
    data: bytes = field(default=b"", compare=False)


@dataclass(frozen=True, slots=True)
class Subset:
    """A subset, in which ``face`` is the same for all subsets of one font."""

    face: tuple[bytes, ...]
    tables: Mapping[bytes, bytes]
    glyphs: Mapping[int, Glyph]


def read_subset(data: bytes, used: Collection[int]) -> Subset | None:
    """Read the glyphs ``used`` of a TrueType font; ``None`` where it is of another kind, lacks one or is damaged."""
    try:
        tables = _tables(data)
        if data[:4] != b"\0\1\0\0" or any(tag not in tables for tag in _NEEDED):
            return None
        head, count = tables[b"head"], struct.unpack_from(">H", tables[b"maxp"], 4)[0]
        if struct.unpack_from(">h", head, 50)[0]:
            offsets = struct.unpack_from(f">{count + 1}I", tables[b"loca"])
        else:
            offsets = tuple(2 * offset for offset in struct.unpack_from(f">{count + 1}H", tables[b"loca"]))
        spans, glyf = tuple(pairwise(offsets)), tables[b"glyf"]
        metrics = _metrics(tables[b"hmtx"], struct.unpack_from(">H", tables[b"hhea"], 34)[0], count)

        def glyph(number: int) -> Glyph:
            start, end = spans[number]
            outline = glyf[start:end]
            # The padding depends on the form of the offsets in `loca`.
            if outline[:1] < b"\x80":
                return Glyph(outline.rstrip(b"\0"), metrics[number], (), outline)
            at = tuple(_part_offsets(outline))
            parts = tuple(glyph(struct.unpack_from(">H", outline, offset)[0]) for offset in at)
            return Glyph(_numbered(outline, at, [0] * len(at)).rstrip(b"\0"), metrics[number], parts, outline)

        glyphs = {number: glyph(number) for number in {0, *used}}
    except (struct.error, IndexError, RecursionError):
        return None
    # The time of change is left out: a static instance of a variable font carries the time of its making.
    others = (tables.get(tag, b"") for tag in (b"name", *_HINTS))
    return Subset((head[:8], head[16:28], tables[b"hhea"][:10], *others), tables, glyphs)


@dataclass(slots=True)
class Union:
    """A font that grows by the subsets of its face."""

    first: Subset
    glyphs: dict[int, Glyph] = field(default_factory=dict)
    limits: list[int] = field(default_factory=list)

    def accepts(self, subset: Subset) -> bool:
        """Tell whether the subset is of this face and shows no glyph differently."""
        return subset.face == self.first.face and all(
            self.glyphs.get(number, glyph) == glyph for number, glyph in subset.glyphs.items()
        )

    def add(self, subset: Subset) -> None:
        """Take over the glyphs of a subset that was accepted."""
        for number, glyph in subset.glyphs.items():
            self.glyphs.setdefault(number, glyph)
        maxp = subset.tables[b"maxp"]
        limits = list(struct.unpack_from(f">{len(maxp) // 2 - 3}H", maxp, 6))
        self.limits = [max(pair) for pair in zip(self.limits, limits, strict=True)] if self.limits else limits

    def write(self) -> bytes:
        """Write the font with the tables that PDF asks for (PDF 32000-1, 9.9)."""
        glyphs, numbers = self._with_parts()
        count = max(glyphs) + 1
        glyf, offsets, hmtx = bytearray(), [0], bytearray()
        for number in range(count):
            glyph = glyphs.get(number, Glyph(b"", (0, 0)))
            outline = glyph.data
            if glyph.parts:
                outline = _numbered(outline, _part_offsets(outline), [numbers[part] for part in glyph.parts])
            glyf += outline + bytes(-len(outline) % 4)
            offsets.append(len(glyf))
            hmtx += struct.pack(">Hh", *glyph.metrics)
        short = len(glyf) < 0x20000
        head, hhea = bytearray(self.first.tables[b"head"]), bytearray(self.first.tables[b"hhea"])
        struct.pack_into(">I", head, 8, 0)
        struct.pack_into(">h", head, 50, not short)
        struct.pack_into(">H", hhea, 34, count)
        tables = {
            b"glyf": bytes(glyf),
            b"head": bytes(head),
            b"hhea": bytes(hhea),
            b"hmtx": bytes(hmtx),
            b"loca": struct.pack(f">{count + 1}H", *(offset // 2 for offset in offsets))
            if short
            else struct.pack(f">{count + 1}I", *offsets),
            b"maxp": self.first.tables[b"maxp"][:4] + struct.pack(f">{len(self.limits) + 1}H", count, *self.limits),
        }
        tables |= {tag: self.first.tables[tag] for tag in _HINTS if tag in self.first.tables}
        return _font(tables)

    def _with_parts(self) -> tuple[dict[int, Glyph], dict[Glyph, int]]:
        """The glyphs in use and their parts by number, and the numbers of all."""
        glyphs = dict(sorted(self.glyphs.items()))
        numbers: dict[Glyph, int] = {}
        for number, glyph in glyphs.items():
            numbers.setdefault(glyph, number)
        waiting = list(glyphs.values())
        for glyph in waiting:
            for part in glyph.parts:
                if part not in numbers:
                    numbers[part] = max(glyphs) + 1
                    glyphs[numbers[part]] = part
                    waiting.append(part)
        return glyphs, numbers


def _part_offsets(outline: bytes) -> Iterator[int]:
    """Where in the description of a composite glyph the numbers of its parts stand."""
    at, flags = 10, _MORE
    while flags & _MORE:
        flags = struct.unpack_from(">H", outline, at)[0]
        yield at + 2
        at += 8 if flags & _WORDS else 6
        at += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _MATRIX else 0


def _numbered(outline: bytes, offsets: Iterable[int], numbers: Iterable[int]) -> bytes:
    changed = bytearray(outline)
    for offset, number in zip(offsets, numbers, strict=True):
        struct.pack_into(">H", changed, offset, number)
    return bytes(changed)


def _tables(data: bytes) -> dict[bytes, bytes]:
    count = struct.unpack_from(">H", data, 4)[0]
    tables = {}
    for i in range(count):
        tag, _, start, length = struct.unpack_from(">4s3I", data, 12 + 16 * i)
        tables[tag] = data[start : start + length]
    return tables


def _metrics(hmtx: bytes, full: int, count: int) -> tuple[tuple[int, int], ...]:
    # OpenType 1.9, hmtx: glyphs behind the last full record have its advance width and a bearing of their own.
    flat = struct.unpack_from(">" + "Hh" * full, hmtx)
    metrics = list(zip(flat[::2], flat[1::2], strict=True))
    if full < count:
        bearings = struct.unpack_from(f">{count - full}h", hmtx, 4 * full)
        metrics += [(metrics[-1][0], bearing) for bearing in bearings]
    return tuple(metrics)


def _font(tables: Mapping[bytes, bytes]) -> bytes:
    # OpenType 1.9, organization of a font: directory sorted by tag, tables at multiples of four, checksums of all.
    power = len(tables).bit_length() - 1
    ranges = (len(tables), 16 << power, power, 16 * len(tables) - (16 << power))
    directory = bytearray(struct.pack(">4s4H", b"\0\1\0\0", *ranges))
    body, start = bytearray(), 12 + 16 * len(tables)
    head_at = 0
    for tag in sorted(tables):
        table = tables[tag]
        if tag == b"head":
            head_at = start + len(body)
        directory += struct.pack(">4s3I", tag, _checksum(table), start + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    font = directory + body
    struct.pack_into(">I", font, head_at + 8, (_CHECKSUM_MAGIC - _checksum(bytes(font))) & 0xFFFFFFFF)
    return bytes(font)


def _checksum(data: bytes) -> int:
    data += bytes(-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(data) // 4}I", data)
    return sum(words) & 0xFFFFFFFF
