"""The two GOST styles: what they print of books, articles, newspapers and web pages in English and in Russian."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from octavo.adapters.styles import find_packaged_style
from octavo.cite.convert import convert, list_cited
from octavo.cite.html import plain_text
from octavo.cite.style import Style, find_style
from octavo.model.chapter import CHAPTER_ID, Chapter, ExpandedChapter, FrontMatter, TextMap
from octavo.model.finding import Finding
from octavo.model.publication import BibliographySettings
from octavo.model.reference import Json, Source
from octavo.model.source import Location, SourceFile, Span
from octavo.read.scanner import scan

ROOT = Path(__file__).resolve().parents[2]
NOTES, BRACKETS = "gost-r-7-0-5-2008-notes", "gost-r-7-0-5-2008-brackets"
CSL = "{http://purl.org/net/xbiblio/csl}"


def source(key: str, kind: str, language: str, people: str, year: int, **fields: Json) -> Source:
    authors = [dict(zip(("family", "given"), one.split(", "), strict=True)) for one in people.split("; ") if one]
    data: dict[str, Json] = {
        "id": key, "type": kind, "language": language, "author": authors, "issued": {"date-parts": [[year]]}, **fields,
    }  # fmt: skip
    return Source(key, data, Location("sources.yaml"))


ACCESSED: Json = {"date-parts": [[2021, 4, 5]]}
SOURCES = [
    source(
        "book-en", "book", "en", "Able, Ann B.; Baker, Carl", 2019, title="On trade",
        **{"publisher-place": "Minsk", "publisher": "House", "number-of-pages": "175"},
    ),
    source("book-ru", "book", "ru", "Бердяев, Н. А.", 1990, title="Смысл истории",
        **{"publisher-place": "М.", "publisher": "Мысль", "number-of-pages": "175"},
    ),
    source(
        "article-en", "article-journal", "en", "Able, Ann", 2020, title="Ports", volume="5", issue="3", page="10-20",
        **{"container-title": "Journal of harbours"},
    ),
    source(
        "article-ru", "article-journal", "ru", "Власов, Б.; Громов, В.; Иванов, Г.; Петров, Д.", 2020, title="Порты",
        volume="5", issue="3", page="10–20", **{"container-title": "Вестник портов"},
    ),
    source(
        "news-en", "article-newspaper", "en", "", 2021, title="A quay is built", page="2",
        issued={"date-parts": [[2021, 3, 21]]}, **{"container-title": "The Minsk Times"},
    ),
    source(
        "news-ru", "article-newspaper", "ru", "", 2021, title="Строится причал", page="2",
        issued={"date-parts": [[2021, 3, 21]]}, **{"container-title": "Советская Белоруссия"},
    ),
    source(
        "web-en", "webpage", "en", "", 2021, title="Exports grow", URL="https://example.org/en", accessed=ACCESSED,
        **{"container-title": "BelTA"},
    ),
    source(
        "web-ru", "webpage", "ru", "", 2021, title="Экспорт растёт", URL="https://example.org/ru", accessed=ACCESSED,
        **{"container-title": "БелТА"},
    ),
]  # fmt: skip
BY_KEY = {one.key: one for one in SOURCES}

LISTED = """\
Able A. B., Baker C. On trade. Minsk: House, 2019. 175 p.
Бердяев Н. А. Смысл истории. М.: Мысль, 1990. 175 с.
Able A. Ports // Journal of harbours. 2020. Vol. 5, No. 3. P. 10–20.
Власов Б. [и др.]. Порты // Вестник портов. 2020. Т. 5, № 3. С. 10–20.
A quay is built // The Minsk Times. 2021. 21 Mar. P. 2.
Строится причал // Советская Белоруссия. 2021. 21 марта. С. 2.
Exports grow [Electronic resource] // BelTA. 2021. URL: https://example.org/en (accessed: 05.04.2021).
Экспорт растёт [Электронный ресурс] // БелТА. 2021. URL: https://example.org/ru (дата обращения: 05.04.2021).
""".splitlines()


def style_of(name: str) -> Style:
    findings: list[Finding] = []
    style = find_style(ROOT, BibliographySettings(name), findings)
    assert style is not None, findings
    return style


def printed(body: str, language: str) -> str:
    """A text as a chapter in a language prints it."""
    text = f"# T {{#{CHAPTER_ID} .reset-citation-positions}}\n\n{body}\n"
    file = SourceFile("c.md", text)
    chapter = Chapter("c", file, FrontMatter("T", language=language), Span(0, len(text)))
    expanded = ExpandedChapter(chapter, text, scan(text), TextMap((0,), (0,), (True,)))
    return plain_text(convert([expanded], BY_KEY, style_of(BRACKETS), 1)["c"].body[1])


@pytest.mark.parametrize("language", ["en-GB", "ru"])
def test_the_list_is_in_order_of_appearance_and_each_source_in_its_language(language: str) -> None:
    entries = [plain_text(entry) for entry in list_cited(list(BY_KEY), BY_KEY, style_of(BRACKETS), language)]
    assert entries == [f"{number}. {text}" for number, text in enumerate(LISTED, 1)]


def test_notes_describe_a_source_as_the_numbered_list_does() -> None:
    entries = [plain_text(entry) for entry in list_cited(list(BY_KEY), BY_KEY, style_of(NOTES), "en")]
    assert sorted(entries) == sorted(LISTED)


@pytest.mark.parametrize("language", ["en-GB", "ru"])
def test_brackets_hold_the_number_and_the_page_in_the_language_of_the_source(language: str) -> None:
    text = "A [@book-en, p. 12], b [@book-ru, с. 12], c [@book-en, с. 3-5], d [@book-ru, p. 7]."
    assert printed(text, language) == "A [1, p. 12], b [2, с. 12], c [1, pp. 3–5], d [2, с. 7]."


def test_several_sources_are_parted_by_semicolons_in_the_order_of_their_numbers() -> None:
    text = "A [@web-en], b [@book-en, p. 2; @web-en; @article-en], c [see @article-en, p. 4]."
    assert printed(text, "en-GB") == "A [1], b [1; 2, p. 2; 3], c [see 3, p. 4]."


def test_a_source_is_never_ibid_in_brackets() -> None:
    assert (
        printed("A [@book-en, p. 2], b [@book-en, p. 2], c [@book-en].", "en-GB") == "A [1, p. 2], b [1, p. 2], c [1]."
    )


def test_both_styles_share_their_terms_and_descriptions() -> None:
    """No style can include another; so what they have in common is held together here."""

    def pieces(name: str) -> dict[str, bytes]:
        path = find_packaged_style(name)
        assert path is not None
        tree = etree.parse(path, etree.XMLParser(remove_comments=True, remove_blank_text=True)).getroot()
        found = {one.get("name", ""): etree.tostring(one, method="c14n") for one in tree.iter(f"{CSL}macro")}
        for locale in tree.iter(f"{CSL}locale"):
            for term in locale.iter(f"{CSL}term"):
                name = (
                    f"{locale.get('{http://www.w3.org/XML/1998/namespace}lang')} {term.get('name')} {term.get('form')}"
                )
                found[name] = etree.tostring(term, method="c14n")
        return found

    brackets, notes = pieces(BRACKETS), pieces(NOTES)
    differing = {name for name in brackets if brackets[name] != notes.get(name)}
    assert differing == {"locator"}, "a page begins a sentence in a note, and follows a comma in brackets"


def test_any_project_finds_the_styles_of_the_package_and_its_own_come_first(tmp_path: Path) -> None:
    findings: list[Finding] = []
    assert find_style(tmp_path, BibliographySettings(BRACKETS), findings) is not None
    own = tmp_path / "bibliography" / "styles" / f"{BRACKETS}.csl"
    own.parent.mkdir(parents=True)
    packaged = find_packaged_style(NOTES)
    assert packaged is not None
    own.write_bytes(packaged.read_bytes())
    found = find_style(tmp_path, BibliographySettings(BRACKETS), findings)
    assert found is not None
    assert found.is_note
    assert not findings
