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
    """Folios of all anchors, from the extents of the units known so far; ``guesses`` stand in for the others."""

    def __init__(
        self, units: Sequence[Unit], guesses: Mapping[str, Extent] | None = None, *, alone: bool = False
    ) -> None:
        self._units = tuple(units)
        self._guesses = guesses or {}
        self._alone = alone
        self._extents: dict[str, Extent] = {}
        self._sizes = {unit.id: len(_TAG.sub("", unit.html)) for unit in units}
        # Counted anew when an extent has changed: every reference asks for them.
        self._firsts: dict[str, tuple[int, bool]] | None = None
        self._per_page: float = _PER_PAGE
        self._homes: dict[str, Unit] = {}
        for unit in units:
            for anchor in re.findall(r'\bid="([^"]+)"', unit.html):
                self._homes.setdefault(anchor, unit)

    def set_extent(self, unit_id: str, extent: Extent) -> None:
        """Note the extent of a unit; a later layout replaces an earlier one."""
        if self._extents.get(unit_id) != extent:
            self._extents[unit_id] = extent
            self._firsts = None

    def first_folio(self, unit: Unit) -> tuple[int, bool]:
        """The number of a unit's first page in its own matter, from 1, and whether it is certain.

        Each unit begins on a recto, an odd number; one that stands alone begins with 1.
        """
        if self._firsts is None:
            self._firsts = self._count()
        return self._firsts[unit.id]

    def _count(self) -> dict[str, tuple[int, bool]]:
        """The first folios of all units, front matter and text counted apart."""
        if self._alone:
            return {unit.id: (1, True) for unit in self._units}
        known = [(self._sizes[name], extent.pages) for name, extent in self._extents.items() if extent.pages > 1]
        self._per_page = sum(size for size, _ in known) / sum(pages for _, pages in known) if known else _PER_PAGE
        firsts = {}
        numbers = {True: (1, True), False: (1, True)}
        for unit in self._units:
            number, exact = firsts[unit.id] = numbers[unit.roman]
            extent = self._extents.get(unit.id)
            pages = extent.pages if extent else self._estimate(unit)
            numbers[unit.roman] = number + pages + pages % 2, exact and extent is not None
        return firsts

    def folio(self, anchor: str) -> Folio:
        """The folio of an anchor; a question mark for one that no unit has."""
        unit = self._homes.get(anchor)
        if unit is None:
            return Folio("?", True)
        first, exact = self.first_folio(unit)
        extent = self._extents.get(unit.id)
        guess = extent or self._guesses.get(unit.id)
        if guess is None:
            share = unit.html.find(f'id="{anchor}"') / len(unit.html)
            index = int(share * self._estimate(unit))
        else:
            index = guess.anchors.get(anchor, 0)
        return Folio(folio(first + index, is_roman=unit.roman), exact and extent is not None)

    def _estimate(self, unit: Unit) -> int:
        """Pages that a unit will have, from the last build, or from its length and the units that are known."""
        if unit.id in self._guesses:
            return self._guesses[unit.id].pages
        return max(1, round(self._sizes[unit.id] / max(self._per_page, 1) + 0.2))


def put_folios(unit: Unit, folios: Mapping[str, str]) -> str:
    """The document of a unit with folios in place of the placeholders."""
    if FOLIO_OPEN not in unit.html:
        return unit.html
    return _PLACEHOLDER.sub(lambda match: folios[match[1]], unit.html)
