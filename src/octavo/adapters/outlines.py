"""Text of a drawing into outlines, so that it looks alike wherever it is shown, with or without its fonts."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from lxml import etree

from octavo.adapters.fonts import SYMBOLS, Face

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_ADDRESS = re.compile(r"url\(\s*['\"]?(?!#)", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_KEPT = ("transform", "fill", "fill-opacity", "opacity")
_ANCHORS = {"middle": 0.5, "end": 1.0}
# A drawing stands in a document as an image and has one text alternative; nobody hears the labels of its parts.
_DROPPED = ("role", "aria-label", "aria-hidden", "aria-roledescription", "class", "pointer-events")
_BLANK = " "


@dataclass(frozen=True, slots=True)
class _Font:
    """One font file: names of glyphs by characters, their widths and outlines, kerning; all in units of the em."""

    units: int
    names: dict[int, str]
    widths: dict[str, int]
    outlines: dict[str, str]
    kerning: dict[tuple[str, str], int]


@cache
def _font(path: Path) -> _Font:
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.ttLib import TTFont

    # The length that PT Sans states for its kerning is beyond what the field can hold, and is told of each time.
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    font = TTFont(path)
    glyphs = font.getGlyphSet()
    names = font.getBestCmap()
    widths, outlines = {}, {}
    for name in set(names.values()):
        pen = SVGPathPen(glyphs)
        glyphs[name].draw(pen)
        widths[name] = int(glyphs[name].width)
        outlines[name] = pen.getCommands()
    tables = font["kern"].kernTables if "kern" in font else ()
    kerning = {pair: value for table in tables for pair, value in table.kernTable.items()}
    return _Font(int(font["head"].unitsPerEm), names, widths, outlines, kerning)


@dataclass(slots=True)
class _Outlines:
    """The outlines that a drawing uses, each once; ``ids`` maps file and glyph to the name in the drawing."""

    faces: Sequence[Face]
    ids: dict[tuple[Path, str], str] = field(default_factory=dict)

    def text(self, text: str, family: str, weight: int, style: str) -> Iterator[tuple[str, float, float]]:
        """Each glyph with its place and the size of its units, both in em."""
        face = self._face(family, weight, style)
        symbols = next(one for one in self.faces if one.family == SYMBOLS)
        at = 0.0
        previous: tuple[Path, str] | None = None
        for character in text:
            # Every blank is as wide as the first of them; what no font has is left out by both.
            code = ord(_BLANK if character.isspace() else character)
            chosen = face if code in _font(face.path).names else symbols
            font = _font(chosen.path)
            name = font.names.get(code)
            if name is None:
                continue
            if previous is not None and previous[0] == chosen.path:
                at += font.kerning.get((previous[1], name), 0) / font.units
            if font.outlines[name]:
                identifier = self.ids.setdefault((chosen.path, name), f"g{len(self.ids)}")
                yield identifier, at, 1 / font.units
            at += font.widths[name] / font.units
            previous = chosen.path, name
        yield "", at, 0.0

    def _face(self, family: str, weight: int, style: str) -> Face:
        return min(
            self.faces,
            key=lambda face: (face.family != family, face.style != style, abs(face.weight - weight)),
        )

    def definitions(self) -> Iterator[etree._Element]:
        for (path, name), identifier in self.ids.items():
            outline = etree.Element(f"{_SVG}path", id=identifier)
            outline.set("d", _font(path).outlines[name])
            yield outline


def outline_text(svg: str, faces: Sequence[Face]) -> str:
    """A drawing with outlines in place of its text, and without what only readers of a page of the web need."""
    root = etree.fromstring(svg.encode())
    outlines = _Outlines(faces)
    for element in root.iter(etree.Element):
        for name in _DROPPED:
            element.attrib.pop(name, "")
        for key in map(str, element.attrib.keys()):
            if _ADDRESS.search(element.get(key, "")):
                # A colour of the author's can be an address, which no reader of the drawing may be sent to.
                del element.attrib[key]
    for text in list(root.iter(f"{_SVG}text")):
        parent = text.getparent()
        if parent is not None:
            parent.replace(text, _outlined(text, outlines))
    definitions = etree.Element(f"{_SVG}defs")
    definitions.extend(outlines.definitions())
    root.insert(0, definitions)
    _prune(root)
    return etree.tostring(root, encoding="unicode")


def _outlined(text: etree._Element, outlines: _Outlines) -> etree._Element:
    group = etree.Element(f"{_SVG}g")
    for name in _KEPT:
        if text.get(name):
            group.set(name, text.get(name, ""))
    size = _number(text.get("font-size"), 10.0)
    weight = 700 if text.get("font-weight") in ("bold", "600", "700", "800", "900") else 400
    family = text.get("font-family", "").split(",")[0].strip("\"' ")
    style = "italic" if text.get("font-style") == "italic" else "normal"
    down = 0.0
    for line in list(text) or [text]:
        down += _number(line.get("dy"), 0.0) if line is not text else 0.0
        *glyphs, (_, width, _) = outlines.text(line.text or "", family, weight, style)
        start = _number(line.get("x"), 0.0) - width * size * _ANCHORS.get(text.get("text-anchor", ""), 0.0)
        for identifier, at, unit in glyphs:
            place = f"translate({start + at * size:.3f},{down:.3f}) scale({unit * size:.6f},{-unit * size:.6f})"
            etree.SubElement(group, f"{_SVG}use", {_XLINK: f"#{identifier}", "transform": place})
    return group


def _number(text: str | None, default: float) -> float:
    match = _NUMBER.match(text or "")
    return float(match[0]) if match else default


def _prune(root: etree._Element) -> None:
    """Take away what draws nothing: groups that are empty, paths without a course."""
    for element in reversed(list(root.iter(f"{_SVG}g", f"{_SVG}path"))):
        empty = not len(element) if element.tag == f"{_SVG}g" else not element.get("d")
        parent = element.getparent()
        if (empty or element.get("display") == "none") and parent is not None:
            parent.remove(element)
