"""What is known of a unit after its layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from octavo.model.edition import Bookmark


@dataclass(frozen=True, slots=True)
class NoteFact:
    """Where a note's call and its body stand: indexes of pages of the unit, or None where they were not found.

    ``inside`` tells whether the note has room on its pages.  ``rest_pages`` are those of its parts but for the first;
    there are none where a note is not continued.  ``in_order`` tells that no later note is called on an earlier page.
    """

    anchor: str
    call_page: int | None
    note_page: int | None
    inside: bool
    rest_pages: tuple[int, ...] = ()
    in_order: bool = True

    @property
    def is_lost(self) -> bool:
        """Whether a reader who looks for the note from its call on lacks it, or part of it."""
        if self.call_page is None or self.note_page is None:
            return True
        return self.note_page < self.call_page or not (self.inside and self.in_order and self._is_whole)

    @property
    def is_late(self) -> bool:
        """Whether the note begins on a later page than its call."""
        return self.call_page is not None and self.note_page is not None and self.note_page > self.call_page

    @property
    def _is_whole(self) -> bool:
        """Whether each part stands on the page of the one before, or on the next."""
        pages = [self.note_page or 0, *self.rest_pages]
        return all(0 <= after - before <= 1 for before, after in pairwise(pages))


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
    """The notes that are lost, or do not begin at the foot of their call's page."""
    return tuple(note for note in facts.notes if note.is_lost or note.is_late)
