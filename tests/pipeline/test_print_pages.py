"""The print edition that papers take the pages of the book from."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from octavo.bind.notes_json import notes_json
from octavo.model.edition import PageNumbers
from octavo.model.notes import EditionNotes, NotePlan
from octavo.model.publication import EditionSettings, Format, Publication
from octavo.pipeline.print_pages import print_edition, read_print
from octavo.verify.errors import UnreadableArtifact
from octavo.verify.print_pages import read_page_numbers

PUBLICATION = Publication(
    "Tiny", "tiny", "en", editions=(EditionSettings("ebook", Format.EPUB), EditionSettings("print", Format.PDF))
)
PLAN = NotePlan("continuous", ())


def printed() -> bytes:
    """Four pages: two in roman numerals, two in arabic from 5 on; a place on the second and on the last."""
    pdf = pikepdf.Pdf.new()
    for _ in range(4):
        pdf.add_blank_page()
    labels = [0, pikepdf.Dictionary(S=pikepdf.Name.r), 2, pikepdf.Dictionary(S=pikepdf.Name.D, St=5)]
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(labels))
    places = [
        (name, pikepdf.Array([pdf.pages[page].obj, pikepdf.Name.XYZ, 0, 0, 0])) for name, page in (("a", 1), ("b", 3))
    ]
    names = pikepdf.Array([entry for name, place in places for entry in (pikepdf.String(name), place)])
    pdf.Root.Names = pikepdf.Dictionary(Dests=pikepdf.Dictionary(Names=names))
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "chapters").mkdir()
    (tmp_path / "publication.yaml").write_text("title: Tiny\n")
    (tmp_path / "chapters" / "01.md").write_text("Text.\n")
    build = tmp_path / "build" / "print"
    build.mkdir(parents=True)
    (build / "tiny.pdf").write_bytes(printed())
    (build / "notes.json").write_bytes(notes_json(PLAN, EditionNotes("print", (), ()), paged=True))
    for path in tmp_path.rglob("*"):
        os.utime(path, ns=(10**18, 10**18))
    return tmp_path


def test_each_place_has_the_printed_number_of_its_page(root: Path) -> None:
    assert read_print(root, PUBLICATION, PLAN) == (PageNumbers({"a": "ii", "b": "6"}, 4), [])


def test_no_edition_has_no_pages(root: Path) -> None:
    (root / "build/print/tiny.pdf").unlink()
    assert read_print(root, PUBLICATION, PLAN) == (None, [])
    assert print_edition(Publication("Tiny", "tiny", "en")) is None


def test_a_broken_edition_has_no_pages(root: Path) -> None:
    (root / "build/print/tiny.pdf").write_bytes(b"%PDF-1.7 no more")
    assert read_print(root, PUBLICATION, PLAN) == (None, [])
    with pytest.raises(UnreadableArtifact):
        read_page_numbers(b"nothing")


@pytest.mark.parametrize("cause", ["a newer chapter", "other notes", "no notes"])
def test_an_edition_of_other_sources_is_told(root: Path, cause: str) -> None:
    notes = root / "build/print/notes.json"
    if cause == "a newer chapter":
        os.utime(root / "chapters" / "01.md", ns=(2 * 10**18, 2 * 10**18))
    elif cause == "other notes":
        notes.write_bytes(notes.read_bytes().replace(b"continuous", b"chapter"))
    else:
        notes.unlink()
    pages, (finding,) = read_print(root, PUBLICATION, PLAN)
    assert pages is not None
    assert (finding.code, finding.severity.value) == ("EXT122", "warning")
    assert ("older" if cause == "a newer chapter" else "notes") in finding.message
    assert finding.hint == "run `octavo build print` first"
