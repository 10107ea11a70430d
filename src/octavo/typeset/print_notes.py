"""Neutral XHTML into XHTML for paged media: notes at their calls, references with pages, drawings for formulas."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field

from lxml import etree

from octavo.model.edition import ELSEWHERE, FOLIO_CLOSE, FOLIO_OPEN, INLINE_SVG, NumberedManuscript, TargetKind
from octavo.model.notes import MAIN, Note
from octavo.model.words import Words, words_for
from octavo.typeset.mathematics import MATHML, draw_mathematics
from octavo.typeset.paged_markup import prepare_page

_WITH_PAGE = (TargetKind.CHAPTER.value, TargetKind.APPENDIX.value, TargetKind.SECTION.value)
_OTHER_CHAPTER = (TargetKind.TABLE.value, TargetKind.FIGURE.value, TargetKind.NOTE.value, TargetKind.EQUATION.value)


@dataclass(slots=True)
class PrintBody:
    """Makes the print form of pieces of one chapter, and gathers the anchors whose pages they print.

    ``measure`` is the width of the text in em of tables.  Where it is that of a column, ``across`` is the width of
    all columns: tables and drawings that would be too small in a column get the class ``across``.  Without
    ``with_pages`` a reference has no page behind it.
    """

    manuscript: NumberedManuscript
    chapter: str
    language: str
    words: Words
    measure: float = 36.0
    with_pages: bool = True
    across: float = 0.0
    page_references: list[str] = field(default_factory=list)

    def convert(self, xml: str) -> str:
        """A piece of neutral XHTML into what is laid out."""
        if not xml:
            return ""
        tree = etree.fromstring(f"<x>{xml}</x>")
        self._notes(tree)
        self._table_notes(tree)
        self.prepare(tree)
        self._drawings(tree)
        draw_mathematics(tree)
        prepare_page(tree, self.measure, self.across)
        return inner_xml(tree)

    def prepare(self, tree: etree._Element) -> None:
        """Links and what a page cannot show otherwise; the words of the tree are then those that are printed."""
        self._links(tree)
        plain_checkboxes(tree)

    def _notes(self, tree: etree._Element) -> None:
        """A note stands within its call, where ``float: footnote`` takes it to the foot of the call's page."""
        for mark in list(tree.iter("span")):
            if mark.get("class") != "note-call":
                continue
            note = self._note(mark)
            if note.series == MAIN:
                mark.attrib.clear()
                mark.set("class", "call")
                mark.set("id", note.call_anchor)
                aside = self._body(note, "note")
                aside.set("data-label", note.label)
                mark.append(aside)
            else:
                mark.attrib.clear()
                mark.set("class", "call table-call")
                mark.set("id", note.call_anchor)
                link = etree.SubElement(mark, "a")
                link.set("href", f"#{note.anchor}")
                link.text = note.label

    def _note(self, mark: etree._Element) -> Note:
        note = self.manuscript.plan.find(mark.get("data-note") or "")
        assert note is not None, "every mark was made from the plan"
        return note

    def _body(self, note: Note, css_class: str) -> etree._Element:
        aside = etree.fromstring(f"<aside>{self.manuscript.note_bodies[note.id]}</aside>")
        aside.set("id", note.anchor)
        aside.set("class", css_class)
        language = self.manuscript.note_languages[note.id]
        if language != self.language:
            aside.set("lang", language)
        number = etree.Element("a")
        number.set("class", "note-number")
        number.set("href", f"#{note.call_anchor}")
        number.text = note.label
        first = aside[0] if len(aside) and aside[0].tag == "p" else aside
        number.tail = first.text
        first.text = None
        first.insert(0, number)
        return aside

    def _table_notes(self, tree: etree._Element) -> None:
        for box in tree.iter("div"):
            if box.get("class") == "table-notes":
                for identifier in take(box, "data-notes").split():
                    note = self.manuscript.plan.find(identifier)
                    assert note is not None, "every mark was made from the plan"
                    box.append(self._body(note, "table-note"))

    def _drawings(self, tree: etree._Element) -> None:
        """A picture that is no file stands within the page itself, in its own size."""
        for image in tree.iter("img"):
            drawing = self.manuscript.drawings.get(image.get("src") or "")
            if drawing is not None:
                image.set("src", f"{INLINE_SVG}{b64encode(drawing.svg.encode()).decode()}")
                image.set("style", f"width:{drawing.width:g}pt")

    def _links(self, tree: etree._Element) -> None:
        for link in tree.iter("a"):
            target = take(link, "data-target")
            kind = take(link, "data-kind")
            chapter = take(link, "data-chapter")
            if not target:
                continue
            own = chapter == self.chapter
            link.set("href", f"#{target}" if own else f"{ELSEWHERE}{target}")
            if self.with_pages and (kind in _WITH_PAGE or (kind in _OTHER_CHAPTER and not own)):
                self.page_references.append(target)
                page = f"{self.words.page}\u00a0{FOLIO_OPEN}{target}{FOLIO_CLOSE}"
                link.tail = f" ({page}){link.tail or ''}"


def take(element: etree._Element, name: str) -> str:
    """The value of an attribute, which is then gone."""
    value = element.get(name) or ""
    if value:
        del element.attrib[name]
    return value


def plain_checkboxes(tree: etree._Element) -> None:
    """The boxes of task lists are characters in print."""
    for box in list(tree.iter("input")):
        span = etree.Element("span")
        span.set("class", "task")
        span.text = "\u2611" if box.get("checked") is not None else "\u2610"
        span.tail = box.tail
        parent = box.getparent()
        if parent is not None:
            parent.replace(box, span)


def inner_xml(element: etree._Element) -> str:
    """The content of an element as XML."""
    whole = etree.tostring(element, encoding="unicode", with_tail=False)
    start, end = whole.index(">") + 1, whole.rindex("<")
    return "" if whole.endswith("/>") and start > end else whole[start:end]


def printed_note_texts(manuscript: NumberedManuscript, *, with_pages: bool = True) -> dict[str, str]:
    """The text of each note as print shows it, by id: with pages of references (as placeholders), without drawings."""
    languages = {chapter.slug: chapter.language for chapter in manuscript.chapters}
    texts = {}
    for note in manuscript.plan.notes:
        language = languages[note.chapter]
        body = PrintBody(manuscript, note.chapter, language, words_for(language), with_pages=with_pages)
        tree = etree.fromstring(f"<x>{manuscript.note_bodies[note.id]}</x>")
        body.prepare(tree)
        for math in list(tree.iter(f"{{{MATHML}}}math")):
            math[:] = []
        texts[note.id] = " ".join("".join(map(str, tree.itertext())).split())
    return texts
