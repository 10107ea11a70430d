"""WeasyPrint, for one unit at a time: layout, counting what stands on the pages, folios, PDF."""

from octavo.adapters.weasyprint import lean as _lean  # first: it says what WeasyPrint is loaded with
from octavo.adapters.weasyprint.press import BASE, Changes, Laid, Press

__all__ = ["BASE", "Changes", "Laid", "Press"]

del _lean
