"""The reference publication: what its readers and its maintainers count on."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

import pytest

from octavo.adapters.epubcheck import check
from octavo.cite.checks import is_cross_reference
from octavo.cli.main import main
from octavo.model.chapter import Chapter
from octavo.model.publication import Publication
from octavo.model.reference import Source
from octavo.pipeline.publication import load_publication
from octavo.read.bibliography import read_bibliography
from octavo.read.chapters import order_chapters, read_chapters
from octavo.read.scanner import scan

ROOT = Path(__file__).resolve().parent.parent
EXPECTED = Path(__file__).with_name("cases") / "reference_notes.tsv"
_MARKUP = re.compile(r"\[[@^][^\]]*\]|\{[^}]*\}|^\[\^[\w-]+\]:", re.MULTILINE)


@pytest.fixture(scope="module")
def publication() -> Publication:
    found, findings = load_publication(ROOT)
    assert not findings
    return found


@pytest.fixture(scope="module")
def chapters(publication: Publication) -> list[Chapter]:
    findings: list = []
    ordered = order_chapters(publication, read_chapters(ROOT, publication, findings), findings)
    assert not findings
    return [chapter for chapter, _, _ in ordered]


@pytest.fixture(scope="module")
def sources() -> dict[str, Source]:
    findings: list = []
    bibliography = read_bibliography(ROOT, findings)
    assert not findings
    return dict(bibliography.sources)


def body_of(chapter: Chapter) -> str:
    return chapter.body.of(chapter.source.text)


def expected_rows() -> list[dict[str, str]]:
    with EXPECTED.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_there_are_twenty_chapters_in_four_or_five_parts_and_an_appendix(
    publication: Publication, chapters: list[Chapter]
) -> None:
    assert len(chapters) == 21
    assert 4 <= len(publication.parts) <= 5
    assert sum(len(part.chapters) for part in publication.parts) == 20
    assert publication.authors_note


def test_citations_are_those_of_the_source_in_its_order(chapters: list[Chapter]) -> None:
    found = []
    for number, chapter in enumerate(chapters[:20], 1):
        for citation in scan(body_of(chapter)).citations:
            for item in citation.items:
                if not is_cross_reference(item.key):
                    found.append((str(number), item.key, item.suffix.lstrip(", ")))
    wanted = [(row["chapter"], row["key"], row["locator"]) for row in expected_rows()]
    assert found == wanted
    assert len(found) == 129


def test_the_appendix_carries_remarks_alone(chapters: list[Chapter]) -> None:
    found = scan(body_of(chapters[20]))
    remarks = len(found.references) + len(found.inline_notes)
    assert remarks >= 12
    assert all(is_cross_reference(item.key) for citation in found.citations for item in citation.items)


@pytest.mark.parametrize("number", range(20))
def test_chapters_have_their_measure(chapters: list[Chapter], number: int) -> None:
    chapter = chapters[number]
    body = body_of(chapter)
    words = len(_MARKUP.sub("", body).split())
    sections = sum(heading.level == 2 for heading in scan(body).headings)
    assert 400 <= words <= 900
    assert 80 <= len(chapter.front.abstract.split()) <= 150
    assert 4 <= len(chapter.front.keywords) <= 8
    assert 2 <= sections <= 4


def test_chapters_that_cite_the_publication_refer_to_it(chapters: list[Chapter]) -> None:
    for index, target in ((3, "sec:uzbekistan-projects"), (13, "sec:electric-car")):
        assert f"[@{target}]" in body_of(chapters[index])


def test_names_are_spelled_one_way(chapters: list[Chapter]) -> None:
    text = "\n".join(chapter.source.text for chapter in chapters)
    for wrong in ("BUTB", "FTUB", "Gissar", "Zalesski", "Zaleskii", "Huh Hoto", "Homiel"):
        assert wrong not in text


def test_each_work_stands_once_and_clean(sources: dict[str, Source]) -> None:
    addresses = [str(source.data["URL"]) for source in sources.values() if "URL" in source.data]
    titles = [str(source.data["title"]).casefold() for source in sources.values()]
    assert len(set(addresses)) == len(addresses)
    assert len(set(titles)) == len(titles)
    for address in addresses:
        assert re.fullmatch(r"https?://[^\s]+", address)
        assert address.count("http") == 1
    for source in sources.values():
        assert source.language
        assert "accessed" not in source.data
        assert "page" not in source.data
        assert not re.search(r"https?:|[\ufffd�]|\.$", str(source.data["title"]))
    assert set(sources) == {row["key"] for row in expected_rows()}


def test_authors_have_one_form(sources: dict[str, Source]) -> None:
    forms: dict[str, set[str]] = {}
    for source in sources.values():
        for person in source.data.get("author", []):
            forms.setdefault(person["family"], set()).add(person["given"])
    assert forms["Zalessky"] == {"B. L."}
    assert all(len(given) == 1 for given in forms.values())


def test_no_module_is_long() -> None:
    for path in (ROOT / "src").rglob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reference")
    for name in ("chapters", "bibliography", "templates", "data"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "publication.yaml", folder)
    assert main(["-C", str(folder), "build", "--quiet"]) == 0
    return folder


@pytest.mark.slow
def test_all_editions_carry_all_notes_and_the_same(built: Path) -> None:
    plans = {}
    for edition in ("print", "ebook", "docx"):
        document = json.loads((built / "build" / edition / "notes.json").read_bytes())
        plans[edition] = [(note["label"], note["id"], note["text"]) for note in document["notes"]]
        main_series = [note for note in document["notes"] if note["series"] == "main"]
        assert [note["number"] for note in main_series] == list(range(1, len(main_series) + 1))
        assert len(main_series) >= 141
        for note, row in zip(main_series[:129], expected_rows(), strict=True):
            assert note["label"] == row["note"]
            assert note["keys"] == [row["key"]]
    assert plans["print"] == plans["ebook"] == plans["docx"]


@pytest.mark.slow
def test_verify_says_so(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-C", str(built), "verify", "print", "ebook", "docx"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["print", "ebook", "docx"]
    assert all("all as in the note plan" in line for line in lines)


@pytest.mark.slow
def test_epubcheck_is_silent(built: Path) -> None:
    (epub,) = (built / "build" / "ebook").glob("*.epub")
    assert check(epub) == ()
