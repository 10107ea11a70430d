"""A NumberedManuscript into one XHTML document that Pandoc reads: what DOCX, JATS and LaTeX are written from.

What stands in the document, beside the markup of :class:`octavo.model.edition.NumberedChapter`:

- ``<h1 id=ANCHOR class="chapter">`` begins a chapter, with ``<span class="chapter-label">Chapter 3.</span>`` before its
  title; ``h1.part`` and ``h1.references`` begin what their names say.  ``p.subtitle``, ``p.authors``, ``div.abstract``
  and ``p.keywords`` follow a chapter's heading;
- ``<span class="note-call" id="call-..." data-note=ID data-label="12"/>`` calls a note of the main series, whose body
  is ``<div class="octavo-note" data-note=ID id="note-..." data-label="12">`` in ``div.octavo-notes`` at the end of the
  document; ``flow.lua`` makes a note of Pandoc's of the two;
- the notes of a table are links: ``<sup class="table-call"><span id="call-..."><a href="#note-...">a</a></span></sup>``
  in its cells, and ``<div class="table-note" id="note-..."><p><a class="note-number" href="#call-...">`` below it;
- ``<table id=ANCHOR><caption>`` stands without a figure around it; its remark, notes and sources follow it;
- ``<p class="entry">`` in ``div.reference`` is an entry of the list of references.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lxml import etree

from octavo.model.counting import roman
from octavo.model.edition import NumberedChapter, NumberedManuscript
from octavo.model.publication import Part, Person
from octavo.model.words import Words, primary_language, words_for
from octavo.typeset.flow_notes import FlowNotes
from octavo.typeset.paged import part_anchor
from octavo.typeset.print_notes import plain_checkboxes

Element = etree._Element
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_VOID = frozenset({"br", "col", "hr", "img", "input"})
REFERENCES = "octavo-references"


@dataclass(frozen=True, slots=True)
class FlowDocument:
    """A whole document for Pandoc's reader of HTML; ``images`` are the ``src`` of its pictures, each once."""

    xhtml: str
    images: tuple[str, ...]


def typeset_flow(
    manuscript: NumberedManuscript,
    words: Words,
    *,
    language: str,
    title: str = "",
    front: str = "",
    parts: Sequence[Part] = (),
    authors: Sequence[Person] = (),
    openings: bool = True,
    name: Callable[[str], str] = str,
) -> FlowDocument:
    """One document of all chapters, their notes and the references.

    ``front`` are XHTML blocks put before the text: the title page of a book, the title block of a paper; notes may be
    called in it.  ``authors`` are those of the whole, whom a chapter does not name again.  Without ``openings`` the
    headings, abstracts and keywords of chapters are left out, for they stand in ``front``, and sections begin at
    ``h1``.  ``name`` gives each anchor the form that the format can hold.
    """
    tree = flow_tree(
        manuscript, words, language=language, title=title, front=front, parts=parts, authors=authors, openings=openings
    )
    rename(tree, name)
    images = dict.fromkeys(image.get("src") or "" for image in tree.iter("img"))
    return FlowDocument(serialise(tree), tuple(images))


def flow_tree(
    manuscript: NumberedManuscript,
    words: Words,
    *,
    language: str,
    title: str,
    front: str,
    parts: Sequence[Part],
    authors: Sequence[Person],
    openings: bool,
) -> Element:
    """The document as a tree, with the anchors of the manuscript; the arguments are those of :func:`typeset_flow`."""
    root = etree.Element("html", lang=language)
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = title
    body = etree.SubElement(root, "body")
    if front:
        body.append(_front(front))
    setter = FlowNotes(manuscript, {chapter.slug: chapter.language for chapter in manuscript.chapters})
    part: int | None = None
    for chapter in manuscript.chapters:
        if chapter.part is not None and chapter.part != part and parts:
            body.append(_part(parts[chapter.part].title, chapter.part, words))
        part = chapter.part
        # A language of its own stands around a chapter: Pandoc would take that of a heading for all that follows.
        holder = etree.SubElement(body, "div", {"class": "chapter"})
        if chapter.language != language:
            holder.set("lang", chapter.language)
        if openings:
            _open(holder, chapter, authors)
        text = _fragment(f"<div>{chapter.body_html}</div>")
        if not openings:
            _raise_headings(text)
        holder.extend(text)
    if manuscript.references:
        body.append(_references(manuscript, words, language))
    setter.place(body)
    _unwrap_tables(body)
    for link in body.iter("a"):
        target = link.get("data-target")
        if target:
            link.set("href", f"#{target}")
    plain_checkboxes(body)
    for box in body.iter("span"):
        if box.get("class") == "task":
            box.tail = f" {(box.tail or '').lstrip()}"
    return root


def _front(xml: str) -> Element:
    """The blocks before the text, in one division."""
    holder = _fragment(f"<div>{xml}</div>")
    alone = holder[0] if len(holder) == 1 else None
    if alone is not None and alone.get("class") == "front":
        return alone
    holder.set("class", "front")
    return holder


def _part(title: str, index: int, words: Words) -> Element:
    heading = etree.Element("h1", {"class": "part", "id": part_anchor(index)})
    label = etree.SubElement(heading, "span", {"class": "part-label"})
    label.text = f"{words.part}\N{NO-BREAK SPACE}{roman(index + 1).upper()}."
    label.tail = f" {title}"
    return heading


def _open(holder: Element, chapter: NumberedChapter, authors: Sequence[Person]) -> None:
    words = words_for(chapter.language)
    heading = _fragment(f"<h1>{chapter.title_html}</h1>")
    heading.set("class", "chapter")
    heading.set("id", chapter.anchor)
    opener = words.heading(chapter.role.value, chapter.label)
    if opener:
        label = etree.Element("span", {"class": "chapter-label"})
        label.text = f"{opener}."
        label.tail = f" {heading.text or ''}"
        heading.text = None
        heading.insert(0, label)
    holder.append(heading)
    front = chapter.front
    if front.subtitle:
        _paragraph(holder, "subtitle", front.subtitle)
    if front.authors and tuple(front.authors) != tuple(authors):
        _paragraph(holder, "authors", ", ".join(author.name for author in front.authors))
    if chapter.abstract_html:
        abstract = _fragment(f"<div>{chapter.abstract_html}</div>")
        abstract.set("class", "abstract")
        holder.append(abstract)
    if front.keywords:
        keywords = _paragraph(holder, "keywords", "")
        label = etree.SubElement(keywords, "span", {"class": "label"})
        label.text = f"{words.keywords}:"
        label.tail = f" {', '.join(front.keywords)}"


def _paragraph(holder: Element, css: str, text: str) -> Element:
    paragraph = etree.SubElement(holder, "p", {"class": css})
    paragraph.text = text
    return paragraph


def _raise_headings(text: Element) -> None:
    for heading in text.iter(*_HEADINGS[1:]):
        heading.tag = f"h{int(str(heading.tag)[1]) - 1}"


def _references(manuscript: NumberedManuscript, words: Words, language: str) -> Element:
    holder = etree.Element("div", {"class": "references"})
    heading = etree.SubElement(holder, "h1", {"class": "references", "id": REFERENCES})
    heading.text = words.references
    for entry in manuscript.references:
        reference = etree.SubElement(holder, "div", {"class": "reference", "id": entry.anchor})
        # An entry in the language of the text keeps the region of the text.
        if primary_language(entry.language) != primary_language(language):
            reference.set("lang", entry.language)
        reference.append(_fragment(f'<p class="entry">{entry.html}</p>'))
    return holder


def _unwrap_tables(body: Element) -> None:
    """The caption and the anchor of a table are its own; what else its figure holds follows it."""
    for figure in list(body.iter("figure")):
        table = figure.find("table")
        parent = figure.getparent()
        if table is None or parent is None:
            continue
        caption = figure.find("figcaption")
        if caption is not None:
            figure.remove(caption)
            caption.tag = "caption"
            caption.tail = None
            table.insert(0, caption)
        anchor = figure.get("id")
        if anchor:
            table.set("id", anchor)
        if figure.get("class"):
            table.set("class", figure.get("class") or "")
        at = parent.index(figure)
        children = list(figure)
        for child in children:
            child.tail = None
        children[-1].tail = figure.tail
        parent[at : at + 1] = children


def rename(tree: Element, name: Callable[[str], str]) -> None:
    """Give each anchor, and what leads to it, another form."""
    for element in tree.iter(etree.Element):
        identifier = element.get("id")
        if identifier:
            element.set("id", name(identifier))
        href = element.get("href") or ""
        if href[:1] == "#" and len(href) > 1:
            element.set("href", f"#{name(href[1:])}")


def serialise(tree: Element) -> str:
    """The document as text that readers of XML and of HTML take for the same."""
    for element in tree.iter(etree.Element):
        if not len(element) and element.text is None and etree.QName(element).localname not in _VOID:
            element.text = ""
    return "<!DOCTYPE html>\n" + etree.tostring(tree, encoding="unicode")


def _fragment(xml: str) -> Element:
    return etree.fromstring(xml)
