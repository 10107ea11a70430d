"""The whole publication as what its papers cite, with the pages of the print edition."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from octavo.cite.book import Book, book_of
from octavo.cite.manuscript import number
from octavo.cite.style import find_style
from octavo.model.chapter import ExpandedChapter, Manuscript, Place
from octavo.model.finding import Finding
from octavo.model.keeping import NOTHING_KEPT, Keeper
from octavo.model.publication import BibliographySettings, Publication
from octavo.model.reference import Bibliography, is_cross_reference
from octavo.pipeline.print_pages import read_print


def refers_elsewhere(text: ExpandedChapter) -> bool:
    """Whether a chapter refers to what it has not itself, so that the rest of the publication has to be known."""
    own = {found.name for found in text.scan.identifiers}
    keys = (item.key for citation in text.scan.citations for item in citation.items)
    notes = {f"note:{found.label}" for found in text.scan.definitions}
    if any(is_cross_reference(key) and key not in own and key not in notes for key in keys):
        return True
    return any(
        link.target.startswith("#") and not link.image and link.target[1:] not in own for link in text.scan.targets
    )


def number_book(
    root: Path,
    publication: Publication,
    places: Sequence[Place],
    bibliography: Bibliography,
    jobs: int,
    findings: list[Finding],
    keeper: Keeper = NOTHING_KEPT,
) -> Book | None:
    """The publication as a source; None where its style is missing, which is told.  ``keeper`` has its cited text."""
    manuscript = Manuscript(tuple(places))
    style = find_style(root, publication.bibliography, findings) or find_style(root, BibliographySettings(), [])
    if style is None:
        return None
    numbered = number(publication, manuscript, bibliography, style, findings, jobs=jobs, keeper=keeper)
    pages, told = read_print(root, publication, numbered.plan)
    findings.extend(told)
    return book_of(publication, manuscript, numbered, pages, bibliography.sources)
