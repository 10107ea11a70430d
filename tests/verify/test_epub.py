"""Reading an EPUB back: whole it agrees with the plan, and no damage stays unseen."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

import epub_sample as sample
from octavo.verify.epub import leftover_markup, read_epub
from octavo.verify.errors import UnreadableArtifact

TIES = "EPUB/text/chapter-ties.xhtml"


@pytest.fixture(scope="module")
def whole() -> bytes:
    return sample.epub()


def _damage(data: bytes, name: str, old: str, new: str) -> bytes:
    buffer = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(buffer, "w") as target:
        for entry in source.infolist():
            text = source.read(entry)
            if entry.filename == name:
                assert old.encode() in text, "the damage has to hit"
                text = text.replace(old.encode(), new.encode())
            target.writestr(entry, text)
    return buffer.getvalue()


def test_what_a_reader_sees_is_what_was_planned(whole: bytes) -> None:
    assert read_epub(whole, "ebook") == sample.expected("ebook")


def test_a_lost_note_is_missed_and_its_call_leads_nowhere(whole: bytes) -> None:
    found = read_epub(_damage(whole, TIES, 'epub:type="footnote" role="doc-footnote" id="note-ties--a"', ""), "ebook")
    assert "note-ties--a" not in [note.anchor for note in found.notes]
    assert found.calls[0].links_to == "#note-ties--a"


def test_a_lost_call_is_missed(whole: bytes) -> None:
    found = read_epub(
        _damage(
            whole,
            TIES,
            '<a epub:type="noteref" role="doc-noteref" href="#note-ties--head" id="call-ties--head">3</a>',
            "",
        ),
        "ebook",
    )
    assert [call.label for call in found.calls if call.place.endswith("ties.xhtml")] == ["1", "2", "4", "a", "b"]
    assert [note.links_to for note in found.notes if note.label == "3"] == ["#call-ties--head"]


@pytest.mark.parametrize(
    ("old", "new", "call", "note"),
    [
        ('id="call-ties--a">1<', 'id="call-ties--a">7<', "7", "1"),
        ('title="Back to the text">1<', 'title="Back to the text">7<', "1", "7"),
        ('id="call-ties--a">1<', 'id="call-ties--a" hidden="hidden">1<', "2", "1"),
        ('role="doc-backlink" href="#call-ties--a"', 'href="#call-ties--a"', "1", ""),
    ],
)
def test_a_label_is_told_as_it_stands(whole: bytes, old: str, new: str, call: str, note: str) -> None:
    found = read_epub(_damage(whole, TIES, old, new), "ebook")
    notes = {mark.anchor: mark for mark in found.notes}
    assert (found.calls[0].label, notes["note-ties--a"].label) == (call, note)


@pytest.mark.parametrize(
    ("href", "links_to"),
    [
        ("#note-ties--head", "note-ties--head"),
        ("#nowhere", "#nowhere"),
        ("chapter-goods.xhtml#note-ties--a", "chapter-goods.xhtml#note-ties--a"),
        ("chapter-goods.xhtml#note-goods--one", "note-goods--one"),
        ("chapter-ties.xhtml#note-ties--a", "note-ties--a"),
        ("gone.xhtml#note-ties--a", "gone.xhtml#note-ties--a"),
    ],
)
def test_a_link_is_followed(whole: bytes, href: str, links_to: str) -> None:
    data = _damage(whole, TIES, 'href="#note-ties--a" id="call', f'href="{href}" id="call')
    assert read_epub(data, "ebook").calls[0].links_to == links_to


def test_a_changed_text_is_told(whole: bytes) -> None:
    found = read_epub(_damage(whole, TIES, "With two paragraphs.", "With <b>one</b>\n  more."), "ebook")
    assert "A remark. With one more." in [note.text for note in found.notes]


def test_the_spine_decides_the_order(whole: bytes) -> None:
    data = _damage(whole, "EPUB/package.opf", '<itemref idref="chapter-ties"/>', "")
    data = _damage(data, "EPUB/package.opf", "</spine>", '<itemref idref="chapter-ties"/></spine>')
    assert [call.label for call in read_epub(data, "ebook").calls] == [*"5612", "3", "4", "a", "b"]


def test_markup_that_was_left_over_is_found(whole: bytes) -> None:
    assert leftover_markup(whole) == ()
    data = _damage(whole, TIES, "An abstract.", "An [^x] abstract [@key, p. 5].")
    assert leftover_markup(data) == (
        ("text/chapter-ties.xhtml", "[^x] abstract [@key, p. 5]. Keywords: a;"),
        ("text/chapter-ties.xhtml", "[@key, p. 5]. Keywords: a; b Trade grew1"),
    )


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("META-INF/container.xml", "<rootfile ", "<x ", "names no package"),
        ("EPUB/package.opf", "<itemref ", "<x ", "empty spine"),
        ("EPUB/package.opf", 'itemref idref="cover"', 'itemref idref="none"', "names none"),
        ("EPUB/package.opf", "text/chapter-ties.xhtml", "text/none.xhtml", "none.xhtml is missing"),
        (TIES, "</section>", "", "not well-formed"),
    ],
)
def test_a_broken_container_is_said_to_be_broken(whole: bytes, name: str, old: str, new: str, words: str) -> None:
    with pytest.raises(UnreadableArtifact, match=words):
        read_epub(_damage(whole, name, old, new), "ebook")


def test_what_is_no_archive_is_no_epub(whole: bytes) -> None:
    for data in (b"", b"%PDF-1.7", whole[: len(whole) // 2]):
        with pytest.raises(UnreadableArtifact, match="ZIP"):
            read_epub(data, "ebook")
