"""The note plan: all numbers, counted once."""

from __future__ import annotations

from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from octavo.cite.html import parse_fragment
from octavo.cite.pairing import PairedNote
from octavo.cite.plan import ChapterNotes, number_notes, with_texts
from octavo.model.notes import MAIN, NoteKind
from octavo.model.publication import Numbering
from octavo.model.source import Location


def paired(identifier: str, body: str = "<p>A  remark.</p>") -> PairedNote:
    """A note with a call that stands nowhere."""
    place = Location("chapters/x.md", 3)
    return PairedNote(identifier, NoteKind.REMARK, (), place, etree.Element("a"), parse_fragment(body))


def chapter(slug: str, part: int | None, *series: str) -> ChapterNotes:
    """A chapter with a note of each of these series, in that order."""
    notes = tuple((paired(f"{slug}/{index}"), one) for index, one in enumerate(series))
    return ChapterNotes(slug, part, notes)


def labels(chapters: list[ChapterNotes], numbering: Numbering) -> list[str]:
    """The labels of all notes."""
    return [note.label for note in number_notes(chapters, numbering).notes]


BOOK = [
    chapter("a", 0, MAIN, MAIN),
    chapter("b", 0, MAIN),
    chapter("c", 1, MAIN, MAIN),
    chapter("d", None, MAIN),
    chapter("e", None, MAIN),
]


def test_numbers_count_on() -> None:
    assert labels(BOOK, Numbering.CONTINUOUS) == ["1", "2", "3", "4", "5", "6", "7"]


def test_numbers_begin_anew_with_each_part_and_with_each_chapter_outside_of_parts() -> None:
    assert labels(BOOK, Numbering.PART) == ["1", "2", "3", "1", "2", "1", "1"]


def test_numbers_begin_anew_with_each_chapter() -> None:
    assert labels(BOOK, Numbering.CHAPTER) == ["1", "2", "1", "1", "2", "1", "1"]


def test_each_table_has_letters_of_its_own_and_does_not_count() -> None:
    chapters = [
        chapter("a", None, MAIN, "table:a:1", "table:a:1", MAIN, "table:a:2", MAIN),
        chapter("b", None, "table:b:1", MAIN),
    ]
    assert labels(chapters, Numbering.CONTINUOUS) == ["1", "a", "b", "2", "a", "3", "a", "4"]


def test_a_chapter_without_notes_takes_no_number() -> None:
    chapters = [chapter("a", 0, MAIN), chapter("b", 0), chapter("c", 0, MAIN)]
    assert labels(chapters, Numbering.CHAPTER) == ["1", "1"]
    assert labels(chapters, Numbering.PART) == ["1", "2"]


def test_a_note_knows_where_it_comes_from() -> None:
    (note,) = number_notes([chapter("a", None, MAIN)], Numbering.CHAPTER).notes
    assert (note.id, note.chapter, note.series, note.number) == ("a/0", "a", MAIN, 1)
    assert (note.text, note.location.line) == ("A remark.", 3)


def test_texts_are_put_in_later() -> None:
    plan = number_notes([chapter("a", None, MAIN, MAIN)], Numbering.CHAPTER)
    changed = with_texts(plan, {"a/0": "See note 2.", "a/1": "More."})
    assert [note.text for note in changed.notes] == ["See note 2.", "More."]
    assert [note.label for note in changed.notes] == ["1", "2"]
    assert changed.find("a/1") is changed.notes[1]


@st.composite
def books(draw: st.DrawFn) -> list[ChapterNotes]:
    """Chapters in parts that follow one another, then some outside of any."""
    count = draw(st.integers(1, 6))
    parts = sorted(draw(st.lists(st.integers(0, 3), min_size=count, max_size=count)))
    outside = draw(st.integers(0, count))
    book = []
    for index, part in enumerate(parts):
        kinds = draw(st.lists(st.sampled_from([MAIN, MAIN, "1", "2"]), max_size=8))
        series = [one if one == MAIN else f"table:{index}:{one}" for one in kinds]
        book.append(chapter(f"c{index}", None if index >= count - outside else part, *series))
    return book


@given(books(), st.sampled_from(Numbering))
def test_each_series_counts_from_1_without_a_gap(book: list[ChapterNotes], numbering: Numbering) -> None:
    plan = number_notes(book, numbering)
    parts = {one.slug: one.slug if one.part is None else one.part for one in book}
    scopes = {
        Numbering.CONTINUOUS: lambda slug: 0,
        Numbering.PART: lambda slug: parts[slug],
        Numbering.CHAPTER: lambda slug: slug,
    }
    scope = scopes[numbering]
    main = [note for note in plan.notes if note.series == MAIN]
    for _, group in groupby(main, key=lambda note: scope(note.chapter)):
        found = list(group)
        assert [note.number for note in found] == list(range(1, len(found) + 1))
        assert [note.label for note in found] == [str(note.number) for note in found]
    for series in {note.series for note in plan.notes} - {MAIN}:
        found = [note for note in plan.notes if note.series == series]
        assert "".join(note.label for note in found) == "abcdefghijklmnopqrstuvwxyz"[: len(found)]


@given(books(), st.sampled_from(Numbering))
def test_notes_keep_their_order_and_none_is_lost(book: list[ChapterNotes], numbering: Numbering) -> None:
    plan = number_notes(book, numbering)
    assert [note.id for note in plan.notes] == [note.id for one in book for note, _ in one.notes]
    assert plan.numbering == numbering.value
