"""Two entries have nearly the same title.

Small words, accents, capitals, marks, and a letter or an ending in one word of four do not tell two works apart: the
source was most likely entered twice, each time a little differently. Entries that differ in year, volume, issue,
number, edition, pages, language or DOI, in their authors or in where they appeared are two works; those that share an
address are told by BIB103.

Bad:

    - id: vector-2019
      type: book
      title: 'Vector of post-Soviet integration: a view from Belarus'
      author: [{family: Zalessky, given: B. L.}]
      publisher: Palmarium
      issued: 2019
    - id: zalessky-vector
      type: book
      title: The vector of post-soviet integration. View from Belarus
      author: [{family: Zalessky, given: B. L.}]
      publisher: Palmarium Academic Publishing
      issued: 2019

Good:

    - id: vector-1
      type: book
      title: 'Vector of post-Soviet integration: a view from Belarus'
      author: [{family: Zalessky, given: B. L.}]
      publisher: Palmarium
      volume: 1
      issued: 2019
    - id: vector-2
      type: book
      title: 'Vector of post-Soviet integration: a view from Belarus'
      author: [{family: Zalessky, given: B. L.}]
      publisher: Palmarium
      volume: 2
      issued: 2019
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from octavo.lint.addresses import bare_doi, parse
from octavo.lint.dates import year_of
from octavo.lint.library import Entry, Library
from octavo.lint.people import family_keys
from octavo.lint.rule import Context, Defect, LibraryRule
from octavo.lint.titles import is_beginning, nearly_same, words_of
from octavo.model.finding import Severity

_APART = (
    "volume", "issue", "number", "edition", "page", "part", "chapter-number", "collection-number", "section",
    "language", "version", "supplement", "part-title", "volume-title",
)  # fmt: skip
# Titles of fewer words than these are shared by works of many authors: Introduction, Annual report.
_TELLING = 3
# How many entries with one rare word are compared with each other.
_NEIGHBOURS = 20


def check(library: Library, context: Context) -> Iterator[Defect]:
    """Entries whose title is nearly that of an earlier one."""
    entries = [(entry, words_of(entry.text("title"))) for entry in library if entry.text("title")]
    counts = Counter(word for _, words in entries for word in set(words))
    buckets: dict[str, list[tuple[Entry, tuple[str, ...]]]] = {}
    for entry, words in entries:
        if not words:
            continue
        seen: set[str] = set()
        told = False
        for mark in _marks(words, counts):
            bucket = buckets.setdefault(mark, [])
            for other, theirs in bucket[-_NEIGHBOURS:]:
                if told or other.key in seen:
                    continue
                seen.add(other.key)
                if _titles_agree(entry, words, other, theirs) and not _are_apart(entry, other):
                    told = True
                    message = f"the title of '{entry.key}' is nearly that of '{other.key}'"
                    hint = "keep one entry, or tell them apart by volume, edition or year"
                    yield entry.defect("title", message, hint)
            bucket.append((entry, words))


def _marks(words: tuple[str, ...], counts: Mapping[str, int]) -> set[str]:
    """What a title shares with every one that is nearly the same.

    Its numbers are; of four words three are, so that one of the rarest quarter and one more is shared; and the
    beginning of a longer title shares its first words.
    """
    numbers = " ".join(word for word in words if word[0].isdigit())
    rare = sorted(set(words), key=lambda word: (counts[word], word))
    return {*(f"{word} {numbers}" for word in rare[: len(rare) // 4 + 1]), "".join(words), "  ".join(words[:3])}


def _titles_agree(one: Entry, words: tuple[str, ...], other: Entry, theirs: tuple[str, ...]) -> bool:
    same = nearly_same(words, theirs)
    if same and min(len(words), len(theirs)) >= _TELLING:
        return True
    if not same and not is_beginning(words, theirs) and not is_beginning(theirs, words):
        return False
    authors = _authors(one)
    return bool(authors) and authors == _authors(other) and year_of(one, "issued") == year_of(other, "issued")


def _are_apart(one: Entry, other: Entry) -> bool:
    """Whether anything that both entries say makes them two works."""
    years = year_of(one, "issued"), year_of(other, "issued")
    if all(years) and years[0] != years[1]:
        return True
    if any(_plain(one, name) and _plain(other, name) and _plain(one, name) != _plain(other, name) for name in _APART):
        return True
    ours, theirs = _authors(one), _authors(other)
    if ours and theirs and not ours & theirs:
        return True
    where = words_of(one.text("container-title")), words_of(other.text("container-title"))
    if all(where) and not nearly_same(*where):
        return True
    dois = bare_doi(one.text("DOI")), bare_doi(other.text("DOI"))
    if all(dois):
        return True
    at = parse(one.text("URL")), parse(other.text("URL"))
    return at[0] is not None and at[1] is not None and at[0].identity == at[1].identity


def _plain(entry: Entry, name: str) -> str:
    return entry.text(name).strip().casefold()


def _authors(entry: Entry) -> frozenset[str]:
    return family_keys(entry, "author") or family_keys(entry, "editor")


RULE = LibraryRule("BIB104", "similar-titles", Severity.WARNING, check=check)
