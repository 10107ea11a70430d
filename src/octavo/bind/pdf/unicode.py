"""Widths and ToUnicode maps of WeasyPrint's fonts into plain mappings, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pikepdf import Object

_RUN = re.compile(rb"(\d+) \[([^\[\]]*)\]\s*")
_SECTION = re.compile(rb"\d+ beginbfchar\n((?:<[0-9a-f]{4}> <[0-9a-f]*>\n)*)endbfchar\n")
_PAIR = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>\n")
_BATCH = 100  # Adobe Technical Note 5014: entries of one section at most.
_HEAD = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo
<< /Registry (Adobe)
/Ordering (UCS)
/Supplement 0
>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
"""
_TAIL = b"""endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


def read_widths(array: Object) -> dict[int, bytes] | None:
    """Read a width array (PDF 32000-1, 9.7.4.3) of runs ``first [w w ...]``; ``None`` where it is written otherwise.

    Widths are kept as they are written, so that none is rounded on its way.
    """
    text = array.unparse(resolved=True).strip()[1:-1].strip()
    widths: dict[int, bytes] = {}
    end = 0
    while end < len(text):
        run = _RUN.match(text, end)
        if run is None:
            return None
        widths.update(enumerate(run[2].split(), start=int(run[1])))
        end = run.end()
    return widths


def write_widths(widths: Mapping[int, bytes]) -> Object:
    """Write a width array of runs."""
    parts: list[bytes] = []
    for glyph in sorted(widths):
        if glyph - 1 not in widths:
            parts.append(b"] %d [" % glyph)
        parts.append(widths[glyph])
    return Object.parse(b"[ " + b" ".join(parts).removeprefix(b"] ") + b" ] ]")


def read_to_unicode(cmap: bytes) -> dict[int, bytes] | None:
    """Read a ToUnicode map (PDF 32000-1, 9.10.3) as hexadecimal UTF-16 by glyph.

    ``None`` where it is written otherwise than WeasyPrint does, so that what is not understood is not joined.
    """
    if (
        not cmap.startswith(_HEAD)
        or cmap.rstrip(b"\n") != _HEAD + b"".join(match[0] for match in _SECTION.finditer(cmap)) + _TAIL
    ):
        return None
    return {int(glyph, 16): letters for glyph, letters in _PAIR.findall(cmap)}


def write_to_unicode(letters: Mapping[int, bytes]) -> bytes:
    """Write a ToUnicode map, sorted by glyph."""
    lines = [b"<%04x> <%s>\n" % (glyph, letters[glyph]) for glyph in sorted(letters)]
    sections = [
        b"%d beginbfchar\n%sendbfchar\n" % (len(batch), b"".join(batch))
        for batch in (lines[i : i + _BATCH] for i in range(0, len(lines), _BATCH))
    ]
    return _HEAD + b"".join(sections) + _TAIL
