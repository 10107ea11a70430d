"""A field is missing that the style prints.

The note of such a source has a gap where its readers look for the author, the journal or the year. What is asked for
depends on the type (a book has people, a publisher or place, and a year; an article has its journal and a volume,
issue, pages or address; a chapter has its book; a web page its address), and only what the style of the publication
would print is told.

Bad:

    - id: able-2020
      type: article-journal
      title: A history of exports
      author: [{family: Able, given: Ann}]
      issued: 2020

Good:

    - id: able-2020
      type: article-journal
      title: A history of exports
      author: [{family: Able, given: Ann}]
      container-title: Journal of Trade
      volume: 12
      page: 5-19
      issued: 2020
"""

from __future__ import annotations

from collections.abc import Iterator

from octavo.lint.library import Entry, Library
from octavo.lint.printed import would_print
from octavo.lint.rule import Context, Defect, LibraryRule
from octavo.model.finding import Severity

Need = tuple[str, tuple[str, ...]]

_TITLE: Need = (
    "title",
    ("title", "title-short", "shortTitle", "genre", "reviewed-title", "part-title", "volume-title"),
)
_DATE: Need = (
    "date",
    ("issued", "status", "event-date", "available-date", "original-date", "submitted", "collection-number"),
)
_PEOPLE: Need = (
    "author or editor",
    (
        "author", "editor", "translator", "editor-translator", "compiler", "collection-editor", "original-author",
        "container-author", "contributor", "editorial-director", "director", "curator", "illustrator", "composer",
    ),
)  # fmt: skip
_AUTHOR: Need = ("author", ("author", "original-author", "editor"))
_IMPRINT: Need = ("publisher or place", ("publisher", "publisher-place", "original-publisher", "URL", "DOI", "archive"))
_SCHOOL: Need = ("university", ("publisher", "publisher-place", "archive", "URL"))
_ISSUER: Need = ("author or institution", (*_PEOPLE[1], "publisher", "authority", "collection-title"))
_JOURNAL: Need = ("journal", ("container-title", "container-title-short", "journalAbbreviation"))
_PAPER: Need = ("newspaper or magazine", _JOURNAL[1])
_WHOLE: Need = ("title of the whole", (*_JOURNAL[1], "event-title", "event", "collection-title"))
_PLACE_IN: Need = (
    "volume, issue or pages",
    ("volume", "issue", "page", "number", "DOI", "URL", "status", "page-first"),
)
_ADDRESS: Need = ("address", ("URL", "DOI", "archive", "publisher"))

_NEEDS: dict[str, tuple[Need, ...]] = {
    "book": (_PEOPLE, _TITLE, _IMPRINT, _DATE),
    "thesis": (_AUTHOR, _TITLE, _SCHOOL, _DATE),
    "report": (_ISSUER, _TITLE, _DATE),
    "chapter": (_TITLE, _WHOLE, _DATE),
    "paper-conference": (_TITLE, _WHOLE, _DATE),
    "entry-dictionary": (_TITLE, _WHOLE),
    "entry-encyclopedia": (_TITLE, _WHOLE),
    "article-journal": (_TITLE, _JOURNAL, _DATE, _PLACE_IN),
    "article-magazine": (_TITLE, _PAPER, _DATE),
    "article-newspaper": (_TITLE, _PAPER, _DATE),
    "webpage": (_TITLE, _ADDRESS),
    "post-weblog": (_TITLE, _ADDRESS),
    "standard": (_TITLE, ("number", ("number", "collection-number", "URL"))),
    "patent": (_TITLE, ("number", ("number", "call-number")), _DATE),
    "dataset": (_TITLE, ("publisher or address", ("publisher", "URL", "DOI", "archive", "container-title"))),
    "document": (_TITLE,),
    "pamphlet": (_TITLE,),
}


def check(library: Library, context: Context) -> Iterator[Defect]:
    """Entries without what sources of their type have, all that is missing in one finding."""
    for entry in library:
        missing = [name for name, fields in _NEEDS.get(entry.type, ()) if _is_missing(entry, fields, library)]
        if missing:
            kind = entry.type.replace("-", " ")
            message = f"the {kind} '{entry.key}' has no {', no '.join(missing)}"
            yield Defect(entry.source.location, message, "add it to the entry, or choose the type that fits")


def _is_missing(entry: Entry, fields: tuple[str, ...], library: Library) -> bool:
    if any(entry.field(name) not in (None, "", (), [], {}) for name in fields):
        return False
    # The first field of the list is the one that the name of the need means.
    return any(would_print(library, entry, name) for name in fields[:2])


RULE = LibraryRule("BIB105", "missing-field", Severity.WARNING, check=check)
