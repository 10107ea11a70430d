"""What an editor finds in a DOCX: numbers by section, styles, tables, contents, pictures; and the same bytes always."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from built import FILES
from docx_damage import Patient, W
from markdown_sample import copy_publication
from octavo.errors import FindingsError
from octavo.model.docx import LONGEST_BOOKMARK, bookmark_name
from octavo.model.publication import EditionSettings, Format, PageSettings
from octavo.pipeline import docx
from octavo.pipeline.docx import make_docx
from octavo.pipeline.project import Project, load_project
from octavo.verify.editions import check_docx
from publications import write_publication

Element = etree._Element
EDITION = EditionSettings("docx", Format.DOCX, PageSettings(210, 297))
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WITHOUT = {"chapters/01-first.md": None, "chapters/02-second.md": None}
_PARTS = """\
parts:
  - {title: Here, chapters: [ties]}
  - {title: There, chapters: [goods, third]}
"""
_THIRD = "---\ntitle: Third\n---\n\nA last word.[^last]\n\n[^last]: The very last.\n"


def small(root: Path, numbering: str = "continuous", files: dict[str, str] | None = None) -> Project:
    """The small publication with numbers that begin anew as is said, in two parts."""
    settings = FILES["publication.yaml"] + _PARTS + f"notes: {{numbering: {numbering}}}\n"
    chosen = {**FILES, **_WITHOUT, "publication.yaml": settings, "chapters/03-third.md": _THIRD, **(files or {})}
    return load_project(write_publication(root, chosen), 1)


class Book:
    """A DOCX as its parts."""

    def __init__(self, data: bytes) -> None:
        with ZipFile(BytesIO(data)) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        self.document = etree.fromstring(self.files["word/document.xml"])
        self.styles = etree.fromstring(self.files["word/styles.xml"])
        names = {
            style.get(f"{W}styleId"): style.find(f"{W}name").get(f"{W}val")  # type: ignore[union-attr]
            for style in self.styles.iter(f"{W}style")
        }
        self.names = {str(key): str(value) for key, value in names.items()}

    def paragraphs(self, style: str) -> Iterator[Element]:
        """The paragraphs of a style, by the name that a user sees."""
        for paragraph in self.document.iter(f"{W}p"):
            found = paragraph.find(f"{W}pPr/{W}pStyle")
            if found is not None and self.names.get(found.get(f"{W}val", "")) == style:
                yield paragraph

    def texts(self, style: str) -> list[str]:
        """What the paragraphs of a style say."""
        return [text_of(paragraph) for paragraph in self.paragraphs(style)]


def text_of(element: Element) -> str:
    """The words of an element."""
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The publication that uses all of Markdown."""
    project = load_project(copy_publication(tmp_path_factory.mktemp("everything")), 1)
    return Book(make_docx(project, EDITION)[0].data)


# Numbers


@pytest.mark.parametrize(
    ("numbering", "labels", "sections"),
    [
        ("continuous", "1 2 3 4 5 6 7 8 9", 2),
        ("part", "1 2 3 4 5 1 2 3 4", 5),
        ("chapter", "1 2 3 4 5 1 2 3 1", 6),
    ],
)
def test_numbers_begin_anew_where_sections_do(tmp_path: Path, numbering: str, labels: str, sections: int) -> None:
    project = small(tmp_path, numbering)
    made, _ = make_docx(project, EDITION)
    _, seen = check_docx(made.data, "docx", project.manuscript)
    assert seen is not None
    assert [mark.label for mark in seen.calls if mark.label.isdigit()] == labels.split()
    book = Book(made.data)
    found = list(book.document.iter(f"{W}sectPr"))
    assert len(found) == sections


@pytest.mark.parametrize("numbering", ["part", "chapter"])
def test_a_restart_that_is_missing_is_found(tmp_path: Path, numbering: str) -> None:
    project = small(tmp_path, numbering)
    path = tmp_path / "damaged.docx"
    path.write_bytes(make_docx(project, EDITION)[0].data)
    with Patient(path) as patient:
        patient.number(patient.sections()[2], "numRestart", "continuous")
    findings, _ = check_docx(path.read_bytes(), "docx", project.manuscript)
    assert {finding.code for finding in findings} == {"EDN101"}
    assert any("(goods/cite-1) prints '6'" in finding.message for finding in findings)


def test_a_section_break_that_is_missing_is_found(tmp_path: Path) -> None:
    project = small(tmp_path, "chapter")
    path = tmp_path / "damaged.docx"
    path.write_bytes(make_docx(project, EDITION)[0].data)
    with Patient(path) as patient:
        patient.drop(patient.sections()[1])
    findings, _ = check_docx(path.read_bytes(), "docx", project.manuscript)
    assert any("(goods/cite-1) prints '6'" in finding.message for finding in findings)


# Bytes and names


def test_the_same_sources_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    first = make_docx(small(tmp_path / "a"), EDITION)[0]
    second = make_docx(small(tmp_path / "b"), EDITION)[0]
    assert first.data == second.data
    assert str(tmp_path).encode() not in b"".join(Book(first.data).files.values())


class Kept:
    """A keeper that has it all in memory."""

    def __init__(self) -> None:
        self.results: dict[str, bytes] = {}

    def recall(self, kind: str, name: str, manifest: Mapping[str, str]) -> bytes | None:
        """What was kept."""
        return self.results.get(repr((kind, sorted(manifest.items()))))

    def keep(self, kind: str, name: str, manifest: Mapping[str, str], data: bytes) -> None:
        """Keep it."""
        self.results[repr((kind, sorted(manifest.items())))] = data


def test_what_did_not_change_is_not_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, kept = small(tmp_path), Kept()
    first = make_docx(project, EDITION, kept)[0]
    monkeypatch.setattr(docx, "flow_to", lambda *_: pytest.fail("Pandoc ran again"))
    assert make_docx(project, EDITION, kept)[0].notes == first.notes


def test_bookmarks_have_names_that_word_takes_and_none_stands_twice(everything: Book) -> None:
    starts = list(everything.document.iter(f"{W}bookmarkStart"))
    starts += list(etree.fromstring(everything.files["word/footnotes.xml"]).iter(f"{W}bookmarkStart"))
    names = [start.get(f"{W}name", "") for start in starts]
    assert all(name.isidentifier() and len(name) <= LONGEST_BOOKMARK for name in names)
    assert len({name.lower() for name in names}) == len(names)
    assert len({start.get(f"{W}id") for start in starts}) == len(starts)


def test_long_anchors_stay_apart() -> None:
    long = "chapter-with-a-long-name--section-with-a-long-name"
    assert bookmark_name("note-ties--early") == "note_ties__early"
    assert bookmark_name(f"{long}-1") != bookmark_name(f"{long}-2")
    assert len(bookmark_name(long)) == LONGEST_BOOKMARK
    assert bookmark_name("a_b") != bookmark_name("a-b")


def test_every_link_leads_to_a_bookmark(everything: Book) -> None:
    names = {start.get(f"{W}name") for start in everything.document.iter(f"{W}bookmarkStart")}
    notes = etree.fromstring(everything.files["word/footnotes.xml"])
    names |= {start.get(f"{W}name") for start in notes.iter(f"{W}bookmarkStart")}
    links = [link.get(f"{W}anchor") for root in (everything.document, notes) for link in root.iter(f"{W}hyperlink")]
    assert [link for link in links if link is not None and link not in names] == []


# Contents


def test_the_contents_are_one_field_whose_pages_wait_to_be_computed(everything: Book) -> None:
    lines = [*everything.paragraphs("toc 1"), *everything.paragraphs("toc 2")]
    codes = [code.text or "" for code in everything.document.iter(f"{W}instrText")]
    assert [code.strip() for code in codes if "TOC" in code] == [r'TOC \o "1-2" \h \z \u']
    for line in lines:
        begins = [one for one in line.iter(f"{W}fldChar") if one.get(f"{W}dirty") == "true"]
        assert len(begins) == 1
    assert everything.texts("toc 1")[1] == "Chapter\N{NO-BREAK SPACE}1. Words and their notes…"


def test_lists_have_the_numbers_of_the_plan(everything: Book) -> None:
    assert (
        everything.texts("table of figures")[0]
        == "2.1A figure from a PNG file, with a note in its caption and a citation…"
    )


# Tables


def test_tables_are_real_and_repeat_their_heads(everything: Book) -> None:
    tables = list(everything.document.iter(f"{W}tbl"))
    assert len(tables) == 7
    for table in tables:
        rows = table.findall(f"{W}tr")
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_columns_are_aligned_and_cells_span(everything: Book) -> None:
    first = next(everything.document.iter(f"{W}tbl"))
    cells = first.findall(f"{W}tr")[1].findall(f"{W}tc")
    aligned = [cell.find(f".//{W}jc") for cell in cells]
    assert [None if one is None else one.get(f"{W}val") for one in aligned] == [
        "left",
        "center",
        "right",
        "right",
        None,
    ]
    assert "2" in [span.get(f"{W}val") for span in everything.document.iter(f"{W}gridSpan")]
    assert len(list(everything.document.iter(f"{W}vMerge"))) == 2


def test_captions_have_their_style_and_the_numbers_of_the_plan(everything: Book) -> None:
    captions = everything.texts("caption")
    assert captions[0] == "Table\N{NO-BREAK SPACE}2.1. A pipe table with a note in its caption"
    assert "Figure\N{NO-BREAK SPACE}2.3. A drawing" in captions
    assert captions[-1] == "Таблица\N{NO-BREAK SPACE}3.1. Страны и столицы"


# Formulas, pictures, languages


def test_formulas_are_formulas_of_word(everything: Book) -> None:
    math = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
    assert len(list(everything.document.iter(f"{math}oMath"))) > 20
    assert [text for text in everything.texts("Equation") if "(2.1)" in text]


def test_pictures_have_words_and_vectors_a_second_form(everything: Book) -> None:
    told = [found.get("descr") for found in everything.document.iter(f"{_WP}docPr")]
    assert told == ["Four bars that grow", "A photograph", "A drawing", "a small drawing", "A panorama"]
    vectors = [name for name in everything.files if name.endswith(".svg")]
    rasters = [name for name in everything.files if name.endswith(".png")]
    assert len(vectors) == 1
    assert vectors[0].replace(".svg", ".png") in rasters
    assert b"svgBlip" in everything.files["word/document.xml"]


def test_words_in_another_language_say_so(everything: Book) -> None:
    heading = next(one for one in everything.paragraphs("heading 1") if "Языки" in text_of(one))
    assert {found.get(f"{W}val") for found in heading.iter(f"{W}lang")} == {"ru-RU"}
    notes = etree.fromstring(everything.files["word/footnotes.xml"])
    english = next(
        note for note in notes if "Robert Bringhurst, The Elements" in text_of(note) and ", 9." in text_of(note)
    )
    words = next(run for run in english.iter(f"{W}r") if "Robert" in text_of(run))
    assert [found.get(f"{W}val") for found in words.iter(f"{W}lang")] == ["en-CA"]
    assert next(everything.styles.iter(f"{W}lang")).get(f"{W}val") == "en-GB"


def test_the_document_says_what_it_is(everything: Book) -> None:
    core = everything.files["docProps/core.xml"].decode()
    assert "<dc:title>Everything that Markdown can say: A publication for tests</dc:title>" in core
    assert "<dc:creator>Anna Author</dc:creator>" in core
    assert "2026-03-31T00:00:00Z" in core


# Styles


def test_a_style_can_be_changed_in_the_project(tmp_path: Path) -> None:
    styles = '["Heading 1"]\ncolor = "7a2331"\n\n[Note]\nbased_on = "Body Text"\nsize = 8\n'
    book = Book(make_docx(small(tmp_path, files={"templates/docx/styles.toml": styles}), EDITION)[0].data)
    heading = next(one for one in book.styles.iter(f"{W}style") if one.get(f"{W}styleId") == "Heading1")
    assert heading.find(f".//{W}color").get(f"{W}val") == "7A2331"  # type: ignore[union-attr]
    assert heading.find(f".//{W}b") is not None
    assert "Note" in book.names.values()


@pytest.mark.parametrize(
    ("styles", "code", "line", "hint"),
    [
        ('["Heading 1"]\nsiez = 12\n', "TPL104", 2, "did you mean 'size'"),
        ('["Heading 1"]\nsize = "big"\n', "TPL104", 2, "docs/docx.md"),
        ('[Caption]\nalign = "centre"\n', "TPL104", 2, "did you mean 'center'"),
        ('[Caption]\nbased_on = "Nromal"\n', "TPL104", 2, "did you mean 'Normal'"),
        ('[Caption]\ncolor = "red"\n', "TPL104", 2, "six hexadecimal digits"),
        ("[Caption\nsize = 12\n", "TPL104", 1, "begins with"),
        ("size = 12\n", "TPL104", 1, "begin a style"),
    ],
)
def test_what_is_wrong_in_a_specification_of_styles(
    tmp_path: Path, styles: str, code: str, line: int, hint: str
) -> None:
    with pytest.raises(FindingsError) as raised:
        small(tmp_path, files={"templates/docx/styles.toml": styles})
    (finding,) = raised.value.findings
    assert finding.code == code
    assert finding.location is not None
    assert (finding.location.file, finding.location.line) == ("templates/docx/styles.toml", line)
    assert hint in finding.hint


def test_a_reference_document_of_the_project_gives_its_styles(tmp_path: Path) -> None:
    project = small(tmp_path)
    data = make_docx(project, EDITION)[0].data
    reference = tmp_path / "templates/docx/reference.docx"
    reference.parent.mkdir(parents=True)
    reference.write_bytes(data)
    with Patient(reference) as patient:
        # As Russian versions of Word write it: another identifier, the same name; and a style that is not there.
        for style in list(patient.part("styles")):
            name = style.find(f"{W}name")
            if name is not None and name.get(f"{W}val") == "heading 1":
                style.set(f"{W}styleId", "11")
                style.find(f".//{W}sz").set(f"{W}val", "66")  # type: ignore[union-attr]
            if name is not None and name.get(f"{W}val") == "Table Head":
                patient.drop(style)
    made, _ = make_docx(project, EDITION)
    book = Book(made.data)
    assert len(book.texts("heading 1")) == 4
    assert b'w:val="66"' in book.files["word/styles.xml"]
    assert book.texts("Table Head") == ["Harbour", "Ships"]


def test_a_reference_document_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(FindingsError) as raised:
        small(tmp_path, files={"templates/docx/reference.docx": "no document"})
    assert [finding.code for finding in raised.value.findings] == ["TPL105"]


def test_a_file_of_another_name_among_the_templates(tmp_path: Path) -> None:
    with pytest.raises(FindingsError) as raised:
        small(tmp_path, files={"templates/docx/style.toml": ""})
    (finding,) = raised.value.findings
    assert finding.code == "TPL103"
    assert "styles.toml" in finding.hint


def test_a_picture_that_cannot_be_drawn(tmp_path: Path) -> None:
    text = "---\ntitle: Third\n---\n\n![A drawing](images/broken.svg)\n"
    huge = '<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>'
    project = small(tmp_path, files={"chapters/03-third.md": text, "images/broken.svg": huge})
    with pytest.raises(FindingsError) as raised:
        make_docx(project, EDITION)
    assert [finding.code for finding in raised.value.findings] == ["IMG105"]


def test_long_addresses_get_no_hyphens_that_are_not_theirs(everything: Book) -> None:
    for name in ("footnote text", "Bibliography", "Table Note"):
        style = next(
            one for one in everything.styles.iter(f"{W}style") if everything.names[one.get(f"{W}styleId", "")] == name
        )
        assert style.find(f".//{W}suppressAutoHyphens").get(f"{W}val") == "1"  # type: ignore[union-attr]


def test_two_tables_one_after_the_other_stay_two(tmp_path: Path) -> None:
    table = "| a | b |\n|:--|:--|\n| 1 | 2 |\n\n"
    text = f"---\ntitle: Third\n---\n\n{table}\n\n<!-- -->\n\n{table}"
    book = Book(make_docx(small(tmp_path, files={"chapters/03-third.md": text}), EDITION)[0].data)
    for found in book.document.iter(f"{W}tbl"):
        following = found.getnext()
        assert following is not None
        assert following.tag == f"{W}p"
    assert len(list(book.document.iter(f"{W}tbl"))) == 3
