"""Editions as they were read, compared with the plan: whole they agree, and no difference stays unseen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from octavo.model.edition import FOLIO_CLOSE, FOLIO_OPEN
from octavo.model.notes import MAIN, EditionNotes, Mark, Note, NoteKind, NotePlan
from octavo.model.source import Location
from octavo.verify.compare import BROKEN_HYPHEN, compare, same_text

_TEXTS = st.text(alphabet="abcdef ,.-", min_size=1, max_size=20).filter(lambda text: bool(text.strip(" ")))


def plan_of(texts: list[tuple[str, str]]) -> NotePlan:
    """A plan with a note for each series and text."""
    counts: dict[str, int] = {}
    notes = []
    for index, (series, text) in enumerate(texts):
        number = counts[series] = counts.get(series, 0) + 1
        label = str(number) if series == MAIN else "abcdefghijklmnop"[number - 1]
        place = Location("chapters/x.md", index + 1)
        notes.append(Note(f"x/n{index}", NoteKind.REMARK, series, number, label, "x", (), text, place))
    return NotePlan("continuous", tuple(notes))


def edition_of(plan: NotePlan) -> EditionNotes:
    """An edition that shows the plan; each page has three calls, and the notes of tables stand first."""
    pages = {note.id: str(index // 3) for index, note in enumerate(plan.notes)}
    calls = [Mark(note.label, note.call_anchor, note.anchor, pages[note.id], 0) for note in plan.notes]
    notes = [Mark(note.label, note.anchor, note.call_anchor, pages[note.id], 0, note.text) for note in plan.notes]
    notes.sort(key=lambda mark: mark.label.isdigit())
    return EditionNotes("print", tuple(calls), tuple(notes))


plans = st.lists(st.tuples(st.sampled_from([MAIN, MAIN, "table:x:1"]), _TEXTS), min_size=1, max_size=9).map(plan_of)


def codes(plan: NotePlan, seen: EditionNotes) -> set[str]:
    """The codes of all findings."""
    return {finding.code for finding in compare(plan, seen, paged=True)}


@given(plans)
def test_an_edition_that_shows_the_plan_agrees_with_it(plan: NotePlan) -> None:
    assert compare(plan, edition_of(plan), paged=True) == ()


@given(plans, st.data())
def test_no_mark_can_be_missing_or_stand_twice(plan: NotePlan, data: st.DataObject) -> None:
    seen = edition_of(plan)
    what = data.draw(st.sampled_from(["calls", "notes"]))
    marks: tuple[Mark, ...] = getattr(seen, what)
    at = data.draw(st.integers(0, len(marks) - 1))
    for changed in ((*marks[:at], *marks[at + 1 :]), (*marks[: at + 1], *marks[at:])):
        assert "EDN102" in codes(plan, replace(seen, **{what: changed}))


@given(plans, st.data())
def test_no_field_of_a_mark_can_differ(plan: NotePlan, data: st.DataObject) -> None:
    seen = edition_of(plan)
    what = data.draw(st.sampled_from(["calls", "notes"]))
    marks: list[Mark] = list(getattr(seen, what))
    at = data.draw(st.integers(0, len(marks) - 1))
    field, code = data.draw(
        st.sampled_from(
            [("label", "EDN101"), ("links_to", "EDN103"), ("anchor", None), ("place", "EDN106"), ("text", "EDN102")]
        )
    )
    assume(what == "notes" or field != "text")
    assume(field != "place" or marks[at].label.isdigit())
    marks[at] = replace(marks[at], **{field: getattr(marks[at], field) + "x"})
    found = codes(plan, replace(seen, **{what: tuple(marks)}))
    assert found
    assert code is None or code in found


@given(plans, st.data())
def test_no_two_marks_of_a_series_can_change_places(plan: NotePlan, data: st.DataObject) -> None:
    seen = edition_of(plan)
    what = data.draw(st.sampled_from(["calls", "notes"]))
    marks: list[Mark] = list(getattr(seen, what))
    one, other = data.draw(st.integers(0, len(marks) - 1)), data.draw(st.integers(0, len(marks) - 1))
    assume(one != other and marks[one].label.isdigit() == marks[other].label.isdigit())
    marks[one], marks[other] = marks[other], marks[one]
    assert "EDN102" in codes(plan, replace(seen, **{what: tuple(marks)}))


def test_a_finding_tells_the_note_and_its_place_in_the_source() -> None:
    plan = plan_of([(MAIN, "One."), (MAIN, "Two.")])
    seen = edition_of(plan)
    (finding,) = compare(plan, replace(seen, notes=seen.notes[:1]), paged=True)
    assert finding.message == "print: note 2 (x/n1) is missing"
    assert finding.location == Location("chapters/x.md", 2)


def test_a_note_may_begin_late_where_the_build_has_said_so() -> None:
    plan = plan_of([(MAIN, "One.")])
    seen = edition_of(plan)
    late = replace(seen, notes=(replace(seen.notes[0], place="7"),))
    assert codes(plan, late) == {"EDN106"}
    assert compare(plan, late, paged=True, late=frozenset({plan.notes[0].anchor})) == ()
    assert compare(plan, late) == ()


def test_an_edition_may_print_other_words_than_the_plan_where_it_is_told() -> None:
    plan = plan_of([(MAIN, "See section 2.")])
    seen = edition_of(plan)
    printed = replace(seen, notes=(replace(seen.notes[0], text="See section 2 (p. 14)."),))
    texts = {"x/n0": f"See section 2 (p. {FOLIO_OPEN}x--two{FOLIO_CLOSE})."}
    assert compare(plan, printed, texts=texts, paged=True) == ()
    assert codes(plan, printed) == {"EDN102"}


@pytest.mark.parametrize(
    ("wanted", "seen", "same"),
    [
        ("A note.", "A note.", True),
        ("A note.", " A\n note. ", True),
        ("A\u00a0note.", "A note.", True),
        ("ab\u00adcd", "abcd", True),
        ("fi", "\ufb01", True),
        ("A note.", "A note", False),
        ("A note.", "A mote.", False),
        ("Note 1.", "Note 2.", False),
        ("A.b", "Axb", False),
        ("well-known", f"well{BROKEN_HYPHEN}known", True),
        ("wellknown", f"well{BROKEN_HYPHEN}known", True),
        ("well-known", "wellknown", False),
        ("well-known", f"well{BROKEN_HYPHEN}knowm", False),
        (f"p. {FOLIO_OPEN}a{FOLIO_CLOSE}.", "p. 14.", True),
        (f"p. {FOLIO_OPEN}a{FOLIO_CLOSE}.", "p. xiv.", True),
        (f"p. {FOLIO_OPEN}a{FOLIO_CLOSE}.", "p. .", False),
        (f"p. {FOLIO_OPEN}a{FOLIO_CLOSE}.", "p. abc.", False),
    ],
)
def test_texts_are_the_same_but_for_breaks_of_lines(wanted: str, seen: str, same: bool) -> None:
    assert same_text(wanted, seen) is same


@given(_TEXTS, st.data())
def test_no_letter_of_a_text_can_be_lost(text: str, data: st.DataObject) -> None:
    at = data.draw(st.sampled_from([index for index, letter in enumerate(text) if letter != " "]))
    assert not same_text(text, text[:at] + text[at + 1 :])
    assert not same_text(text, text[:at] + "x" + text[at + 1 :])
