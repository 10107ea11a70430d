"""The package of a DOCX (Open Packaging Conventions): parts, relationships, kinds of content."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

from octavo.bind.docx.xml import CONTENT_TYPES, RELATIONSHIPS, Element, parse, write

_EPOCH = (1980, 1, 1, 0, 0, 0)
TYPES = "[Content_Types].xml"
DOCUMENT = "word/document.xml"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


@dataclass(slots=True)
class Package:
    """The parts of a package by their names; those that were opened as trees are written from these."""

    files: dict[str, bytes]
    trees: dict[str, Element] = field(default_factory=dict)

    @classmethod
    def read(cls, data: bytes) -> Package:
        """Open a package."""
        with ZipFile(BytesIO(data)) as archive:
            return cls({name: archive.read(name) for name in archive.namelist() if not name.endswith("/")})

    def tree(self, name: str) -> Element:
        """A part as a tree, whose changes are written."""
        if name not in self.trees:
            self.trees[name] = parse(self.files[name])
        return self.trees[name]

    def add(self, name: str, data: bytes, media_type: str) -> None:
        """Put a part into the package, and say what it holds (``word/`` parts by their last word: ``header``)."""
        self.files[name] = data
        self.trees.pop(name, None)
        types = self.tree(TYPES)
        part = f"/{name}"
        for old in types:
            if old.get("PartName") == part:
                types.remove(old)
        full = media_type if "/" in media_type else f"{_WORD}{media_type}+xml"
        etree.SubElement(types, f"{{{CONTENT_TYPES}}}Override", PartName=part, ContentType=full)

    def drop(self, name: str) -> None:
        """Take a part out, with what leads to it."""
        self.files.pop(name, None)
        self.trees.pop(name, None)
        types = self.tree(TYPES)
        for old in list(types):
            if old.get("PartName") == f"/{name}":
                types.remove(old)
        for rels in [other for other in self.files if other.endswith(".rels")]:
            folder = posixpath.dirname(posixpath.dirname(rels))
            for relationship in list(self.tree(rels)):
                target = relationship.get("Target", "")
                full = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                if full == name and relationship.get("TargetMode") != "External":
                    self.tree(rels).remove(relationship)

    def default(self, suffix: str, media_type: str) -> None:
        """Say what files hold whose names end alike."""
        types = self.tree(TYPES)
        if not any(one.get("Extension") == suffix for one in types):
            types.insert(0, etree.Element(f"{{{CONTENT_TYPES}}}Default", Extension=suffix, ContentType=media_type))

    def relate(self, part: str, kind: str, target: str) -> str:
        """Lead from a part to another; returns the identifier of the relationship."""
        folder, name = posixpath.split(part)
        rels = f"{folder}/_rels/{name}.rels"
        if rels not in self.files:
            self.files[rels] = f'<Relationships xmlns="{RELATIONSHIPS}"/>'.encode()
        tree = self.tree(rels)
        taken = {one.get("Id") for one in tree}
        number = next(number for number in range(1, len(taken) + 2) if f"octavo{number}" not in taken)
        full = kind if "/" in kind else f"{_OFFICE}{kind}"
        etree.SubElement(tree, f"{{{RELATIONSHIPS}}}Relationship", Id=f"octavo{number}", Type=full, Target=target)
        return f"octavo{number}"

    def write(self) -> bytes:
        """The package as a file: parts in a fixed order and without dates, the kinds of content first."""
        for name, tree in self.trees.items():
            self.files[name] = write(tree)
        buffer = BytesIO()
        with ZipFile(buffer, "w") as archive:
            for name in sorted(self.files, key=lambda name: (name != TYPES, not name.startswith("_rels"), name)):
                entry = ZipInfo(name, _EPOCH)
                entry.compress_type = ZIP_DEFLATED
                entry.create_system = 3  # Python writes the machine it runs on, and the bytes would follow it.
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, self.files[name], compresslevel=9)
        return buffer.getvalue()
