"""Paired notes into the note plan: the one computation of all numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from octavo.cite.html import plain_text
from octavo.cite.pairing import PairedNote
from octavo.model.counting import letters
from octavo.model.notes import MAIN, Note, NotePlan
from octavo.model.publication import Numbering


@dataclass(frozen=True, slots=True)
class ChapterNotes:
    """The notes of one chapter in reading order, with the series of each: ``main``, or the table that it stands in."""

    slug: str
    part: int | None
    notes: tuple[tuple[PairedNote, str], ...]


def number_notes(chapters: Sequence[ChapterNotes], numbering: Numbering) -> NotePlan:
    """Number all notes.

    The main series counts on, or begins anew with each part or chapter (a chapter outside of any part counts as a part
    of its own).  Each table has a series of its own, lettered.  Texts are those of the bodies as they stand; the
    labels in back-references are put in later by :func:`with_texts`.
    """
    notes: list[Note] = []
    count = 0
    scope: object = None
    for chapter in chapters:
        now: object = {
            Numbering.CONTINUOUS: "",
            Numbering.PART: chapter.slug if chapter.part is None else chapter.part,
            Numbering.CHAPTER: chapter.slug,
        }[numbering]
        if now != scope:
            scope, count = now, 0
        lettered: dict[str, int] = {}
        for paired, series in chapter.notes:
            if series == MAIN:
                count += 1
                number, label = count, str(count)
            else:
                lettered[series] = number = lettered.get(series, 0) + 1
                label = letters(number)
            notes.append(
                Note(
                    id=paired.id,
                    kind=paired.kind,
                    series=series,
                    number=number,
                    label=label,
                    chapter=chapter.slug,
                    keys=paired.keys,
                    text=plain_text(paired.body),
                    location=paired.location,
                )
            )
    return NotePlan(numbering.value, tuple(notes))


def with_texts(plan: NotePlan, texts: Mapping[str, str]) -> NotePlan:
    """The plan with the final text of each note by its id."""
    return NotePlan(plan.numbering, tuple(replace(note, text=texts[note.id]) for note in plan.notes))
