"""A page's content stream into the same without the marks of running heads and folios.

WeasyPrint tags the text of page margin boxes like any other text, and hangs its structure elements nowhere.  Such text
is an artifact (PDF 32000-1, 14.8.2.2).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Set

_PAINT = re.compile(rb"/(\S+) Do\b")
_LEVEL = 6  # The highest level that zlib reaches at a tenth of a millisecond a page.


def unmark(content: bytes, orphans: Set[int]) -> tuple[bytes, set[int]]:
    """Turn the marked content sequences with the identifiers ``orphans`` into artifacts.

    Returns:
        The content, and the orphans that were not in it.
    """
    missing = set()
    for number in sorted(orphans):
        for mark in (b"/Span\n<</MCID %d>>\nBDC\n" % number, b"/Figure\n<</MCID %d>>\nBDC\n" % number):
            if mark in content:
                content = content.replace(mark, b"/Artifact\nBMC\n", 1)
                break
        else:
            missing.add(number)
    return content, missing


def painted(content: bytes) -> list[str]:
    """List the names of the XObjects that the content paints."""
    return [name.decode("ascii") for name in _PAINT.findall(content)]


def pack(content: bytes) -> bytes:
    """Compress a content stream (FlateDecode).

    WeasyPrint writes an adjustment of zero between most glyphs, ``<0016>0<0018>``.  It moves nothing (PDF 32000-1,
    9.4.3) and is left out: the packing is faster so, and the file smaller.  Where a stream has literal strings, whose
    text could look like that, it is left as it is.
    """
    if b"(" not in content:
        content = content.replace(b">0<", b"")
    return zlib.compress(content, _LEVEL)
