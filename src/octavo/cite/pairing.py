"""The notes that Pandoc made, paired with the calls that the scanner found: each note gets its place in the source.

Both read the same text.  Where they disagree on the number or the kind of notes, nothing is guessed: it is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from octavo.cite.html import CalledNote, ConvertedChapter, Element, plain_text
from octavo.model.chapter import ExpandedChapter
from octavo.model.finding import Finding
from octavo.model.notes import NoteKind
from octavo.model.reference import is_cross_reference
from octavo.model.source import Location, Span

_WORD = re.compile(r"\w+")
_ATTRIBUTES = re.compile(r"\{[^{}]*\}|\]\([^()]*\)|\[[^\[\]]*@[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class WrittenNote:
    """A note as it stands in the source; ``name`` is unique in its chapter, ``body`` its raw text (of remarks)."""

    name: str
    kind: NoteKind
    keys: tuple[str, ...]
    span: Span
    body: str


@dataclass(frozen=True, slots=True)
class PairedNote:
    """A note with its call and body in the tree, and its place in the author's file."""

    id: str
    kind: NoteKind
    keys: tuple[str, ...]
    location: Location
    call: Element
    body: Element


def written_notes(chapter: ExpandedChapter, citations_are_notes: bool) -> tuple[WrittenNote, ...]:
    """The notes of a chapter in the order of their calls; what stands in the body of a note belongs to that note."""
    scan = chapter.scan
    bodies = [definition.span for definition in scan.definitions] + [note.body for note in scan.inline_notes]
    definitions = {definition.label: definition for definition in reversed(scan.definitions)}

    def outside(span: Span) -> bool:
        return not any(span in body for body in bodies)

    calls: list[tuple[Span, NoteKind, str, tuple[str, ...], str]] = []
    for reference in scan.references:
        if reference.label in definitions and outside(reference.span):
            body = definitions[reference.label].body.of(chapter.text)
            calls.append((reference.span, NoteKind.REMARK, reference.label, (), body))
    for note in scan.inline_notes:
        if outside(note.span):
            calls.append((note.span, NoteKind.REMARK, "", (), note.body.of(chapter.text)))
    for citation in scan.citations if citations_are_notes else ():
        keys = tuple(item.key for item in citation.items if not is_cross_reference(item.key))
        if keys and outside(citation.span):
            calls.append((citation.span, NoteKind.CITATION, "", keys, ""))
    calls.sort(key=lambda call: call[0])
    return tuple(_named(calls))


def _named(calls: list[tuple[Span, NoteKind, str, tuple[str, ...], str]]) -> Iterator[WrittenNote]:
    """Names: the label of a remark; ``inline-2`` and ``cite-2`` count the notes that have none."""
    taken: set[str] = {label for _, _, label, _, _ in calls if label}
    counts = {NoteKind.CITATION: 0, NoteKind.REMARK: 0}
    used: set[str] = set()
    for span, kind, label, keys, body in calls:
        name = label
        while not name or name in used or (not label and name in taken):
            counts[kind] += 1
            name = f"{'cite' if kind is NoteKind.CITATION else 'inline'}-{counts[kind]}"
        used.add(name)
        yield WrittenNote(name, kind, keys, span, body)


def pair(
    chapter: ExpandedChapter, converted: ConvertedChapter, citations_are_notes: bool, findings: list[Finding]
) -> tuple[PairedNote, ...]:
    """Pair all notes of a chapter, in the order in which they stand in the tree."""
    waiting = list(written_notes(chapter, citations_are_notes))
    paired: list[PairedNote] = []
    for note in converted.notes:
        written = _match(note, waiting)
        if written is None:
            text = plain_text(note.body)[:60]
            at = waiting[0].span if waiting else Span(len(chapter.text), len(chapter.text))
            message = f"a note of this chapter was not recognised: '{text}'"
            hint = "look for an unclosed bracket, quotation or code mark before it"
            findings.append(Finding("NTE109", "note-misread", message, chapter.locate(at), hint))
            return tuple(paired)
        waiting.remove(written)
        identifier = f"{chapter.slug}/{written.name}"
        location = chapter.locate(written.span)
        paired.append(PairedNote(identifier, written.kind, written.keys, location, note.call, note.body))
    for written in waiting:
        message = "this call of a note does not reach the text"
        hint = "it stands in a place that Pandoc reads as something else, such as code or a broken link"
        findings.append(Finding("NTE109", "note-misread", message, chapter.locate(written.span), hint))
    return tuple(paired)


def _match(note: CalledNote, waiting: list[WrittenNote]) -> WrittenNote | None:
    """The first note that waits and fits; a remark whose words fit comes before one whose words do not.

    The order differs where a caption stands below its table in the source and above it in the tree.
    """
    group = note.call.getparent()
    cites = (group.get("data-cites") or "").split() if group is not None else []
    if cites:
        keys = tuple(cites)
        return next((other for other in waiting if other.keys == keys), None)
    remarks = [other for other in waiting if other.kind is NoteKind.REMARK]
    if not remarks:
        return None
    seen = _signature(plain_text(note.body))
    return next((other for other in remarks if _signature(other.body) == seen), remarks[0])


def _signature(text: str) -> str:
    """The first letters of a text without its markup, enough to tell remarks apart."""
    return "".join(_WORD.findall(_ATTRIBUTES.sub("", text)))[:24].replace("_", "")
