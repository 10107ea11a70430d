"""What is known of a unit after its layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from octavo.model.edition import Bookmark


@dataclass(frozen=True, slots=True)
class NoteFact:
    """Where a note's call and its body stand: indexes of pages of the unit, or None where they were not found."""

    anchor: str
    call_page: int | None
    note_page: int | None
    inside: bool


@dataclass(frozen=True, slots=True)
class LayoutFacts:
    """What is known of a unit after layout: ``anchors`` maps names to page indexes from 0.

    ``fetched`` are the files of the project that were read for it: path and digest (SHA-256).
    """

    pages: int
    anchors: Mapping[str, int]
    bookmarks: tuple[Bookmark, ...]
    notes: tuple[NoteFact, ...]
    complaints: tuple[str, ...]
    fetched: tuple[tuple[str, str], ...] = ()


def misplaced(facts: LayoutFacts) -> tuple[NoteFact, ...]:
    """The notes that do not stand whole at the foot of their call's page."""
    return tuple(
        note for note in facts.notes if note.call_page is None or note.note_page != note.call_page or not note.inside
    )
