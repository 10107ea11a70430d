"""A note that is continued on other pages is read as one, and damage to any part of it is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pikepdf import NameTree, Object

from octavo.cli.main import main
from octavo.pipeline import commands
from octavo.pipeline.project import Project, load_project
from pdf_damage import Patient
from publications import chapter, write_publication

PROSE = "The ties between the two shores were older than the states that stood on them, and outlived them all. "
WORDS = "Witnesses of that kind are rare, and what they say has been doubted by some who had not seen the shores. "
BODY = f"""{PROSE * 3}Here.[^long] {PROSE * 9}

{PROSE * 9}And there.[^short] {PROSE * 9}

[^long]: {"".join(f"{count} {WORDS}" for count in range(60))}

[^short]: A short one.
"""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Project]:
    """A publication with a note on three pages, built once, and its sources."""
    root = write_publication(tmp_path_factory.mktemp("continued"), {"chapters/01-first.md": chapter(BODY)})
    assert main(["-C", str(root), "build", "print", "--quiet"]) == 0
    return root, load_project(root, 1)


class Copy:
    """The built publication, with a PDF and notes that can be damaged."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self.capsys = root, capsys
        self.pdf, self.notes = root / "build/print/tiny.pdf", root / "build/print/notes.json"

    def verify(self) -> tuple[int, str]:
        self.capsys.readouterr()
        return main(["-C", str(self.root), "verify", "print"]), self.capsys.readouterr().out


@pytest.fixture
def damaged(sound: tuple[Path, Project], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Copy:
    root, project = sound
    monkeypatch.setattr(commands, "load_project", lambda *_: project)
    copy = Copy(root, capsys)
    before = copy.pdf.read_bytes(), copy.notes.read_bytes()
    yield copy
    copy.pdf.write_bytes(before[0])
    copy.notes.write_bytes(before[1])


def rests(patient: Patient) -> list[Object]:
    """The elements of the parts of the long note that have no number, in order."""
    found = [each for each in patient._elements(patient.pdf.Root.StructTreeRoot) if str(each.S) == "/Note"]
    numbered = {patient.note(name).objgen for name in ("first/long", "first/short", "second/cite-1")}
    return [each for each in found if each.objgen not in numbered and str(each.P.S) != "/Note"]


def test_a_continued_note_is_one(damaged: Copy) -> None:
    code, output = damaged.verify()
    assert code == 0, output
    with Patient(damaged.pdf) as pdf:
        assert len(rests(pdf)) == 2
        names = [str(name) for name in NameTree(pdf.pdf.Root.Names.Dests)]
    assert [name for name in names if "long" in name] == [
        "call-first--long", "note-first--long", "rest-first--long.1", "rest-first--long.2",
    ]  # fmt: skip


@pytest.mark.parametrize("part", [0, 1])
def test_a_part_whose_glyphs_are_missing(damaged: Copy, part: int) -> None:
    with Patient(damaged.pdf) as pdf:
        pdf.cut_out(rests(pdf)[part])
    code, output = damaged.verify()
    assert code == 1
    assert "error EDN102 note-differs: print: the text of note 1 (first/long)" in output


def test_a_part_that_stands_in_no_structure(damaged: Copy) -> None:
    with Patient(damaged.pdf) as pdf:
        pdf.drop(rests(pdf)[1])
    code, output = damaged.verify()
    assert code == 1
    assert "error EDN102 note-differs: print: the text of note 1 (first/long)" in output


def test_parts_in_the_wrong_order(damaged: Copy) -> None:
    with Patient(damaged.pdf) as pdf:
        pdf.swap(*rests(pdf))
    code, output = damaged.verify()
    assert code == 1
    assert "(first/long)" in output


def test_a_part_two_pages_further_on(damaged: Copy) -> None:
    with Patient(damaged.pdf) as pdf:
        last = rests(pdf)[1]
        pdf.transplant(last, "rest-first--long.2", pdf.page(last) + 1)
    code, output = damaged.verify()
    assert code == 1
    assert (
        "error EDN106 note-on-other-page: print: note 1 breaks off on page 2 and goes on on page 4 (first/long)"
        in output
    )


def test_a_part_that_names_no_note(damaged: Copy) -> None:
    with Patient(damaged.pdf) as pdf:
        pdf.forget("rest-first--long.1")
    code, output = damaged.verify()
    assert code == 1
    assert "(first/long)" in output


def test_a_part_that_is_painted_over(damaged: Copy) -> None:
    with Patient(damaged.pdf) as pdf:
        pdf.around(rests(pdf)[0], b"", b"q 1 1 1 rg 0 0 900 900 re f Q")
    code, output = damaged.verify()
    assert code == 1
    assert "(first/long)" in output


def test_notes_json_that_says_another_end(damaged: Copy) -> None:
    document = json.loads(damaged.notes.read_text(encoding="utf-8"))
    assert document["notes"][0]["note_end"] == "3"
    document["notes"][0]["note_end"] = "2"
    damaged.notes.write_text(json.dumps(document), encoding="utf-8")
    code, output = damaged.verify()
    assert code == 1
    assert "notes.json says otherwise of note 1 (first/long): note_end" in output
