"""An edition or a paper as a work that others cite."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from octavo.model.publication import Person


class WorkKind(Enum):
    """What a work is cited as."""

    BOOK = "book"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Work:
    """What has to be known of a work to cite it, all in plain text.

    ``key`` names it in a bibliography.  ``date`` is a year, a month or a day in ISO 8601.  ``identifier`` is a DOI, an
    address or a URN.  ``container`` is the title of the proceedings that a paper stands in, ``pages`` the number of
    pages.
    """

    kind: WorkKind
    key: str
    title: str
    language: str
    subtitle: str = ""
    authors: tuple[Person, ...] = ()
    publisher: str = ""
    place: str = ""
    date: str = ""
    isbn: str = ""
    identifier: str = ""
    container: str = ""
    note: str = ""
    rights: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    pages: int | None = None
