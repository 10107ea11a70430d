"""Debris of another reference stands in a field.

`. - –`, `//` and a lone dash at an end are what remains when a printed reference is cut into fields. The style sets
its own marks between the fields, so that the reader sees both. The fix takes away blanks, dashes, slashes, commas and
the like at the ends of a field, and makes two dashes in a row or two points one; words stay as they are.

Bad:

    - id: strategic-2020
      type: book
      title: Strategic directions of integration. - –
      author: [{family: Able, given: Ann}]
      publisher: // North Press
      publisher-place: Minsk
      issued: 2020

Good:

    - id: strategic-2020
      type: book
      title: Strategic directions of integration
      author: [{family: Able, given: Ann}]
      publisher: North Press
      publisher-place: Minsk
      issued: 2020
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from octavo.lint.library import Library
from octavo.lint.rule import Context, Defect, Fixing, LibraryRule
from octavo.model.finding import Severity
from octavo.model.lazy import lazy

_FIELDS = (
    "title", "title-short", "container-title", "collection-title", "original-title", "volume-title", "part-title",
    "event-title", "event-place", "publisher", "publisher-place", "original-publisher", "original-publisher-place",
    "edition", "genre", "medium", "volume", "issue", "number", "page", "collection-number", "chapter-number", "section",
    "archive", "archive_location", "archive-place", "authority", "source",
)  # fmt: skip
_MARKS = "-\u2013\u2014/|,;:"
_POINTS_TOO = f"{_MARKS}. \t\n\u00a0"
_BEHIND_BLANK = lazy(f"\\s[{re.escape(_MARKS)}]|//|[,;]")
# A field with more is broken as a whole.
_MOST = 20
_LAST_WORD = lazy(r"\w+\Z")
# Abbreviations that keep their point: Inc., Ltd., Co., etc.
_SHORT = 4
_INSIDE = (
    (lazy(r"(?<=[-\u2013\u2014])\s+[-\u2013\u2014](?=\s)"), "two dashes stand side by side"),
    (lazy(r"(?<=[^\s./\\])\.\.(?![./\\])"), "two points stand side by side"),
    (lazy(r"(?<=[^\s.]\.)\s+\.(?=\s[^\W\d_]|\Z)(?!\s*\.)"), "two points stand side by side"),
    (lazy(r"(?<=[^\s,]),\s*,(?=\s)"), "two commas stand side by side"),
)


def check(library: Library, context: Context) -> Iterator[Defect]:
    """Marks at the ends of fields, and marks that are doubled within."""
    for entry in library:
        for name in _FIELDS:
            text = entry.text(name)
            if not text or text.isalnum():
                continue
            if not text.strip(_POINTS_TOO) and text.strip(". \t\n\u00a0"):
                yield entry.defect(name, f"the {name} holds nothing but '{text}'", "take the field away")
                continue
            for start, end, mended, problem in islice(_debris(text), _MOST):
                shown = text[start:end].strip()
                hint = f"take '{shown}' away" if not mended else f"write '{mended}' in its place"
                yield entry.defect_at(name, start, end, f"{problem} in the {name}", hint, (start, end, mended))


def _debris(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Where debris stands, what should stand there, and what it is."""
    first, last = _beginning(text), _end(text)
    if first:
        yield 0, first, "", "debris begins the text"
    for pattern, problem in _INSIDE:
        for match in pattern.finditer(text, first, last):
            mended = "." if match[0].startswith("..") else ""
            yield match.start(), match.end(), mended, problem
    if last < len(text):
        yield last, len(text), "", "debris ends the text"


def _beginning(text: str) -> int:
    """Where the words begin behind marks that have a blank behind them, or behind two slashes."""
    marks = text[: len(text) - len(text.lstrip(_POINTS_TOO))]
    end = len(marks) if marks.lstrip().startswith("//") else max(marks.rfind(" "), marks.rfind("\u00a0")) + 1
    return end if marks[:end].strip(". \t\n\u00a0") else 0


def _end(text: str) -> int:
    """Where the words end before marks that have a blank before them, two slashes, a comma or a semicolon.

    The point before them goes with them, unless it may be that of an abbreviation.
    """
    end = len(text.rstrip(_POINTS_TOO))
    found = _BEHIND_BLANK.search(text, end)
    if found is None:
        return len(text)
    word = _LAST_WORD.search(text, max(0, end - 20), end)
    kept = text.startswith(".", end) and not text.startswith("..", end) and (word is None or len(word[0]) <= _SHORT)
    return end + 1 if kept else end


RULE = LibraryRule("BIB110", "field-debris", Severity.WARNING, Fixing.SAFE, check=check)
