"""A unit whose notes do not stand as they must, laid out again until they do, in a bounded number of tries."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from octavo.adapters.weasyprint import Changes, Laid, Press, lay_out_columns
from octavo.model.layout import LayoutFacts, misplaced
from octavo.render.protocol import LayOut

# Each try costs a whole layout.
MAX_TRIES = 16

# Tried in turn: WeasyPrint breaks pages otherwise under each.  The most successful comes first.  Lines of notes stay as
# they are, since notes are cut at their ends.
_NUDGES = (
    "html { orphans: 3; widows: 3 }",
    "html { orphans: 1; widows: 1 }",
    "main { word-spacing: -0.015em } .note { word-spacing: normal }",
    "main { word-spacing: 0.02em } .note { word-spacing: normal }",
    ".note { footnote-policy: block }",
    ".note { footnote-policy: auto }",
)
# What is carried to a page leaves room there for some lines of text.
_ROOM = "@page { @footnote { max-height: 90% } }"
# A note that takes more of its page is continued before anything else is tried.
_TALL = 0.5
# One that takes more than this of it is continued where it is called in a box with others.
_HIGH = 0.25


@dataclass(slots=True)
class _Repair:
    """One unit and the best of its layouts so far."""

    press: Press
    request: LayOut
    best: Laid
    tries: int = 0

    @property
    def failing(self) -> frozenset[str]:
        """The notes that do not stand as they must in the best layout."""
        return frozenset(note.anchor for note in misplaced(self.best.facts))

    def attempt(self, changes: Changes, needed: frozenset[str] = frozenset()) -> bool:
        """Lay the unit out with changes, and keep it if it is the best, or mends what is ``needed``."""
        if self.tries >= MAX_TRIES:
            return False
        self.tries += 1
        try:
            laid = _lay_out(self.press, self.request, changes)
        except Exception:  # a try that the renderer cannot finish is no better than what there is
            return False
        still = {note.anchor for note in misplaced(laid.facts) if note.is_lost}
        better = _faults(laid.facts) < _faults(self.best.facts) or bool(needed and not needed & still)
        if better:
            self.best = laid
        return better

    def nudge(self, styles: Collection[str]) -> None:
        """Try other ways to break lines and pages."""
        for style in styles:
            if self.failing:
                self.attempt(replace(self.best.changes, style=style))

    def break_before(self) -> None:
        """Let the paragraphs that call the first failing note begin a page."""
        while self.failing:
            first = next(note.anchor for note in misplaced(self.best.facts))
            if not self.attempt(replace(self.best.changes, breaks=self.best.changes.breaks | {first})):
                return

    def hoist(self) -> None:
        """Take the failing notes out of the boxes that are laid out by themselves, if they stand in such."""
        apart = (self.failing & self.best.apart) | self.best.changes.hoisted
        if apart > self.best.changes.hoisted:
            # They stand together on one page, so that the tall ones among them have to be continued.
            tall = (self.best.tall_notes(_HIGH) & self.best.apart) - self.best.changes.cuts.keys()
            cuts = {**self.best.changes.cuts, **self.best.places_to_cut(tall)}
            changes = replace(self.best.changes, hoisted=apart, cuts=cuts)
            # Where their box goes to the next page without them, both begin it.
            if not self.attempt(changes):
                self.attempt(replace(changes, breaks=changes.breaks | apart))

    def part_lines(self) -> None:
        """Let a line end between the call of a note that is continued and a late one that has to wait for its rest."""
        for note in misplaced(self.best.facts):
            if note.anchor in self.failing and note.is_late:
                self.attempt(replace(self.best.changes, lines=self.best.changes.lines | {note.anchor}))

    def cut_tall(self) -> bool:
        """Let the failing notes that no page has room for go on on the next; what that moves is mended later."""
        tall = self.failing & self.best.tall_notes(_TALL)
        lost = {note.anchor for note in misplaced(self.best.facts) if note.is_lost}
        return self.cut(tall, needed=tall & lost)

    def cut(self, notes: Collection[str], *, everywhere: bool = False, needed: frozenset[str] = frozenset()) -> bool:
        """Let notes go on on the next page; tells whether that made it better."""
        before = self.best.changes.cuts
        places = self.best.places_to_cut([name for name in notes if name not in before], everywhere=everywhere)
        return bool(places) and self.attempt(replace(self.best.changes, cuts={**before, **places}), needed)

    def join(self) -> None:
        """Make one of what need not be apart: a note has then one part on each of its pages."""
        made = self.best.cuts_made()
        if made == self.best.changes.cuts:
            return
        joined = _lay_out(self.press, self.request, replace(self.best.changes, cuts=made))
        if _faults(joined.facts) <= _faults(self.best.facts):
            self.best = joined


def lay_out(press: Press, request: LayOut) -> Laid:
    """Lay a unit out; where notes are lost, late or too tall for their page, repair it."""
    if request.columns is not None:
        return _in_columns(press, request)
    first = _lay_out_somehow(press, request)
    return first if not misplaced(first.facts) else _mend(_Repair(press, request, first))


def _in_columns(press: Press, request: LayOut) -> Laid:
    """The best layout in two columns under any nudge; notes are not cut there."""
    assert request.columns is not None
    best: Laid | None = None
    for style in ("", *_NUDGES):
        laid = lay_out_columns(press, request.html, request.columns, request.first_folio, request.notes, style)
        if best is None or _faults(laid.facts) < _faults(best.facts):
            best = laid
        if not misplaced(best.facts):
            break
    assert best is not None
    return best


def _lay_out_somehow(press: Press, request: LayOut) -> Laid:
    """The first layout that the renderer finishes: notes in some boxes make it fail.  Raises what the first try did."""
    failures: list[Exception] = []
    for changes in (Changes(), Changes(hoisted=frozenset(request.notes)), *map(Changes, _NUDGES[:1])):
        try:
            return _lay_out(press, request, changes)
        except Exception as error:  # whatever it is, another layout may go well
            failures.append(error)
            if not request.notes:
                break
    raise failures[0]


def _mend(repair: _Repair) -> Laid:
    repair.hoist()
    while repair.cut_tall():
        pass
    repair.hoist()
    if repair.best.changes.cuts:
        repair.part_lines()
    repair.nudge(_NUDGES[:1])
    repair.break_before()
    repair.nudge(_NUDGES[1:4])
    while repair.cut(repair.failing):
        pass
    while repair.cut(repair.failing, everywhere=True):
        pass
    repair.part_lines()
    repair.nudge(_NUDGES[4:])
    repair.join()
    return repair.best


def _lay_out(press: Press, request: LayOut, changes: Changes) -> Laid:
    if changes.cuts and _ROOM not in changes.style:
        changes = replace(changes, style=f"{changes.style} {_ROOM}")
    return press.lay_out(request.html, request.first_folio, request.notes, changes)


def _faults(facts: LayoutFacts) -> tuple[int, int]:
    """Lost notes weigh more than any number of late ones."""
    lost = sum(note.is_lost for note in facts.notes)
    return lost, len(misplaced(facts)) - lost
