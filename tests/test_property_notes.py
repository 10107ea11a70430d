"""Random publications: the plan, the PDF and the EPUB have the notes that the author wrote, with the same numbers."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path

import pytest

from note_counts import fits
from octavo.cli.main import main
from octavo.model.notes import EditionNotes
from octavo.verify.epub import read_epub, read_references
from octavo.verify.pdf import read_pdf
from random_chapters import Publication
from random_publications import publication

# A range such as 100:300 looks further than every run does.
_FIRST, _, _LAST = os.environ.get("OCTAVO_TEST_SEEDS", "0:20").partition(":")


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(int(_FIRST), int(_LAST)))
def test_all_editions_have_the_notes_that_were_written(
    seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = publication(seed)
    root = str(wanted.write(tmp_path))
    assert main(["-C", root, "build", "--quiet", "--jobs", "1"]) == 0, capsys.readouterr().out
    assert main(["-C", root, "verify", "--jobs", "1"]) == 0, capsys.readouterr().out
    anchors: list[list[str]] = []
    for edition in ("print", "ebook"):
        stored = json.loads((tmp_path / "build" / edition / "notes.json").read_text(encoding="utf-8"))
        assert stored["numbering"] == wanted.numbering
        _compare_plan(wanted, stored["notes"])
        anchors.append([entry["id"].replace("/", "--") for entry in stored["notes"]])
    assert anchors[0] == anchors[1]
    pdf = read_pdf((tmp_path / "build/print/random.pdf").read_bytes(), "print")
    data = (tmp_path / "build/ebook/random.epub").read_bytes()
    for seen in (pdf.notes, read_epub(data, "ebook")):
        _compare_edition(wanted, seen, anchors[0])
    for references in (pdf.references, read_references(data, "ebook")):
        assert not Counter(wanted.references) - Counter(mark.label for mark in references)


def _compare_plan(wanted: Publication, notes: list[dict[str, object]]) -> None:
    found = [(note["chapter"], note["kind"], note["series"] != "main", note["label"]) for note in notes]
    assert found == [(note.chapter, note.kind, bool(note.table), note.label) for note in wanted.notes]
    for note, expected in zip(notes, wanted.notes, strict=True):
        if expected.name:
            assert note["id"] == f"{expected.chapter}/{expected.name}"
        assert fits(str(note["text"]), expected), (note["text"], expected)


def _compare_edition(wanted: Publication, seen: EditionNotes, anchors: list[str]) -> None:
    """Calls stand as they were written, and so do the notes of each series."""
    by_anchor = dict(zip(anchors, wanted.notes, strict=True))
    calls = [(mark.anchor, mark.label, mark.links_to) for mark in seen.calls]
    assert calls == [(f"call-{name}", by_anchor[name].label, f"note-{name}") for name in anchors]
    assert len(seen.notes) == len(anchors)
    for mark in seen.notes:
        expected = by_anchor[mark.anchor.removeprefix("note-")]
        assert (mark.label, mark.links_to) == (expected.label, mark.anchor.replace("note-", "call-", 1))
        assert fits(mark.text, expected), (mark.text, expected)
    for series in {(note.chapter, note.table) for note in wanted.notes}:
        names = [name for name in anchors if (by_anchor[name].chapter, by_anchor[name].table) == series]
        order = [mark.anchor.removeprefix("note-") for mark in seen.notes]
        assert [name for name in order if name in names] == names
