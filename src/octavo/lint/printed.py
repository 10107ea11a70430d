"""What a citation style would print of a source (CSL 1.0.2, "Rendering elements" and "Choose").

The style is walked as a processor would, for a source of a certain type with certain fields.  What a style asks beside
types and fields (positions, locators, numbers) is taken for possible either way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from xml.etree import ElementTree

from octavo.lint.library import Entry, Library

_CSL = "{http://purl.org/net/xbiblio/csl}"
_CHOICES = (f"{_CSL}if", f"{_CSL}else-if", f"{_CSL}else")
_MAX_DEPTH = 60


class Style:
    """A style that was read: what it prints is worked out once for each type with certain fields."""

    def __init__(self, tree: ElementTree.Element) -> None:
        self._macros = {macro.get("name", ""): macro for macro in tree.iter(f"{_CSL}macro")}
        self._layouts = [
            *tree.iterfind(f"{_CSL}citation/{_CSL}layout"),
            *tree.iterfind(f"{_CSL}bibliography/{_CSL}layout"),
        ]
        self._known: dict[tuple[str, frozenset[str]], frozenset[str]] = {}

    def prints(self, kind: str, fields: frozenset[str]) -> frozenset[str]:
        """The variables that are printed of a source of a type that has these fields."""
        known = self._known.get((kind, fields))
        if known is None:
            walk = _Walk(self._macros, kind, fields)
            for layout in self._layouts:
                walk.children(layout, 0)
            known = self._known[kind, fields] = frozenset(walk.seen)
        return known


class _Walk:
    def __init__(self, macros: dict[str, ElementTree.Element], kind: str, fields: frozenset[str]) -> None:
        self._macros = macros
        self._kind = kind
        self._fields = fields
        self._visited: set[str] = set()
        self.seen: set[str] = set()

    def children(self, element: ElementTree.Element, depth: int) -> None:
        """Walk all that stands within an element."""
        if depth > _MAX_DEPTH:
            return
        for child in element:
            if child.tag == f"{_CSL}choose":
                for branch in self._branches(child):
                    self.children(branch, depth + 1)
                continue
            self.seen.update((child.get("variable") or "").split())
            macro = child.get("macro") or ""
            if macro in self._macros and macro not in self._visited:
                self._visited.add(macro)
                self.children(self._macros[macro], depth + 1)
            self.children(child, depth + 1)

    def _branches(self, choose: ElementTree.Element) -> Iterator[ElementTree.Element]:
        """The branches that may be taken: up to the first that certainly is."""
        for branch in choose:
            if branch.tag not in _CHOICES:
                continue
            taken = True if branch.tag == _CHOICES[2] else self._holds(branch)
            if taken is not False:
                yield branch
            if taken:
                return

    def _holds(self, branch: ElementTree.Element) -> bool | None:
        tests: list[bool | None] = []
        for name, value in branch.attrib.items():
            if name == "match":
                continue
            for one in value.split():
                if name == "type":
                    tests.append(one == self._kind)
                elif name == "variable" and one != "locator":
                    tests.append(one in self._fields)
                else:
                    tests.append(None)
        match = branch.get("match", "all")
        if match == "all":
            return _all(tests)
        some = _any(tests)
        return some if match == "any" or some is None else not some


def _all(tests: Iterable[bool | None]) -> bool | None:
    known = list(tests)
    return False if False in known else None if None in known else True


def _any(tests: Iterable[bool | None]) -> bool | None:
    known = list(tests)
    return True if True in known else None if None in known else False


@cache
def _read(text: str) -> Style | None:
    try:
        return Style(ElementTree.fromstring(text)) if text else None
    except (ElementTree.ParseError, ValueError):
        return None


def would_print(library: Library, entry: Entry, name: str) -> bool:
    """Whether the style would print a field of an entry if the entry had it; true where no style is known."""
    style = _read(library.style())
    fields = frozenset({*entry.source.data, name} - {"id", "type"})
    return style is None or name in style.prints(entry.type, fields)
