"""Units are laid out again while their notes do not stand as they must, and no more often than need be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import cast

import pytest

from octavo.adapters.weasyprint import Changes, Laid, Press
from octavo.model.layout import LayoutFacts, NoteFact
from octavo.render.protocol import LayOut
from octavo.render.repair import MAX_TRIES, lay_out

REQUEST = LayOut("chapter-a", "<html/>", 1, ("note-a", "note-b"))


@dataclass
class MadeUp:
    """A layout in which some notes are late."""

    changes: Changes
    late: frozenset[str]
    apart: frozenset[str] = frozenset()
    facts: LayoutFacts = field(init=False)

    def __post_init__(self) -> None:
        notes = tuple(NoteFact(name, 0, int(name in self.late), inside=True) for name in REQUEST.notes)
        self.facts = LayoutFacts(2, {}, (), notes, ())

    def tall_notes(self, share: float) -> frozenset[str]:
        return frozenset()

    def places_to_cut(self, notes: Iterable[str], *, everywhere: bool = False) -> Mapping[str, object]:
        return {name: [{0: None}] for name in notes} if everywhere else {}

    def cuts_made(self) -> Mapping[str, object]:
        return self.changes.cuts


class MadeUpPress:
    """Lays out as it is told, and keeps the changes that it was asked for."""

    def __init__(self, late: Callable[[Changes], set[str]]) -> None:
        self.late = late
        self.asked: list[Changes] = []

    def lay_out(self, html: str, first_folio: int, notes: Iterable[str], changes: Changes) -> Laid:
        self.asked.append(changes)
        return cast("Laid", MadeUp(changes, frozenset(self.late(changes))))


def laid(press: MadeUpPress) -> MadeUp:
    return cast("MadeUp", lay_out(cast("Press", press), REQUEST))


def test_a_unit_whose_notes_stand_as_they_must_is_laid_out_once() -> None:
    press = MadeUpPress(lambda _: set())
    laid(press)
    assert press.asked == [Changes()]


def test_the_first_layout_that_helps_is_the_last() -> None:
    press = MadeUpPress(lambda changes: set() if "orphans: 3" in changes.style else {"note-a"})
    assert laid(press).late == frozenset()
    assert len(press.asked) == 2


def test_the_best_of_all_layouts_is_taken_and_tries_are_bounded() -> None:
    press = MadeUpPress(lambda changes: {"note-b"} if changes.breaks else {"note-a", "note-b"})
    assert laid(press).late == {"note-b"}
    assert len(press.asked) <= MAX_TRIES + 2


def test_a_short_note_is_cut_where_nothing_else_helps() -> None:
    press = MadeUpPress(lambda changes: set() if changes.cuts else {"note-a"})
    done = laid(press)
    assert set(done.changes.cuts) == {"note-a"}
    assert not any(changes.cuts for changes in press.asked[:-1])


def test_a_layout_that_the_renderer_cannot_finish_is_tried_otherwise() -> None:
    def fail(changes: Changes) -> set[str]:
        if not changes.hoisted:
            raise IndexError("list index out of range")
        return set()

    assert laid(MadeUpPress(fail)).changes.hoisted == {"note-a", "note-b"}


def test_the_first_failure_is_told_where_no_layout_can_be_finished() -> None:
    def fail(changes: Changes) -> set[str]:
        raise IndexError("hoisted" if changes.hoisted else "as it is")

    with pytest.raises(IndexError, match="as it is"):
        laid(MadeUpPress(fail))


def test_a_repair_that_the_renderer_cannot_finish_does_no_harm() -> None:
    def fail(changes: Changes) -> set[str]:
        if changes.style:
            raise IndexError("list index out of range")
        return {"note-a"}

    assert laid(MadeUpPress(fail)).late == {"note-a"}
