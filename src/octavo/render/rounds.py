"""Units into printed units: layout in rounds until every page reference is right, then folios, then PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil
from multiprocessing.process import BaseProcess

from octavo.model.counting import folio
from octavo.model.edition import PrintedUnit, Unit
from octavo.model.finding import Finding, Severity
from octavo.model.keeping import NOTHING_KEPT, Keeper, Manifest
from octavo.model.layout import LayoutFacts, misplaced
from octavo.model.source import Location
from octavo.render.folios import Extent, FolioTable, put_folios
from octavo.render.kept import (
    keep_extents,
    keep_facts,
    laid_manifest,
    layout_manifest,
    pages_manifest,
    recall_extents,
    recall_facts,
)
from octavo.render.pool import Pool, Worker
from octavo.render.protocol import Done, Failed, LayOut, Write, Written

MAX_ROUNDS = 5
# One note in each thousand begun may begin on the page after its call's; more are a fault of the edition.
_NOTES_FOR_A_LATE_ONE = 1000


@dataclass(slots=True)
class _State:
    """What is known of the units while they are laid out."""

    units: tuple[Unit, ...]
    folios: FolioTable
    facts: dict[str, LayoutFacts] = field(default_factory=dict)
    printed: dict[str, dict[str, str]] = field(default_factory=dict)
    homes: dict[str, tuple[Worker, BaseProcess]] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    manifests: dict[str, Manifest] = field(default_factory=dict)

    def unit(self, identifier: str) -> Unit:
        return next(unit for unit in self.units if unit.id == identifier)

    def wanted(self, unit: Unit) -> dict[str, str]:
        return {anchor: self.folios.folio(anchor).text for anchor in unit.page_references}

    def request(self, unit: Unit) -> LayOut:
        """The unit with the folios that were put into it last."""
        html = put_folios(unit, self.printed[unit.id])
        return LayOut(unit.id, html, self.folios.first_folio(unit)[0], unit.notes, unit.columns)

    def learn(self, unit: str, facts: LayoutFacts) -> None:
        """Take note of a layout."""
        self.facts[unit] = facts
        self.folios.set_extent(unit, Extent(facts.pages, facts.anchors))


def render(
    units: Sequence[Unit],
    pool: Pool,
    findings: list[Finding],
    progress: Callable[[str, int, int], None],
    keeper: Keeper = NOTHING_KEPT,
    *,
    alone: bool = False,
) -> tuple[PrintedUnit, ...]:
    """Lay all units out and write them, but for those that ``keeper`` has as they are to be.

    Those that stand ``alone`` have folios from 1, and print none of the others.

    Units whose references to pages were guessed wrong are laid out again, in at most five rounds.  A unit that fails
    is a finding, the others are finished; the result then lacks it.  ``progress`` is told what is done of how much.
    """
    state = _State(tuple(units), FolioTable(units, recall_extents(keeper, units), alone=alone))
    waiting = list(units)
    for _ in range(MAX_ROUNDS):
        _lay_out(_not_kept(waiting, state, pool, keeper), state, pool, progress, keeper)
        waiting = [
            unit for unit in units if unit.id not in state.failures and state.printed[unit.id] != state.wanted(unit)
        ]
        if not waiting:
            break
    for unit in waiting:
        message = f"the page references of '{unit.title}' do not settle in {MAX_ROUNDS} rounds"
        findings.append(Finding("RND103", "unsettled-references", message, _place(unit), "reword near a page's end"))
    # Nothing is bound where a unit is missing; the process that it took with it may have held others, too.
    printed = () if state.failures else _write(state, pool, progress, keeper)
    if not state.failures:
        keep_extents(keeper, units, state.facts)
    _report(state, findings)
    return printed


def _not_kept(waiting: Sequence[Unit], state: _State, pool: Pool, keeper: Keeper) -> list[Unit]:
    """The units that have to be laid out; what is known of the others is taken from the keeper.

    Where folios are not certain yet those of the last build are tried: they mostly still hold.
    """
    missing = []
    for unit in waiting:
        _prepare(unit, state, pool, keeper)
        facts = recall_facts(keeper, unit, state.manifests[unit.id])
        if facts is None:
            missing.append(unit)
        else:
            state.homes.pop(unit.id, None)
            state.learn(unit.id, facts)
    return missing


def _prepare(unit: Unit, state: _State, pool: Pool, keeper: Keeper) -> None:
    """Put the folios that are known now into a unit."""
    state.printed[unit.id] = state.wanted(unit)
    html = state.request(unit).html
    state.manifests[unit.id] = layout_manifest(keeper, unit, html, pool.style, pool.root)


def _lay_out(
    waiting: Sequence[Unit],
    state: _State,
    pool: Pool,
    progress: Callable[[str, int, int], None],
    keeper: Keeper,
) -> None:
    queue = list(waiting)
    total, done = len(queue), 0
    while queue or any(worker.busy for worker in pool.workers):
        for worker in pool.idle():
            unit = _next(queue, state, busy=any(other.busy for other in pool.workers))
            if unit is None:
                break
            queue.remove(unit)
            _prepare(unit, state, pool, keeper)
            state.homes[unit.id] = worker, worker.process
            pool.send(worker, unit.id, state.request(unit))
        if not any(worker.busy for worker in pool.workers):
            for unit in queue:
                state.failures[unit.id] = "no process is left to lay it out"
            return
        for _, answer in pool.receive():
            done += 1
            progress(state.unit(answer.unit).title, done, total)
            if isinstance(answer, Done):
                state.learn(answer.unit, answer.facts)
                laid = state.unit(answer.unit)
                manifest = laid_manifest(keeper, laid, state.manifests[laid.id], answer.facts)
                state.manifests[laid.id] = manifest
                keep_facts(keeper, laid, manifest, answer.facts)
            elif isinstance(answer, Failed):
                state.failures[answer.unit] = answer.message


def _next(queue: Sequence[Unit], state: _State, *, busy: bool) -> Unit | None:
    """The unit to lay out now: one whose references are certain before one that must guess.

    Front matter refers to nearly every unit, so that it waits for the others.
    """
    for unit in queue:
        if all(state.folios.folio(anchor).exact for anchor in unit.page_references):
            return unit
    body = [unit for unit in queue if not unit.roman]
    if body:
        return body[0]
    return queue[0] if queue and not busy else None


def _write(
    state: _State, pool: Pool, progress: Callable[[str, int, int], None], keeper: Keeper
) -> tuple[PrintedUnit, ...]:
    manifests = {
        unit.id: pages_manifest(state.manifests[unit.id], state.folios.first_folio(unit)[0])
        for unit in state.units
        if unit.id not in state.failures
    }
    pdfs: dict[str, bytes] = {}
    queue = []
    for unit in (unit for unit in state.units if unit.id in manifests):
        kept = keeper.recall("pages", unit.id, manifests[unit.id])
        if kept is None:
            queue.append(unit)
        else:
            pdfs[unit.id] = kept
    while queue or any(worker.busy for worker in pool.workers):
        for worker in pool.idle() if queue else ():
            home = worker, worker.process
            mine = next((unit for unit in queue if state.homes.get(unit.id) == home), None)
            homeless = next((unit for unit in queue if unit.id not in state.homes), None)
            if mine is not None:
                queue.remove(mine)
                pool.send(worker, mine.id, Write(mine.id, state.folios.first_folio(mine)[0]))
            elif homeless is not None:
                # Its layout was kept, its pages are to carry other folios: it is laid out again to be written.
                state.homes[homeless.id] = home
                pool.send(worker, homeless.id, state.request(homeless))
        if not any(worker.busy for worker in pool.workers):
            for unit in queue:
                state.failures[unit.id] = "its process ended before it was written"
            break
        for _, answer in pool.receive():
            if isinstance(answer, Written):
                pdfs[answer.unit] = answer.pdf
                keeper.keep("pages", answer.unit, manifests[answer.unit], answer.pdf)
                progress(state.unit(answer.unit).title, len(pdfs), len(manifests))
            elif isinstance(answer, Failed):
                state.failures[answer.unit] = answer.message
                queue.clear()
    return tuple(
        PrintedUnit(
            id=unit.id,
            title=unit.title,
            pdf=pdfs[unit.id],
            pages=state.facts[unit.id].pages,
            roman=unit.roman,
            first_folio=state.folios.first_folio(unit)[0],
            anchors=state.facts[unit.id].anchors,
            bookmarks=state.facts[unit.id].bookmarks,
            late_notes=tuple(note.anchor for note in misplaced(state.facts[unit.id])),
        )
        for unit in state.units
        if unit.id in pdfs
    )


def _place(unit: Unit, note: str = "") -> Location:
    """Where a unit comes from, or the call of one of its notes."""
    known = dict(zip(unit.notes, unit.note_places, strict=False))
    return known.get(note) or Location(unit.source or "publication.yaml")


def _report(state: _State, findings: list[Finding]) -> None:
    late = sum(note.is_late and not note.is_lost for facts in state.facts.values() for note in facts.notes)
    notes = sum(len(facts.notes) for facts in state.facts.values())
    allowed = late <= ceil(notes / _NOTES_FOR_A_LATE_ONE)
    told: set[str] = set()
    for unit in state.units:
        if unit.id in state.failures:
            message = f"'{unit.title}' could not be laid out: {state.failures[unit.id]}"
            findings.append(Finding("RND101", "layout-failed", message, _place(unit), "try the chapter by itself"))
            continue
        facts = state.facts[unit.id]
        # What the style sheet lacks, each unit lacks.
        new = [complaint for complaint in facts.complaints if complaint not in told]
        told.update(new)
        for complaint in new:
            findings.append(Finding("RND102", "layout-error", f"'{unit.title}': {complaint}", _place(unit)))
        findings.extend(_notes(state, unit, facts, allowed=allowed))


def _notes(state: _State, unit: Unit, facts: LayoutFacts, *, allowed: bool) -> Iterator[Finding]:
    """What is wrong with the notes of a unit; notes that begin late are ``allowed`` while there are few of them."""
    first, _ = state.folios.first_folio(unit)
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
            yield Finding("NTE401", "note-lost", message, _place(unit, note.anchor), hint)
        else:
            message = f"the note {name} begins on a later {what} than its call in {place}: {page(note.note_page)}"
            hint = f"shorten the notes of that {what}, or change the paragraph that calls it"
            severity = Severity.WARNING if allowed else Severity.ERROR
            yield Finding("NTE402", "note-late", message, _place(unit, note.anchor), hint, severity)
