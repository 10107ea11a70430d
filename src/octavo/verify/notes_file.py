"""A ``notes.json`` into findings: whether it says of each note what the plan and the edition say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from octavo.model.finding import Finding
from octavo.model.notes import EditionNotes, Note, NotePlan, note_record

_HINT = "the sources or the file were changed after the build: build the edition again"
_PLACES = ("page", "note_page", "note_end", "href")

Entry = Mapping[str, object]


def late_notes(data: bytes, plan: NotePlan) -> frozenset[str]:
    """The anchors of the notes of which the file says that they begin on a page after their call's."""
    late = {str(entry["id"]) for entry in (_read(data) or ([], {}))[0] if entry.get("note_page")}
    return frozenset(note.anchor for note in plan.notes if note.id in late)


def check_notes_file(
    data: bytes, edition: str, plan: NotePlan, seen: EditionNotes | None, *, paged: bool
) -> Iterator[Finding]:
    """Compare the file with the plan, and its pages or addresses with those that were read from the edition.

    ``seen`` is None where the edition could not be read.
    """
    read = _read(data)
    if read is None:
        yield _stale(edition, "notes.json is missing or broken", None)
        return
    entries, head = read
    for key, value in (("edition", edition), ("numbering", plan.numbering)):
        if head.get(key) != value:
            yield _stale(edition, f"notes.json has '{head.get(key)}' as its {key}, not '{value}'", None)
    by_id = {str(entry["id"]): entry for entry in entries}
    calls = {mark.anchor: mark.place for mark in seen.calls} if seen else {}
    bodies = {mark.anchor: (mark.place, mark.end) for mark in seen.notes} if seen else {}
    for note in plan.notes:
        entry = by_id.get(note.id)
        if entry is None:
            yield _stale(edition, f"notes.json knows nothing of note {note.label} ({note.id})", note)
            continue
        body = bodies.get(note.anchor, (None, ""))
        expected = note_record(note, calls.get(note.call_anchor), *body, paged=paged)
        keys = [key for key in {**expected, **entry} if seen or key not in _PLACES]
        wrong = [key for key in keys if entry.get(key) != expected.get(key)]
        if wrong:
            what = f"notes.json says otherwise of note {note.label} ({note.id}): {', '.join(wrong)}"
            yield _stale(edition, what, note)
    for name in by_id:
        if plan.find(name) is None:
            yield _stale(edition, f"notes.json has a note that the sources have not: {name}", None)
    order = [str(entry["id"]) for entry in entries if plan.find(str(entry["id"]))]
    if order != [note.id for note in plan.notes if note.id in by_id]:
        yield _stale(edition, "notes.json has notes twice, or not in the order of the plan", None)


def _read(data: bytes) -> tuple[list[Entry], Entry] | None:
    """The entries and the head of the file, or None where it is missing or broken."""
    try:
        head = dict(json.loads(data))
        entries: list[Entry] = [{"id": entry["id"], **entry} for entry in head.pop("notes")]
    except (ValueError, KeyError, TypeError):
        return None
    return entries, head


def _stale(edition: str, message: str, note: Note | None) -> Finding:
    return Finding("EDN111", "stale-notes-file", f"{edition}: {message}", note.location if note else None, _HINT)
