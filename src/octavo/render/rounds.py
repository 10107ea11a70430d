"""Units into printed units: layout in rounds until every page reference is right, then folios, then PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess

from octavo.model.edition import PrintedUnit, Unit
from octavo.model.finding import Finding
from octavo.model.keeping import NOTHING_KEPT, Keeper, Manifest
from octavo.model.layout import LayoutFacts, misplaced
from octavo.render.faults import faults, place_of
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
# Units that a worker holds before it writes the first of them, and how many it looks at for one that is settled.
_HELD, _LOOKED_AT = 24, 8


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
    written: dict[str, tuple[int, bytes]] = field(default_factory=dict)

    def unit(self, identifier: str) -> Unit:
        return next(unit for unit in self.units if unit.id == identifier)

    def wanted(self, unit: Unit) -> dict[str, str]:
        return {anchor: self.folios.folio(anchor).text for anchor in unit.page_references}

    def request(self, unit: Unit) -> LayOut:
        """The unit with the folios that were put into it last."""
        html = put_folios(unit, self.printed[unit.id])
        return LayOut(unit.id, html, self.folios.first_folio(unit)[0], unit.notes, unit.columns)

    def is_settled(self, unit: Unit) -> bool:
        """Whether nothing of a unit that is laid out can change any more, whatever comes of the others."""
        certain = all(self.folios.folio(anchor).exact for anchor in unit.page_references)
        return certain and self.folios.first_folio(unit)[1] and self.printed[unit.id] == self.wanted(unit)

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
        findings.append(Finding("RND103", "unsettled-references", message, place_of(unit), "reword near a page's end"))
    # Nothing is bound where a unit is missing; the process that it took with it may have held others, too.
    printed = () if state.failures else _write(state, pool, progress, keeper)
    if not state.failures:
        keep_extents(keeper, units, state.facts)
    findings.extend(faults(state.units, state.facts, state.failures, state.folios))
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
    state.written.pop(unit.id, None)
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
            ready = _to_write(state, worker, idle=unit is None)
            if ready is not None:
                pool.send(worker, ready.id, Write(ready.id, state.folios.first_folio(ready)[0]))
                continue
            if unit is None:
                continue
            queue.remove(unit)
            _prepare(unit, state, pool, keeper)
            state.homes[unit.id] = worker, worker.process
            pool.send(worker, unit.id, state.request(unit))
        if not any(worker.busy for worker in pool.workers):
            for unit in queue:
                state.failures[unit.id] = "no process is left to lay it out"
            return
        for _, answer in pool.receive():
            if isinstance(answer, Written):
                state.written[answer.unit] = state.folios.first_folio(state.unit(answer.unit))[0], answer.pdf
                state.homes.pop(answer.unit, None)
                continue
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


def _to_write(state: _State, worker: Worker, *, idle: bool) -> Unit | None:
    """A unit that this worker can write while others are laid out: when it is ``idle``, or holds so many already.

    Laid out, a page takes as much memory as some hundred pages that are written.
    """
    home = worker, worker.process
    held = [name for name, other in state.homes.items() if other == home and name in state.facts]
    if not idle and len(held) < _HELD:
        return None
    return next((unit for name in held[:_LOOKED_AT] if state.is_settled(unit := state.unit(name))), None)


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
        first, data = state.written.get(unit.id, (0, b""))
        if kept is None and first == state.folios.first_folio(unit)[0]:
            kept = data
            keeper.keep("pages", unit.id, manifests[unit.id], data)
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
