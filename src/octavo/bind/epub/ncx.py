"""Documents into the table of contents of EPUB 2, for readers that know no other."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from octavo.bind.epub.xml import write_xml
from octavo.model.edition import Metadata
from octavo.model.epub import ContentDocument, plain

_NCX = "http://www.daisy.org/z3986/2005/ncx/"


def write_ncx(identifier: str, metadata: Metadata, documents: Sequence[ContentDocument]) -> bytes:
    """The NCX (Open Packaging Format 2.0.1, section 2.4.1) with the depth of the navigation document."""
    root = etree.fromstring(f'<ncx xmlns="{_NCX}" version="2005-1"/>')
    root.set("{http://www.w3.org/XML/1998/namespace}lang", metadata.language)
    head = _add(root, "head")
    title = _add(root, "docTitle")
    _add(title, "text").text = plain(metadata.title)
    tree = _add(root, "navMap")
    stack = [(0, tree)]
    depth = order = 0
    for document in documents:
        if not document.in_toc:
            continue
        while stack[-1][0] >= document.level:
            stack.pop()
        order += 1
        point = _point(stack[-1][1], document.title, document.path, order)
        stack.append((document.level, point))
        depth = max(depth, len(stack) - 1)
        for section in document.sections:
            order += 1
            depth = max(depth, len(stack))
            _point(point, section.title, f"{document.path}#{section.anchor}", order)
    for name, content in (("dtb:uid", identifier), ("dtb:depth", str(depth))):
        meta = _add(head, "meta")
        meta.set("name", name)
        meta.set("content", content)
    for name in ("dtb:totalPageCount", "dtb:maxPageNumber"):
        meta = _add(head, "meta")
        meta.set("name", name)
        meta.set("content", "0")
    return write_xml(root)


def _point(parent: etree._Element, title: str, path: str, order: int) -> etree._Element:
    point = _add(parent, "navPoint")
    point.set("id", f"point-{order}")
    point.set("playOrder", str(order))
    _add(_add(point, "navLabel"), "text").text = plain(title)
    _add(point, "content").set("src", path)
    return point


def _add(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{_NCX}}}{name}")
