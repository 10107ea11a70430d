"""The note plan and the places of its notes in one edition into ``notes.json``."""

from __future__ import annotations

import json

from octavo.model.notes import EditionNotes, NotePlan


def notes_json(plan: NotePlan, seen: EditionNotes, *, paged: bool) -> bytes:
    """The file that stands beside an artifact: each note of the plan, with its page or its address in the edition.

    ``page`` is the printed folio of the call in a paged edition, and ``note_page`` that of the note where it begins
    on a later page; ``href`` is the note's document and anchor in an EPUB.
    """
    calls = {mark.links_to: mark for mark in seen.calls}
    bodies = {mark.anchor: mark for mark in seen.notes}
    notes: list[dict[str, object]] = []
    for note in plan.notes:
        call, body = calls.get(note.anchor), bodies.get(note.anchor)
        entry: dict[str, object] = {
            "number": note.number,
            "label": note.label,
            "series": note.series,
            "id": note.id,
            "kind": note.kind.value,
            "chapter": note.chapter,
            "keys": list(note.keys),
            "text": note.text,
            "source": {"file": note.location.file, "line": note.location.line, "column": note.location.column},
            "page": call.place if paged and call else None,
            "href": f"{body.place}#{body.anchor}" if body and not paged else None,
        }
        if paged and call and body and call.place != body.place:
            entry["note_page"] = body.place
        notes.append(entry)
    document = {"edition": seen.edition, "numbering": plan.numbering, "notes": notes}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
