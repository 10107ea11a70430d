"""Each way to damage the links or the file of a PDF makes ``octavo verify`` fail."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Object, String

from built import Built
from pdf_damage import Patient, anchor

EARLY, LATE = "ties/early", "ties/late"
CELL, KEEPERS, KEPT, GUESS = "ties/east", "ties/keepers", "goods/kept", "goods/guess"


# Links


@pytest.mark.parametrize("note", [LATE, CELL])
def test_a_call_that_leads_nowhere(copied: Built, note: str) -> None:
    with Patient(copied.pdf) as pdf:
        del pdf.annotation(pdf.call(note)).Dest
    copied.tells("print", "EDN103", note, "leads nowhere")


def test_a_call_that_leads_to_another_note(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        pdf.annotation(pdf.call(LATE)).Dest = String("note-" + anchor(GUESS))
    copied.tells("print", "EDN103", LATE, "leads to note-goods--guess")


def test_a_call_that_leads_to_a_heading(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        pdf.annotation(pdf.call(LATE)).Dest = String("goods--octavo-chapter")
    copied.tells("print", "EDN103", LATE)


def test_a_call_that_cannot_be_clicked(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        _unlink(pdf, pdf.call(LATE))
    copied.tells("print", "EDN103", LATE, "does not lie on its number")


def test_a_link_that_lies_beside_its_call(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        pdf.move(pdf.call(LATE), 20, 0)
    copied.tells("print", "EDN103", LATE, "does not lie on its number")


@pytest.mark.parametrize("note", [LATE, CELL])
def test_a_note_that_does_not_lead_back(copied: Built, note: str) -> None:
    with Patient(copied.pdf) as pdf:
        del pdf.annotation(pdf.number(note)).Dest
    copied.tells("print", "EDN103", note, "does not lead back")


def test_a_note_that_leads_back_to_another_call(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        pdf.annotation(pdf.number(LATE)).Dest = String("call-" + anchor(GUESS))
    copied.tells("print", "EDN103", LATE, "does not lead back")


def test_a_way_back_that_cannot_be_clicked(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        _unlink(pdf, pdf.number(LATE))
    copied.tells("print", "EDN103", LATE, "does not lie on its number")


def _unlink(pdf: Patient, link: Object) -> None:
    page = pdf.pdf.pages[pdf.page(link)]
    gone = pdf.annotation(link).objgen
    page.Annots = Array([other for other in page.Annots if other.objgen != gone])


@pytest.mark.parametrize("kind", ["call", "note"])
@pytest.mark.parametrize("note", [LATE, CELL])
def test_a_place_that_is_missing(copied: Built, kind: str, note: str) -> None:
    with Patient(copied.pdf) as pdf:
        pdf.forget(f"{kind}-{anchor(note)}")
    copied.tells("print", "EDN103", note)


@pytest.mark.parametrize("kind", ["call", "note"])
def test_a_place_on_another_page(copied: Built, kind: str) -> None:
    with Patient(copied.pdf) as pdf:
        pdf.destination(f"{kind}-{anchor(LATE)}")[0] = pdf.pdf.pages[0].obj
    copied.tells("print", "EDN103", LATE)


@pytest.mark.parametrize("kind", ["call", "note"])
def test_a_place_elsewhere_on_the_page(copied: Built, kind: str) -> None:
    with Patient(copied.pdf) as pdf:
        pdf.destination(f"{kind}-{anchor(LATE)}")[3] = 400
    copied.tells("print", "EDN103", LATE)


# References to notes


@pytest.mark.parametrize("note", [KEEPERS, EARLY], ids=["in the text", "in a note"])
def test_a_reference_that_prints_another_number(copied: Built, note: str) -> None:
    with Patient(copied.pdf) as pdf:
        (other,) = pdf.texts(pdf.number(KEPT))
        pdf.set_text(pdf.reference(note), other)
    copied.tells("print", "EDN104", note, "as '7'")


def test_a_reference_that_leads_to_another_note(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        pdf.annotation(pdf.reference(KEEPERS)).Dest = String("note-" + anchor(KEPT))
    copied.tells("print", "EDN104", KEPT, "as '5'")


def test_a_reference_that_leads_nowhere(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        del pdf.annotation(pdf.reference(KEEPERS)).Dest
    copied.tells("print", "EDN104", KEEPERS, "0 times, not 1")


# The file


def test_markup_that_was_left(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        element = pdf.inner(pdf.note(LATE), "/Span")
        pdf.add_font(pdf.page(element), "/Plain")
        pdf.around(element, b"BT /Plain 10 Tf 1 0 0 -1 48 100 Tm (See [^a]) Tj ET")
    copied.tells("print", "EDN105", words="'[^a]")


def test_a_page_that_is_removed(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        del pdf.pdf.pages[pdf.page(pdf.note(KEEPERS))]
    copied.tells("print", "EDN112", words="a page of the PDF is missing")


def test_pages_in_another_order(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        pages = pdf.pdf.pages
        at = pdf.page(pdf.note(KEEPERS))
        page = pages[at]
        del pages[at]
        pages.insert(at - 2, page)
    copied.tells("print", "EDN102", KEEPERS, "meets the note 5")


def test_a_structure_that_is_removed(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        del pdf.pdf.Root.StructTreeRoot
    copied.tells("print", "EDN112", words="no structure tree")


def test_a_structure_without_end(copied: Built) -> None:
    with Patient(copied.pdf) as pdf:
        note = pdf.note(KEEPERS)
        note.K.append(note.P)
    copied.tells("print", "EDN112", words="no end")


@pytest.mark.parametrize("share", [0.2, 0.9, 0.999])
def test_a_file_that_is_cut_off(copied: Built, share: float) -> None:
    data = copied.pdf.read_bytes()
    copied.pdf.write_bytes(data[: int(len(data) * share)])
    copied.tells("print", "EDN112")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no PDF at all", b"%PDF-1.7\n%%EOF\n"])
def test_a_file_that_is_no_pdf(copied: Built, data: bytes) -> None:
    copied.pdf.write_bytes(data)
    copied.tells("print", "EDN112")


def test_a_pdf_of_something_else(copied: Built) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(copied.pdf)
    copied.tells("print", "EDN112")


def test_an_edition_that_is_missing(copied: Built) -> None:
    copied.pdf.unlink()
    copied.tells("print", "EDN110", words="build/print/shores.pdf")
