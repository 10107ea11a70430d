"""Notes that begin after the page of their call: told with their place, and allowed while they are few."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from octavo.model.edition import Unit, UnitKind
from octavo.model.finding import Finding, Severity
from octavo.model.layout import LayoutFacts, NoteFact
from octavo.model.source import Location
from octavo.render.pool import Pool, Worker
from octavo.render.protocol import Answer, Done, LayOut, Written
from octavo.render.rounds import render


class OneWorker:
    """Stands for a process that has found where the notes of each unit are."""

    def __init__(self, facts: LayoutFacts) -> None:
        self.busy: str | None = None
        self.facts = facts
        self.process = None
        self.workers = (cast("Worker", self),)
        self.style, self.root = "", Path()
        self._request: object = None

    def idle(self) -> tuple[Worker, ...]:
        return () if self.busy else self.workers

    def send(self, worker: Worker, unit: str, request: object) -> None:
        self.busy, self._request = unit, request

    def receive(self) -> Iterator[tuple[Worker, Answer]]:
        unit, self.busy = self.busy or "", None
        answer: Answer = Done(unit, self.facts) if isinstance(self._request, LayOut) else Written(unit, b"")
        yield self.workers[0], answer


def told(*notes: NoteFact) -> list[Finding]:
    """The findings of a chapter that begins on page 1 and has these notes, called on lines 1, 2, 3 ..."""
    places = tuple(Location("chapters/01-a.md", line, 5) for line in range(1, len(notes) + 1))
    names = tuple(note.anchor for note in notes)
    unit = Unit(
        "chapter-a", UnitKind.CHAPTER, "Ties", "<p/>", notes=names, note_places=places, source="chapters/01-a.md"
    )
    findings: list[Finding] = []
    render([unit], cast("Pool", OneWorker(LayoutFacts(9, {}, (), notes, ()))), findings, lambda *_: None)
    return findings


def notes(count: int, late: int) -> list[NoteFact]:
    return [NoteFact(f"note-a--n{index}", 2, 2 + (index < late), inside=True) for index in range(count)]


@pytest.mark.parametrize(
    ("count", "late", "severity"),
    [
        (10, 1, Severity.WARNING),
        (1000, 1, Severity.WARNING),
        (1001, 2, Severity.WARNING),
        (1000, 2, Severity.ERROR),
        (10, 2, Severity.ERROR),
    ],
)
def test_one_late_note_in_a_thousand_is_a_warning_and_more_are_errors(
    count: int, late: int, severity: Severity
) -> None:
    findings = told(*notes(count, late))
    assert [(found.code, found.severity) for found in findings] == [("NTE402", severity)] * late


def test_a_late_note_is_told_with_chapter_note_page_and_line() -> None:
    (finding,) = told(NoteFact("note-a--one", 2, 2, inside=True), NoteFact("note-a--two", 3, 5, inside=True))
    assert "the note a--two begins on a later page than its call in 'Ties', on page 4: on page 6" in finding.message
    assert finding.location == Location("chapters/01-a.md", 2, 5)


@pytest.mark.parametrize(
    ("note", "words"),
    [
        (NoteFact("note-a--n", 2, None, inside=False), "on page 3: it stands nowhere"),
        (NoteFact("note-a--n", None, None, inside=False), "nowhere: it stands nowhere"),
        (NoteFact("note-a--n", 2, 2, inside=False), "on page 3: it runs off its page or over the text"),
        (NoteFact("note-a--n", 2, 1, inside=True), "on page 3: it stands on page 2"),
        (NoteFact("note-a--n", 2, 2, inside=True, rest_pages=(4,)), "on page 3: it"),
        (NoteFact("note-a--n", 2, 2, inside=True, in_order=False), "on page 3: it is called behind later notes"),
    ],
)
def test_a_lost_note_is_an_error_that_says_where_it_stands(note: NoteFact, words: str) -> None:
    (finding,) = told(note)
    assert (finding.code, finding.severity) == ("NTE401", Severity.ERROR)
    assert words in finding.message
    assert finding.location == Location("chapters/01-a.md", 1, 5)
