"""All of Pandoc's Markdown, in one publication: built once, then read as its readers read it.

The golden texts stand in ``cases/markdown/golden``; with ``OCTAVO_ACCEPT=1`` in the environment they are written anew.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pypdfium2
import pytest
from lxml import etree

from markdown_sample import CASE, copy_publication
from octavo.adapters.epubcheck import check
from octavo.cli.main import main
from octavo.model.edition import NumberedManuscript
from octavo.model.notes import MAIN, NoteKind
from octavo.pipeline.project import load_project

GOLDEN = CASE / "golden"
SPACES = {"h": "http://www.w3.org/1999/xhtml", "m": "http://www.w3.org/1998/Math/MathML"}
GOST = "gost-r-7-0-5-2008-notes"


@dataclass(frozen=True, slots=True)
class Editions:
    """The folder of the built publication, the texts of its printed pages, and the documents of its EPUB by name."""

    root: Path
    pages: tuple[str, ...]
    documents: dict[str, etree._Element]

    def page(self, words: str) -> str:
        """The first page behind the front matter that has some words."""
        return next(page for page in self.pages[7:] if words in page)

    def find(self, name: str, path: str) -> list[etree._Element]:
        """Elements of a document."""
        return list(self.documents[name].iterfind(path, SPACES))


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Editions:
    root = copy_publication(tmp_path_factory.mktemp("case"))
    assert main(["-C", str(root), "build", "--quiet"]) == 0
    with ZipFile(root / "build/ebook/markdown.epub") as archive:
        documents = {
            Path(name).stem: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.endswith(".xhtml")
        }
    return Editions(root, tuple(_pages(root / "build/print/markdown.pdf")), documents)


def _pages(path: Path) -> Iterator[str]:
    document = pypdfium2.PdfDocument(path)
    for page in document:
        text = page.get_textpage().get_text_bounded()
        yield re.sub(r"[\x02\N{HYPHEN}]\r?\n?", "-", text).replace("\r\n", "\n").replace("\xa0", " ")
    document.close()


def _folded(text: str) -> str:
    return " ".join(text.split())


def _words(element: etree._Element) -> str:
    return _folded("".join(element.itertext()))


def _accepted(name: str, text: str) -> None:
    path = GOLDEN / name
    text = text.rstrip("\n") + "\n"
    if os.environ.get("OCTAVO_ACCEPT"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


pytestmark = pytest.mark.slow


def test_both_editions_are_verified_and_sound(editions: Editions, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-C", str(editions.root), "verify"]) == 0
    assert "error" not in capsys.readouterr().out
    assert check(editions.root / "build/ebook/markdown.epub") == ()


def test_golden_pages(editions: Editions) -> None:
    _accepted("print-opening.txt", editions.page("The first paragraph is plain"))
    _accepted("print-lists.txt", editions.page("A task that is done"))
    _accepted("print-tables.txt", editions.page("Table 2.1."))
    _accepted("print-languages.txt", editions.page("Глава на русском языке"))


@pytest.mark.parametrize("name", ["chapter-words", "chapter-matter", "chapter-languages"])
def test_golden_documents(editions: Editions, name: str) -> None:
    body = editions.find(name, "h:body")[0]
    _accepted(f"{name}.xhtml", etree.tostring(body, encoding="unicode").replace("><", ">\n<"))


def test_formulas_are_drawings_with_their_tex_in_print(editions: Editions) -> None:
    with pikepdf.open(editions.root / "build/print/markdown.pdf") as pdf:
        alternatives = [
            str(item.Alt) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
        ]
    written = re.findall(r"\$(x|p_i|\\frac\{1\}\{2\})\$", (CASE / "chapters/02-matter.md").read_text("utf-8"))
    assert set(written) <= set(alternatives)
    assert r"e^{ix} = \cos x + i \sin x" in alternatives
    assert "Four bars that grow" in alternatives


def test_formulas_are_mathml_with_their_tex_in_the_ebook(editions: Editions) -> None:
    formulas = editions.find("chapter-matter", ".//m:math")
    assert len(formulas) > 20
    assert all(formula.get("alttext") for formula in formulas)
    assert {formula.get("display") for formula in formulas} == {"block", "inline"}


def test_a_decimal_comma_is_part_of_its_number(editions: Editions) -> None:
    numbers = [number.text for number in editions.find("chapter-matter", ".//m:mn")]
    assert "3,14" in numbers
    assert numbers.count("14") == 1


def test_equations_have_numbers_and_are_referred_to(editions: Editions) -> None:
    page = _folded(editions.page("Display formulas stand"))
    assert "(2.1)" in page
    assert "As equation 2.2 says, and equation 2.1 with it" in page


def test_task_boxes(editions: Editions) -> None:
    page = _folded(editions.page("A task that is done"))
    assert "☑ A task that is done" in page
    assert "☐ a task that is open" in page
    labels = [mark.get("aria-label") for mark in editions.find("chapter-words", ".//h:span[@class='task-mark']")]
    assert labels == ["done", "to do"]


def test_lists_begin_and_count_as_they_were_written(editions: Editions) -> None:
    # Markers are painted after the text of a page.
    assert "– – 1. 2. a. b. – 4. 5." in _folded(editions.page("Four in brackets"))
    assert "iv. v. 1. 2. –" in _folded(editions.page("with small Roman numerals"))


def test_paragraphs_of_a_definition_stay_apart(editions: Editions) -> None:
    (definition, *_) = [
        each for each in editions.find("chapter-words", ".//h:dd") if _words(each).startswith("Another fruit")
    ]
    assert len(definition.findall("h:p", SPACES)) == 2


def test_notes_of_tables_stand_under_their_tables(editions: Editions) -> None:
    page = _folded(editions.page("Table 2.1."))
    assert (
        page.index("the largest")
        < page.index("a Estimated;")
        < page.index("b Of all of them")
        < page.index("13 Donald")
    )
    figures = editions.find("chapter-matter", ".//h:figure[@class='table']")
    labels = [
        [label.text for label in figure.iterfind(".//h:aside//h:a[@class='note-label']", SPACES)] for figure in figures
    ]
    assert labels == [["a", "b"], [], [], ["a"], ["a"], []]


def test_a_wide_table_keeps_to_the_page(editions: Editions) -> None:
    document = pypdfium2.PdfDocument(editions.root / "build/print/markdown.pdf")
    for page in document:
        text = page.get_textpage()
        for index in range(text.count_rects()):
            left, _, right, _ = text.get_rect(index)
            assert left > 0.1 * page.get_width()
            assert right < 0.9 * page.get_width()
    document.close()


def test_pictures_keep_to_the_type_area(editions: Editions) -> None:
    document = pypdfium2.PdfDocument(editions.root / "build/print/markdown.pdf")
    seen = 0
    for page in document:
        width, height = page.get_size()
        for picture in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
            left, bottom, right, top = picture.get_bounds()
            seen += 1
            assert left > 0.1 * width
            assert right < 0.89 * width
            assert bottom > 0.1 * height
            assert top < 0.95 * height
    assert seen == 3
    document.close()


def test_only_packaged_fonts_are_used(editions: Editions) -> None:
    with pikepdf.open(editions.root / "build/print/markdown.pdf") as pdf:
        names = {
            str(item.FontName).partition("+")[2]
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and "/FontName" in item
        }
    assert {name.partition("-")[0] for name in names} <= {"PT", "IBM", "Cardo", "Octavo"}


def test_cross_references(editions: Editions) -> None:
    page = _folded(editions.page("only the number is"))
    assert re.search(r"See section 1\.2 \(p\. \d+\), chapter 3 \(p\. \d+\), table 2\.1 \(p\. \d+\)", page)
    assert "n. 5; only the number is 1.2. A" in page
    assert re.search(r"7 Knuth, ‘Mathematical Typography’, 350; section 1\.2 \(p\. \d+\)\.", page)
    links = {_words(link): link.get("href") for link in editions.find("chapter-words", ".//h:a[@class='xref']")}
    assert links["the formula of another chapter"] == "chapter-matter.xhtml#matter--eq-matter-euler"
    assert links["a place"] == "#words--place-of-mine"


def test_a_chapter_has_the_words_and_quotation_marks_of_its_language(editions: Editions) -> None:
    page = _folded(editions.page("Глава на русском языке"))
    assert page.startswith("ГЛАВА 3")
    assert "«прямые с „вложенными“ внутри» тоже." in page
    opening = editions.find("chapter-languages", ".//h:span[@class='chapter-label']")
    assert [_words(label) for label in opening] == ["Глава 3"]


def _number(folder: Path, style: str, repeats: str = "ibid", numbering: str = "continuous") -> NumberedManuscript:
    root = copy_publication(
        folder, bibliography=f"{{style: {style}, repeats: {repeats}}}", notes=f"{{numbering: {numbering}}}"
    )
    return load_project(root, 1).manuscript


def _texts(manuscript: NumberedManuscript) -> dict[str, str]:
    return {note.id: note.text.replace("\xa0", " ") for note in manuscript.plan.notes}


def test_note_numbers_of_a_style_are_those_of_the_edition(tmp_path: Path) -> None:
    texts = _texts(_number(tmp_path, "oscola"))
    assert texts["words/cite-4"] == "Knuth (n 4) 350; section 1.2."
    assert texts["matter/cite-4"] == "Knuth (n 13) 360."
    assert "(n 24)" in texts["languages/kz"]


@pytest.mark.parametrize(
    ("repeats", "again", "foreign"),
    [
        ("ibid", "Там же. С. 16.", "Ibid."),
        ("short", "Мильчин А. Э., Чельцова Л. К. Справочник издателя и автора. С. 16.", "The Form of the Book. P. 4."),
        ("full", "Справочник издателя и автора. Москва: ОЛМА-Пресс, 2003. С. 16.", "Hartley & Marks, 2004. P. 9."),
    ],
)
def test_repeats_in_the_language_of_the_source(tmp_path: Path, repeats: str, again: str, foreign: str) -> None:
    texts = _texts(_number(tmp_path, GOST, repeats))
    assert texts["languages/cite-2"].endswith(again)
    assert texts["matter/cite-3" if repeats == "short" else "languages/cite-4"].endswith(foreign)


@pytest.mark.parametrize(
    ("numbering", "first"),
    [
        ("continuous", {"words": "1", "matter": "13", "languages": "20"}),
        ("part", {"words": "1", "matter": "1", "languages": "8"}),
        ("chapter", {"words": "1", "matter": "1", "languages": "1"}),
    ],
)
def test_numbering(tmp_path: Path, numbering: str, first: dict[str, str]) -> None:
    plan = _number(tmp_path, GOST, numbering=numbering).plan
    found: dict[str, str] = {}
    for note in plan.notes:
        if note.series == MAIN:
            found.setdefault(note.chapter, note.label)
    assert found == first


@pytest.mark.parametrize(("style", "cited"), [("apa", "(Мильчин & Чельцова, 2003, с. 15)"), ("ieee", "[4, с. 15]")])
def test_a_style_without_notes_leaves_the_remarks(tmp_path: Path, style: str, cited: str) -> None:
    manuscript = _number(tmp_path, style)
    assert {note.kind for note in manuscript.plan.notes} == {NoteKind.REMARK}
    russian = next(chapter for chapter in manuscript.chapters if chapter.slug == "languages")
    assert cited in _words(etree.fromstring(f"<x>{russian.body_html}</x>"))


def test_numbers_of_sources_are_one_series_over_all_languages(tmp_path: Path) -> None:
    manuscript = _number(tmp_path, "ieee")
    assert [entry.key for entry in manuscript.references] == [
        "bringhurst",
        "knuth",
        "tschichold",
        "milchin",
        "gost-note",
    ]
    texts = _texts(manuscript)
    assert "[2, p. 340]" in texts["languages/ru"]
    assert texts["languages/kz"].endswith("[5].")
