"""Where the fields of BibTeX entries stand, under the names that CSL has for them.

Pandoc reads the values; it does not say where they were.  Names are those of BibTeX and BibLaTeX (manual, 2.2), their
counterparts those of Pandoc's reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from octavo.model.lazy import lazy
from octavo.model.source import Span

# What Pandoc makes of a field.  Where several stand for one, the one that is told first here weighs more.
_NAMES = {
    "URL": ("url",),
    "DOI": ("doi",),
    "ISBN": ("isbn",),
    "ISSN": ("issn",),
    "title": ("title",),
    "title-short": ("shorttitle",),
    "author": ("author",),
    "editor": ("editor",),
    "translator": ("translator",),
    "issued": ("date", "year", "month"),
    "accessed": ("urldate",),
    "original-date": ("origdate",),
    "event-date": ("eventdate",),
    "event-title": ("eventtitle",),
    "event-place": ("venue",),
    "container-title": ("journaltitle", "journal", "booktitle", "maintitle"),
    "collection-title": ("series",),
    "publisher": ("publisher", "institution", "school", "organization", "howpublished"),
    "publisher-place": ("location", "address"),
    "original-publisher": ("origpublisher",),
    "original-publisher-place": ("origlocation",),
    "page": ("pages",),
    "volume": ("volume",),
    "edition": ("edition",),
    "version": ("version",),
    "number-of-pages": ("pagetotal",),
    "number-of-volumes": ("volumes",),
    "chapter-number": ("chapter",),
    "genre": ("type",),
    "note": ("note", "addendum"),
    "abstract": ("abstract",),
    "keyword": ("keywords",),
    "language": ("langid", "language"),
    "annote": ("annotation", "annote"),
    "status": ("pubstate",),
}
_NUMBERS = {"article": "issue", "periodical": "issue", "suppperiodical": "issue"}
_SERIES = frozenset({"book", "collection", "proceedings", "inbook", "incollection", "inproceedings", "reference"})
_ENTRY = lazy(r"@[ \t]*(\w+)\s*([{(])\s*")
_NO_ENTRIES = frozenset({"comment", "preamble", "string"})
_KEY = lazy(r"([^\s,{}()]+)\s*,?")
_FIELD = lazy(r"[\s,]*([A-Za-z][\w:+-]*)\s*=\s*")
_PLAIN = lazy(r"[^\s,#{}()\"]+")
_JOIN = lazy(r"\s*#\s*")
_BRACES = lazy(r"\\.|[{}]", re.DOTALL)
_IN_QUOTES = lazy(r'\\.|[{}"]', re.DOTALL)


@dataclass(frozen=True, slots=True)
class EntryPlaces:
    """The key of an entry, and by CSL's names the values of its fields, their braces or quotation marks included."""

    key: str
    key_span: Span
    fields: Mapping[str, Span]


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as it is written; a ``string`` has no key, and the names that it defines as its fields."""

    kind: str
    key: str
    key_span: Span
    fields: Mapping[str, Span]


def bibtex_places(text: str) -> Iterator[EntryPlaces]:
    """Every entry of a BibTeX file; what is broken is passed over up to the next entry."""
    for entry in raw_entries(text):
        if entry.kind != "string":
            yield EntryPlaces(entry.key, entry.key_span, _renamed(entry.kind, entry.fields))


def raw_entries(text: str) -> Iterator[RawEntry]:
    """Every entry and every ``string`` of a BibTeX file, in their order."""
    at = 0
    while (opening := _ENTRY.search(text, at)) is not None:
        at = opening.end()
        kind = opening[1].lower()
        if kind in _NO_ENTRIES:
            if kind == "string":
                yield RawEntry(kind, "", Span(at, at), _fields(text, at)[0])
            if opening[2] == "{" and kind != "comment":
                at = _braced(text, opening.end(2) - 1)
            continue
        key = _KEY.match(text, at)
        if key is None:
            continue
        fields, at = _fields(text, key.end())
        yield RawEntry(kind, key[1], Span(*key.span(1)), fields)


def _fields(text: str, at: int) -> tuple[dict[str, Span], int]:
    fields: dict[str, Span] = {}
    while (name := _FIELD.match(text, at)) is not None:
        end = _value(text, name.end())
        if end == name.end():
            return fields, end
        fields.setdefault(name[1].lower(), Span(name.end(), end))
        at = end
    return fields, at


def _value(text: str, at: int) -> int:
    """The end of a value: texts in braces or quotation marks, numbers and names of strings, joined by ``#``."""
    while True:
        if text.startswith("{", at):
            end = _braced(text, at)
        elif text.startswith('"', at):
            end = _quoted(text, at)
        else:
            plain = _PLAIN.match(text, at)
            end = plain.end() if plain else at
        joined = _JOIN.match(text, end) if end > at else None
        if joined is None:
            return end
        at = joined.end()


def _braced(text: str, at: int) -> int:
    """Behind the brace that closes the one at a place; where none does, the end."""
    depth = 0
    for mark in _BRACES.finditer(text, at):
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
        if depth == 0:
            return mark.end()
    return len(text)


def _quoted(text: str, at: int) -> int:
    depth = 0
    for mark in _IN_QUOTES.finditer(text, at + 1):
        if mark[0] == '"' and depth <= 0:
            return mark.end()
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
    return len(text)


def _renamed(kind: str, fields: Mapping[str, Span]) -> Mapping[str, Span]:
    found = {}
    for name, theirs in _NAMES.items():
        span = next((fields[one] for one in theirs if one in fields), None)
        if span is not None:
            found[name] = span
    if "number" in fields:
        found[_NUMBERS.get(kind, "collection-number" if kind in _SERIES else "number")] = fields["number"]
    if "issue" in fields:
        found["issue"] = fields["issue"]
    return found
