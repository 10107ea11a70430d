"""The print edition that stands in ``build/`` into the pages by which papers cite the book."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from octavo.model.edition import PageNumbers
from octavo.model.finding import Finding, Severity
from octavo.model.notes import NotePlan
from octavo.model.publication import EditionSettings, Format, Publication
from octavo.pipeline.commands import artifact_path
from octavo.read.publication import FILE
from octavo.verify.errors import UnreadableArtifact
from octavo.verify.notes_file import check_notes_file
from octavo.verify.print_pages import read_page_numbers

# What the pages of an edition depend on.
_SOURCES = (FILE, "chapters", "bibliography", "data", "templates")


def print_edition(publication: Publication) -> EditionSettings | None:
    """The edition whose pages are cited: the PDF that is called ``print``, else the first one."""
    printed = [edition for edition in publication.editions if edition.format is Format.PDF]
    return next((edition for edition in printed if edition.name == "print"), printed[0] if printed else None)


def read_print(root: Path, publication: Publication, plan: NotePlan) -> tuple[PageNumbers | None, list[Finding]]:
    """The pages of the print edition, and a warning where it is not the one that the sources give now.

    The pages are None where no readable edition stands there.  ``plan`` is that of the whole publication.
    """
    edition = print_edition(publication)
    path = root / artifact_path(publication, edition) if edition is not None else None
    if edition is None or path is None or not path.is_file():
        return None, []
    try:
        pages = read_page_numbers(path.read_bytes())
    except UnreadableArtifact:
        return None, []
    notes = path.with_name("notes.json")
    data = notes.read_bytes() if notes.is_file() else b""
    built = path.stat().st_mtime_ns
    reason = ""
    if next(check_notes_file(data, edition.name, plan, None, paged=True), None) is not None:
        reason = "its notes are not those of the sources"
    elif any(source.stat().st_mtime_ns > built for source in _sources(root)):
        reason = "it is older than the sources"
    if not reason:
        return pages, []
    message = f"the pages of the book are cited after the {edition.name} edition that was built last, but {reason}"
    hint = f"run `octavo build {edition.name}` first"
    return pages, [Finding("EXT122", "stale-print-edition", message, None, hint, Severity.WARNING)]


def _sources(root: Path) -> Iterator[Path]:
    for name in _SOURCES:
        path = root / name
        yield from [path] if path.is_file() else (one for one in path.rglob("*") if one.is_file())
