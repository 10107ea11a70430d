"""Content documents: what a reader gets, and what a content document may not hold."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

import epub_sample as sample
from octavo.errors import InternalError
from octavo.model.edition import NumberedManuscript
from octavo.model.epub import ContentDocument, TocEntry, image_path
from octavo.model.words import words_for
from octavo.typeset.reading import typeset_epub
from octavo.typeset.reading_links import external_address, safe_name
from octavo.typeset.templates import TemplateFault, Templates

SPACES = {"h": "http://www.w3.org/1999/xhtml", "m": "http://www.w3.org/1998/Math/MathML"}


@pytest.fixture(scope="module")
def documents() -> dict[str, ContentDocument]:
    return {document.id: document for document in sample.documents()}


def test_documents_stand_in_the_order_of_reading(documents: dict[str, ContentDocument]) -> None:
    assert list(documents) == [
        *("cover", "title", "imprint", "contents", "part-1", "chapter-ties", "chapter-goods", "references", "colophon")
    ]
    assert [document.level for document in documents.values() if document.in_toc] == [1, 2, 1, 1, 1]


def test_a_call_in_a_heading_is_not_repeated_in_the_contents(documents: dict[str, ContentDocument]) -> None:
    ties = documents["chapter-ties"]
    assert ties.sections == (TocEntry("1.1 Near & dear", "sec-near"),)
    assert documents["chapter-goods"].title == "Appendix\N{NO-BREAK SPACE}A. Goods"
    contents = documents["contents"].xhtml
    assert "1.1 Near &amp; dear</a>" in contents
    assert "noteref" not in contents


def test_the_heading_itself_keeps_its_call(documents: dict[str, ContentDocument]) -> None:
    heading = re.search(r"<h2 id=\"sec-near\">.*?</h2>", documents["chapter-ties"].xhtml, re.DOTALL)
    assert heading
    assert 'href="#note-ties--head" id="call-ties--head">3</a>' in heading[0]


@pytest.mark.parametrize(
    ("words", "href"),
    [
        ("section 2.1", "chapter-goods.xhtml#sec-far"),
        ("table 1", "#tbl-sums"),
        ("note 4", "chapter-goods.xhtml#note-goods--one"),
        ("chapter 2", "chapter-goods.xhtml#chapter-goods"),
        ("note 1", "#note-ties--a"),
        ("web", "https://example.org/a%20b?c=%5B1%5D&d=%C3%BC"),
        ("mail", "mailto:a@example.org"),
        ("Smith", "references.xhtml#ref-smith"),
    ],
)
def test_links_lead_to_their_targets(documents: dict[str, ContentDocument], words: str, href: str) -> None:
    root = etree.fromstring(documents["chapter-ties"].xhtml.encode())
    (link,) = (link for link in root.iter("{*}a") if link.text == words)
    assert link.get("href") == href


@pytest.mark.parametrize("words", ["script", "file", "nowhere"])
def test_links_without_a_target_become_text(documents: dict[str, ContentDocument], words: str) -> None:
    assert f"<span>{words}</span>" in documents["chapter-ties"].xhtml


def test_neighbouring_calls_are_kept_apart(documents: dict[str, ContentDocument]) -> None:
    root = etree.fromstring(documents["chapter-ties"].xhtml.encode())
    (paragraph,) = (each for each in root.iter("{*}p") if (each.text or "").startswith("Trade grew"))
    assert "".join(str(part) for part in paragraph.itertext()).startswith("Trade grew1,\N{THIN SPACE}2 again")


def test_a_call_within_a_link_follows_the_link(documents: dict[str, ContentDocument]) -> None:
    root = etree.fromstring(documents["chapter-ties"].xhtml.encode())
    assert not root.xpath("//h:a//h:a", namespaces=SPACES)
    assert "within a link</a><sup" in documents["chapter-ties"].xhtml


def test_notes_of_a_table_stand_under_it(documents: dict[str, ContentDocument]) -> None:
    text = documents["chapter-ties"].xhtml
    table, notes = text.index("</figure>"), text.index('<section class="notes"')
    assert table < text.index('id="note-ties--sums--a"') < text.index('id="note-ties--sums--b"') < notes


def test_a_note_in_another_language_says_so(documents: dict[str, ContentDocument]) -> None:
    text = documents["chapter-goods"].xhtml
    assert 'id="note-goods--one" lang="ru" xml:lang="ru"' in text
    assert '<li id="ref-ivanov" lang="ru" xml:lang="ru">' in documents["references"].xhtml
    assert "lang=" not in documents["chapter-ties"].xhtml.partition("<body")[2]


def test_mathematics_keeps_its_words(documents: dict[str, ContentDocument]) -> None:
    goods = documents["chapter-goods"]
    root = etree.fromstring(goods.xhtml.encode())
    formulas = list(root.iter(f"{{{SPACES['m']}}}math"))
    assert [formula.get("alttext") for formula in formulas] == ["\\begin{x} x > 1"] * 2
    assert "annotation" not in goods.xhtml
    assert goods.properties == {"mathml"}
    assert not documents["chapter-ties"].properties


def test_nothing_stays_that_a_book_has_no_place_for(documents: dict[str, ContentDocument]) -> None:
    for document in documents.values():
        # Columns of MathML are aligned by style alone.
        body = re.sub(r"(<mtd[^>]*) style=.text-align: left.", r"\1", document.xhtml.partition("<body")[2])
        assert not re.search(r"<(input|label|col|colgroup)\b|\s(style|align|data-[\w-]+|tabindex)=|[\x00-\x08]", body)
    assert 'aria-label="done">\N{BALLOT BOX WITH CHECK}</span> done' in documents["chapter-ties"].xhtml
    assert '<th class="align-right">Year</th><th class="align-center">' in documents["chapter-ties"].xhtml


def test_pictures_get_safe_names(documents: dict[str, ContentDocument]) -> None:
    goods = documents["chapter-goods"]
    assert goods.images == (sample.PICTURE,)
    assert f'src="../{image_path(sample.PICTURE)}"' in goods.xhtml
    assert re.fullmatch(r"images/[a-z0-9-]+\.png", image_path(sample.PICTURE))
    assert image_path("a/x.png") != image_path("b/x.png")
    assert image_path("./a/x.PNG").endswith(".png")


def test_a_picture_without_words_is_told_of() -> None:
    whole = sample.manuscript()
    mute = replace(whole.chapters[1], body_html=whole.chapters[1].body_html.replace('alt="A map"', ""))
    found = _typeset(replace(whole, chapters=(whole.chapters[0], mute)))
    assert [document.id for document in found if not document.described] == ["chapter-goods"]


def test_a_note_that_is_called_but_not_planned_is_a_fault_of_ours() -> None:
    whole = sample.manuscript()
    wrong = replace(whole.chapters[0], body_html='<p><span class="note-call" data-note="ties/none"/></p>')
    with pytest.raises(InternalError, match="ties/none"):
        _typeset(replace(whole, chapters=(wrong, whole.chapters[1])))


def test_a_second_call_of_a_note_gets_an_anchor_of_its_own() -> None:
    whole = sample.manuscript()
    twice = replace(whole.chapters[0], title_html='Ties<span class="note-call" data-note="ties/a"/>')
    text = next(each for each in _typeset(replace(whole, chapters=(twice,))) if each.id == "chapter-ties").xhtml
    assert re.findall(r'id="(call-ties--a[^"]*)">(\d+)', text) == [("call-ties--a", "1"), ("call-ties--a--2", "1")]


def test_a_project_extends_a_template(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "epub"
    folder.mkdir(parents=True)
    (folder / "colophon.xhtml").write_text(
        '{% extends "base/epub/colophon.xhtml" %}\n{% block body %}{{ super() }}<p>Own</p>{% endblock %}'
    )
    text = sample.documents(tmp_path)[-1].xhtml
    assert "<p>Own</p>" in text
    assert "Notes: 8." in text


def test_a_template_that_breaks_the_document_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "epub"
    folder.mkdir(parents=True)
    (folder / "part.xhtml").write_text("<p>")
    with pytest.raises(TemplateFault, match="not well-formed") as caught:
        sample.documents(tmp_path)
    assert caught.value.template == "epub/part.xhtml"


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("https://example.org", "https://example.org"),
        ("HTTP://example.org/%41%zz", "http://example.org/%41%25zz"),
        ("file:///etc/passwd", None),
        ("https://", None),
        ("https://[", None),
        ("//example.org/x", None),
        ("data:text/html,x", None),
    ],
)
def test_addresses_of_the_world(href: str, address: str | None) -> None:
    assert external_address(href) == address


def test_names_are_names() -> None:
    assert [safe_name(each) for each in ("a:b", "1", "ж", "a b")] == ["a-b", "_1", "ж", "a_20_b"]


def _typeset(manuscript: NumberedManuscript) -> tuple[ContentDocument, ...]:
    return typeset_epub(sample.PUBLICATION, manuscript, words_for("en"), Templates())
