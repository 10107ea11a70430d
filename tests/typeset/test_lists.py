"""The lists of figures and of tables behind the contents of both editions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest

from octavo.cli.main import main
from publications import CONFIGURATION, chapter, told
from publications import write_publication as write

_WORDS = "The ties between the two shores were older than the states that stood on them, and outlived them all. " * 9
_TABLE = "| A | B |\n|:--|--:|\n| x | 1 |\n\n: Ships of the harbour {number}{name}\n\n"
_IMAGE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'

FILES: Mapping[str, str] = {
    "chapters/01-first.md": chapter(
        f"{_WORDS}\n\n![The *eastern* harbour[^h]](images/a.svg){{#fig:east}}\n\n{_WORDS}\n\n[^h]: As drawn.\n\n"
        + _TABLE.format(number=1, name=" {#tbl:ships}")
        + f"{_WORDS * 2}\n\n![The western harbour](images/a.svg)\n\nNo caption:\n\n| A | B |\n|---|---|\n| x | y |\n"
    ),
    "chapters/02-second.md": "---\ntitle: Вторая глава\nlanguage: ru\n---\n\n"
    f"{_WORDS * 2}\n\n![Гавань севера](images/a.svg)\n\n{_WORDS * 3}\n\n" + _TABLE.format(number=2, name=""),
    "images/a.svg": _IMAGE,
}
_FIGURES = {
    "1.1": "The eastern harbour",
    "1.2": "The western harbour",
    "2.1": "Гавань севера",
}


@dataclass(frozen=True, slots=True)
class Built:
    """The text of each page of the print edition, and the documents of the EPUB by name."""

    pages: tuple[str, ...]
    documents: Mapping[str, str]

    def page(self, words: str) -> str:
        return next(page for page in self.pages if words in page)

    def folio(self, words: str) -> str:
        """The number of the page with these words, counted from the first of the text."""
        return str(self.pages.index(self.page(words)) - self.pages.index(self.page(_WORDS[:40])) + 1)


def build(root: Path, lists: str = "") -> Built:
    write(root, {**FILES, "publication.yaml": CONFIGURATION + lists})
    assert main(["-C", str(root), "build", "--quiet"]) == 0
    pdf = pypdfium2.PdfDocument(root / "build/print/tiny.pdf")
    pages = tuple(" ".join(page.get_textpage().get_text_range().split()) for page in pdf)
    pdf.close()
    with ZipFile(root / "build/ebook/tiny.epub") as archive:
        names = [name for name in archive.namelist() if name.endswith((".xhtml", ".ncx"))]
        documents = {name.rpartition("/")[2]: archive.read(name).decode() for name in names}
    return Built(pages, documents)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(tmp_path_factory.mktemp("lists"))


def test_print_lists_figures_with_their_pages(built: Built) -> None:
    listed = built.page("List of figures 1.1")
    assert listed.startswith("Contents List of figures"), "the contents name the list, and a short one stands below"
    for label, caption in _FIGURES.items():
        found = re.search(rf"{label} {caption}[ .]+(\d+)", listed)
        assert found, listed
        word = "Рисунок" if label == "2.1" else "Figure"
        assert found[1] == built.folio(f"{word} {label}. {caption}")


def test_a_list_of_two_is_left_out_unless_it_is_asked_for(built: Built, tmp_path: Path) -> None:
    assert not any("List of tables" in page for page in built.pages)
    assert "list-of-tables.xhtml" not in built.documents
    other = build(tmp_path, "lists: {tables: true, figures: false}\n")
    assert re.search(r"List of tables 1\.1 Ships of the harbour 1[ .]+\d+ 2\.1", other.page("List of tables 1.1"))
    assert not any("List of figures" in page for page in other.pages)
    assert "list-of-figures.xhtml" not in other.documents
    assert 'epub:type="lot" href="list-of-tables.xhtml"' in other.documents["contents.xhtml"]


def test_the_epub_lists_figures_with_links_and_names_the_list_as_a_landmark(built: Built) -> None:
    listed = built.documents["list-of-figures.xhtml"]
    assert '<nav class="captions" epub:type="loi"' in listed
    links = re.findall(r'<li(?: lang="(\w+)")?[^>]*><a href="([^"#]+)#([^"]+)">([^<]+)</a>', listed)
    assert [(language, text) for language, _, _, text in links] == [
        ("", "1.1. The eastern harbour"),
        ("", "1.2. The western harbour"),
        ("ru", "2.1. Гавань севера"),
    ]
    for _, document, anchor, _ in links:
        assert re.search(rf'<figure [^>]*id="{anchor}"', built.documents[document])
    contents = built.documents["contents.xhtml"]
    assert '<a epub:type="loi" href="list-of-figures.xhtml">List of figures</a>' in contents
    assert '<li><a href="list-of-figures.xhtml">' in contents
    assert "list-of-figures.xhtml" in built.documents["toc.ncx"]


def test_the_switch_is_true_or_false(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, {"publication.yaml": CONFIGURATION + "lists: {tables: some, figure: true}\n"})
    assert main(["-C", str(tmp_path), "build"]) == 2
    output = capsys.readouterr().out
    assert told(output) == [("publication.yaml:7:17", "CFG102"), ("publication.yaml:7:23", "CFG101")]
    assert "did you mean 'figures'?" in output
