"""Dates of sources, as CSL JSON has them, in numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from octavo.lint.library import Entry
from octavo.model.lazy import lazy

_YEAR = lazy(r"(?<!\d)\d{4}(?!\d)")


def date_of(entry: Entry, name: str) -> tuple[int, ...]:
    """Year, month and day of a date, as many as are known; of a range its beginning."""
    value = entry.field(name)
    if not isinstance(value, Mapping):
        return ()
    dates = value.get("date-parts")
    if isinstance(dates, Sequence) and not isinstance(dates, str) and dates:
        first = dates[0]
        if isinstance(first, Sequence) and not isinstance(first, str):
            return tuple(int(str(part)) for part in first if re.fullmatch(r"-?\d{1,9}", str(part)))
    match = _YEAR.search(literal_of(entry, name))
    return (int(match[0]),) if match else ()


def literal_of(entry: Entry, name: str) -> str:
    """The words of a date that is no number."""
    value = entry.field(name)
    if isinstance(value, Mapping):
        for form in ("literal", "raw"):
            words = value.get(form)
            if isinstance(words, str):
                return words
    return ""


def year_of(entry: Entry, name: str) -> int | None:
    """The year of a date; None where there is none."""
    date = date_of(entry, name)
    return date[0] if date else None
