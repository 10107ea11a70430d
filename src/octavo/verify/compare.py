"""Notes as an edition shows them, compared with the note plan.

Every label must stand once as a call and once as a note, in the plan's order, with the plan's text, on one page, and
with links that lead from one to the other and back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import pairwise

from octavo.model.edition import FOLIO_CLOSE, FOLIO_OPEN
from octavo.model.finding import Finding
from octavo.model.notes import MAIN, EditionNotes, Mark, Note, NotePlan

# White space and the marks of line breaks differ between editions and are no part of a note's text.
_IGNORED = re.compile("[\\s\\u00ad\\u200b\\u2060\\ufeff]+")
# How PDFium tells of a hyphen at the end of a line: as a mark of its own, or as the hyphen that layout put there.
BROKEN_HYPHEN = "\x02"
_LINE_HYPHEN = "\N{HYPHEN}"
_FOLIO = re.compile(f"{FOLIO_OPEN}[^{FOLIO_CLOSE}]*{FOLIO_CLOSE}")


def compare(
    plan: NotePlan,
    seen: EditionNotes,
    *,
    texts: Mapping[str, str] | None = None,
    paged: bool = False,
    late: frozenset[str] = frozenset(),
) -> tuple[Finding, ...]:
    """All differences between an edition and the plan.

    ``texts`` gives the text of notes by id where the edition prints other words than the plan (pages of
    cross-references, with placeholders for folios).  ``paged`` asks for call and note on one page, but for
    the anchors in ``late``, of which the build has said that they begin on a later one.
    """
    findings: list[Finding] = []
    # A call is known by its own anchor, or without one by where it leads; so a call that leads astray is told as such.
    of_calls = {note.call_anchor: note.anchor for note in plan.notes}
    calls = _by_anchor([(of_calls.get(mark.anchor, mark.links_to), mark) for mark in seen.calls])
    bodies = _by_anchor([(mark.anchor, mark) for mark in seen.notes])
    texts_of = texts or {}
    for note in plan.notes:
        findings.extend(_compare_calls(note, calls.pop(note.anchor, []), seen.edition))
        found = bodies.pop(note.anchor, [])
        findings.extend(_compare_bodies(note, found, texts_of.get(note.id, note.text), seen.edition))
    for anchor, marks in calls.items():
        for mark in marks:
            what = f"the call '{mark.label}' on {mark.place} leads to no note of the plan" + (
                f" ({anchor})" if anchor else ""
            )
            findings.append(_finding("EDN103", "broken-note-link", seen.edition, what, None))
    for marks in bodies.values():
        for mark in marks:
            what = f"the note '{mark.label}' on {mark.place} is in no plan: '{mark.text[:40]}'"
            findings.append(_finding("EDN102", "note-differs", seen.edition, what, None))
    findings.extend(_compare_order(plan, seen))
    if paged:
        findings.extend(_compare_pages(plan, seen, late))
    return tuple(findings)


def _by_anchor(pairs: list[tuple[str, Mark]]) -> dict[str, list[Mark]]:
    found: dict[str, list[Mark]] = {}
    for anchor, mark in pairs:
        found.setdefault(anchor, []).append(mark)
    return found


def _finding(code: str, rule: str, edition: str, message: str, note: Note | None) -> Finding:
    hint = "build again; if it stays, report the edition with its sources"
    return Finding(code, rule, f"{edition}: {message}", note.location if note else None, hint)


def _compare_calls(note: Note, marks: list[Mark], edition: str) -> Iterator[Finding]:
    if len(marks) != 1:
        count = "no call" if not marks else f"{len(marks)} calls"
        yield _finding("EDN102", "note-differs", edition, f"note {note.label} ({note.id}) has {count}", note)
    for mark in marks:
        if mark.label != note.label:
            what = f"the call of note {note.label} ({note.id}) prints '{mark.label}'"
            yield _finding("EDN101", "number-differs", edition, what, note)
        if mark.anchor != note.call_anchor:
            what = f"nothing leads back to the call of note {note.label} ({note.id})"
            yield _finding("EDN103", "broken-note-link", edition, what, note)
        if mark.links_to != note.anchor:
            where = f"to {mark.links_to}" if mark.links_to else "nowhere"
            what = f"the call of note {note.label} ({note.id}) leads {where}"
            yield _finding("EDN103", "broken-note-link", edition, what, note)


def _compare_bodies(note: Note, marks: list[Mark], text: str, edition: str) -> Iterator[Finding]:
    if len(marks) != 1:
        count = "is missing" if not marks else f"stands {len(marks)} times"
        yield _finding("EDN102", "note-differs", edition, f"note {note.label} ({note.id}) {count}", note)
    for mark in marks:
        if mark.label != note.label:
            what = f"note {note.label} ({note.id}) carries the number '{mark.label}'"
            yield _finding("EDN101", "number-differs", edition, what, note)
        if mark.links_to != note.call_anchor:
            what = f"note {note.label} ({note.id}) does not lead back to its call"
            yield _finding("EDN103", "broken-note-link", edition, what, note)
        if not same_text(text, mark.text):
            what = f"the text of note {note.label} ({note.id}) is '{_short(mark.text)}', not '{_short(text)}'"
            yield _finding("EDN102", "note-differs", edition, what, note)


def _compare_order(plan: NotePlan, seen: EditionNotes) -> Iterator[Finding]:
    """Within each series the marks stand in the plan's order."""
    places = {note.anchor: (note.series, index) for index, note in enumerate(plan.notes)}
    of_calls = {note.call_anchor: note.anchor for note in plan.notes}
    for what, anchors in (
        ("calls", [of_calls.get(mark.anchor, mark.links_to) for mark in seen.calls]),
        ("notes", [mark.anchor for mark in seen.notes]),
    ):
        by_series: dict[str, list[int]] = {}
        for anchor in anchors:
            if anchor in places:
                series, index = places[anchor]
                by_series.setdefault(series, []).append(index)
        for indexes in by_series.values():
            for before, after in pairwise(indexes):
                if after < before:
                    first, second = plan.notes[before], plan.notes[after]
                    message = f"the {what} {first.label} and {second.label} ({second.id}) stand in the wrong order"
                    yield _finding("EDN102", "note-differs", seen.edition, message, second)


def _compare_pages(plan: NotePlan, seen: EditionNotes, late: frozenset[str]) -> Iterator[Finding]:
    calls = {mark.anchor: mark.place for mark in seen.calls}
    notes = {note.anchor: note for note in plan.notes if note.series == MAIN}
    for mark in seen.notes:
        note = notes.get(mark.anchor)
        if note is None or note.anchor in late or note.call_anchor not in calls:
            continue
        page = calls[note.call_anchor]
        if page != mark.place:
            what = f"note {note.label} ({note.id}) stands on page {mark.place}, its call on page {page}"
            yield _finding("EDN106", "note-on-other-page", seen.edition, what, note)


def same_text(wanted: str, seen: str) -> bool:
    """Whether two texts are the same but for white space; a placeholder for a folio stands for any."""
    if FOLIO_OPEN not in wanted:
        return _same_plain_text(_normal(wanted), _normal(seen).replace(_LINE_HYPHEN, BROKEN_HYPHEN))
    pattern = "".join(
        r"[0-9ivxlcdm?]+" if part.startswith(FOLIO_OPEN) else re.escape(_normal(part))
        for part in re.split(f"({_FOLIO.pattern})", wanted)
        if part
    )
    found = _normal(seen).replace(_LINE_HYPHEN, BROKEN_HYPHEN)
    if BROKEN_HYPHEN in found:
        # At the end of a line one cannot tell a hyphen of the text from one of the line break.
        pattern = pattern.replace(r"\-", "").replace(_LINE_HYPHEN, "")
        found = found.replace("-", "").replace(BROKEN_HYPHEN, "")
    return re.fullmatch(pattern, found) is not None


def _same_plain_text(wanted: str, found: str) -> bool:
    """The same of texts without folios; most have none, and compiling an expression for each would take long."""
    if BROKEN_HYPHEN in found:
        wanted = wanted.replace("-", "").replace(_LINE_HYPHEN, "")
        found = found.replace("-", "").replace(BROKEN_HYPHEN, "")
    return wanted == found


def _normal(text: str) -> str:
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text))


def _short(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= 60 else folded[:59] + "…"
