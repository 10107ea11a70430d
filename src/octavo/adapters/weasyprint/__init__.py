"""WeasyPrint, for one unit at a time: layout, counting what stands on the pages, folios, PDF."""

from octavo.adapters.weasyprint import lean as _lean  # first: it says what WeasyPrint is loaded with
from octavo.adapters.weasyprint import line_ends as _line_ends  # before anything is built upon what it mends
from octavo.adapters.weasyprint.columns import lay_out_columns
from octavo.adapters.weasyprint.fetcher import BASE
from octavo.adapters.weasyprint.press import Changes, Laid, Press, PressError

__all__ = ["BASE", "Changes", "Laid", "Press", "PressError", "lay_out_columns"]

del _lean, _line_ends
