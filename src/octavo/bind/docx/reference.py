"""Styles and a page into the reference document that Pandoc takes its styles from."""

from __future__ import annotations

from collections.abc import Sequence

from octavo.bind.docx.package import DOCUMENT, TYPES, Package
from octavo.bind.docx.sections import page_size
from octavo.bind.docx.styles import style_id, style_ids, style_xml, styles_xml, table_style
from octavo.bind.docx.xml import CONTENT_TYPES, RELATIONSHIPS, Element, make, w, write
from octavo.model.docx import PageShape
from octavo.model.docx_style import WordStyle

_TYPES = f"""<Types xmlns="{CONTENT_TYPES}">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
</Types>"""
_ROOT = f"""<Relationships xmlns="{RELATIONSHIPS}">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
 Target="word/document.xml"/>
</Relationships>"""
# What stands in for a face that a machine lacks.
_FONTS = (
    ("PT Serif", "Times New Roman", "roman"),
    ("PT Sans", "Arial", "swiss"),
    ("IBM Plex Mono", "Courier New", "modern"),
)


def reference_document(styles: Sequence[WordStyle], page: PageShape, language: str) -> bytes:
    """A DOCX without text: styles, fonts, settings, and the page.  An editor can open, change and keep it."""
    package = Package({TYPES: _TYPES.encode(), "_rels/.rels": _ROOT.encode()})
    body = make("body", make("p"), make("sectPr", *page_size(page)))
    package.add(DOCUMENT, write(make("document", body)), "document.main")
    package.add("word/styles.xml", write(styles_xml(styles, page, language)), "styles")
    package.add("word/settings.xml", write(make("settings", make("defaultTabStop", val=720))), "settings")
    package.add("word/fontTable.xml", write(_fonts()), "fontTable")
    for kind in ("styles", "settings", "fontTable"):
        package.relate(DOCUMENT, kind, f"{kind}.xml")
    return package.write()


def _fonts() -> Element:
    fonts = (
        make("font", make("altName", val=other), make("family", val=family), name=name)
        for name, other, family in _FONTS
    )
    return make("fonts", *fonts)


def complete_reference(data: bytes, styles: Sequence[WordStyle], page: PageShape) -> bytes:
    """A reference document of the project's own, with the styles that it lacks put in from the house style."""
    package = Package.read(data)
    root = package.tree("word/styles.xml")
    ids = style_ids(root)
    taken = set(ids.values())
    lacking = [style for style in styles if style.name.lower() not in ids]
    for style in lacking:
        name = style_id(style.name)
        while name in taken:
            name += "0"
        taken.add(name)
        ids[style.name.lower()] = name
    for style in lacking:
        element = style_xml(style, page)
        element.set(w("styleId"), ids[style.name.lower()])
        element.attrib.pop(w("default"), "")
        for kind, other in (("basedOn", style.based_on or "Normal"), ("next", style.next)):
            found = element.find(w(kind))
            if found is not None and other:
                found.set(w("val"), ids.get(other.lower(), other))
        root.append(element)
    if "table" not in ids:
        root.append(table_style())
    return package.write()
