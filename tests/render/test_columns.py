"""Papers in two columns: what a reader sees of them, and what stands in the file."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

import columns_sample
from columns_sample import A4, Paper
from octavo.adapters.pdfium import UNMARKED, Run, visible_runs
from octavo.bind.pdf.trees import read_tree
from octavo.model.columns import ColumnGrid
from random_publications import publication

_WORDS = "The ties between the two shores were older than the states that stood on them, and outlived them all. "
_HEAD = " | ".join(
    f"Considerable {word}" for word in ["harbours", "ships", "cargo", "duties", "keepers", "sailors", "pilots"]
)
_ROW = "extraordinarily | 12345.6 | 987654.3 | considerable | uninterrupted | shipbuilders | navigators"
_MIDDLE = 210 / 2 * 72 / 25.4
_FIRST, _, _LAST = os.environ.get("OCTAVO_TEST_SEEDS", "0:6").partition(":")


def _paragraph(count: int, note: int) -> str:
    return f"{_WORDS * count}Keepers knew it.[^n{note}]\n\n"


CHAPTER = f"""\
---
title: Two shores and what was carried between them[^title]
short: Two shores
language: en-GB
---

{_paragraph(6, 1)}## Harbours

{_paragraph(7, 2)}{_paragraph(6, 3)}See [@tbl:wide] and [@sec:ends].

| {_HEAD} |
|{"---|" * 7}
| {_ROW} |
| {_ROW.replace("12345.6", "12345.6[^cell]")} |

: Ships of all harbours {{#tbl:wide}}

{_paragraph(8, 4)}| Harbour | Ships |
|:--------|------:|
| East    | 12    |

: Ships of the east {{#tbl:small}}

{_paragraph(7, 5)}{_paragraph(8, 6)}{_paragraph(8, 7)}## Ends {{#sec:ends}}

{_paragraph(9, 8)}
[^title]: The words are those of the treaty.
[^cell]: An estimate.
""" + "".join(f"[^n{number}]: Remark {number}. {_WORDS * (number % 3)}\n" for number in range(1, 9))


def _project(root: Path, text: str = CHAPTER) -> Path:
    (root / "chapters").mkdir()
    (root / "chapters/01-shores.md").write_text(text, encoding="utf-8")
    (root / "publication.yaml").write_text("title: Shores\nslug: shores\nlanguage: en-GB\n", encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Paper, Paper]:
    """One paper, made twice."""
    root = _project(tmp_path_factory.mktemp("shores"))
    (manuscript,) = columns_sample.manuscripts(root)
    with columns_sample.opened(root) as pool:
        return columns_sample.make(manuscript, pool), columns_sample.make(manuscript, pool)


@pytest.fixture(scope="module")
def paper(papers: tuple[Paper, Paper]) -> Paper:
    return papers[0]


@pytest.fixture(scope="module")
def pages(paper: Paper) -> list[list[Run]]:
    """The visible text of each page."""
    return [[run for runs in page.values() for run in runs if run.text.strip()] for page in visible_runs(paper.pdf)]


@pytest.fixture(scope="module")
def pdf(paper: Paper) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(paper.pdf)) as file:
        yield file


def test_nothing_is_told_of_a_sound_paper(paper: Paper) -> None:
    assert paper.told == ()
    assert paper.findings == ()
    assert paper.printed.pages == paper.reading.pages == 2


def test_the_same_paper_has_the_same_bytes(papers: tuple[Paper, Paper]) -> None:
    assert papers[0].pdf == papers[1].pdf


def test_notes_stand_in_the_column_of_their_call(paper: Paper) -> None:
    reading = paper.reading
    assert [mark.label for mark in reading.notes.notes if not mark.label.isalpha()] == [str(n) for n in range(1, 10)]
    sides = set()
    for name, note in reading.note_pieces.items():
        call = reading.call_pieces[name.replace("note-", "call-", 1)]
        left = note.runs[0].box[0] < _MIDDLE
        if note.label != "1" and not note.label.isalpha():
            assert (call.page, call.runs[0].box[0] < _MIDDLE) == (note.page, left)
            assert max(run.box[3] for run in note.runs) < call.runs[0].box[1]
        sides.add((note.page, left))
    assert len(sides) == 4


def test_the_note_of_a_title_stands_in_the_first_column(paper: Paper) -> None:
    call, note = (paper.reading.call_pieces["call-shores--title"], paper.reading.note_pieces["note-shores--title"])
    assert call.runs[0].box[0] > _MIDDLE
    assert max(run.box[2] for run in note.runs) < _MIDDLE
    assert (call.page, note.page) == (0, 0)


def test_a_wide_table_stands_over_both_columns_at_the_head_of_a_page(pages: list[list[Run]]) -> None:
    cells = [run for run in pages[1] if run.text.strip() in ("extraordinarily", "navigators", "987654.3")]
    assert len(cells) == 6
    assert min(run.box[0] for run in cells) < A4.left * 72 / 25.4 + 1
    assert max(run.box[2] for run in cells) > _MIDDLE + 100
    foot = min(run.box[1] for run in cells)
    prose = [run for run in pages[1] if "outlived" in run.text]
    assert len(prose) > 5
    assert all(run.box[3] < foot for run in prose)


def test_a_narrow_table_stays_in_its_column(pages: list[list[Run]]) -> None:
    (found,) = [run for page in pages for run in page if run.text.strip() in ("East", "East ")]
    (other,) = [run for page in pages for run in page if run.text.strip() == "12"]
    assert (found.box[0] < _MIDDLE) == (other.box[2] < _MIDDLE)


def test_lines_of_both_columns_stand_beside_one_another(pages: list[list[Run]]) -> None:
    compared = 0
    for page in pages:
        places: dict[tuple[str, float], dict[bool, float]] = {}
        for run in page:
            # The same words have the same height, whatever letters they are of.
            size = round(run.box[3] - run.box[1], 1)
            if size > 8 and run.box[3] < 700:
                places.setdefault((run.text.strip(), size), {})[run.box[0] < _MIDDLE] = run.box[1]
        for both in places.values():
            if len(both) == 2:
                compared += 1
                off = (both[True] - both[False]) % 12
                assert min(off, 12 - off) < 0.05
    assert compared > 5


def test_the_last_columns_end_at_about_the_same_height(pages: list[list[Run]]) -> None:
    body = [run for run in pages[-1] if run.box[1] > 60]
    ends = [min(run.box[1] for run in body if (run.box[0] < _MIDDLE) == left) for left in (True, False)]
    assert abs(ends[0] - ends[1]) < 4 * 12
    assert min(ends) > 150


def test_folios_and_heads_are_those_of_the_page_and_artifacts(paper: Paper, pdf: pikepdf.Pdf) -> None:
    assert [page.label for page in pdf.pages] == ["1", "2"]
    outside = [{run.text.strip() for run in page[UNMARKED]} for page in visible_runs(paper.pdf)]
    assert outside == [{"1"}, {"2", "Two shores"}]
    assert all(tuple(map(float, page.MediaBox))[2:] == pytest.approx((595.276, 841.89), abs=0.01) for page in pdf.pages)


def test_each_mark_of_a_page_has_its_element(pdf: pikepdf.Pdf) -> None:
    parents = {int(key): value for key, value in read_tree(pdf.Root.StructTreeRoot.ParentTree, "/Nums")}
    for page in pdf.pages:
        marks = [int(number) for number in re.findall(rb"/MCID (\d+)", page.obj.Contents.read_bytes())]
        entry = parents[int(page.obj.StructParents)]
        assert len(set(marks)) == len(marks) > 50
        assert set(marks) == {index for index, element in enumerate(entry) if element is not None}
        for mark in marks:
            assert entry[mark].Pg.objgen == page.obj.objgen
        for annotation in page.obj.Annots:
            assert parents[int(annotation.StructParent)].S == "/Link"


def test_the_outline_and_the_places_lead_to_the_pages_as_they_are(paper: Paper, pdf: pikepdf.Pdf) -> None:
    titles, item = [], pdf.Root.Outlines.First.First
    while item is not None:
        titles.append(str(item.Title))
        target = item.Dest
        assert target[0].objgen == pdf.pages[1 if "Ends" in str(item.Title) else 0].obj.objgen
        item = item.get("/Next")
    assert len(titles) == 2
    assert [page for name, page in paper.printed.anchors.items() if name.endswith("ends")] == [1]


def test_a_wide_table_finds_room_on_a_paper_of_one_page(tmp_path: Path) -> None:
    head, _, rest = CHAPTER.partition("## Harbours")
    table = rest[rest.index("| Considerable") : rest.index("{#tbl:wide}") + len("{#tbl:wide}")]
    notes = "[^title]: The words.\n\n[^cell]: An estimate.\n\n[^n1]: A remark.\n"
    root = _project(tmp_path, f"{head}\n{table}\n\n{_WORDS}\n\n{notes}")
    (manuscript,) = columns_sample.manuscripts(root)
    with columns_sample.opened(root) as pool:
        made = columns_sample.make(manuscript, pool)
    assert (made.told, made.findings, made.printed.pages) == ((), (), 1)


def test_a_note_in_the_next_column_of_its_page_is_told_as_late(tmp_path: Path) -> None:
    calls = "".join(f" word[^n{number}]" for number in range(1, 6))
    notes = "".join(f"[^n{number}]: Remark {number}. {_WORDS * 5}\n\n" for number in range(1, 6))
    root = _project(tmp_path, f"---\ntitle: Late\nlanguage: en-GB\n---\n\nThe{calls}. {_WORDS * 20}\n\n{notes}")
    (manuscript,) = columns_sample.manuscripts(root)
    grid = ColumnGrid(210, 150, 15, 15, 20, 15)
    with columns_sample.opened(root) as pool:
        made = columns_sample.make(manuscript, pool, grid)
    late = {name.removeprefix("note-") for name in made.printed.late_notes}
    assert late
    assert [finding.code for finding in made.told] == ["NTE402"] * len(late)
    assert "begins on a later column than its call" in made.told[0].message
    assert made.findings == ()
    pieces = made.reading.note_pieces
    apart = {name.removeprefix("note-") for name, note in pieces.items() if note.runs[0].box[0] > _MIDDLE}
    assert apart & late
    assert {pieces[f"note-{name}"].page for name in apart & late} == {0}


def test_what_is_too_high_for_a_head_is_set_in_the_columns_and_not_cut_off(tmp_path: Path) -> None:
    text = CHAPTER.replace("carried between them", f"carried {_WORDS * 25}")
    text = text.replace(f"| {_ROW} |\n", f"| {_ROW} |\n" * 50)
    root = _project(tmp_path, text)
    (manuscript,) = columns_sample.manuscripts(root)
    with columns_sample.opened(root) as pool:
        made = columns_sample.make(manuscript, pool)
    assert (made.told, made.findings) == ((), ())
    shown = [run for page in visible_runs(made.pdf) for runs in page.values() for run in runs]
    assert len([run for run in shown if run.text.strip() == "navigators"]) == 51
    edges = [edge * 72 / 25.4 for edge in (A4.left, A4.left + A4.column_width, A4.starts[1], 210 - A4.right)]
    for run in shown:
        if run.text.strip() and 75 < run.box[1] < 780:
            left, right = edges[:2] if run.box[0] < _MIDDLE else edges[2:]
            assert left - 1 < run.box[0] < run.box[2] < right + 1, run


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(int(_FIRST), int(_LAST)))
def test_random_papers_have_every_note_once_in_the_column_of_its_call(seed: int, tmp_path: Path) -> None:
    publication(seed).write(tmp_path)
    with columns_sample.opened(tmp_path) as pool:
        for manuscript in columns_sample.manuscripts(tmp_path):
            made = columns_sample.make(manuscript, pool)
            assert made.findings == ()
            assert len(made.reading.notes.notes) == len(made.reading.notes.calls) == len(manuscript.plan.notes)
            # What is late is told.
            assert [finding.code for finding in made.told] == ["NTE402"] * len(made.printed.late_notes)
