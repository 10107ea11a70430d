"""The figures of the reference publication: each stands once, in ``data/``, and is printed from there."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest

from octavo.assemble.context import Material
from octavo.assemble.manuscript import assemble
from octavo.cli.main import main
from octavo.model.chapter import ExpandedChapter
from octavo.model.data import Query
from octavo.pipeline.material import open_material
from octavo.pipeline.publication import load_publication
from octavo.read.bibliography import read_bibliography
from octavo.read.chapters import order_chapters, read_chapters
from octavo.read.scanner import scan

ROOT = Path(__file__).resolve().parent.parent

# Numbers of the prose that are equal to a value of the data, and are another thing.
COINCIDENCES = {
    ("figures-and-sources", "1.4"): "the example by which factors are explained",
    ("figures-and-sources", "100"): "the level with which an index compares",
}

_MACRO = re.compile(r"\{\{.*?\}\}", re.DOTALL)
# Citations and references, attributes, labels of notes, and tables that hold no figures.
_MARKUP = re.compile(r"\[@[^\]]*\]|\{[#.][^}]*\}|\[\^[\w-]+\]:?|^\|.*$", re.MULTILINE)
_NUMBER = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")


@pytest.fixture(scope="module")
def material() -> Iterator[Material]:
    publication, findings = load_publication(ROOT)
    sources = read_bibliography(ROOT, findings).sources
    with open_material(ROOT, publication, sources, (), findings) as found:
        yield found
    assert not findings


@pytest.fixture(scope="module")
def chapters(material: Material) -> list[ExpandedChapter]:
    publication, findings = load_publication(ROOT)
    ordered = order_chapters(publication, read_chapters(ROOT, publication, findings), findings)
    manuscript = assemble(publication, ordered, scan, material, findings)
    assert not findings
    return [place.text for place in manuscript.places]


def datasets_of(chapter: ExpandedChapter, material: Material) -> set[str]:
    """The datasets that a chapter uses: for its values, in its tables and in its charts."""
    queries: list[Query] = [material.tables[table.name].query for table in chapter.tables]
    queries += [chart.query for chart in chapter.charts]
    used = {value.query.partition(".")[0].removeprefix("total ") for value in chapter.values}
    for query in queries:
        used |= {query.dataset} if query.dataset else set(re.findall(r"\w+", query.sql))
    return used & set(material.datasets.catalogue.names)


def numbers_of(dataset: str, material: Material) -> set[Decimal]:
    """The values of a dataset, as they may stand in a sentence: amounts also in thousands of their unit."""
    rows = material.datasets.dataset(dataset)
    found = set()
    for row in rows.rows:
        for column, cell in zip(rows.columns, row, strict=True):
            if column.kind.numeric and cell is not None and column.name != "year":
                number = abs(Decimal(str(cell)))
                found |= {number, number / 1000} if column.name == "million_usd" else {number}
    return found


def typed_numbers(chapter: ExpandedChapter) -> Iterator[str]:
    """The numbers that an author typed into abstract and prose of a chapter, years left out."""
    whole = chapter.chapter
    text = f"{whole.front.abstract}\n{whole.body.of(whole.source.text)}"
    for number in _NUMBER.findall(_MARKUP.sub(" ", _MACRO.sub(" ", text))):
        if not _YEAR.fullmatch(number):
            yield number


def test_there_are_tables_and_charts_enough(chapters: list[ExpandedChapter]) -> None:
    tables = [table.name for chapter in chapters for table in chapter.tables]
    charts = [chart.name for chapter in chapters for chart in chapter.charts]
    assert len(set(tables)) == len(tables) >= 12
    assert len(set(charts)) == len(charts) >= 6


def test_all_that_is_specified_is_shown(chapters: list[ExpandedChapter], material: Material) -> None:
    assert {table.name for chapter in chapters for table in chapter.tables} == set(material.tables)
    assert {chart.name for chapter in chapters for chart in chapter.charts} == set(material.charts)
    used = set().union(*(datasets_of(chapter, material) for chapter in chapters))
    assert used == set(material.datasets.catalogue.names)


def test_every_row_tells_where_it_comes_from(material: Material) -> None:
    findings: list = []
    known = {*read_bibliography(ROOT, findings).sources, "monograph"}
    for name in material.datasets.catalogue.names:
        rows = material.datasets.dataset(name)
        assert {row[rows.index("source")] for row in rows.rows} <= known, name


def test_figures_of_the_data_are_printed_from_there(chapters: list[ExpandedChapter], material: Material) -> None:
    told = []
    for chapter in chapters:
        values = set().union(*(numbers_of(name, material) for name in datasets_of(chapter, material)))
        for typed in typed_numbers(chapter):
            slug = chapter.chapter.slug
            if Decimal(typed.replace(",", "")) in values and (slug, typed) not in COINCIDENCES:
                told.append((slug, typed))
    assert not told


def test_coincidences_are_still_there(chapters: list[ExpandedChapter]) -> None:
    typed = {(chapter.chapter.slug, number) for chapter in chapters for number in typed_numbers(chapter)}
    assert COINCIDENCES.keys() <= typed


def test_the_snapshots_are_those_of_the_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-C", str(ROOT), "tables", "--check"]) == 0, capsys.readouterr().out


@pytest.mark.slow
def test_one_cell_changes_the_table_the_chart_and_the_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("chapters", "bibliography", "templates", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "publication.yaml", tmp_path)
    path = tmp_path / "data" / "farm_output.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Kazakhstan,2020,5.6", "Kazakhstan,2020,7.8"), "utf-8")

    assert main(["-C", str(tmp_path), "tables", "--check"]) == 1
    told = capsys.readouterr().out
    for line in ("data/tables/kazakhstan-growth.yaml", "data/charts/kazakhstan-output.yaml", "chapters/02-"):
        assert line in told
    assert "5.6" in told
    assert "7.8" in told

    assert main(["-C", str(tmp_path), "build", "--quiet"]) == 0
    pdf = pypdfium2.PdfDocument(tmp_path / "build/print/belarus-eaeu.pdf")
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())
    assert "Kazakhstan, with 7.8 per" in text
    assert re.search(r"Kazakhstan – 7\.8", text)
    with ZipFile(tmp_path / "build/ebook/belarus-eaeu.epub") as book:
        pages = " ".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml"))
        (drawing,) = (book.read(name).decode() for name in book.namelist() if "kazakhstan-output" in name)
    assert "Kazakhstan, with 7.8 per cent" in pages
    assert re.search(r">Kazakhstan</th>.*?>7\.8<", pages, re.DOTALL)
    # Kazakhstan, Belarus, the Union: the bars are as long as their figures say, in each edition.
    lengths = [float(length) for length in re.findall(r'd="M0,[1-9][\d.]*h([\d.]+)v', drawing)]
    assert [round(length / lengths[-1], 2) for length in lengths] == [3.39, 2.13, 1.0]
    named = [page for page in pdf if "Growth of farm output" in page.get_textpage().get_text_range()]
    (bars,) = (found for found in map(bar_lengths, named) if found)
    assert [round(bar / bars[-1], 1) for bar in bars] == [3.4, 2.1, 1.0]


def bar_lengths(page: pypdfium2.PdfPage) -> list[int]:
    """The lengths of the grey bars on a page, in pixels, from top to bottom."""
    picture = page.render(scale=3).to_pil().convert("L")
    width, height = picture.size
    data = picture.tobytes()
    rows = [data[row * width : (row + 1) * width] for row in range(height)]
    runs = [max((len(run) for run in re.findall(rb"[\x3c-\x8c]+", row)), default=0) for row in rows]
    long = [run if run > 60 else 0 for run in runs]
    return [max(group) for group in (list(bar) for _, bar in groupby(long, key=bool)) if group[0]]
