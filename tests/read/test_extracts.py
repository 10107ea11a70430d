"""`extracts` of publication.yaml: what profiles and papers are read as, and what their authors hear of faults."""

from __future__ import annotations

from pathlib import Path

import pytest

import paper_publication as papers
from octavo.model.extract import Block, Citations, Limits, Output
from octavo.model.finding import Finding
from octavo.model.publication import Publication
from octavo.model.source import SourceFile
from octavo.read.publication import read_publication
from paper_publication import octavo
from publications import hints, told

ROOT = Path(__file__).resolve().parents[2]
READY = {"gost", "ieee", "apa", "chicago"}


def read(extracts: str) -> tuple[Publication, list[Finding]]:
    """What is read of a publication that has a title and these extracts."""
    findings: list[Finding] = []
    return read_publication(SourceFile("publication.yaml", f"title: T\n{extracts}"), findings), findings


def profile(text: str) -> tuple[Publication, list[Finding]]:
    """A profile in braces, on line 4."""
    return read(f"extracts:\n  profiles:\n    mine: {{{text}}}\n  papers: [{{chapter: goods, profile: mine}}]\n")


def test_four_profiles_are_ready() -> None:
    publication, findings = read("extracts:\n  papers: [{chapter: a, profile: gost}]\n")
    assert not findings
    ready = publication.extracts.profiles
    assert set(ready) == READY
    seen = {name: (one.citations, one.columns, one.page.width, one.page.height) for name, one in ready.items()}
    brackets = Citations.BRACKETS
    assert seen == {
        "gost": (brackets, 1, 210, 297), "ieee": (brackets, 2, 210, 297), "apa": (brackets, 1, 210, 297),
        "chicago": (Citations.NOTES, 1, 210, 297),
    }  # fmt: skip
    assert all(one.limits == Limits() and one.outputs == (Output.PDF, Output.DOCX) for one in ready.values())


def test_a_profile_takes_over_what_it_does_not_say_itself() -> None:
    publication, findings = profile(
        "extends: ieee, blocks: [title, jel], limits: {pages: 6}, fonts: {size: 9.5}, page: {gutter: 8mm},"
        " outputs: [jats, latex], language: ru, anonymous: true, sections: {numbered: false}"
    )
    assert not findings
    ieee, mine = publication.extracts.profiles["ieee"], publication.extracts.profiles["mine"]
    assert (mine.style, mine.columns, mine.fonts.leading) == (ieee.style, 2, ieee.fonts.leading)
    assert (mine.page.left, mine.page.gutter, mine.fonts.size) == (ieee.page.left, 8, 9.5)
    assert mine.blocks == (Block.TITLE, Block.JEL)
    assert mine.limits == Limits(pages=6)
    assert mine.outputs == (Output.JATS, Output.LATEX)
    assert (mine.language, mine.anonymous, mine.numbered) == ("ru", True, False)
    assert publication.extracts.papers[0].name == "goods-mine"


def test_a_profile_of_the_name_of_a_ready_one_stands_in_its_place() -> None:
    publication, findings = read(
        "extracts:\n  profiles: {gost: {extends: gost, columns: 2}}\n  papers: [{chapter: a, profile: gost}]\n"
    )
    assert not findings
    assert publication.extracts.profiles["gost"].columns == 2


@pytest.mark.parametrize(
    ("written", "column", "code", "hint"),
    [
        ("extends: ggost", 21, "EXT101", "did you mean 'gost'?"),
        ("extends: mine", 21, "EXT101", "known: apa, chicago, gost, ieee"),
        ("colum: 2", 12, "CFG101", "did you mean 'columns'?"),
        ("citations: bracket", 23, "CFG102", "did you mean 'brackets'?"),
        ("columns: 3", 21, "CFG102", "`columns: 2`"),
        ("blocks: [titel]", 21, "CFG102", "did you mean 'title'?"),
        ("outputs: [odt]", 22, "CFG102", "known: pdf, docx, jats, latex"),
        ("limits: {pages: many}", 28, "CFG102", "`pages: 12`"),
        ("limits: {words: 0}", 28, "CFG102", "`words: 12`"),
        ("limits: {characters: 2.5}", 33, "CFG102", "`characters: 12`"),
        ("limits: {abstract_words: -1}", 37, "CFG102", "`abstract_words: 12`"),
        ("limits: {keywords: true}", 31, "CFG102", "`keywords: 12`"),
        ("limits: {sources: [1]}", 30, "CFG102", "`sources: 12`"),
        ("limits: {page: 3}", 21, "CFG101", "did you mean 'pages'?"),
        ("page: {size: A44}", 25, "CFG102", "did you mean 'A4'?"),
        ("page: {margins: wide}", 28, "CFG102", "one to four lengths"),
        ("page: {margins: 90mm}", 28, "CFG102", "at least 40 mm"),
        ("page: {gutter: wide}", 27, "CFG102", "`gutter: 6mm`"),
        ("fonts: {text: PT Serf}", 26, "CFG102", "did you mean 'PT Serif'?"),
        ("fonts: {size: 99}", 26, "CFG102", "from 6 to 24"),
        ("language: '??'", 22, "CFG102", "en-GB"),
        ("anonymous: perhaps", 23, "CFG102", "true or false"),
        ("sections: {number: true}", 23, "CFG101", "did you mean 'numbered'?"),
    ],
)  # fmt: skip
def test_a_fault_of_a_profile_is_told_at_its_place(written: str, column: int, code: str, hint: str) -> None:
    _, findings = profile(written)
    assert [(one.code, one.location.line, one.location.column) for one in findings if one.location] == [
        (code, 4, column)
    ]
    assert hint in findings[0].hint


def test_faults_of_papers_are_told_together() -> None:
    publication, findings = read(
        "extracts:\n  papers:\n"
        "    - {chapter: goods}\n"
        "    - {profile: gost}\n"
        "    - {chapter: goods, profile: gost}\n"
        "    - {chapter: goods, profile: gost}\n"
        "    - {chapter: goods, profile: gost, name: Big Name}\n"
        "    - {chapter: goods, profile: gosst}\n"
        "    - {chapter: goods, profile: gost, nam: x}\n"
        "  paper: []\n"
    )
    places = [(one.code, one.location.line, one.location.column) for one in findings if one.location]
    assert sorted(places, key=lambda place: place[1]) == [
        ("CFG103", 4, 7), ("CFG103", 5, 7), ("EXT105", 7, 7), ("CFG102", 8, 45), ("EXT101", 9, 33), ("CFG101", 10, 39),
        ("EXT105", 10, 7), ("CFG101", 11, 3),
    ]  # fmt: skip
    assert "the first is on line 6" in next(one.hint for one in findings if one.code == "EXT105")
    assert publication.extracts.papers


@pytest.mark.parametrize(
    ("extracts", "place", "code", "hint"),
    [
        ("papers: [{chapter: goods, profile: gosst}]", "publication.yaml:12:38", "EXT101", "did you mean 'gost'?"),
        ("papers: [{chapter: gods, profile: gost}]", "publication.yaml:12:22", "EXT102", "did you mean 'goods'?"),
        ("profiles: {mine: {style: iee}}", "publication.yaml:12:28", "CSL101", "did you mean 'ieee'?"),
        (
            "profiles: {mine: {extends: gost, citations: notes}}",
            "publication.yaml:12:47",
            "EXT103",
            "write `citations: brackets`",
        ),
        (
            "profiles: {mine: {extends: gost, style: gost-r-7-0-5-2008-notes}}",
            "publication.yaml:12:43",
            "EXT103",
            "write `citations: notes`",
        ),
        (
            "profiles: {mine: {template: paper/papr.html}}",
            "publication.yaml:12:31",
            "EXT107",
            "did you mean 'paper/paper.html'?",
        ),
    ],
)
def test_what_a_paper_cannot_be_made_with_is_told_before_anything_is_made(
    extracts: str, place: str, code: str, hint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = "" if extracts.startswith("papers") else "  papers: [{chapter: goods, profile: mine}]\n"
    papers.write(tmp_path, {"publication.yaml": f"{papers.CONFIGURATION}extracts:\n  {extracts}\n{paper}"})
    assert octavo(tmp_path, "extract", "--quiet") == 2
    output = capsys.readouterr().out
    assert told(output) == [(place, code)]
    assert hint in hints(output)[0]
    assert not (tmp_path / "build/extracts").exists()


def test_a_chapter_without_what_the_profile_shows_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    extracts = (
        "extracts:\n  profiles: {bare: {extends: gost, blocks: [title]}}\n"
        "  papers: [{chapter: goods, profile: gost}, {chapter: goods, profile: bare}]\n"
    )
    chapter = papers.GOODS.replace("abstract: Goods went from shore to shore.\nkeywords: [goods, shores]\n", "")
    papers.write(tmp_path, {"publication.yaml": papers.CONFIGURATION + extracts, "chapters/02-goods.md": chapter})
    assert octavo(tmp_path, "extract", "--quiet") == 1
    output = capsys.readouterr().out
    assert told(output) == [("chapters/02-goods.md:1:1", "EXT104")] * 2
    assert ["`abstract: ...`" in hints(output)[0], "`keywords: ...`" in hints(output)[1]] == [True, True]
    assert "'bare'" not in output


def test_the_reference_publication_has_all_chapters_in_one_profile_and_four_in_the_others() -> None:
    findings: list[Finding] = []
    text = (ROOT / "publication.yaml").read_text("utf-8")
    publication = read_publication(SourceFile("publication.yaml", text), findings)
    assert not findings
    chapters: dict[str, list[str]] = {}
    for paper in publication.extracts.papers:
        chapters.setdefault(paper.profile, []).append(paper.chapter)
    whole = {slug for part in publication.parts for slug in part.chapters}
    assert len(whole) == 20
    assert set(chapters["gost"]) == whole
    four = {name: len(set(slugs)) for name, slugs in chapters.items() if name != "gost"}
    # The one in two columns is made as source, too.
    assert four == {"ieee-source": 4, "apa": 4, "chicago": 4}
