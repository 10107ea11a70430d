"""Each way to damage the notes of a DOCX makes ``octavo verify`` fail, and say which note it is."""

from __future__ import annotations

import pytest
from lxml import etree

from built import NOTES, Built
from docx_damage import Patient, W, bookmark

EARLY, CITED, LATE, HEADING, CELL, KEEPERS = (
    "ties/early",
    "ties/cite-1",
    "ties/late",
    "ties/harbours",
    "ties/east",
    "ties/keepers",
)
KEPT, GUESS = "goods/kept", "goods/guess"


def test_a_whole_edition_passes(copied: Built) -> None:
    code, output = copied.verify("docx")
    assert code == 0, output
    assert f"{len(NOTES)} notes" in output


# Calls


@pytest.mark.parametrize("note", [EARLY, HEADING, GUESS])
def test_a_call_that_is_missing(copied: Built, note: str) -> None:
    with Patient(copied.docx) as docx:
        docx.drop(docx.call(note))
    copied.tells("docx", "EDN102", note, "no call")


def test_a_call_that_is_missing_moves_the_numbers_behind_it(copied: Built) -> None:
    with Patient(copied.docx) as docx:
        docx.drop(docx.call(EARLY))
    copied.tells("docx", "EDN101", LATE, "prints '2'")


def test_a_call_in_the_cell_of_a_table_that_is_missing(copied: Built) -> None:
    with Patient(copied.docx) as docx:
        docx.drop(docx.link(CELL))
    copied.tells("docx", "EDN102", CELL, "no call")


def test_a_call_that_stands_twice(copied: Built) -> None:
    with Patient(copied.docx) as docx:
        docx.double(docx.call(LATE))
    copied.tells("docx", "EDN102", LATE, "2 calls")


def test_a_hidden_call(copied: Built) -> None:
    with Patient(copied.docx) as docx:
        run = docx.call(LATE)
        look = run.find(f"{W}rPr")
        assert look is not None
        etree.SubElement(look, f"{W}vanish")
    copied.tells("docx", "EDN101", LATE, "prints ''")


def test_a_call_with_a_mark_of_its_own(copied: Built) -> None:
    with Patient(copied.docx) as docx:
        docx.reference(LATE).set(f"{W}customMarkFollows", "1")
        etree.SubElement(docx.call(LATE), f"{W}t").text = "*"
    copied.tells("docx", "EDN101", LATE, "prints '*'")


def test_the_letter_of_a_call_in_a_table(copied: Built) -> None:
    with Patient(copied.docx) as docx:
        next(docx.link(CELL).iter(f"{W}t")).text = "c"
    copied.tells("docx", "EDN101", CELL, "prints 'c'")


def test_two_calls_that_were_swapped(copied: Built) -> None:
    with Patient(copied.docx) as docx:
        one, other = docx.reference(EARLY), docx.reference(LATE)
        first, second = one.get(f"{W}id", ""), other.get(f"{W}id", "")
        one.set(f"{W}id", second)
        other.set(f"{W}id", first)
    copied.tells("docx", "EDN103", EARLY, "leads to note-ties--late")


def test_calls_in_another_order(copied: Built) -> None:
    with Patient(copied.docx) as docx:
        one, other = docx.start(EARLY, "call"), docx.start(LATE, "call")
        docx.swap(docx.call(EARLY), docx.call(LATE))
        name = one.get(f"{W}name", "")
        one.set(f"{W}name", other.get(f"{W}name", ""))
        other.set(f"{W}name", name)
    copied.tells("docx", "EDN102", words="stand in the wrong order")


# Notes


@pytest.mark.parametrize("note", [LATE, GUESS])
def test_a_footnote_that_is_missing(copied: Built, note: str) -> None:
    with Patient(copied.docx) as docx:
        docx.drop(docx.footnote(note))
    copied.tells("docx", "EDN102", note, "is missing")


def test_a_note_under_a_table_that_is_missing(copied: Built) -> None:
    with Patient(copied.docx) as docx:
        docx.drop(docx.line(CELL))
    copied.tells("docx", "EDN102", CELL, "is missing")


def test_two_footnotes_that_were_swapped(copied: Built) -> None:
    with Patient(copied.docx) as docx:
        one, other = docx.footnote(EARLY), docx.footnote(KEPT)
        first, second = one.get(f"{W}id", ""), other.get(f"{W}id", "")
        one.set(f"{W}id", second)
        other.set(f"{W}id", first)
    copied.tells("docx", "EDN103", EARLY, "leads to note-goods--kept")


def test_two_texts_that_were_swapped(copied: Built) -> None:
    with Patient(copied.docx) as docx:
        docx.swap(docx.text("footnotes", NOTES[EARLY][1]), docx.text("footnotes", NOTES[LATE][1]))
    copied.tells("docx", "EDN102", EARLY, f"is '{NOTES[LATE][1]}'")


@pytest.mark.parametrize(("part", "note"), [("footnotes", LATE), ("footnotes", CITED), ("document", CELL)])
def test_a_text_that_was_changed(copied: Built, part: str, note: str) -> None:
    words = NOTES[note][1].split()[-1]
    with Patient(copied.docx) as docx:
        holder = docx.footnote(note) if part == "footnotes" else docx.line(note)
        text = [one for one in holder.iter(f"{W}t") if words in (one.text or "")][-1]
        text.text = (text.text or "").replace(words, "otherwise.")
    copied.tells("docx", "EDN102", note, "the text of note")


def test_a_footnote_without_its_number(copied: Built) -> None:
    with Patient(copied.docx) as docx:
        docx.drop(next(docx.footnote(LATE).iter(f"{W}footnoteRef")))
    copied.tells("docx", "EDN101", LATE, "carries the number ''")


def test_the_letter_of_a_note_under_a_table(copied: Built) -> None:
    with Patient(copied.docx) as docx:
        next(docx.link(CELL, "call").iter(f"{W}t")).text = "b"
    copied.tells("docx", "EDN101", CELL, "carries the number 'b'")


# Ways


def test_a_bookmark_of_a_note_that_is_gone(copied: Built) -> None:
    with Patient(copied.docx) as docx:
        docx.drop(docx.start(LATE))
    copied.tells("docx", "EDN103", LATE, "leads nowhere")


def test_a_bookmark_of_a_call_that_is_gone(copied: Built) -> None:
    with Patient(copied.docx) as docx:
        docx.drop(docx.start(LATE, "call"))
    copied.tells("docx", "EDN103", LATE, "nothing leads back")


def test_a_note_under_a_table_that_leads_elsewhere(copied: Built) -> None:
    with Patient(copied.docx) as docx:
        docx.link(CELL, "call").set(f"{W}anchor", bookmark("ties/w", "call"))
    copied.tells("docx", "EDN103", CELL, "does not lead back to its call")


def test_a_reference_to_a_note_with_another_number(copied: Built) -> None:
    with Patient(copied.docx) as docx:
        next(docx.link(KEEPERS).iter(f"{W}t")).text = "note 4"
    copied.tells("docx", "EDN104", KEEPERS, "as 'note 4'")


def test_a_reference_to_a_note_that_is_no_link_any_more(copied: Built) -> None:
    with Patient(copied.docx) as docx:
        del docx.link(KEEPERS).attrib[f"{W}anchor"]
    copied.tells("docx", "EDN104", KEEPERS, "referred to 0 times")


# Numbering


def test_another_form_of_numbers(copied: Built) -> None:
    with Patient(copied.docx) as docx:
        for section in docx.sections():
            docx.number(section, "numFmt", "lowerRoman")
    copied.tells("docx", "EDN101", LATE, "prints 'iii'")


def test_another_first_number(copied: Built) -> None:
    with Patient(copied.docx) as docx:
        docx.number(docx.sections()[0], "numStart", "5")
    copied.tells("docx", "EDN101", EARLY, "prints '5'")


def test_numbers_that_begin_anew_on_each_page(copied: Built) -> None:
    with Patient(copied.docx) as docx:
        docx.number(docx.sections()[-1], "numRestart", "eachPage")
    copied.tells("docx", "EDN101", GUESS, "prints '?'")


# Contents


def test_a_line_of_the_contents_with_other_words(copied: Built) -> None:
    with Patient(copied.docx) as docx:
        docx.say("document", "Chapter\N{NO-BREAK SPACE}2. Goods", "Chapter 2. Bads")
    copied.tells("docx", "EDN108", words="the heading 'Chapter 2. Goods'")


def test_a_line_of_the_contents_that_leads_nowhere(copied: Built) -> None:
    with Patient(copied.docx) as docx:
        docx.text("document", "Goods").getparent().getparent().set(f"{W}anchor", "gone")  # type: ignore[union-attr]
    copied.tells("docx", "EDN108", words="leads to nothing")


def test_a_line_of_the_contents_that_is_missing(copied: Built) -> None:
    with Patient(copied.docx) as docx:
        docx.drop(next(docx.text("document", "Goods").iterancestors(f"{W}hyperlink")))
    copied.tells("docx", "EDN108", words="the contents lack '2 Goods'")


# The text and the file


@pytest.mark.parametrize("words", ["[@able-2020, p. 5]", "[^early]"])
def test_markup_that_was_left_standing(copied: Built, words: str) -> None:
    with Patient(copied.docx) as docx:
        docx.say("document", "This was seen early", f"This was {words} seen early")
    copied.tells("docx", "EDN105", words=words)


def test_a_file_that_is_cut_off(copied: Built) -> None:
    copied.docx.write_bytes(copied.docx.read_bytes()[:-2000])
    copied.tells("docx", "EDN112", words="no ZIP archive")


@pytest.mark.parametrize("name", ["word/document.xml", "word/footnotes.xml", "word/styles.xml", "[Content_Types].xml"])
def test_a_part_that_is_missing(copied: Built, name: str) -> None:
    with Patient(copied.docx) as docx:
        del docx.files[name]
    copied.tells("docx", "EDN112", words=name)


def test_a_part_that_is_broken(copied: Built) -> None:
    with Patient(copied.docx) as docx:
        docx.files["word/footnotes.xml"] = docx.files["word/footnotes.xml"][:-40]
    copied.tells("docx", "EDN112", words="not well-formed")


def test_a_file_of_no_known_kind(copied: Built) -> None:
    with Patient(copied.docx) as docx:
        docx.files["word/stray.bin"] = b"?"
    copied.tells("docx", "EDN112", words="of no known kind")


def test_a_notes_file_of_another_build(copied: Built) -> None:
    copied.edit_json("docx", lambda document: document["notes"][2].update(href="#elsewhere"))
    copied.tells("docx", "EDN111", LATE, "href")
