"""Notes that are hard to set: too tall for their page, and in all places where a note can be called."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from octavo.cli.main import main
from octavo.model.notes import Mark
from octavo.verify.epub import read_epub
from octavo.verify.pdf import read_pdf
from publications import chapter, write_publication

PROSE = "The ties between the two shores were older than the states that stood on them, and outlived them all. "
WORDS = "Witnesses of that kind are rare, and what they say has been doubted by some who had not seen the shores. "
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><title>A map</title></svg>'
STYLE = """
.columns { columns: 2 }
.grid { display: grid; grid-template-columns: 1fr 1fr; gap: 1em }
.flex { display: flex; gap: 1em }
.float { float: right; width: 45%; margin-left: 1em }
.absolute { position: absolute; right: -10mm; width: 10mm; font-size: 5pt }
"""
# How a chapter calls a note in each place, `NOTE` being the call.
PLACES = {
    "figure": "![A map. NOTE](figures/map.svg)",
    "caption": "| A | B |\n|---|---|\n| 1 | 2 |\n\n: A table NOTE",
    "heading": "## A heading NOTE\n\nText.",
    "definition": "Term\n:   What it is. NOTE",
    "term": "Term NOTE\n:   What it is.",
    "quotation": "> A quotation. NOTE",
    "verse": "| A line NOTE\n| of verse.",
    "list": "- one\n- two NOTE\n\n    - three",
    "columns": "::: {.columns}\nLeft.\n\nRight. NOTE\n:::",
    "grid": "::: {.grid}\nLeft.\n\nRight. NOTE\n:::",
    "flex": "::: {.flex}\nLeft.\n\nRight. NOTE\n:::",
    "float": "::: {.float}\nBeside. NOTE\n:::",
    "absolute": "::: {.absolute}\nMargin. NOTE\n:::",
}


Notes = tuple[list[dict[str, object]], dict[str, Mark], dict[str, Mark]]


def built(root: Path) -> Notes:
    """The notes of a publication that has to build: as ``notes.json``, the PDF and the EPUB have them."""
    assert main(["-C", str(root), "build", "--quiet", "--jobs", "1"]) == 0
    assert main(["-C", str(root), "verify"]) == 0
    stored = json.loads((root / "build/print/notes.json").read_text(encoding="utf-8"))["notes"]
    pdf = read_pdf((root / "build/print/tiny.pdf").read_bytes(), "print").notes
    epub = read_epub((root / "build/ebook/tiny.epub").read_bytes(), "ebook")
    for seen in (pdf, epub):
        names = [mark.links_to for mark in seen.calls]
        assert len(names) == len(set(names)), "a note that is continued has one call"
    return stored, {mark.anchor: mark for mark in pdf.notes}, {mark.anchor: mark for mark in epub.notes}


def letters(text: object) -> str:
    return "".join(letter for letter in str(text) if letter.isalnum())


@pytest.mark.parametrize("blocks", ["one paragraph", "several blocks"])
def test_a_note_too_tall_for_its_page_is_continued_on_the_next(tmp_path: Path, blocks: str) -> None:
    text = "".join(f"*{count}* {WORDS}" for count in range(80))
    if blocks == "several blocks":
        text = f"{WORDS * 12}\n\n    - {WORDS * 12}\n    - {WORDS * 12}\n\n    > {WORDS * 12}\n\n    {WORDS * 30}"
    body = f"{PROSE * 4}Here.[^long] {PROSE * 8}\n\n{PROSE * 9}And there.[^short] {PROSE * 9}\n\n"
    root = write_publication(
        tmp_path, {"chapters/01-first.md": chapter(f"{body}[^long]: {text}\n\n[^short]: A short one.\n")}
    )
    stored, pdf, epub = built(root)
    long, short = stored[0], stored[1]
    assert long["page"] == "1"
    assert "note_page" not in long
    assert int(str(long["note_end"])) >= 3
    assert "note_end" not in short
    for seen in (pdf, epub):
        assert letters(seen["note-first--long"].text) == letters(long["text"])
    assert pdf["note-first--long"].end == long["note_end"]


def test_the_last_of_several_notes_is_split_where_all_of_them_are_too_tall(tmp_path: Path) -> None:
    notes = "\n\n".join(f"[^{name}]: {WORDS * 16}" for name in ("one", "two"))
    body = f"{PROSE}One[^one] and two[^two]. {PROSE * 12}\n\n{PROSE * 12}\n\n{notes}\n"
    stored, pdf, _ = built(write_publication(tmp_path, {"chapters/01-first.md": chapter(body)}))
    first, last = stored[:2]
    assert "note_end" not in first
    assert last["page"] == first["page"]
    assert "note_page" not in last
    assert last["note_end"] == str(int(str(last["page"])) + 1)
    for note in (first, last):
        assert letters(pdf["note-" + str(note["id"]).replace("/", "--")].text) == letters(note["text"])


def test_a_note_called_beside_one_that_is_continued_for_pages_begins_where_it_is_called(tmp_path: Path) -> None:
    notes = f"[^long]: {WORDS * 70}\n\n[^beside]: A short one.\n"
    body = f"{PROSE * 4}Here[^long] and beside it[^beside] we are. {PROSE * 8}\n\n{PROSE * 20}\n\n{notes}"
    stored, pdf, _ = built(write_publication(tmp_path, {"chapters/01-first.md": chapter(body)}))
    long, beside = stored[:2]
    assert int(str(long["note_end"])) >= int(str(long["page"])) + 2
    assert "note_page" not in beside
    assert pdf["note-first--beside"].place == beside["page"]


@pytest.fixture(scope="module")
def everywhere(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[list[dict[str, object]], dict[str, Mark], dict[str, Mark]]:
    """A publication that calls a note in every place, with text before and behind it."""
    blocks = [f"{PROSE * 2}\n\n{place.replace('NOTE', f'word[^{name}]')}" for name, place in PLACES.items()]
    notes = [f"[^{name}]: The note of the {name}. {WORDS}" for name in PLACES]
    cell = "| A | B |\n|---|---|\n| 1[^cell] | 2 |\n\n: Another table\n\n[^cell]: The note of the cell."
    files = {
        "chapters/01-first.md": chapter("\n\n".join([*blocks, PROSE * 3, *notes, cell, ""])),
        "figures/map.svg": PICTURE,
        "templates/print/print.css": STYLE,
    }
    return built(write_publication(tmp_path_factory.mktemp("everywhere"), files))


@pytest.mark.parametrize("name", PLACES)
def test_a_note_has_its_place_wherever_it_is_called(everywhere: Notes, name: str) -> None:
    stored, pdf, epub = everywhere
    note = next(note for note in stored if note["id"] == f"first/{name}")
    anchor = f"note-first--{name}"
    assert note["series"] == "main"
    assert pdf[anchor].place == note["page"]
    assert pdf[anchor].text.startswith(f"The note of the {name}.")
    assert epub[anchor].text.startswith(f"The note of the {name}.")


def test_a_note_in_a_cell_stands_below_its_table_with_a_letter(
    everywhere: Notes,
) -> None:
    stored, pdf, epub = everywhere
    note = next(note for note in stored if note["id"] == "first/cell")
    assert (note["label"], note["series"]) == ("a", "table:first:2")
    for seen in (pdf, epub):
        assert (seen["note-first--cell"].label, seen["note-first--cell"].text) == ("a", "The note of the cell.")


def test_a_note_that_cannot_stand_on_its_page_fails_the_build(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = f"{PROSE * 4}\n\n::: {{.gone}}\nGone.[^gone]\n:::\n\n{PROSE}\n\n[^gone]: Nobody reads this.\n"
    files = {"chapters/01-first.md": chapter(body), "templates/print/print.css": ".gone { display: none }"}
    root = write_publication(tmp_path, files)
    assert main(["-C", str(root), "build", "print", "--quiet"]) == 1
    told = capsys.readouterr().out
    assert "chapters/01-first.md:8:6: error NTE401" in told
    assert "the note first--gone is lost in the layout of 'The first chapter'" in told
    assert not (root / "build/print/tiny.pdf").exists()
