"""Each way to damage the notes of a PDF makes ``octavo verify`` fail, and say which note it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pikepdf import Object

from built import NOTES, Built
from pdf_damage import Patient, anchor

EARLY, CITED, LATE, HEADING = "ties/early", "ties/cite-1", "ties/late", "ties/harbours"
CELL, KEEPERS, KEPT, GUESS = "ties/east", "ties/keepers", "goods/kept", "goods/guess"


def test_a_whole_edition_passes(copied: Built) -> None:
    code, output = copied.verify("print")
    assert code == 0, output
    assert f"{len(NOTES)} notes" in output


# Calls


@pytest.mark.parametrize("note", [EARLY, CITED, HEADING, CELL])
def test_a_call_without_its_label(copied: Built, note: str) -> None:
    with Patient(copied.pdf) as pdf:
        pdf.set_text(pdf.call(note), b"")
    copied.tells("print", "EDN101", note, "prints ''")


@pytest.mark.parametrize("note", [EARLY, KEEPERS])
def test_a_call_with_another_label(copied: Built, note: str) -> None:
    with Patient(copied.pdf) as pdf:
        (other,) = pdf.texts(pdf.call(LATE))
        pdf.set_text(pdf.call(note), other)
    copied.tells("print", "EDN101", note, "prints '3'")


def test_a_call_that_is_missing(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        pdf.drop(pdf.call(LATE))
    copied.tells("print", "EDN102", LATE, "no call")


def test_a_call_that_stands_twice_in_the_structure(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        pdf.double(pdf.call(LATE))
    copied.tells("print", "EDN102", LATE, "2 calls")


def test_a_call_whose_label_is_printed_twice(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        (label,) = pdf.texts(pdf.call(LATE))
        pdf.set_text(pdf.call(LATE), label * 2)
    copied.tells("print", "EDN101", LATE, "'33'")


def test_a_second_call_at_another_place(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        pdf.copy_call(pdf.call(LATE), 30)
    copied.tells("print", "EDN102", LATE, "call too many")


def test_calls_in_the_wrong_order_for_those_who_listen(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        pdf.swap(pdf.call(CITED), pdf.call(LATE))
    copied.tells("print", "EDN102", CITED, "wrong order")


def test_calls_in_the_wrong_order_for_those_who_see(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        first, second = pdf.annotation(pdf.call(EARLY)).Rect, pdf.annotation(pdf.call(CITED)).Rect
        apart = float(second[0]) - float(first[0])
        pdf.carry(pdf.call(EARLY), "call-" + anchor(EARLY), apart, 0)
        pdf.carry(pdf.call(CITED), "call-" + anchor(CITED), -apart, 0)
    copied.tells("print", "EDN102", CITED, "meets the call 2 before the call 1")


# Notes


def test_a_note_that_is_missing(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        pdf.cut_out(pdf.note(LATE))
        pdf.drop(pdf.note(LATE))
    copied.tells("print", "EDN102", LATE, "is missing")


def test_a_note_whose_glyphs_are_missing(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        pdf.cut_out(pdf.note(LATE))
    copied.tells("print", "EDN102", LATE, "is '', not 'The second witness")


@pytest.mark.parametrize("note", [LATE, CELL])
def test_a_note_that_stands_twice(copied: Built, note: str) -> None:
    with Patient(copied.pdf) as pdf:
        pdf.double(pdf.note(note))
    copied.tells("print", "EDN102", note, "stands 2 times")


@pytest.mark.parametrize("note", [EARLY, KEPT, CELL])
def test_a_note_with_another_label(copied: Built, note: str) -> None:
    with Patient(copied.pdf) as pdf:
        (other,) = pdf.texts(pdf.number(CITED))
        pdf.set_text(pdf.number(note), other)
    copied.tells("print", "EDN101", note, "carries the number")


def test_a_note_without_its_label(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        pdf.set_text(pdf.number(KEPT), b"")
    copied.tells("print", "EDN101", KEPT, "carries the number ''")


@pytest.mark.parametrize(("note", "other"), [(CITED, LATE), (CELL, "ties/w")])
def test_notes_in_the_wrong_order_for_those_who_listen(copied: Built, note: str, other: str) -> None:
    with Patient(copied.pdf) as pdf:
        pdf.swap(pdf.note(note), pdf.note(other))
    copied.tells("print", "EDN102", note, "wrong order")


def test_notes_in_the_wrong_order_for_those_who_see(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        first, second = pdf.annotation(pdf.number(LATE)).Rect, pdf.annotation(pdf.number(HEADING)).Rect
        apart = float(first[1]) - float(second[1])
        pdf.carry(pdf.note(LATE), "note-" + anchor(LATE), 0, apart)
        pdf.carry(pdf.note(HEADING), "note-" + anchor(HEADING), 0, -apart)
    copied.tells("print", "EDN102", HEADING, "meets the note 4 before the note 3")


def test_a_note_on_another_page(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        page = pdf.page(pdf.note(HEADING))
        pdf.transplant(pdf.note(HEADING), "note-" + anchor(HEADING), page + 1)
    copied.tells("print", "EDN106", HEADING, "stands on page 2, its call on page 1")


def test_a_note_that_the_file_says_is_late_may_stand_on_another_page(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        note = pdf.note(HEADING)
        pdf.transplant(note, "note-" + anchor(HEADING), pdf.page(note) + 1)
    copied.edit_json("print", lambda document: document["notes"][3].update(note_page="2"))
    code, output = copied.verify("print")
    assert code == 0, output


def test_half_of_a_note_on_another_page(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        body = pdf.inner(pdf.note(CITED), "/Span")
        pdf.transplant(body, "note-" + anchor(CITED), pdf.page(body) + 1)
    copied.tells("print", "EDN106", CITED, "goes on on page 2")


def test_one_other_letter_in_a_note(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        body = pdf.inner(pdf.note(LATE), "/Span")
        first = b"".join(pdf.texts(body))
        pdf.set_text(body, first[:8] + first[2:4] + first[10:])
    copied.tells("print", "EDN102", LATE, "the text of note 3")


def test_a_note_that_is_cut_off(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        body = pdf.inner(pdf.note(LATE), "/Span")
        pdf.set_text(body, b"".join(pdf.texts(body))[:-2])
    copied.tells("print", "EDN102", LATE, "the text of note 3")


def test_two_notes_that_have_changed_their_words(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        one, other = (pdf.inner(pdf.note(note), "/Span") for note in (EARLY, LATE))
        first, second = (b"".join(pdf.texts(each)) for each in (one, other))
        pdf.set_text(one, second)
        pdf.set_text(other, first)
    copied.tells("print", "EDN102", EARLY, "the text of note 1 (ties/early) is 'The second witness")


def test_a_note_that_is_in_no_plan(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        for old, new in (("call-ties--late", "call-ties--other"), ("note-ties--late", "note-ties--other")):
            pdf.rename(old, new)
    copied.tells("print", "EDN102", words="is in no plan: 'The second witness")


# What is there and cannot be seen

HIDDEN: dict[str, Callable[[Patient, Object], None]] = {
    "below the page": lambda pdf, element: pdf.move(element, 0, 500),
    "beside the page": lambda pdf, element: pdf.move(element, -300, 0),
    "half beside the page": lambda pdf, element: pdf.move(element, -60, 0),
    "clipped": lambda pdf, element: pdf.around(element, b"q 0 0 20 20 re W n", b"Q"),
    "white": lambda pdf, element: pdf.paint(element, 1),
    "invisible": lambda pdf, element: pdf.around(element, b"q 3 Tr", b"Q"),
    "tiny": lambda pdf, element: pdf.around(element, b"q 0.05 0 0 0.05 100 400 cm", b"Q"),
    "painted over": lambda pdf, element: pdf.around(element, b"", b"q 1 1 1 rg 0 0 900 900 re f Q"),
}


@pytest.mark.parametrize("way", HIDDEN)
def test_a_note_that_cannot_be_seen(copied: Built, way: str) -> None:
    with Patient(copied.pdf) as pdf:
        HIDDEN[way](pdf, pdf.inner(pdf.note(LATE), "/Span"))
    copied.tells("print", "EDN102", LATE, "the text of note 3 (ties/late) is ''")


@pytest.mark.parametrize("way", [way for way in HIDDEN if "half" not in way])
def test_a_call_that_cannot_be_seen(copied: Built, way: str) -> None:
    with Patient(copied.pdf) as pdf:
        HIDDEN[way](pdf, pdf.call(LATE))
    copied.tells("print", "EDN101", LATE, "prints ''")


def test_a_note_under_other_words(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        first, second = pdf.annotation(pdf.number(LATE)).Rect, pdf.annotation(pdf.number(HEADING)).Rect
        pdf.move(pdf.inner(pdf.note(LATE), "/Span"), 0, float(first[1]) - float(second[1]))
    copied.tells("print", "EDN107", LATE, "printed over the note 3")
