"""The package of a DOCX opened as Word opens it: what Word would refuse is unreadable here, too."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 - it is a class

from lxml import etree

from octavo.verify.errors import UnreadableArtifact

Element = etree._Element
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that hold what a reader sees, as trees; ``None`` where the document has no such part."""

    document: Element
    footnotes: Element | None
    settings: Element | None
    styles: Element | None


def open_package(data: bytes) -> Parts:
    """The parts of a DOCX, found as Word finds them, by their relationships.

    Raises UnreadableArtifact where the file is no package, a part that something leads to is missing, is of no known
    kind, or is not well-formed.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            files = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    except (BadZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError, ValueError) as fault:
        raise UnreadableArtifact(f"the file is no ZIP archive: {fault}") from fault
    _check_types(files)
    for name in files:
        if name.endswith(".rels"):
            for target in _targets(files, name).values():
                if target not in files:
                    raise UnreadableArtifact(f"{name} leads to {target}, which is missing")
    main = _targets(files, "_rels/.rels").get("officeDocument", "")
    if not main:
        raise UnreadableArtifact("the package names no document")
    folder, base = posixpath.split(main)
    related = _targets(files, f"{folder}/_rels/{base}.rels")
    return Parts(
        _parse(files, main),
        _parse(files, related["footnotes"]) if "footnotes" in related else None,
        _parse(files, related["settings"]) if "settings" in related else None,
        _parse(files, related["styles"]) if "styles" in related else None,
    )


def _check_types(files: dict[str, bytes]) -> None:
    types = _parse(files, "[Content_Types].xml")
    suffixes = {one.get("Extension", "").lower() for one in types.iter(f"{_TYPES}Default")}
    parts = {one.get("PartName", "") for one in types.iter(f"{_TYPES}Override")}
    for name in files:
        suffix = name.rpartition(".")[2].lower()
        if name != "[Content_Types].xml" and suffix not in suffixes and f"/{name}" not in parts:
            raise UnreadableArtifact(f"{name} is of no known kind")


def _targets(files: dict[str, bytes], name: str) -> dict[str, str]:
    """The parts that another leads to, each by its kind, or by its identifier where several are of one kind."""
    if name not in files:
        return {}
    folder = posixpath.dirname(posixpath.dirname(name))
    found: dict[str, str] = {}
    for one in _parse(files, name):
        if one.get("TargetMode") == "External":
            continue
        target = unquote(one.get("Target", ""))
        full = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        kind = one.get("Type", "").removeprefix(_KIND)
        found[kind if kind not in found else one.get("Id", "")] = full
    return found


def _parse(files: dict[str, bytes], name: str) -> Element:
    if name not in files:
        raise UnreadableArtifact(f"{name} is missing")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, huge_tree=True)
    try:
        return etree.fromstring(files[name], parser)
    except etree.XMLSyntaxError as fault:
        raise UnreadableArtifact(f"{name} is not well-formed: {fault}") from fault
