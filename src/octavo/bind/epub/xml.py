"""Trees into the bytes of an XML file."""

from __future__ import annotations

from lxml import etree


def write_xml(root: etree._Element) -> bytes:
    """An indented file with its declaration, in UTF-8."""
    etree.indent(root, space="  ")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="utf-8") + b"\n"
