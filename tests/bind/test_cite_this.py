"""The files with which others cite a work, read back by Pandoc."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace

import pytest

from octavo.adapters.pandoc import pandoc_path
from octavo.bind.cite_this import bibtex, cite_this, csl_json, ris
from octavo.model.publication import Person
from octavo.model.work import Work, WorkKind

BOOK = Work(
    WorkKind.BOOK,
    "two-shores",
    "Two shores",
    "en-GB",
    subtitle="Trade and EU law",
    authors=(
        Person("Jan van der Berg"),
        Person("The Octavo authors"),
        Person("Борис Львович Залесский"),
        Person("Plato"),
    ),
    publisher="Smith and Sons",
    place="Minsk",
    date="2026-11-23",
    isbn="978-5-00000-000-2",
    identifier="10.1234/a_b%c",
    abstract="How 5 % of $3 & more were saved.",
    keywords=("trade", "harbours, great"),
    pages=80,
)

PAPER = replace(
    BOOK,
    kind=WorkKind.PAPER,
    title="Ties",
    subtitle="",
    container="Proceedings of Harbours",
    note="First published as chapter 4 of Two shores",
    isbn="",
    identifier="https://example.org/ties?a=1&b=2#c_d",
    pages=None,
)

HOSTILE = [
    "{Braces} {that match}",
    "A brace { that does not",
    "Another } and { two",
    "100 % of \\textbf{bold} and \\ alone",
    'Quotation "marks" and `accents` and a ~ ^ _ # $ &',
    "Two\nlines\r\nand\ttabs",
    "Беларусь и ЕАЭС: «Партнёры» — регионы",
    "Dashes -- and --- and <tags> & entities &amp;",
    "\\",
    "%",
    "@book{x, title = {y}}",
    "TY  - BOOK\r\nER  - ",
    "O'Neil's ``words''",
]


def parsed(text: str, form: str) -> dict[str, object]:
    """The one item that Pandoc reads from a file."""
    command = [pandoc_path(), "-f", form, "-t", "csljson", "--sandbox"]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    assert not done.stderr, done.stderr.decode()
    items: list[dict[str, object]] = json.loads(done.stdout)
    assert len(items) == 1
    return items[0]


def folded(text: object) -> str:
    """Text without quotation marks, which Pandoc makes anew from straight ones, and without its marks of capitals."""
    shown = re.sub(r"</?span[^>]*>", "", str(text)).replace("$\\lbrace$", "{").replace("$\\rbrace$", "}")
    return " ".join(re.sub("[\"'`“”‘’]", "", shown).split())


def people(item: dict[str, object]) -> list[tuple[str, str]]:
    """Each name as family name with its particle, and given name."""
    names = item["author"]
    assert isinstance(names, list)
    found = []
    for name in names:
        particle = name.get("non-dropping-particle") or name.get("dropping-particle") or ""
        found.append((f"{particle} {name.get('family') or name.get('literal')}".strip(), name.get("given", "")))
    return found


NAMES = [("van der Berg", "Jan"), ("The Octavo authors", ""), ("Залесский", "Борис Львович"), ("Plato", "")]
WRITERS = {"bibtex": bibtex, "csljson": csl_json, "ris": ris}


@pytest.mark.parametrize("form", WRITERS)
def test_a_book_comes_back(form: str) -> None:
    item = parsed(WRITERS[form](BOOK), form)
    assert item["type"] == "book"
    assert item["id"] == "two-shores"
    assert folded(item["title"]) == "Two shores: Trade and EU law"
    assert people(item) == NAMES
    assert item["publisher"] == "Smith and Sons"
    assert item["DOI"] == "10.1234/a_b%c"
    assert item["language"] == "en-GB"
    assert item["abstract"] == "How 5 % of $3 & more were saved."
    assert set(re.split(", ", str(item["keyword"]))) == {"trade", "harbours", "great"}
    # Pandoc reads no more than the year from RIS, no place and no note, and takes every number there for an ISSN.
    date, isbn = ([[2026]], "ISSN") if form == "ris" else ([[2026, 11, 23]], "ISBN")
    assert item["issued"] == {"date-parts": date}
    assert item[isbn] == "978-5-00000-000-2"
    assert item.get("publisher-place") == (None if form == "ris" else "Minsk")
    assert "URL" not in item


@pytest.mark.parametrize("form", WRITERS)
def test_a_paper_comes_back_with_where_it_was_first(form: str) -> None:
    item = parsed(WRITERS[form](PAPER), form)
    assert item["type"] == "paper-conference"
    assert folded(item["container-title"]) == "Proceedings of Harbours"
    assert item.get("note") == (None if form == "ris" else "First published as chapter 4 of Two shores")
    assert item["URL"] == "https://example.org/ties?a=1&b=2#c_d"
    assert "ISBN" not in item
    assert people(item) == NAMES


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_comes_back(title: str, form: str) -> None:
    # As a title of a Russian work: of an English one Pandoc makes capitals small that are not guarded.
    work = replace(PAPER, title=title, language="ru", abstract=title, publisher=title, note=title)
    item = parsed(WRITERS[form](work), form)
    for name in ("title", "abstract", "publisher", *(() if form == "ris" else ("note",))):
        assert folded(item[name]) == folded(title)
    assert people(item) == NAMES


def test_capitals_are_guarded_where_a_style_would_make_them_small() -> None:
    item = parsed(bibtex(replace(BOOK, title="Belarus and the Eurasian Economic Union", subtitle="")), "bibtex")
    assert folded(item["title"]) == "Belarus and the Eurasian Economic Union"


def test_names_that_bibtex_would_take_apart_stay_whole() -> None:
    authors = (Person("García and Márquez, Gabriel"), Person("José Ortega y Gasset"), Person("King, Jr., Martin"))
    item = parsed(bibtex(replace(BOOK, authors=authors)), "bibtex")
    assert [family for family, _ in people(item)] == ["García and Márquez", "Ortega y Gasset", "King"]


def test_ris_has_whole_lines_and_its_own_order_of_a_name() -> None:
    text = ris(replace(BOOK, title="Two\nER  - \nshores", authors=(Person("Martin Luther* King Jr."),)))
    lines = text.split("\r\n")
    assert lines[0] == "TY  - BOOK"
    assert lines[-2:] == ["ER  - ", ""]
    assert "AU  - King, Martin Luther, Jr." in lines
    assert {"DA  - 2026/11/23/", "CY  - Minsk", "SN  - 978-5-00000-000-2"} <= set(lines)
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    assert "\n" not in text.replace("\r\n", "")


def test_csl_json_tells_the_parts_of_names() -> None:
    (item,) = json.loads(csl_json(BOOK))
    assert item["author"][:2] == [
        {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
        {"literal": "The Octavo authors"},
    ]
    assert item["title-short"] == "Two shores"
    assert all(value not in ("", [], {}) for value in item.values())


def test_what_is_not_known_is_left_out() -> None:
    files = cite_this(Work(WorkKind.BOOK, "a b/ö", "Title", "en"))
    assert files["bib"].decode() == "@book{a-b,\n  title = {Title},\n  langid = {english},\n}\n"
    assert files["ris"].decode() == "TY  - BOOK\r\nID  - a-b\r\nTI  - Title\r\nLA  - en\r\nER  - \r\n"
    assert json.loads(files["csl.json"]) == [{"id": "a-b", "type": "book", "title": "Title", "language": "en"}]


def test_an_isbn_that_is_the_identifier_is_no_address() -> None:
    (item,) = json.loads(csl_json(replace(BOOK, isbn="", identifier="urn:isbn:9785000000002")))
    assert item["ISBN"] == "9785000000002"
    assert "URL" not in item
    (item,) = json.loads(csl_json(replace(BOOK, isbn="", identifier="urn:uuid:6e1c2a0e")))
    assert not {"ISBN", "DOI", "URL"} & set(item)
