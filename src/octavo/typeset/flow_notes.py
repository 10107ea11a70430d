"""Notes of a manuscript into a flow document: calls, bodies, and the notes of tables below them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from octavo.model.edition import NumberedManuscript
from octavo.model.notes import MAIN, Note
from octavo.typeset.print_notes import take

Element = etree._Element
_BLOCKS = frozenset({"blockquote", "div", "dl", "figure", "hr", "ol", "p", "pre", "table", "ul"})


@dataclass(frozen=True, slots=True)
class FlowNotes:
    """Puts the notes of a manuscript into its document; ``languages`` are those of its chapters, by slug."""

    manuscript: NumberedManuscript
    languages: Mapping[str, str]

    def place(self, body: Element) -> None:
        """Give calls their anchors and labels, and put the notes where they belong."""
        bodies = etree.Element("div", {"class": "octavo-notes"})
        for mark in list(body.iter("span")):
            if mark.get("class") == "note-call":
                self._call(mark, bodies)
        for box in list(body.iter("div")):
            if box.get("class") == "table-notes":
                for identifier in take(box, "data-notes").split():
                    box.append(self._under_table(self._note(identifier)))
        if len(bodies):
            body.append(bodies)

    def _note(self, identifier: str) -> Note:
        note = self.manuscript.plan.find(identifier)
        assert note is not None, "every mark was made from the plan"
        return note

    def _call(self, mark: Element, bodies: Element) -> None:
        note = self._note(mark.get("data-note") or "")
        if note.series == MAIN:
            mark.set("id", note.call_anchor)
            mark.set("data-label", note.label)
            body = self._body(note, "octavo-note")
            body.set("data-note", note.id)
            body.set("data-label", note.label)
            bodies.append(body)
            return
        mark.attrib.clear()
        mark.tag = "sup"
        mark.set("class", "table-call")
        place = etree.SubElement(mark, "span", id=note.call_anchor)
        etree.SubElement(place, "a", href=f"#{note.anchor}").text = note.label

    def _body(self, note: Note, css: str) -> Element:
        html = self.manuscript.note_bodies[note.id]
        body = etree.fromstring(f"<div>{html}</div>")
        if not len(body) or (body.text or "").strip() or body[0].tag not in _BLOCKS:
            body = etree.fromstring(f"<div><p>{html}</p></div>")
        body.set("class", css)
        body.set("id", note.anchor)
        language = self.manuscript.note_languages[note.id]
        if language != self.languages[note.chapter]:
            body.set("lang", language)
        return body

    def _under_table(self, note: Note) -> Element:
        body = self._body(note, "table-note")
        if body[0].tag != "p":
            body.insert(0, etree.Element("p"))
        first = body[0]
        number = etree.Element("a", {"class": "note-number", "href": f"#{note.call_anchor}"})
        etree.SubElement(number, "sup").text = note.label
        number.tail = f" {first.text or ''}"
        first.text = None
        first.insert(0, number)
        return body
