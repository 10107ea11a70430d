"""What Pandoc wrote into a DOCX that an editor accepts."""

from __future__ import annotations

from collections.abc import Mapping

from octavo.bind.docx.contents import contents, list_of
from octavo.bind.docx.marks import marked, set_level, set_room, split_marks
from octavo.bind.docx.notes import FOOTNOTES, SETTINGS, order_notes, settings
from octavo.bind.docx.package import DOCUMENT, Package
from octavo.bind.docx.pictures import Album
from octavo.bind.docx.properties import set_properties
from octavo.bind.docx.sections import Frame, set_sections
from octavo.bind.docx.styles import style_ids
from octavo.bind.docx.tables import finish_tables, set_text_apart, shrink
from octavo.bind.docx.text import begin_flush, join_runs, place_bookmarks, set_languages, word_language
from octavo.bind.docx.xml import Element, make, w, write
from octavo.model.docx import DocxDocument, Image
from octavo.model.edition import Metadata

__all__ = ["Frame", "bind_docx"]

_LEFT_OUT = ("docProps/custom.xml", "word/comments.xml", "word/_rels/comments.xml.rels", "docProps/thumbnail.jpeg")


def bind_docx(
    data: bytes, document: DocxDocument, metadata: Metadata, frame: Frame, images: Mapping[str, Image]
) -> bytes:
    """A DOCX whose bytes depend on the arguments alone; ``data`` is what Pandoc made of the document.

    ``images`` are the pictures by their source in the manuscript.
    """
    package = Package.read(data)
    for name in _LEFT_OUT:
        package.drop(name)
    styles = style_ids(package.tree("word/styles.xml"))
    body = package.tree(DOCUMENT)[0]
    parts = [package.tree(name) for name in (DOCUMENT, FOOTNOTES) if name in package.files]
    set_languages(parts, metadata.language)
    headings = {found for name, found in styles.items() if name.startswith("heading")}
    number = 1
    for part in parts:
        join_runs(part)
        number = place_bookmarks(part, number, headings)
    order_notes(package)
    _fill(body, document, styles)
    set_sections(package, frame, styles)
    album = Album(package, images, frame.page)
    for name, part in zip((DOCUMENT, FOOTNOTES), parts, strict=False):
        _replace_marks(part, document, album, name)
    finish_tables(body, styles)
    set_text_apart(body, styles)
    begin_flush(body, styles)
    language = word_language(metadata.language)
    package.add(SETTINGS, write(settings(package, restart=frame.restart, language=language)), "settings")
    set_properties(package, metadata)
    return package.write()


def _fill(body: Element, document: DocxDocument, styles: dict[str, str]) -> None:
    """Put the contents and the lists in the places that are marked for them."""
    for paragraph in list(body.iterchildren(w("p"))):
        kind, _, index = marked(paragraph).partition(" ")
        if kind == "contents":
            lines = contents(document.contents, styles)
        elif kind == "list":
            lines = list_of(document.lists[int(index)].entries, styles)
        else:
            continue
        at = body.index(paragraph)
        body[at : at + 1] = lines


def _replace_marks(root: Element, document: DocxDocument, album: Album, part: str) -> None:
    for name, run in split_marks(root):
        kind, _, value = name.partition(" ")
        if kind == "tab":
            run.append(make("tab"))
        elif kind == "fill":
            set_room(run, int(value))
        elif kind == "level":
            set_level(run, int(value))
        elif kind == "size":
            shrink(run, int(value))
        elif kind == "picture":
            album.place(run, document.pictures[int(value)], part)
