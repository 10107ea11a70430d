"""The anchors and links of single units into named destinations and links of one file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from octavo.bind.pdf.pages import OpenUnit, folio
from octavo.bind.pdf.trees import read_tree, write_tree
from octavo.errors import InternalError

_SCHEME = "octavo-anchor:"


@dataclass(frozen=True, slots=True)
class Destination:
    """A named destination: its name as it is written in the file, the unit that has it, and where it leads."""

    name: bytes
    unit: OpenUnit
    target: Object

    @property
    def description(self) -> str:
        """What a link to it says to those who hear it: the title of the unit and the folio."""
        wanted = self.target[0].objgen
        page = next((i for i, page in enumerate(self.unit.pages) if page.objgen == wanted), None)
        if page is None:
            raise InternalError(f"anchor {self.name!r} of unit {self.unit.unit.id!r} leads to no page")
        number = folio(self.unit, page)
        return f"{self.unit.unit.title}, {number}" if self.unit.unit.title else number


class Destinations:
    """The destinations of all units by name."""

    def __init__(self, units: Sequence[OpenUnit]) -> None:
        self.by_name: dict[str, Destination] = {}
        for unit in units:
            for name, target in _named(unit.pdf):
                found = Destination(bytes(name), unit, target)
                other = self.by_name.setdefault(str(name), found)
                if other is not found:
                    first, second = other.unit.unit.id, unit.unit.id
                    raise InternalError(f"anchor {str(name)!r} is in unit {first!r} and again in unit {second!r}")

    def find(self, name: str, unit: OpenUnit) -> Destination:
        """Find the anchor that a link of ``unit`` leads to.

        Raises:
            InternalError: No unit has it.
        """
        # WeasyPrint writes letters beyond ASCII with percent signs.
        found = self.by_name.get(name) or self.by_name.get(unquote(name))
        if found is None:
            raise InternalError(f"unit {unit.unit.id!r} links to anchor {name!r}, which no unit has")
        return found


def redirect_links(unit: OpenUnit, destinations: Destinations) -> None:
    """Make links of the unit to anchors of other units links to named destinations (PDF 32000-1, 12.3.2.3)."""
    for page in unit.pages:
        for annotation in page.get("/Annots", ()):
            action = annotation.get("/A")
            if action is None or action.get("/S") != Name.URI:
                continue
            address = str(action.get("/URI", ""))
            if address.startswith(_SCHEME):
                found = destinations.find(address.removeprefix(_SCHEME), unit)
                del annotation["/A"]
                annotation.Dest = String(found.name)
                annotation.Contents = String(found.description)


def add_destinations(out: Pdf, units: Sequence[OpenUnit], destinations: Destinations) -> None:
    """Write the name tree of all destinations (PDF 32000-1, 7.7.4 and 7.9.6)."""
    pairs: list[tuple[bytes, Object]] = []
    for unit in units:
        mine = [found for found in destinations.by_name.values() if found.unit is unit]
        # One array is copied in place of hundreds.
        parcel = unit.pdf.make_indirect(Array([found.target for found in mine]))
        copies = out.copy_foreign(parcel)
        pairs += zip((found.name for found in mine), copies, strict=True)
    pairs.sort(key=lambda pair: pair[0])
    if pairs:
        out.Root.Names = Dictionary(Dests=write_tree(out, "/Names", pairs))


def _named(pdf: Pdf) -> Iterator[tuple[Object, Object]]:
    names = pdf.Root.get("/Names")
    tree = names.get("/Dests") if names is not None else None
    return read_tree(tree, "/Names") if tree is not None else iter(())
