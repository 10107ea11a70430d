"""Which folio an anchor has: exactly, once the units before it are laid out, or estimated before that."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from octavo.model.counting import folio
from octavo.model.edition import FOLIO_CLOSE, FOLIO_OPEN, Unit

# Characters of text on a page, until the first units have shown how many there are.
_PER_PAGE = 2000
_PLACEHOLDER = re.compile(f"{FOLIO_OPEN}([^{FOLIO_CLOSE}]*){FOLIO_CLOSE}")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Extent:
    """What the folios need to know of a unit that is laid out."""

    pages: int
    anchors: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Folio:
    """A folio as printed, and whether it is certain."""

    text: str
    exact: bool


class FolioTable:
    """Folios of all anchors, from the extents of the units known so far."""

    def __init__(self, units: Sequence[Unit], *, alone: bool = False) -> None:
        self._units = tuple(units)
        self._alone = alone
        self._extents: dict[str, Extent] = {}
        self._sizes = {unit.id: len(_TAG.sub("", unit.html)) for unit in units}
        self._homes: dict[str, Unit] = {}
        for unit in units:
            for anchor in re.findall(r'\bid="([^"]+)"', unit.html):
                self._homes.setdefault(anchor, unit)

    def set_extent(self, unit_id: str, extent: Extent) -> None:
        """Note the extent of a unit; a later layout replaces an earlier one."""
        self._extents[unit_id] = extent

    def first_folio(self, unit: Unit) -> tuple[int, bool]:
        """The number of a unit's first page in its own matter, from 1, and whether it is certain.

        Each unit begins on a recto, an odd number; one that stands alone begins with 1.
        """
        if self._alone:
            return 1, True
        number, exact = 1, True
        for other in self._units:
            if other.roman != unit.roman:
                continue
            if other.id == unit.id:
                break
            extent = self._extents.get(other.id)
            pages = extent.pages if extent else self._estimate(other)
            exact = exact and extent is not None
            number += pages + pages % 2
        return number, exact

    def folio(self, anchor: str) -> Folio:
        """The folio of an anchor; a question mark for one that no unit has."""
        unit = self._homes.get(anchor)
        if unit is None:
            return Folio("?", True)
        first, exact = self.first_folio(unit)
        extent = self._extents.get(unit.id)
        if extent is None:
            share = unit.html.find(f'id="{anchor}"') / len(unit.html)
            index = int(share * self._estimate(unit))
        else:
            index = extent.anchors.get(anchor, 0)
        return Folio(folio(first + index, is_roman=unit.roman), exact and extent is not None)

    def _estimate(self, unit: Unit) -> int:
        """Pages that a unit will have, from its length and the units that are known."""
        known = [(self._sizes[name], extent.pages) for name, extent in self._extents.items() if extent.pages > 1]
        per_page = sum(size for size, _ in known) / sum(pages for _, pages in known) if known else _PER_PAGE
        return max(1, round(self._sizes[unit.id] / max(per_page, 1) + 0.2))


def put_folios(unit: Unit, folios: Mapping[str, str]) -> str:
    """The document of a unit with folios in place of the placeholders."""
    if FOLIO_OPEN not in unit.html:
        return unit.html
    return _PLACEHOLDER.sub(lambda match: folios[match[1]], unit.html)
