"""Ways to damage a DOCX: its calls, its footnotes, its bookmarks, its sections, its parts."""

from __future__ import annotations

import copy
from io import BytesIO
from pathlib import Path
from types import TracebackType
from zipfile import ZipFile

from lxml import etree

from octavo.model.docx import bookmark_name

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Element = etree._Element


def bookmark(identifier: str, kind: str = "note") -> str:
    """The name of the bookmark of a note, or of its call."""
    return bookmark_name(f"{kind}-{identifier.replace('/', '--')}")


class Patient:
    """A DOCX that is opened, damaged, and written back in its place."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with ZipFile(path) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        self._trees: dict[str, Element] = {}

    def __enter__(self) -> Patient:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            return
        for name, tree in self._trees.items():
            self.files[name] = etree.tostring(tree)
        buffer = BytesIO()
        with ZipFile(buffer, "w") as archive:
            for name, data in self.files.items():
                archive.writestr(name, data)
        self.path.write_bytes(buffer.getvalue())

    def part(self, name: str) -> Element:
        """A part as a tree: document, footnotes, settings."""
        path = f"word/{name}.xml"
        if path not in self._trees:
            self._trees[path] = etree.fromstring(self.files[path])
        return self._trees[path]

    # What there is

    def start(self, identifier: str, kind: str = "note") -> Element:
        """The beginning of a bookmark."""
        name = bookmark(identifier, kind)
        for part in ("document", "footnotes"):
            for found in self.part(part).iter(f"{W}bookmarkStart"):
                if found.get(f"{W}name") == name:
                    return found
        raise AssertionError(f"there is no bookmark {name}")

    def call(self, identifier: str) -> Element:
        """The run that calls a footnote."""
        run = self.start(identifier, "call").getnext()
        assert run is not None
        assert run.find(f"{W}footnoteReference") is not None
        return run

    def reference(self, identifier: str) -> Element:
        """The ``footnoteReference`` of a call."""
        found = self.call(identifier).find(f"{W}footnoteReference")
        assert found is not None
        return found

    def footnote(self, identifier: str) -> Element:
        """The footnote of a note."""
        return next(self.start(identifier).iterancestors(f"{W}footnote"))

    def line(self, identifier: str) -> Element:
        """The paragraph of a note under a table."""
        return next(self.start(identifier).iterancestors(f"{W}p"))

    def link(self, identifier: str, kind: str = "note") -> Element:
        """The first link that leads to a note, or to its call."""
        name = bookmark(identifier, kind)
        return next(one for one in self.part("document").iter(f"{W}hyperlink") if one.get(f"{W}anchor") == name)

    def text(self, part: str, words: str) -> Element:
        """The text in which some words stand."""
        return next(one for one in self.part(part).iter(f"{W}t") if words in (one.text or ""))

    def sections(self) -> list[Element]:
        """The properties of the sections, in order."""
        return list(self.part("document").iter(f"{W}sectPr"))

    # What is done to it

    def drop(self, element: Element) -> None:
        """Take an element out."""
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)

    def double(self, element: Element) -> None:
        """Let an element stand twice."""
        element.addnext(copy.deepcopy(element))

    def say(self, part: str, old: str, new: str) -> None:
        """Put other words in the place of some."""
        found = self.text(part, old)
        found.text = (found.text or "").replace(old, new)

    def swap(self, one: Element, other: Element) -> None:
        """Put two elements in the place of one another."""
        place = etree.Element("place")
        one.addprevious(place)
        other.addprevious(one)
        place.addprevious(other)
        self.drop(place)

    def number(self, element: Element, name: str, value: str) -> None:
        """Set a property of footnotes in the properties of a section or of the document."""
        holder = element.find(f"{W}footnotePr")
        assert holder is not None
        for old in holder.findall(f"{W}{name}"):
            holder.remove(old)
        etree.SubElement(holder, f"{W}{name}").set(f"{W}val", value)
