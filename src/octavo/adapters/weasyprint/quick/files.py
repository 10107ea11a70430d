"""PDF objects into bytes, and names of pages, found by the type of an object and only once.

These are the same texts that pydyf makes: it asks a value for all that it could be, formats it as text and encodes
that, and makes the references of all pages anew for each element of the structure tree.
"""

from __future__ import annotations

from typing import Protocol

from weasyprint.pdf import pydyf

from octavo.adapters.weasyprint.quick.replace import Replacement, replacement

_slow_bytes = pydyf._to_bytes
_slow_references = pydyf.PDF.page_references.fget


class _Pdf(Protocol):
    """What is used of a document; ``octavo_references`` is ours."""

    pages: dict[str, list[object]]
    octavo_references: tuple[bytes, ...]


def _to_bytes(item: object) -> bytes:
    """An item as it is written."""
    if type(item) is bytes:
        return item
    if type(item) is str:
        return item.encode("ascii")
    if type(item) is float:
        # The same digits as those of a formatted text.
        return b"%d" % int(item) if item.is_integer() else (b"%f" % item).rstrip(b"0")
    if type(item) is int:
        return b"%d" % item
    data: bytes = _slow_bytes(item)
    return data


def _page_references(pdf: _Pdf) -> tuple[bytes, ...]:
    """References of all pages that there are, three entries of the list for each."""
    known: tuple[bytes, ...] = getattr(pdf, "octavo_references", ())
    if 3 * len(known) != len(pdf.pages["Kids"]):
        known = pdf.octavo_references = _slow_references(pdf)
    return known


REPLACEMENTS: tuple[Replacement, ...] = (
    replacement(pydyf, "_to_bytes", _to_bytes),
    replacement(pydyf.PDF, "page_references", property(_page_references)),
)
