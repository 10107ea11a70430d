"""The EPUB as a file: accepted by EPUBCheck, the same bytes each time, and true about itself."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
from lxml import etree

import epub_sample as sample
from octavo.adapters.epubcheck import Message, check
from octavo.bind.epub import bind_epub
from octavo.bind.epub.accessibility import accessibility
from octavo.bind.epub.package import identifier_of
from octavo.errors import UsageError
from octavo.model.edition import Metadata
from octavo.model.epub import PACKAGE_FOLDER

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"


@pytest.fixture(scope="module")
def messages(tmp_path_factory: pytest.TempPathFactory) -> tuple[tuple[Message, ...], tuple[Message, ...]]:
    """What EPUBCheck says of the sample, and of the sample with a fault."""
    folder: Path = tmp_path_factory.mktemp("epub")
    good, bad = folder / "good.epub", folder / "bad.epub"
    good.write_bytes(sample.epub())
    source = ZipFile(good)
    with source, ZipFile(bad, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.endswith("chapter-ties.xhtml"):
                content = content.replace(b'id="note-ties--a"', b"")
            target.writestr(entry, content)
    return check(good), check(bad)


@pytest.mark.slow
def test_epubcheck_has_nothing_to_say(messages: tuple[tuple[Message, ...], ...]) -> None:
    assert [str(message) for message in messages[0]] == []


@pytest.mark.slow
def test_epubcheck_is_heard_where_a_note_is_lost(messages: tuple[tuple[Message, ...], ...]) -> None:
    assert {(message.severity, message.code) for message in messages[1]} == {("ERROR", "RSC-012")}
    assert {message.path for message in messages[1]} == {"EPUB/text/chapter-ties.xhtml"}


def test_the_same_input_gives_the_same_bytes() -> None:
    assert sample.epub() == sample.epub()


def test_the_container_is_in_order() -> None:
    with ZipFile(BytesIO(sample.epub())) as archive:
        entries = archive.infolist()
        assert archive.read("mimetype") == b"application/epub+zip"
    assert (entries[0].filename, entries[0].compress_type) == ("mimetype", ZIP_STORED)
    assert entries[1].filename == "META-INF/container.xml"
    names = [entry.filename for entry in entries[2:]]
    assert names == sorted(names)
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}


def test_metadata_are_written() -> None:
    root = _package()
    assert root.findtext(f".//{DC}identifier") == "urn:isbn:9785000000002"
    assert [each.text for each in root.iter(f"{DC}title")] == ["Trade & <Growth>", "A test of everything"]
    assert [each.text for each in root.iter(f"{DC}creator")] == ["Anna Petrova", "Jan van der Berg"]
    assert _meta(root, "file-as") == ["Petrova, Anna", "Berg, Jan van der"]
    assert _meta(root, "role") == ["aut", "aut"]
    orcids = [each for each in root.iter(f"{OPF}meta") if each.get("property") == "dcterms:identifier"]
    assert [(each.get("refines"), each.text) for each in orcids] == [
        ("#meta-creator-1", "https://orcid.org/0000-0002-1825-0097")
    ]
    assert _meta(root, "dcterms:modified") == ["2024-05-06T09:30:00Z"]
    assert [each.text for each in root.iter(f"{DC}subject")] == ["trade", "notes"]


@pytest.mark.parametrize(
    ("modified", "date", "written"),
    [
        ("2024-05-06", "", "2024-05-06T00:00:00Z"),
        ("", "2023-01-02", "2023-01-02T00:00:00Z"),
        ("", "2023", "1980-01-01T00:00:00Z"),
    ],
)
def test_the_time_of_change_is_never_that_of_the_clock(modified: str, date: str, written: str) -> None:
    root = _package(replace(sample.METADATA, modified=modified, date=date))
    assert _meta(root, "dcterms:modified") == [written]


@pytest.mark.parametrize(
    ("identifier", "isbn", "written"),
    [
        ("https://example.org/1", "", "https://example.org/1"),
        ("10.1234/abc", "", "https://doi.org/10.1234/abc"),
        ("", "978-1-2 34", "urn:isbn:9781234"),
        ("", "", "urn:uuid:"),
    ],
)
def test_identifiers(identifier: str, isbn: str, written: str) -> None:
    publication = replace(sample.PUBLICATION, isbn="")
    metadata = replace(sample.METADATA, identifier=identifier, isbn=isbn)
    assert identifier_of(publication, metadata).startswith(written)
    other = identifier_of(replace(publication, slug="other"), metadata)
    assert (other == identifier_of(publication, metadata)) is bool(identifier or isbn)


def test_accessibility_is_told_as_it_is() -> None:
    documents = sample.documents()
    said = accessibility(documents, "en", notes=True)
    assert ("schema:accessibilityFeature", "MathML", "") in said
    assert ("schema:accessibilityFeature", "alternativeText", "") in said
    assert ("schema:accessModeSufficient", "textual", "") in said
    mute = [replace(document, described=False, properties=frozenset()) for document in documents]
    said = accessibility(mute, "ru-RU", notes=False)
    assert ("schema:accessModeSufficient", "textual", "") not in said
    assert not any(value in ("MathML", "alternativeText") for _, value, _ in said)
    (summary,) = (each for each in said if each[0] == "schema:accessibilitySummary")
    assert summary[2] == "ru"
    assert "Сноски" not in summary[1]
    plain = [replace(document, images=()) for document in documents]
    assert ("schema:accessMode", "visual", "") not in accessibility(plain, "en", notes=True)


def test_a_picture_of_another_kind_is_refused() -> None:
    with pytest.raises(UsageError, match=r"x\.webp"):
        _bind(sample.METADATA, {"images/x.webp": b""})
    with pytest.raises(ValueError, match="image/gif"):
        bind_epub(sample.PUBLICATION, sample.METADATA, sample.documents(), {}, b"", "image/gif", sample.plan())


def test_old_readers_get_the_same_contents() -> None:
    with ZipFile(BytesIO(sample.epub())) as archive:
        root = etree.fromstring(archive.read(f"{PACKAGE_FOLDER}/toc.ncx"))
    lines = [
        (sum(each.tag == point.tag for each in point.iterancestors()), point.findtext(".//{*}text"))
        for point in root.iter("{*}navPoint")
    ]
    assert lines == [
        (0, "First part"),
        (1, "1. Ties & knots"),
        (2, "1.1 Near & dear"),
        (0, "Appendix\N{NO-BREAK SPACE}A. Goods"),
        (1, "2.1 Far"),
        (0, "References"),
        (0, "Colophon"),
    ]
    depth = next(each for each in root.iter("{*}meta") if each.get("name") == "dtb:depth")
    assert depth.get("content") == "3"


def _bind(metadata: Metadata, resources: dict[str, bytes]) -> bytes:
    cover = sample.picture()
    return bind_epub(sample.PUBLICATION, metadata, sample.documents(), resources, cover, "image/png", sample.plan())


def _package(metadata: Metadata = sample.METADATA) -> etree._Element:
    with ZipFile(BytesIO(_bind(metadata, {}))) as archive:
        return etree.fromstring(archive.read(f"{PACKAGE_FOLDER}/package.opf"))


def _meta(root: etree._Element, key: str) -> list[str | None]:
    return [each.text for each in root.iter(f"{OPF}meta") if each.get("property") == key]
