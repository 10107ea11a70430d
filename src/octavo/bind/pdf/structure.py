"""The structure trees of single units into one (PDF 32000-1, 14.7)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from octavo.bind.pdf.content import pack, painted, unmark
from octavo.bind.pdf.pages import OpenUnit
from octavo.bind.pdf.trees import Value, read_tree, write_tree
from octavo.errors import InternalError

_ENTRY = re.compile(rb"(\d+) \d+ R|null")


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is to be taken over from the structure of a unit, still in the unit's file.

    ``parents`` are the entries of the parent tree with the keys of the bound file, ``named`` the elements with an
    identifier.
    """

    document: Object
    parents: tuple[tuple[int, Object], ...]
    named: tuple[tuple[bytes, Object], ...]
    roles: Mapping[str, Object]
    next_key: int


def prepare_structure(unit: OpenUnit, first_key: int) -> Prepared:
    """Give keys and identifiers of the unit's structure their values in the bound file, and drop its margin boxes.

    WeasyPrint makes elements for the text of page margin boxes, puts them into the parent tree and hangs them nowhere.
    Their content becomes an artifact, and a link among it loses its key.

    Raises:
        InternalError: The unit is untagged.
    """
    root = unit.pdf.Root.get("/StructTreeRoot")
    document = root.get("/K") if root is not None else None
    if isinstance(document, Array) and len(document) == 1:
        document = document[0]
    if root is None or document is None or document.get("/S") != Name.Document:
        raise InternalError(f"unit {unit.unit.id!r} is not tagged")
    reached, named = _walk(document, f"{unit.index}-")
    entries = {int(key): value for key, value in read_tree(root.ParentTree, "/Nums")}
    parents: list[tuple[int, Object]] = []
    for page in unit.pages:
        if "/StructParents" in page:
            key = int(page.StructParents)
            page.StructParents = first_key + key
            parents.append((first_key + key, _page_parents(page, entries.get(key, Array()), reached)))
        for annotation in page.get("/Annots", ()):
            if "/StructParent" not in annotation:
                continue
            key = int(annotation.StructParent)
            parent = entries.get(key)
            if parent is not None and parent.objgen[0] in reached:
                annotation.StructParent = first_key + key
                parents.append((first_key + key, parent))
            else:
                del annotation["/StructParent"]
    next_key = first_key + max(entries, default=-1) + 1
    roles = dict(root.get("/RoleMap", Dictionary()).items())
    return Prepared(document, tuple(sorted(parents, key=_first)), tuple(named), roles, next_key)


class StructureJoin:
    """The structure tree of the bound file while it grows."""

    def __init__(self, out: Pdf) -> None:
        self.next_key = 0
        self._out = out
        self._root = out.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._document = out.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=self._root))
        self._sections: list[Object] = []
        self._parents: list[tuple[int, Value]] = []
        self._named: list[tuple[bytes, Value]] = []
        self._roles: dict[str, Object] = {}

    def add(self, unit: OpenUnit, prepared: Prepared, *, language: str) -> None:
        """Take over the structure of a unit, whose pages are in the file, as one section.

        Raises:
            InternalError: Its role map contradicts that of another unit.
        """
        document = prepared.document
        # The way up is cut, or the whole tree of the unit would be copied; the namespace is one of PDF 2.0.
        for key in ("/P", "/NS"):
            if key in document:
                del document[key]
        parcel = unit.pdf.make_indirect(
            Array([document, Array([value for _, value in prepared.parents]), Array([e for _, e in prepared.named])])
        )
        section, parents, named = self._out.copy_foreign(parcel)
        section.S = Name.Sect
        section.P = self._document
        if unit.unit.title:
            section.T = String(unit.unit.title)
        own_language = str(unit.pdf.Root.get("/Lang", ""))
        if own_language and own_language != language:
            section.Lang = String(own_language)
        self._sections.append(section)
        self._parents += zip((key for key, _ in prepared.parents), parents, strict=True)
        self._named += zip((key for key, _ in prepared.named), named, strict=True)
        for role, meaning in prepared.roles.items():
            if self._roles.setdefault(role, meaning) != meaning:
                raise InternalError(f"unit {unit.unit.id!r} maps the role {role} otherwise than the units before it")
        self.next_key = prepared.next_key

    def finish(self) -> None:
        """Write the root of the tree."""
        self._document.K = Array(self._sections)
        root = self._root
        root.K = Array([self._document])
        root.ParentTree = write_tree(self._out, "/Nums", self._parents)
        root.ParentTreeNextKey = self.next_key
        if self._named:
            root.IDTree = write_tree(self._out, "/Names", sorted(self._named, key=_first))
        if self._roles:
            root.RoleMap = Dictionary(self._roles)
        self._out.Root.StructTreeRoot = root


def _first(pair: tuple[int | bytes, Value]) -> int | bytes:
    return pair[0]


def _walk(document: Object, prefix: str) -> tuple[set[int], list[tuple[bytes, Object]]]:
    """Find the object numbers of all elements below ``document``, and put ``prefix`` before their identifiers."""
    reached: set[int] = set()
    named: list[tuple[bytes, Object]] = []
    waiting = [document]
    while waiting:
        element = waiting.pop()
        keys = element.keys()
        if "/ID" in keys:
            element.ID = String(prefix + str(element.ID))
            named.append((bytes(element.ID), element))
        if "/A" in keys:
            _prefix_headers(element.A, prefix)
        if "/K" not in keys:
            continue
        kids = element.K
        # A single kid may stand without an array (PDF 32000-1, table 323).
        for kid in kids if isinstance(kids, Array) else (kids,):
            if isinstance(kid, Object) and kid.objgen[0] not in reached:
                reached.add(kid.objgen[0])
                waiting.append(kid)
    return reached, named


def _prefix_headers(attributes: Object, prefix: str) -> None:
    for item in attributes if isinstance(attributes, Array) else (attributes,):
        if isinstance(item, Dictionary) and "/Headers" in item:
            item.Headers = Array([String(prefix + str(header)) for header in item.Headers])


def _page_parents(page: Object, parents: Object, reached: set[int]) -> Object:
    """The page's entry of the parent tree without elements that hang nowhere; their content becomes an artifact."""
    # Read as text, since an object for each of tens of thousands of entries would take its time.
    numbers = [int(number or 0) for number in _ENTRY.findall(parents.unparse(resolved=True))]
    orphans = {i for i, number in enumerate(numbers) if number and number not in reached}
    if orphans:
        _unmark(page, page.Contents, orphans, {0})
    for i in orphans:
        parents[i] = None
    while len(parents) - 1 in orphans:
        del parents[-1]
    return parents


def _unmark(owner: Object, stream: Object, orphans: set[int], seen: set[int]) -> set[int]:
    content, missing = unmark(stream.read_bytes(), orphans)
    if missing != orphans:
        stream.write(pack(content), filter=Name.FlateDecode)
    # What is translucent is painted by a form, whose marks count on from those of the page.
    forms = owner.get("/Resources", Dictionary()).get("/XObject", Dictionary())
    for name in painted(content) if missing else ():
        form = forms.get(f"/{name}")
        if form is not None and form.get("/Subtype") == Name.Form and form.objgen[0] not in seen:
            seen.add(form.objgen[0])
            missing = _unmark(form, form, missing, seen)
    return missing
