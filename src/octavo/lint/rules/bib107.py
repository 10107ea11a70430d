"""A year cannot be right, or is not the one in the address.

A slip in a year sends the reader to the wrong volume and prints without any complaint: `3021`, a year before
printing, one after the publication's own date, a thirteenth month, a page that was read before it was issued.
Addresses of news often end with the number and the year of the page (`-303786-2018/`) or hold its date
(`/2018/05/03/`); where these and `issued` differ, one of them is wrong. Manuscripts, classics and laws may be as old
as they like.

Bad:

    - id: vitebsk-2020
      type: webpage
      title: Vitebsk State University entered the cluster
      container-title: BelTA
      issued: 2020
      URL: https://www.belta.by/regions/view/vitebskij-gosuniversitet-303786-2018/

Good:

    - id: vitebsk-2018
      type: webpage
      title: Vitebsk State University entered the cluster
      container-title: BelTA
      issued: 2018
      URL: https://www.belta.by/regions/view/vitebskij-gosuniversitet-303786-2018/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from octavo.lint.addresses import without_archive
from octavo.lint.dates import date_of, literal_of
from octavo.lint.library import Entry, Library
from octavo.lint.rule import Context, Defect, LibraryRule
from octavo.model.finding import Severity
from octavo.model.lazy import lazy

# Gutenberg's first prints.
_FIRST = 1450
_LAST = 2100
_PRINTED = frozenset(
    {
        "article", "article-journal", "article-magazine", "article-newspaper", "book", "broadcast", "chapter",
        "dataset", "entry-encyclopedia", "motion_picture", "paper-conference", "patent", "periodical", "post",
        "post-weblog", "report", "review", "review-book", "software", "song", "standard", "thesis", "webpage",
    }
)  # fmt: skip
_OF_ITS_DAY = frozenset({"webpage", "post", "post-weblog", "article-newspaper", "article-magazine"})
_YEAR = r"((?:19|20)\d\d)"
_DATED = (
    # The number and the year of a page, the date of a page as folders, and as digits in its name.
    lazy(rf"[-_]\d{{4,}}[-_]{_YEAR}/?\Z"),
    lazy(rf"/{_YEAR}/(?:0?[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/", re.IGNORECASE),
    lazy(rf"/(?:0[1-9]|[12]\d|3[01])[-.](?:0[1-9]|1[0-2])[-.]{_YEAR}(?!\d)"),
    lazy(rf"[/_-]{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)"),
)
_ENDING = lazy(rf"[a-z][-_]{_YEAR}/?\Z", re.IGNORECASE)
_QUERY = lazy(r"[?#].*", re.DOTALL)


def check(library: Library, context: Context) -> Iterator[Defect]:
    """Dates that are impossible, and years that the address contradicts."""
    date = context.publication.date[:4]
    last = int(date) if date.isdigit() else _LAST
    for entry in library:
        for name in ("issued", "accessed"):
            problem = _implausible(entry, name, last, dated=date.isdigit())
            if problem:
                yield entry.defect(name, problem, "look it up in the source")
                break
        else:
            issued, accessed = date_of(entry, "issued"), date_of(entry, "accessed")
            if issued and accessed and accessed[0] < issued[0]:
                message = f"'{entry.key}' was read in {accessed[0]} and issued in {issued[0]}"
                yield entry.defect("accessed", message, "correct one of the two dates")
            told = _year_of_address(entry)
            if issued and told and told != issued[0]:
                message = f"'{entry.key}' was issued in {issued[0]}, but its address says {told}"
                yield entry.defect("issued", message, "look at the page, and correct the year or the address")


def _implausible(entry: Entry, name: str, last: int, *, dated: bool) -> str:
    date = date_of(entry, name)
    words = literal_of(entry, name).strip()
    if words.isdigit() and len(words) != 4:
        return f"'{words}' is no year"
    if not date:
        return ""
    if name == "issued" and date[0] < _FIRST and entry.type in _PRINTED:
        return f"the year {date[0]} is before the first printed books"
    if name == "accessed" and date[0] < 1990:
        return f"there was no web in {date[0]}"
    if date[0] > last and not entry.text("status"):
        return (
            f"the year {date[0]} is after the publication's own, {last}" if dated else f"the year {date[0]} is to come"
        )
    if len(date) > 1 and not 1 <= date[1] <= 12:
        return f"there is no month {date[1]}"
    if len(date) > 2 and not 1 <= date[2] <= _days(date[0], date[1]):
        return f"there is no day {date[2]} in that month"
    return ""


def _days(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 28 + leap if month == 2 else 30 if month in (4, 6, 9, 11) else 31


def _year_of_address(entry: Entry) -> int:
    """The year that an address gives for its page; 0 where it gives none, or one that its title speaks of."""
    url = entry.text("URL").strip()
    if entry.type not in _OF_ITS_DAY or not url or "upload" in url:
        return 0
    path = _QUERY.sub("", without_archive(url))
    for pattern in _DATED:
        match = pattern.search(path)
        if match:
            return int(match[1])
    match = _ENDING.search(path)
    return int(match[1]) if match and match[1] not in entry.text("title") else 0


RULE = LibraryRule("BIB107", "implausible-year", Severity.WARNING, check=check)
