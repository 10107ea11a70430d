"""Papers through `octavo extract` and `octavo verify`: what an editor and a reader of a paper find in it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import paper_publication as papers
from octavo.cli.main import main
from paper_publication import Files, octavo
from publications import told

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The publication, with a print edition, and then all its papers in one run; no test may change it."""
    root = papers.write(tmp_path_factory.mktemp("papers"))
    assert octavo(root, "build", "print", "--quiet") == 0
    assert octavo(root, "extract", "--quiet") == 1, "one of the papers passes its limits"
    return root


@pytest.fixture(scope="module")
def gost(whole: Path) -> Files:
    return Files(whole, "goods-gost")


@pytest.fixture
def fresh(whole: Path, tmp_path: Path) -> Path:
    """A copy to change as one likes."""
    return shutil.copytree(whole, tmp_path / "copy")


def test_without_a_name_all_papers_are_made(whole: Path) -> None:
    declared = re.findall(r"chapter: goods, profile: ([\w-]+)(?:, name: ([\w-]+))?", papers.EXTRACTS)
    names = {name or f"goods-{profile}" for profile, name in declared}
    assert len(names) == 12
    assert {path.name for path in (whole / "build/extracts").iterdir()} == names


def test_verify_proves_each_file_of_each_paper(whole: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert octavo(whole, "verify") == 0
    proved = re.findall(r"^\S+: .*all as in the note plan \((.*)\)$", capsys.readouterr().out, re.MULTILINE)
    made = [path.relative_to(whole).as_posix() for path in whole.glob("build/extracts/*/*.[pd]*")]
    assert sorted(proved) == sorted([*made, "build/print/shores.pdf"])
    # Four ready profiles and one anonymous have a DOCX beside the PDF.
    assert len(made) == 12 + 5


def test_citations_become_numbers_with_a_list_in_the_order_of_the_text(gost: Files) -> None:
    assert "known from the keepers [1, p. 17; 2] and from quays [3, p. 5]." in gost.text
    assert "and Adams too [2, p. 9]." in gost.text
    entries = [
        "1. Baker B. Harbours and their keepers. 2021.",
        "2. Adams A. Books of the harbours. 2019.",
        "3. Zander Z. Quays of the east. 2020.",
    ]
    assert " ".join(entries) in gost.text
    assert [text for text in gost.paragraphs if text in entries] == entries


@pytest.mark.parametrize("name", ["goods-apa", "in-alphabet", "goods-chicago"])
def test_the_list_of_other_styles_is_in_the_order_of_the_alphabet(whole: Path, name: str) -> None:
    _, _, references = Files(whole, name).text.partition("References ")
    assert re.findall(r"(Adams|Baker|Zander), \w", references) == ["Adams", "Baker", "Zander", "Zander"]


def test_remarks_stay_notes_and_count_from_1(gost: Files) -> None:
    notes = [(note["label"], note["kind"], note["text"], note["page"]) for note in gost.notes]
    assert notes == [
        ("1", "remark", "Some leaves are missing.", "1"),
        ("2", "remark", "The rest is guesswork, as note 1 says.", "1"),
    ]
    assert gost.paragraphs[-2:] == [text for _, _, text, _ in notes]


def test_a_style_of_notes_makes_one_series_of_citations_and_remarks(whole: Path) -> None:
    chicago = Files(whole, "goods-chicago")
    assert [(note["label"], note["kind"]) for note in chicago.notes] == [
        ("1", "citation"), ("2", "citation"), ("3", "remark"), ("4", "citation"), ("5", "citation"), ("6", "remark"),
        ("7", "citation"),
    ]  # fmt: skip
    assert [note["text"] for note in chicago.notes][:4] == [
        "Bob Baker, Harbours and Their Keepers (2021), 17; Ada Adams, Books of the Harbours (2019).",
        "Zoe Zander, Quays of the East (2020), 5.",
        "Some leaves are missing.",
        "Zoe Zander, Two Shores (The Press, 2026), 1.",
    ]
    assert "6 The rest is guesswork, as note 3 says." in chicago.text


def test_everything_counts_from_1(gost: Files) -> None:
    # In the book the chapter is the second, so that its table is 2.1.
    words = "as table 1, figure 1, section 1 and equation 1 say"
    assert words in gost.text
    for label in ("Table 1. What went over", "Figure 1. Trade by year", "1 What was carried", "(1)"):
        assert label in gost.text
        assert any(label in text for text in gost.paragraphs), label
    assert "2.1" not in gost.text


def test_an_abbreviation_of_an_earlier_chapter_is_spelled_out(gost: Files) -> None:
    assert "The Board of Harbour Trade (BHT) knew them." in gost.text
    assert any("The Board of Harbour Trade (BHT) knew them." in text for text in gost.paragraphs)


def test_a_reference_to_another_chapter_cites_the_book_with_its_page_in_print(whole: Path, gost: Files) -> None:
    assert "As [4, p. 1] shows, it was so." in gost.text
    assert "4. Zander Z. Two shores. The Press, 2026. 13 p." in gost.text
    apa = Files(whole, "goods-apa").text
    assert "As section 1.1 of the book (Zander, 2026, p. 1) shows, it was so." in apa


def test_a_value_prints_the_same_figure_everywhere(whole: Path, gost: Files) -> None:
    assert "Cuba took 47.25 tons" in gost.text
    assert any("Cuba took 47.25 tons" in text for text in gost.paragraphs)
    assert "Cuba took 47.25 tons" in Files(whole, "goods-ieee").text


def test_the_blocks_of_the_profile_stand_around_the_text(whole: Path, gost: Files) -> None:
    blocks = [
        "UDC 339.5",
        "Goods",
        "What was carried",
        "Zoe Zander",
        "Institute of Quays",
        "zoe@example.org · ORCID 0000-0002-1825-0097",
        "Carl Cole",
        "Academy of Oars",
        "Abstract. Goods went from shore to shore.",
        "Keywords: goods, shores.",
    ]
    assert gost.text.startswith(" ".join(blocks))
    assert gost.paragraphs[: len(blocks)] == blocks
    end = "The author thanks Dora Dunn. First published as chapter 2 of Two shores (The Press, 2026)."
    assert end in gost.text
    assert "First published as chapter 2 of Two shores (The Press, 2026)." in gost.paragraphs
    assert "JEL: F10." in Files(whole, "goods-apa").text
    assert "JEL" not in gost.text
    bare = Files(whole, "goods-bare").text
    assert bare.startswith("Goods What was carried Goods are known")
    assert not [word for word in ("Zoe", "Abstract", "Keywords", "UDC", "Dunn", "First published") if word in bare]


def test_the_fixed_words_follow_the_language_of_the_profile(whole: Path) -> None:
    text = Files(whole, "goods-russian").text
    for words in (
        "УДК 339.5", "Аннотация. Goods went", "Ключевые слова: goods", "Таблица 1. What went over", "Благодарности",
        "Впервые опубликовано: глава 2 книги Two shores", "Список литературы 1. Baker",
    ):  # fmt: skip
        assert words in text
    assert "p. 17" in text, "the terms of a source follow its own language"


def test_the_ready_profiles_have_their_pages(whole: Path) -> None:
    for profile in ("gost", "ieee", "apa", "chicago"):
        assert Files(whole, f"goods-{profile}").page_size == (210, 297)
    assert "REFERENCES [1] B. Baker, Harbours and their keepers" in Files(whole, "goods-ieee").text


@pytest.mark.parametrize("name", ["review", "goods-blind-notes", "goods-blind-numbers"])
def test_nothing_names_the_authors_of_an_anonymous_paper(whole: Path, name: str) -> None:
    said = Files(whole, name).said()
    known = r"(?i)zander|zoe|carl|cole|dora|dunn|two[ -]?shores|the press|0000-0002|quays of|institute of"
    found = {part: re.findall(known, text) for part, text in said.items()}
    assert not {part: names for part, names in found.items() if names}
    # The others prove that names would be found there.
    open_said = Files(whole, "goods-apa").said()
    for part in ("goods-apa.pdf information", "goods-apa.pdf read", "goods-apa.docx/docProps/core.xml"):
        assert re.search(known, open_said[part]), part


def test_an_anonymous_paper_says_what_was_removed(whole: Path) -> None:
    assert "from quays ([details removed for review])" in Files(whole, "review").text
    assert "3. [details removed for review]" in Files(whole, "goods-blind-numbers").paragraphs
    notes = Files(whole, "goods-blind-notes").notes
    assert [note["text"] for note in notes][1] == "[Details removed for review]."
    assert "Baker" in notes[0]["text"]


def test_the_book_of_an_anonymous_paper_is_hidden_whoever_is_its_author(
    fresh: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    configuration = fresh / "publication.yaml"
    text = configuration.read_text("utf-8").replace("authors: [Zoe Zander]", "authors: [Ed Itor]")
    configuration.write_text(text, "utf-8")
    assert octavo(fresh, "extract", "goods-blind-notes", "--quiet") == 0, capsys.readouterr().out
    said = Files(fresh, "goods-blind-notes").said()
    assert not [part for part, words in said.items() if re.search(r"(?i)itor\b|two[ -]shores|the press", words)]


def test_each_limit_that_is_passed_is_told_with_the_count_and_by_how_much(
    fresh: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert octavo(fresh, "extract", "goods-strict", "goods-roomy", "--quiet") == 1
    output = capsys.readouterr().out
    found = re.findall(
        r"EXT106 limit-passed: the paper 'goods-strict' has ([\d,]+) ([\w ]+), ([\d,]+) more than the limit"
        r" `(\w+): (\d+)` of the profile 'strict'",
        output,
    )
    numbers = {name: (int(count.replace(",", "")), int(over.replace(",", "")), int(most))
               for count, _, over, name, most in found}  # fmt: skip
    assert {name: most for name, (_, _, most) in numbers.items()} == {
        "pages": 1, "words": 20, "characters": 100, "abstract_words": 3, "keywords": 1, "sources": 2,
    }  # fmt: skip
    assert all(count - most == over for count, over, most in numbers.values())
    assert (numbers["pages"][0], numbers["sources"][0], numbers["keywords"][0]) == (2, 4, 2)
    assert numbers["abstract_words"][0] == 6
    assert "roomy" not in output
    assert ("chapters/02-goods.md:7:1", "EXT106") in told(output)
    assert ("chapters/02-goods.md:8:1", "EXT106") in told(output)
    # It is made all the same, so that its author sees what is too long.
    assert len(Files(fresh, "goods-strict").pages) == 2


def test_the_words_and_characters_of_a_paper_are_those_that_it_prints(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Title 1, abstract 3, keyword 1, text 6 with a heading of 1, note 2; the list of references does not count.
    chapter = (
        "---\ntitle: Goods\nabstract: All about goods.\nkeywords: [salt]\n---\n\nSalt is *good* [@adams-2019].[^a]\n\n"
        "# Sugar\n\n[^a]: So said.\n"
    )
    extracts = (
        "extracts:\n  profiles:\n"
        "    mine: {extends: apa, outputs: [docx], limits: {words: 1, characters: 1}}\n"
        "  papers: [{chapter: goods, profile: mine}]\n"
    )
    papers.write(tmp_path, {"publication.yaml": papers.CONFIGURATION + extracts, "chapters/02-goods.md": chapter})
    assert octavo(tmp_path, "extract", "--quiet") == 1
    output = capsys.readouterr().out
    text = "Goods All about goods. salt Salt is good (Adams, 2019). Sugar So said."
    assert f"has {len(text.split())} words, {len(text.split()) - 1} more than" in output
    assert f"has {len(text)} characters with spaces, {len(text) - 1} more than" in output


def test_verify_tells_a_damaged_paper(fresh: Path, capsys: pytest.CaptureFixture[str]) -> None:
    goods, apa, ieee = (Files(fresh, f"goods-{name}") for name in ("gost", "apa", "ieee"))
    goods.path("pdf").write_bytes(goods.path("pdf").read_bytes()[:2000])
    shutil.copy(Files(fresh, "goods-chicago").path("docx"), apa.path("docx"))
    ieee.path("docx").unlink()
    notes = ieee.path("pdf").parent / "notes.json"
    notes.write_text(notes.read_text("utf-8").replace("guesswork", "guessing"), "utf-8")
    assert octavo(fresh, "verify", "goods-gost", "goods-apa", "goods-ieee", "goods-bare") == 1
    output = capsys.readouterr().out
    for code, words in (
        ("EDN112", "goods-gost"), ("EDN102", "goods-apa (DOCX)"), ("EDN110", "goods-ieee/goods-ieee.docx"),
        ("EDN111", "goods-ieee"),
    ):  # fmt: skip
        lines = [line for line in output.splitlines() if f" {code} " in line]
        assert any(words in line for line in lines), f"{code} {words}\n{output}"
    assert "goods-bare" not in output


def test_verify_tells_a_paper_whose_text_has_changed(fresh: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chapter = fresh / "chapters/02-goods.md"
    chapter.write_text(papers.GOODS.replace("Some leaves are missing.", "Many leaves are missing."), "utf-8")
    assert octavo(fresh, "verify", "goods-gost") == 1
    assert "EDN102" in capsys.readouterr().out


def test_the_papers_that_stood_there_stay_when_one_of_them_fails(
    fresh: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = _all(fresh)
    template = fresh / "templates/broken.html"
    template.parent.mkdir()
    template.write_text(
        '{% extends "base/paper/paper.html" %}{% block end %}{{ nothing.there }}{% endblock %}', "utf-8"
    )
    chapter = fresh / "chapters/02-goods.md"
    chapter.write_text(papers.GOODS.replace("Some leaves", "Many leaves"), "utf-8")
    configuration = fresh / "publication.yaml"
    text = configuration.read_text("utf-8").replace("bare: {", "bare: {template: broken.html, ")
    configuration.write_text(text, "utf-8")
    assert octavo(fresh, "extract", "goods-gost", "goods-bare", "--quiet") == 1
    assert "TPL102" in capsys.readouterr().out
    assert _all(fresh) == before


def test_the_same_sources_give_the_same_bytes(fresh: Path) -> None:
    before = {name: data for name, data in _all(fresh).items() if "/goods-apa/" in name}
    shutil.rmtree(fresh / "build/extracts/goods-apa")
    assert octavo(fresh, "extract", "goods-apa", "--quiet") == 0
    assert {name: data for name, data in _all(fresh).items() if "/goods-apa/" in name} == before
    assert len(before) >= 3


def test_a_name_that_is_not_declared_gets_the_nearest(whole: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("extract", "verify"):
        assert octavo(whole, command, "goods-gosd") == 2
        assert "did you mean 'goods-gost'?" in capsys.readouterr().err


def test_a_publication_without_papers_is_told_how_to_declare_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    papers.write(tmp_path, {"publication.yaml": papers.CONFIGURATION})
    assert octavo(tmp_path, "extract") == 2
    assert "extracts: papers:" in capsys.readouterr().err


def test_the_template_of_a_profile_is_used_and_no_build_minds_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    extracts = (
        "extracts:\n  profiles:\n    mine: {extends: gost, template: meeting.html, outputs: [pdf]}\n"
        "  papers: [{chapter: ties, profile: mine}]\n"
    )
    template = '{% extends "base/paper/paper.html" %}{% block head %}<p>At the meeting</p>{{ super() }}{% endblock %}'
    papers.write(tmp_path, {"publication.yaml": papers.CONFIGURATION + extracts, "templates/meeting.html": template})
    assert main(["-C", str(tmp_path), "build", "--quiet"]) == 0, capsys.readouterr().out
    assert main(["-C", str(tmp_path), "extract", "--quiet"]) == 0, capsys.readouterr().out
    assert Files(tmp_path, "ties-mine").text.startswith("At the meeting Ties")


@pytest.mark.slow
def test_chapters_of_the_reference_publication_are_made_in_each_profile_and_proved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("publication.yaml", "chapters", "bibliography", "data", "templates", "images"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name)
        elif source.is_file():
            shutil.copy(source, tmp_path / name)
    names = ["eaeu-partners-gost", *(f"food-exports-{profile}" for profile in ("gost", "ieee", "apa", "chicago"))]
    assert octavo(tmp_path, "extract", *names, "--quiet") == 0, capsys.readouterr().out
    capsys.readouterr()
    assert octavo(tmp_path, "verify", *names) == 0
    proved = re.findall(r"\(build/extracts/([\w-]+)/\1\.(pdf|docx)\)", capsys.readouterr().out)
    assert sorted(proved) == sorted((name, suffix) for name in names for suffix in ("pdf", "docx"))


def _all(root: Path) -> dict[str, bytes]:
    """All that stands in the folder of papers, hidden files too."""
    found = (path for path in (root / "build/extracts").rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}
