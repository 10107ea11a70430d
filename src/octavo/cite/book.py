"""A publication into a source that its own chapters can cite, with the page of each of their places."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from octavo.cite.neutral import anchor
from octavo.cite.targets import find_note
from octavo.model.chapter import CHAPTER_ID, Manuscript
from octavo.model.edition import NumberedManuscript, PageNumbers, Target
from octavo.model.people import split_name
from octavo.model.publication import Publication
from octavo.model.reference import Json, Source
from octavo.model.source import Location

KEY = "octavo-book"
"""The key of the publication among the sources of a paper; no name of the author's is taken."""


@dataclass(frozen=True, slots=True)
class Book:
    """The publication that a paper comes from.

    ``names`` maps what an author may refer to (``sec:trade``, ``sec:SLUG``) to its target.  ``pages`` is None where no
    print edition can be asked.
    """

    source: Source
    names: Mapping[str, Target]
    numbered: NumberedManuscript
    pages: PageNumbers | None

    def find(self, name: str, chapter: str) -> Target | None:
        """The target of a cross-reference made in a chapter, as the book itself finds it; None where there is none."""
        if name.startswith("note:"):
            return find_note(name.removeprefix("note:"), chapter, self.numbered.plan)
        return self.names.get(name)

    def folio(self, target: Target) -> str:
        """The page of a target in the print edition, or empty."""
        return self.pages.folios.get(target.anchor, "") if self.pages is not None else ""


def book_of(
    publication: Publication,
    manuscript: Manuscript,
    numbered: NumberedManuscript,
    pages: PageNumbers | None,
    taken: Collection[str],
) -> Book:
    """The publication as a source; ``taken`` are the keys of its bibliography."""
    names: dict[str, Target] = {}
    for place in manuscript.places:
        for found in place.text.scan.identifiers:
            target = numbered.targets.get(anchor(place.text.slug, found.name))
            if target is not None:
                names.setdefault(found.name, target)
    for place in manuscript.places:
        target = numbered.targets.get(anchor(place.text.slug, CHAPTER_ID))
        if target is not None:
            names.setdefault(f"sec:{place.text.slug}", target)
    return Book(book_source(publication, taken, pages.count if pages else 0), names, numbered, pages)


def book_source(publication: Publication, taken: Collection[str] = (), pages: int = 0) -> Source:
    """A publication as an item of type ``book`` (CSL 1.0.2), under a key that is none of those ``taken``."""
    key = KEY
    while key in taken:
        key += "-"
    data: dict[str, Json] = {
        "id": key,
        "type": "book",
        "title": ": ".join(part for part in (publication.title, publication.subtitle) if part),
        "language": publication.language,
    }
    authors: list[Json] = [split_name(person.name).csl() for person in publication.authors]
    if authors:
        data["author"] = authors
    if publication.date:
        data["issued"] = {"date-parts": [[int(part) for part in publication.date.split("-")]]}
    fields = {"publisher": publication.publisher, "publisher-place": publication.place, "ISBN": publication.isbn}
    data |= {name: value for name, value in fields.items() if value}
    if publication.identifier.lower().startswith(("doi:", "https://doi.org/")):
        data["DOI"] = "".join(publication.identifier.partition("10.")[1:])
    if pages:
        data["number-of-pages"] = str(pages)
    return Source(key, data, Location("publication.yaml"))
