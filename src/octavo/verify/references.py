"""The references to notes that a manuscript makes, compared with those that an edition shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from octavo.model.edition import NumberedManuscript, TargetKind
from octavo.model.finding import Finding
from octavo.model.notes import Mark

_HINT = "build the edition again"


def wanted_references(manuscript: NumberedManuscript) -> Mapping[str, int]:
    """How often the text and the notes refer to each note, by its anchor."""
    pieces = [
        html
        for chapter in manuscript.chapters
        for html in (chapter.title_html, chapter.abstract_html, chapter.body_html)
    ]
    counts: Counter[str] = Counter()
    for piece in (*pieces, *manuscript.note_bodies.values()):
        if f'data-kind="{TargetKind.NOTE.value}"' in piece:
            for link in etree.fromstring(f"<x>{piece}</x>").iter("a"):
                if link.get("data-kind") == TargetKind.NOTE.value:
                    counts[link.get("data-target") or ""] += 1
    return counts


def compare_references(manuscript: NumberedManuscript, seen: Iterable[Mark], edition: str) -> Iterator[Finding]:
    """References that print another number than their note has, are missing, or are too many."""
    wanted = wanted_references(manuscript)
    found: dict[str, list[Mark]] = {}
    for mark in seen:
        found.setdefault(mark.links_to, []).append(mark)
    for note in manuscript.plan.notes:
        marks = found.get(note.anchor, [])
        for mark in marks:
            if mark.label != note.label:
                message = f"{edition}: page {mark.place} refers to note {note.label} ({note.id}) as '{mark.label}'"
                yield Finding("EDN104", "wrong-back-reference", message, note.location, _HINT)
        count = wanted.get(note.anchor, 0)
        if len(marks) < count:
            message = f"{edition}: note {note.label} ({note.id}) is referred to {len(marks)} times, not {count}"
            yield Finding("EDN104", "wrong-back-reference", message, note.location, _HINT)
        elif len(marks) > count:
            where = ", ".join(dict.fromkeys(mark.place for mark in marks))
            message = f"{edition}: note {note.label} ({note.id}) has a call too many, or a reference ({where})"
            yield Finding("EDN102", "note-differs", message, note.location, _HINT)
