"""Finished editions on the disk into what a preview shows of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from octavo.model.chapter import CHAPTER_ID
from octavo.model.edition import Artifact
from octavo.model.notes import anchor_name
from octavo.model.preview import PagedView, ReadingView, Shown, ShownChapter, ShownNote
from octavo.model.publication import EditionSettings, Format, Publication
from octavo.pipeline.commands import artifact_path, choose_editions
from octavo.pipeline.preview.paged import paged_view
from octavo.pipeline.preview.reading import reading_view
from octavo.pipeline.publication import load_publication
from octavo.read.chapters import read_chapters

_Record = Mapping[str, object]


def default_editions(editions: Sequence[EditionSettings]) -> tuple[str, ...]:
    """The first edition in pages and the first that is read on a screen: what is written stands in each."""
    names = []
    for form in (Format.PDF, Format.EPUB):
        names += [edition.name for edition in editions if edition.format is form][:1]
    return tuple(names)


def show(root: Path, artifacts: Iterable[Artifact]) -> Shown:
    """What is shown of editions that were just made."""
    publication, _ = load_publication(root)
    return _show(root, publication, [artifact.edition for artifact in artifacts])


def show_standing(root: Path, names: Sequence[str]) -> Shown | None:
    """What is shown of editions that were made some time before; None where there are none that can be read."""
    try:
        publication, _ = load_publication(root)
        there = [
            edition.name
            for edition in choose_editions(publication, names)
            if (root / artifact_path(publication, edition)).is_file()
        ]
        return _show(root, publication, there) if there else None
    except Exception:  # what stands there may come from anyone, and the first build puts a sound one in its place
        return None


def _show(root: Path, publication: Publication, names: Sequence[str]) -> Shown:
    paged: list[PagedView] = []
    reading: list[ReadingView] = []
    records: dict[str, dict[str, object]] = {}
    for edition in choose_editions(publication, names) if names else ():
        path = root / artifact_path(publication, edition)
        data = path.read_bytes()
        if edition.format is Format.PDF:
            paged.append(paged_view(edition.name, data))
        elif edition.format is Format.EPUB:
            reading.append(reading_view(edition.name, data))
        for record in _records(path.with_name("notes.json")):
            known = records.setdefault(str(record["id"]), dict(record))
            # One edition knows the page, the other does not.
            known["page"] = known.get("page") or record.get("page")
    chapters = tuple(_chapters(root, publication))
    titles = {chapter.slug: chapter.title for chapter in chapters}
    notes = tuple(_note(record, titles) for record in records.values())
    return Shown(publication.title, tuple(paged), tuple(reading), notes, chapters)


def _records(path: Path) -> Iterator[_Record]:
    if path.is_file():
        yield from json.loads(path.read_bytes())["notes"]


def _note(record: _Record, titles: Mapping[str, str]) -> ShownNote:
    source = record["source"]
    assert isinstance(source, Mapping)
    identifier, slug = str(record["id"]), str(record["chapter"])
    name = anchor_name(identifier)
    return ShownNote(
        label=str(record["label"]),
        series=str(record["series"]),
        kind=str(record["kind"]),
        text=str(record["text"]),
        chapter=titles.get(slug, slug),
        file=str(source["file"]),
        line=int(source["line"]),
        column=int(source["column"]),
        note=f"note-{name}",
        call=f"call-{name}",
        page=str(record.get("page") or ""),
    )


def _chapters(root: Path, publication: Publication) -> Iterator[ShownChapter]:
    for chapter in read_chapters(root, publication, []):
        anchor = anchor_name(f"{chapter.slug}/{CHAPTER_ID}")
        yield ShownChapter(chapter.slug, chapter.source.path, chapter.front.title or chapter.slug, anchor)
