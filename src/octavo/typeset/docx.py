"""A NumberedManuscript into the document that Pandoc writes a DOCX from, with styles of Word for all that has one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from octavo.model.docx import MARK_OPEN, DocxDocument, DocxEntry, DocxList, DocxPicture, PageShape, bookmark_name, mark
from octavo.model.edition import NumberedManuscript
from octavo.model.epub import plain
from octavo.model.notes import MAIN
from octavo.model.publication import Numbering, Publication
from octavo.model.words import Words, words_for
from octavo.typeset.docx_tables import set_table
from octavo.typeset.flow import Element, flow_tree, rename, serialise
from octavo.typeset.lists import CaptionList, caption_lists
from octavo.typeset.reading_markup import replace, unwrap
from octavo.typeset.templates import Templates

# Styles of Word by the class of a paragraph, or of what paragraphs stand in.
_STYLES = {
    "title": "Title",
    "subtitle": "Subtitle",
    "authors": "Author",
    "authors-note": "Authors Note",
    "affiliation": "Affiliation",
    "publisher": "Publisher",
    "imprint": "Imprint",
    "abstract": "Abstract",
    "keywords": "Keywords",
    "entry": "Bibliography",
    "table-note": "Table Note",
    "table-remark": "Table Note",
    "table-source": "Table Note",
}
_CONTENTS_LEVELS = 2
# A heading and one entry.
_ENOUGH = 2
_LENGTH = re.compile(r"\b(width|height):\s*(\d+(?:\.\d+)?)(%|pt|mm|cm|in|px|em)")
_POINTS = {"pt": 1.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "px": 0.75, "em": 11.0}


def typeset_book(
    publication: Publication, manuscript: NumberedManuscript, templates: Templates, page: PageShape
) -> DocxDocument:
    """The whole publication: title page, contents, lists, parts and chapters, references.

    Raises TemplateFault.
    """
    words = words_for(publication.language)
    front = templates.render("docx/front.xhtml", publication=publication, words=words)
    tree = flow_tree(
        manuscript,
        words,
        language=publication.language,
        title=publication.title,
        front=front,
        parts=publication.parts,
        authors=publication.authors,
        openings=True,
    )
    lists = caption_lists(publication.lists, manuscript, publication.language, words)
    _put_contents(tree, words, lists)
    _break_sections(tree, manuscript)
    return _finish(tree, page, tuple(_listed(found) for found in lists))


def typeset_paper(
    manuscript: NumberedManuscript, words: Words, page: PageShape, *, language: str, title: str, front: str
) -> DocxDocument:
    """One chapter as a paper: ``front`` is its title block in XHTML, put before the text; there are no contents.

    Paragraphs of the title block get their styles from their classes: title, subtitle, authors, affiliation, abstract,
    keywords.
    """
    tree = flow_tree(
        manuscript, words, language=language, title=title, front=front, parts=(), authors=(), openings=False
    )
    return _finish(tree, page, ())


def _put_contents(tree: Element, words: Words, lists: Sequence[CaptionList]) -> None:
    """Places for the contents and the lists behind the title page, and the end of the section of the front matter."""
    body = tree[-1]
    at = 1 if len(body) and body[0].get("class") == "front" else 0
    pieces = [_styled("Contents Heading", words.contents), _paragraph(mark("contents"))]
    for index, found in enumerate(lists):
        pieces += [_styled("Contents Heading", found.title), _paragraph(mark(f"list {index}"))]
    pieces.append(_paragraph(mark("section")))
    body[at:at] = pieces


def _break_sections(tree: Element, manuscript: NumberedManuscript) -> None:
    """Word numbers footnotes anew in a new section: one begins wherever the plan's numbers do."""
    if manuscript.plan.numbering == Numbering.CONTINUOUS.value:
        return
    main = [note for note in manuscript.plan.notes if note.series == MAIN]
    begins = {note.chapter for note in main[1:] if note.number == 1}
    body = tree[-1]
    holders = [child for child in body if child.get("class") == "chapter"]
    for chapter, holder in zip(manuscript.chapters, holders, strict=True):
        if chapter.slug in begins:
            previous = holder.getprevious()
            first = previous if previous is not None and previous.get("class") == "part" else holder
            first.addprevious(_paragraph(mark("section")))
    references = body.find("div[@class='references']")
    if references is not None and len(references) > _ENOUGH:
        # LibreOffice 7 numbers the footnotes of such a document when the kind of numbering changes at its end.
        references.addprevious(_paragraph(mark("section")))
        references[-1].addprevious(_paragraph(mark("quiet")))
    if manuscript.plan.numbering == Numbering.PART.value:
        _lower_chapters(holders, manuscript)


def _lower_chapters(holders: Sequence[Element], manuscript: NumberedManuscript) -> None:
    """Chapters stand a level below their parts in the outline: LibreOffice begins numbers anew at its first level."""
    for chapter, holder in zip(manuscript.chapters, holders, strict=True):
        heading = holder.find("h1")
        if chapter.part is not None and heading is not None:
            etree.SubElement(heading, "span").text = mark("level 2")


def _paragraph(text: str) -> Element:
    paragraph = etree.Element("p")
    paragraph.text = text
    return paragraph


def _styled(style: str, text: str) -> Element:
    holder = etree.Element("div", {"data-custom-style": style})
    holder.append(_paragraph(text))
    return holder


def _listed(found: CaptionList) -> DocxList:
    entries = (
        DocxEntry(f"{entry.target.label}\t{entry.target.title}", 1, bookmark_name(entry.target.anchor))
        for entry in found.entries
    )
    return DocxList(found.title, tuple(entries))


def _finish(tree: Element, page: PageShape, lists: tuple[DocxList, ...]) -> DocxDocument:
    """Styles, tables, pictures and formulas as Pandoc's writer of DOCX needs them."""
    # Pandoc would print a title of the document before all else.
    tree.remove(tree[0])
    rename(tree, bookmark_name)
    contents = tuple(_entries(tree))
    for heading in tree.iter("h1"):
        if heading.get("class") == "part":
            _set_style(heading, "Part")
    for table in list(tree.iter("table")):
        set_table(table, page.measure)
    _style_paragraphs(tree)
    _style_captions(tree)
    _number_equations(tree)
    _unwrap_figures(tree)
    pictures = tuple(_pictures(tree))
    return DocxDocument(serialise(tree), pictures, contents, lists)


def _entries(tree: Element) -> Iterator[DocxEntry]:
    """The headings that stand in the contents, as Word finds them when it makes the contents anew."""
    for heading in tree.iter("h1", "h2"):
        level = int(str(heading.tag)[1])
        if level <= _CONTENTS_LEVELS and heading.get("id") and heading.get("class") != "front":
            yield DocxEntry(_heading_text(heading), level, heading.get("id") or "")


def _heading_text(heading: Element) -> str:
    pieces = [heading.text or ""]
    for child in heading:
        if child.get("class") != "note-call" and not (child.text or "").startswith(MARK_OPEN):
            pieces.append("".join(map(str, child.itertext())))
        pieces.append(child.tail or "")
    return plain("".join(pieces))


def _set_style(element: Element, style: str) -> None:
    """Put a paragraph, which loses what else it is, into a division of a style."""
    holder = etree.Element("div", {"data-custom-style": style})
    if element.get("id"):
        holder.set("id", element.attrib.pop("id"))
    if element.get("lang"):
        holder.set("lang", element.attrib.pop("lang"))
    replace(element, holder)
    element.tag = "p"
    holder.append(element)


def _style_paragraphs(tree: Element) -> None:
    for element in list(tree.iter("p", "div")):
        style = next((_STYLES[name] for name in (element.get("class") or "").split() if name in _STYLES), "")
        if not style:
            continue
        if element.tag == "div":
            element.set("data-custom-style", style)
        elif all(holder.get("data-custom-style") is None for holder in element.iterancestors("div")):
            _set_style(element, style)


def _style_captions(tree: Element) -> None:
    """Captions are paragraphs of their own, with the number that the plan of the publication gives."""
    for caption in list(tree.iter("caption", "figcaption")):
        holder = caption.getparent()
        if holder is None:
            continue
        is_table = caption.tag == "caption"
        box = etree.Element("div", {"data-custom-style": "Caption"})
        if holder.get("id"):
            box.set("id", holder.attrib.pop("id"))
        caption.tag = "p"
        holder.remove(caption)
        caption.tail = None
        if any(child.tag in ("p", "div") for child in caption):
            caption.tag = "div"
        box.append(caption)
        if is_table:
            holder.addprevious(box)
        else:
            box.tail, holder.tail = holder.tail, None
            holder.addnext(box)


def _number_equations(tree: Element) -> None:
    """A numbered formula stands between two tabulators, the number at the margin."""
    for span in list(tree.iter("span")):
        if span.get("class") != "equation":
            continue
        parent = span.getparent()
        alone = parent is not None and parent.tag == "p" and len(parent) == 1
        if parent is not None and alone and not (parent.text or "").strip() and not (span.tail or "").strip():
            _set_style(parent, "Equation")
        for math in span.iter("{http://www.w3.org/1998/Math/MathML}math"):
            math.set("display", "inline")
            number = math.getnext()
            span.text = mark("tab")
            if number is not None:
                math.tail = mark("tab")


def _unwrap_figures(tree: Element) -> None:
    """A figure of Pandoc's is a table in Word; a paragraph of the style Figure holds the picture here."""
    for figure in list(tree.iter("figure")):
        images = [child for child in figure if child.tag == "img"]
        for image in images:
            paragraph = etree.Element("p")
            image.addprevious(paragraph)
            image.tail = None
            paragraph.append(image)
        figure.tag = "div"
        figure.attrib.pop("class", "")
        figure.set("data-custom-style", "Figure")


def _length(number: str, unit: str) -> float:
    return float(number) / 100 if unit == "%" else float(number) * _POINTS[unit]


def _pictures(tree: Element) -> Iterator[DocxPicture]:
    for index, image in enumerate(list(tree.iter("img"))):
        lengths = {found[1]: _length(found[2], found[3]) for found in _LENGTH.finditer(image.get("style") or "")}
        width, height = lengths.get("width", 0.0), lengths.get("height", 0.0)
        yield DocxPicture(image.get("src") or "", image.get("alt") or "", width, height)
        holder = etree.Element("span")
        holder.text = mark(f"picture {index}")
        replace(image, holder)
        unwrap(holder)
