"""Each way to damage the notes of an EPUB makes ``octavo verify`` fail, and say which note it is."""

from __future__ import annotations

import re
from zipfile import ZipFile

import pytest

from built import NOTES, Built

TIES, GOODS, PACKAGE = "EPUB/text/chapter-ties.xhtml", "EPUB/text/chapter-goods.xhtml", "EPUB/package.opf"
EARLY, LATE, HEADING, CELL, KEEPERS = "ties/early", "ties/late", "ties/harbours", "ties/east", "ties/keepers"
KEPT, GUESS = "goods/kept", "goods/guess"


def call(note: str, label: str = "", to: str = "", name: str = "") -> str:
    """A call as the edition has it, or with something else in it."""
    here = note.replace("/", "--")
    return (
        f'<sup class="note-call"><a epub:type="noteref" role="doc-noteref" href="#{to or f"note-{here}"}"'
        f' id="{name or f"call-{here}"}">{label or NOTES[note][0]}</a></sup>'
    )


def way_back(note: str, label: str = "", to: str = "") -> str:
    """The number of a note as the edition has it, or with something else in it."""
    to = to or f"call-{note.replace('/', '--')}"
    return (
        f'<a class="note-label" role="doc-backlink" href="#{to}" title="Back to the text">{label or NOTES[note][0]}</a>'
    )


def aside(note: str, *, name: str = "", label: str = "", text: str = "") -> str:
    """A note as the edition has it, or with something else in it."""
    name = name or f"note-{note.replace('/', '--')}"
    return (
        f'<aside class="note" epub:type="footnote" role="doc-footnote" id="{name}">'
        f"<p>{way_back(note, label)} {text or NOTES[note][1]}</p></aside>"
    )


def test_a_whole_edition_passes(copied: Built) -> None:
    code, output = copied.verify("ebook")
    assert code == 0, output
    assert f"{len(NOTES)} notes" in output


# Calls


@pytest.mark.parametrize("note", [EARLY, HEADING, CELL])
def test_a_call_that_is_missing(copied: Built, note: str) -> None:
    copied.edit(TIES, call(note), "")
    copied.tells("ebook", "EDN102", note, "no call")


def test_a_call_without_its_label(copied: Built) -> None:
    copied.edit(TIES, call(LATE), call(LATE, label=" "))
    copied.tells("ebook", "EDN101", LATE, "prints ''")


def test_a_call_with_another_label(copied: Built) -> None:
    copied.edit(TIES, call(LATE), call(LATE, label="4"))
    copied.tells("ebook", "EDN101", LATE, "prints '4'")


@pytest.mark.parametrize("name", ["", "call-other"])
def test_a_call_that_stands_twice(copied: Built, name: str) -> None:
    copied.edit(TIES, call(LATE), call(LATE) + call(LATE, name=name))
    copied.tells("ebook", "EDN102", LATE, "2 calls")


def test_a_call_to_a_note_of_no_plan(copied: Built) -> None:
    copied.edit(TIES, call(LATE), call(LATE) + call(LATE, name="call-other", to="note-other"))
    copied.tells("ebook", "EDN103", words="leads to no note of the plan")


def test_calls_in_the_wrong_order(copied: Built) -> None:
    copied.edit(TIES, call(EARLY), "@@")
    copied.edit(TIES, call(LATE), call(EARLY))
    copied.edit(TIES, "@@", call(LATE))
    copied.tells("ebook", "EDN102", "ties/cite-1", "stand in the wrong order")


# Notes


@pytest.mark.parametrize("note", [LATE, CELL])
def test_a_note_that_is_missing(copied: Built, note: str) -> None:
    copied.edit(TIES, aside(note), "")
    copied.tells("ebook", "EDN102", note, "is missing")


@pytest.mark.parametrize("note", [LATE, CELL])
def test_a_note_that_stands_twice(copied: Built, note: str) -> None:
    copied.edit(TIES, aside(note), aside(note) * 2)
    copied.tells("ebook", "EDN102", note, "stands 2 times")


def test_a_note_with_another_label(copied: Built) -> None:
    copied.edit(TIES, aside(LATE), aside(LATE, label="4"))
    copied.tells("ebook", "EDN101", LATE, "carries the number '4'")


def test_a_note_without_its_label(copied: Built) -> None:
    copied.edit(TIES, way_back(LATE), "")
    copied.tells("ebook", "EDN101", LATE, "carries the number ''")


def test_notes_in_the_wrong_order(copied: Built) -> None:
    both = aside(LATE), aside(HEADING)
    copied.edit(TIES, "\n".join(both), "\n".join(reversed(both)))
    copied.tells("ebook", "EDN102", LATE, "stand in the wrong order")


def test_a_note_of_no_plan(copied: Built) -> None:
    copied.edit(TIES, aside(LATE), aside(LATE) + aside(LATE, name="note-other", text="Other words."))
    copied.tells("ebook", "EDN102", words="is in no plan: 'Other words.'")


def test_one_other_letter_in_a_note(copied: Built) -> None:
    copied.edit(TIES, "a century later", "a century latet")
    copied.tells("ebook", "EDN102", LATE, "the text of note 3")


def test_a_note_that_is_cut_off(copied: Built) -> None:
    copied.edit(TIES, "a century later.</p>", "a century later</p>")
    copied.tells("ebook", "EDN102", LATE, "the text of note 3")


def test_two_notes_that_have_changed_their_words(copied: Built) -> None:
    first, second = NOTES[LATE][1], NOTES[HEADING][1]
    copied.edit(TIES, first, "@@")
    copied.edit(TIES, second, first)
    copied.edit(TIES, "@@", second)
    copied.tells("ebook", "EDN102", LATE, "the text of note 3 (ties/late) is 'Only the two")


@pytest.mark.parametrize("hidden", ['hidden="hidden"', 'style="display: none"', 'style="color:red;visibility:hidden"'])
def test_a_note_and_a_call_that_cannot_be_seen(copied: Built, hidden: str) -> None:
    copied.edit(TIES, 'role="doc-footnote" id="note-ties--late"', f'role="doc-footnote" {hidden} id="note-ties--late"')
    copied.edit(TIES, call(HEADING), call(HEADING).replace("<sup", f"<sup {hidden}"))
    copied.tells("ebook", "EDN102", LATE, "is missing")
    copied.tells("ebook", "EDN102", HEADING, "no call")


def test_a_note_in_a_document_that_no_reader_opens(copied: Built) -> None:
    copied.edit(PACKAGE, '<itemref idref="chapter-goods"/>', "")
    copied.tells("ebook", "EDN102", GUESS, "is missing")


def test_chapters_in_another_order(copied: Built) -> None:
    both = '<itemref idref="chapter-ties"/>', '<itemref idref="chapter-goods"/>'
    copied.edit(PACKAGE, "\n    ".join(both), "\n    ".join(reversed(both)))
    copied.tells("ebook", "EDN102", EARLY, "stand in the wrong order")


# Links


@pytest.mark.parametrize("note", [LATE, CELL])
def test_a_call_that_leads_nowhere(copied: Built, note: str) -> None:
    copied.edit(TIES, call(note), re.sub(' href="[^"]*"', "", call(note)))
    copied.tells("ebook", "EDN103", note, "leads nowhere")


@pytest.mark.parametrize("to", ["note-ties--early", "note-none", "ties--octavo-chapter", "call-ties--late"])
def test_a_call_that_leads_elsewhere(copied: Built, to: str) -> None:
    copied.edit(TIES, call(LATE), call(LATE, to=to))
    copied.tells("ebook", "EDN103", LATE, "leads to")


@pytest.mark.parametrize("note", [LATE, CELL])
def test_a_note_that_does_not_lead_back(copied: Built, note: str) -> None:
    copied.edit(TIES, way_back(note), re.sub(' href="[^"]*"', "", way_back(note)))
    copied.tells("ebook", "EDN103", note, "does not lead back")


@pytest.mark.parametrize("to", ["call-ties--early", "call-none", "ties--octavo-chapter"])
def test_a_note_that_leads_back_elsewhere(copied: Built, to: str) -> None:
    copied.edit(TIES, way_back(LATE), way_back(LATE, to=to))
    copied.tells("ebook", "EDN103", LATE, "does not lead back")


def test_a_place_of_a_call_that_is_missing(copied: Built) -> None:
    copied.edit(TIES, ' id="call-ties--late"', "")
    copied.tells("ebook", "EDN103", LATE)


def test_a_place_of_a_note_that_is_missing(copied: Built) -> None:
    copied.edit(TIES, ' id="note-ties--late"', "")
    copied.tells("ebook", "EDN103", LATE)


@pytest.mark.parametrize(("kind", "code"), [("call", "EDN103"), ("note", "EDN102")])
def test_a_place_that_something_before_it_has_taken(copied: Built, kind: str, code: str) -> None:
    copied.edit(TIES, "<header", f'<header id="{kind}-ties--late"')
    copied.tells("ebook", code, LATE)


# References to notes


@pytest.mark.parametrize(("note", "before"), [(KEEPERS, "As note "), (EARLY, "as note ")])
def test_a_reference_that_prints_another_number(copied: Built, note: str, before: str) -> None:
    link = f'{before}<a class="xref" href="chapter-ties.xhtml#note-{note.replace("/", "--")}">'
    copied.edit(GOODS, f"{link}{NOTES[note][0]}", f"{link}9")
    copied.tells("ebook", "EDN104", note, "as '9'")


def test_a_reference_that_leads_to_another_note(copied: Built) -> None:
    copied.edit(GOODS, "chapter-ties.xhtml#note-ties--keepers", "chapter-ties.xhtml#note-ties--late")
    copied.tells("ebook", "EDN104", KEEPERS, "0 times, not 1")


def test_a_reference_that_leads_nowhere(copied: Built) -> None:
    copied.edit(GOODS, "chapter-ties.xhtml#note-ties--keepers", "chapter-ties.xhtml#note-none")
    copied.tells("ebook", "EDN104", KEEPERS, "0 times, not 1")


# The file


@pytest.mark.parametrize("markup", ["[^early]", "[@able-2020, p. 5]", "[see @able-2020]", "^[a note]"])
def test_markup_that_was_left(copied: Built, markup: str) -> None:
    copied.edit(GOODS, "What was carried", f"What was {markup} carried")
    copied.tells("ebook", "EDN105", words=markup)


@pytest.mark.parametrize("share", [0.2, 0.9, 0.999])
def test_a_file_that_is_cut_off(copied: Built, share: float) -> None:
    data = copied.epub.read_bytes()
    copied.epub.write_bytes(data[: int(len(data) * share)])
    copied.tells("ebook", "EDN112")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 no archive at all", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_no_epub(copied: Built, data: bytes) -> None:
    copied.epub.write_bytes(data)
    copied.tells("ebook", "EDN112")


def test_bytes_that_have_changed_in_the_archive(copied: Built) -> None:
    with ZipFile(copied.epub) as archive:
        entry = archive.getinfo(TIES)
    data = bytearray(copied.epub.read_bytes())
    at = entry.header_offset + 30 + len(TIES) + entry.compress_size // 2
    data[at] ^= 0xFF
    copied.epub.write_bytes(data)
    copied.tells("ebook", "EDN112")


def test_a_document_that_is_missing(copied: Built) -> None:
    copied.edit(PACKAGE, "text/chapter-ties.xhtml", "text/chapter-none.xhtml")
    copied.tells("ebook", "EDN112", words="chapter-none.xhtml is missing")


def test_a_document_that_is_broken(copied: Built) -> None:
    copied.edit(TIES, "</body>", "")
    copied.tells("ebook", "EDN112", words="not well-formed")


def test_an_edition_that_is_missing(copied: Built) -> None:
    copied.epub.unlink()
    copied.tells("ebook", "EDN110", words="build/ebook/shores.epub")


def test_a_notes_file_that_is_missing(copied: Built) -> None:
    (copied.root / "build/ebook/notes.json").unlink()
    copied.tells("ebook", "EDN111", words="missing")


@pytest.mark.parametrize(("key", "value"), [("label", "9"), ("text", "Other words."), ("href", "text/x.xhtml#y")])
def test_a_notes_file_that_says_otherwise(copied: Built, key: str, value: str) -> None:
    copied.edit_json("ebook", lambda document: document["notes"][2].update({key: value}))
    copied.tells("ebook", "EDN111", LATE, key)


def test_a_notes_file_of_another_edition(copied: Built) -> None:
    copied.edit_json("ebook", lambda document: document.update(edition="print", numbering="chapter"))
    copied.tells("ebook", "EDN111", words="edition")
    copied.tells("ebook", "EDN111", words="numbering")


def test_a_note_that_was_added_after_the_build(fresh: Built) -> None:
    path = fresh.root / "chapters/02-goods.md"
    path.write_text(path.read_text(encoding="utf-8").replace("The rest is", "A word.^[A new note.] The rest is"))
    code, output = fresh.verify("ebook")
    assert code == 1
    assert "EDN102 note-differs: ebook: note 8 (goods/inline-1) is missing" in output
    assert "EDN111 stale-notes-file: ebook: notes.json knows nothing of note 8 (goods/inline-1)" in output


def test_a_change_of_the_numbering_after_the_build(fresh: Built) -> None:
    path = fresh.root / "publication.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "notes: {numbering: chapter}\n")
    code, output = fresh.verify("ebook")
    assert code == 1
    assert "EDN101 number-differs: ebook: note 3 (goods/guess) carries the number '8'" in output
