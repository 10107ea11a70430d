"""The note plan and the places of its notes in one edition into ``notes.json``."""

from __future__ import annotations

import json

from octavo.model.notes import EditionNotes, NotePlan, note_record


def notes_json(plan: NotePlan, seen: EditionNotes, *, paged: bool) -> bytes:
    """The file that stands beside an artifact: each note of the plan, with its page or its address in the edition."""
    calls = {mark.links_to: mark.place for mark in seen.calls}
    bodies = {mark.anchor: (mark.place, mark.end) for mark in seen.notes}
    notes = [
        note_record(note, calls.get(note.anchor), *bodies.get(note.anchor, (None, "")), paged=paged)
        for note in plan.notes
    ]
    document = {"edition": seen.edition, "numbering": plan.numbering, "notes": notes}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
