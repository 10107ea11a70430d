"""Marks of notes into calls, notes and the notes of tables, linked both ways and labelled by the plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from octavo.errors import InternalError
from octavo.model.edition import NumberedManuscript
from octavo.model.epub import plain
from octavo.model.notes import MAIN, Note
from octavo.model.words import Words
from octavo.typeset.reading_clean import clean
from octavo.typeset.reading_markup import (
    XHTML,
    local_name,
    make,
    parse,
    replace,
    set_language,
    take,
)

_CALL = f".//{{{XHTML}}}span[@data-note]"
_TABLE_NOTES = f".//{{{XHTML}}}div[@data-notes]"


@dataclass(slots=True)
class NoteSetter:
    """Sets the notes of one chapter.

    ``language`` is that of the chapter.  ``placed`` gathers the notes that stand under tables, ``called`` how often
    each was called, so that no anchor stands twice in a document.
    """

    manuscript: NumberedManuscript
    words: Words
    language: str
    placed: set[str] = field(default_factory=set)
    called: dict[str, int] = field(default_factory=dict)
    pictures: list[str] = field(default_factory=list)

    def set_marks(self, tree: etree._Element) -> None:
        """Puts calls where notes are called, and the notes of tables where the tables end."""
        for mark in tree.findall(_CALL):
            self._set_call(mark)
        for block in tree.findall(_TABLE_NOTES):
            notes = [self._find(identifier) for identifier in take(block, "data-notes").split()]
            self.placed.update(note.id for note in notes)
            block.extend(self.set_note(note) for note in notes)

    def closing_notes(self, chapter: str) -> Iterator[etree._Element]:
        """The notes that stand at the end of a chapter: the main series, and what no table has taken."""
        for note in self.manuscript.plan.of_chapter(chapter):
            if note.series == MAIN or note.id not in self.placed:
                yield self.set_note(note)

    def set_note(self, note: Note) -> etree._Element:
        """One note: its label, which is the way back to the call, and its body."""
        body = self.manuscript.note_bodies.get(note.id)
        if body is None:
            raise InternalError(f"note {note.id} has no body")
        tree = parse(body)
        self.pictures.extend(clean(tree, self.words))
        for mark in tree.findall(_CALL):
            self._set_call(mark)
        aside = make("aside", class_="note", epub_type="footnote", role="doc-footnote", id=note.anchor)
        language = self.manuscript.note_languages.get(note.id, "")
        if language and language != self.language:
            set_language(aside, language)
        aside.extend(_blocks(tree))
        label = make(
            "a",
            note.label,
            class_="note-label",
            role="doc-backlink",
            href=f"#{note.call_anchor}",
            title=self.words.back_to_text,
        )
        first = aside[0]
        label.tail, first.text = f" {(first.text or '').lstrip()}", None
        first.insert(0, label)
        return aside

    def _set_call(self, mark: etree._Element) -> None:
        note = self._find(mark.get("data-note", ""))
        times = self.called[note.id] = self.called.get(note.id, 0) + 1
        anchor = note.call_anchor if times == 1 else f"{note.call_anchor}--{times}"
        call = make("sup", class_="note-call")
        link = make("a", note.label, epub_type="noteref", role="doc-noteref", href=f"#{note.anchor}", id=anchor)
        call.append(link)
        before = mark.getprevious()
        holder = next(mark.iterancestors(f"{{{XHTML}}}a"), None)
        if holder is not None:  # A link cannot stand in a link: the call follows it.
            replace(mark)
            call.tail, holder.tail = holder.tail, None
            holder.addnext(call)
            return
        if before is not None and before.get("class") == "note-call" and not (before.tail or "").strip():
            before.tail = None
            separator = make("sup", ",\N{THIN SPACE}", class_="note-separator")
            replace(mark, separator, call)
        else:
            replace(mark, call)

    def _find(self, identifier: str) -> Note:
        note = self.manuscript.plan.find(identifier)
        if note is None:
            raise InternalError(f"note {identifier} is called but is not in the plan")
        return note


def without_calls(tree: etree._Element) -> str:
    """The words of a heading as plain text, its notes left out and white space folded."""
    parts: list[str] = []

    def gather(element: etree._Element) -> None:
        if element.get("data-note") is None and element.get("class") not in ("note-call", "note-separator"):
            parts.append(element.text or "")
            for child in element:
                gather(child)
                parts.append(child.tail or "")

    gather(tree)
    return plain("".join(parts))


def _blocks(tree: etree._Element) -> list[etree._Element]:
    # A note begins with a paragraph, which takes its label; loose text becomes one.
    blocks = list(tree)
    if (tree.text or "").strip() or any(local_name(block) not in _BLOCKS for block in blocks):
        paragraph = make("p", tree.text)
        paragraph.extend(blocks)
        return [paragraph]
    if not blocks or local_name(blocks[0]) != "p":
        blocks.insert(0, make("p"))
    return blocks


_BLOCKS = frozenset({"blockquote", "div", "dl", "figure", "hr", "ol", "p", "pre", "section", "table", "ul"})
