"""What is known of units after their layout into findings: what failed, what it lacks, which notes are lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil

from octavo.model.counting import folio
from octavo.model.edition import Unit
from octavo.model.finding import Finding, Severity
from octavo.model.layout import LayoutFacts, misplaced
from octavo.model.source import Location
from octavo.render.folios import FolioTable

# One note in each thousand begun may begin on the page after its call's; more are a fault of the edition.
_NOTES_FOR_A_LATE_ONE = 1000


def place_of(unit: Unit, note: str = "") -> Location:
    """Where a unit comes from, or the call of one of its notes."""
    known = dict(zip(unit.notes, unit.note_places, strict=False))
    return known.get(note) or Location(unit.source or "publication.yaml")


def faults(
    units: Sequence[Unit], known: Mapping[str, LayoutFacts], failures: Mapping[str, str], folios: FolioTable
) -> Iterator[Finding]:
    """What is wrong with the layout of units: ``known`` are their facts, ``failures`` tell why one has none."""
    late = sum(note.is_late and not note.is_lost for facts in known.values() for note in facts.notes)
    notes = sum(len(facts.notes) for facts in known.values())
    allowed = late <= ceil(notes / _NOTES_FOR_A_LATE_ONE)
    told: set[str] = set()
    for unit in units:
        if unit.id in failures:
            message = f"'{unit.title}' could not be laid out: {failures[unit.id]}"
            yield Finding("RND101", "layout-failed", message, place_of(unit), "try the chapter by itself")
            continue
        facts = known[unit.id]
        # What the style sheet lacks, each unit lacks.
        new = [complaint for complaint in facts.complaints if complaint not in told]
        told.update(new)
        for complaint in new:
            yield Finding("RND102", "layout-error", f"'{unit.title}': {complaint}", place_of(unit))
        first, _ = folios.first_folio(unit)
        yield from _notes(unit, facts, first, allowed=allowed)


def _notes(unit: Unit, facts: LayoutFacts, first: int, *, allowed: bool) -> Iterator[Finding]:
    """What is wrong with the notes of a unit; notes that begin late are ``allowed`` while there are few of them."""
    columns = 1 if unit.columns is None else 2
    what = "page" if columns == 1 else "column"

    def page(index: int | None) -> str:
        return "nowhere" if index is None else f"on page {folio(first + index // columns, is_roman=unit.roman)}"

    for note in misplaced(facts):
        name = note.anchor.removeprefix("note-")
        place = f"'{unit.title}', {page(note.call_page)}"
        if note.is_lost:
            stands = "stands " + page(note.note_page)
            if note.note_page is not None and note.note_page == note.call_page:
                stands = f"runs off its {what} or over the text" if note.in_order else "is called behind later notes"
            message = f"the note {name} is lost in the layout of {place}: it {stands}"
            hint = "change the paragraph that calls it, or shorten the note"
            yield Finding("NTE401", "note-lost", message, place_of(unit, note.anchor), hint)
        else:
            message = f"the note {name} begins on a later {what} than its call in {place}: {page(note.note_page)}"
            hint = f"shorten the notes of that {what}, or change the paragraph that calls it"
            severity = Severity.WARNING if allowed else Severity.ERROR
            yield Finding("NTE402", "note-late", message, place_of(unit, note.anchor), hint, severity)
