"""A source of the bibliography is typed by hand in a note.

What is typed does not follow the style, is left behind when the entry is corrected, and is missing in the list of
references. A source is recognised by its title with a name of its authors beside it; one without authors by its title
with its address or year. The fix puts a citation in the place of what was typed, with the page where one is named.

Bad:

    Exports doubled.[^able]

    [^able]: Able, A. A history of exports. Minsk: North Press, 2020, p. 12.

Good:

    Exports doubled.[^able]

    [^able]: [@alpha-2020, p. 12].
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from octavo.lint.chapter import NOTHING, ChapterText, cites_sources
from octavo.lint.library import Entry, Library
from octavo.lint.rule import BookRule, Context, Defect, Fixing, Mention, Mentions
from octavo.model.finding import Severity
from octavo.model.lazy import lazy

_WORD = lazy(r"[^\W_]+")
# Words of a citation that no field of an entry holds.
_APPARATUS = frozenset(
    [
        *("in", "ed", "eds", "edited", "by", "the", "and", "of", "et", "al", "vol", "no", "pp", "url", "https", "http"),
        *(
            "www",
            "doi",
            "org",
            "available",
            "at",
            "from",
            "accessed",
            "electronic",
            "resource",
            "press",
            "publ",
            "isbn",
        ),
        *("publisher", "see", "cf", "also", "стр", "дата", "обращения", "электронный", "ресурс", "изд", "под", "ред"),
        *("режим", "доступа", "сост", "hrsg", "hg", "von", "zugriff", "am", "bd", "nr", "éd", "dir", "dans", "le"),
    ]
)
_SPARE = 3
_LOCATOR = lazy(
    r"(?<!\w)(?P<label>pp?\.|[сСcC]\.|стр\.|S\.|\ufffd\.)\s?(?P<pages>\d{1,5}(?:[-–]+\d{1,5})?)"
    r"(?![\w-]|\s?(?:[сcp]|S)\.)"
)
_LEAD = lazy(r"\s*(?:(?:See|Cf\.|See also|Vgl\.|Siehe|Voir|См\.|Ср\.)(?:\s+(?:also|auch|aussi|также))?:?\s+)?[*_]*")


def collect(chapter: ChapterText, context: Context) -> Iterator[Mention]:
    """The words of every note in which no source is cited."""
    if not chapter.notes:
        return
    cited = [citation.span.start for citation in chapter.scan.citations if cites_sources(citation)]
    for body in chapter.notes:
        at = bisect_left(cited, body.start)
        if at == len(cited) or cited[at] >= body.end:
            yield Mention(body.start, body.end, "note", body.of(chapter.text))


@dataclass(frozen=True, slots=True)
class _Work:
    """What tells a source beside its title: the last words of its authors' names."""

    entry: Entry
    families: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Works:
    """The sources by the words of their titles, and how long titles with the same first two words are."""

    by_title: dict[tuple[str, ...], list[_Work]]
    lengths: dict[tuple[str, ...], set[int]]


def judge(chapters: Sequence[Mentions], context: Context) -> Iterator[Defect]:
    """Notes that name a source."""
    if not any(one.mentions for one in chapters):
        return
    works = _works(context.library)
    for one in chapters:
        for mention in one.mentions:
            found = _find(mention.text, works)
            if found is None:
                continue
            work, first, last = found
            key = work.entry.key
            replacement = _replacement(mention.text, work)
            at = Mention(mention.start + first, mention.start + last, "", "")
            hint = f"cite it: [@{key}]"
            message = f"the source '{key}' is typed by hand"
            if replacement is None:
                yield one.chapter.defect(at, message, hint)
            else:
                start, end, text = replacement
                whole = Mention(mention.start + start, mention.start + end, "", "")
                yield one.chapter.defect(whole, message, hint, text=text)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _works(library: Library) -> _Works:
    found = _Works({}, {})
    for entry in library:
        title = tuple(_words(entry.text("title")))
        families = frozenset(_families(entry))
        # A title of one or two words may be anything where no name stands beside it.
        if len(title) >= (2 if families else 5):
            found.lengths.setdefault(title[:2], set()).add(len(title))
            found.by_title.setdefault(title, []).append(_Work(entry, families))
    return found


def _families(entry: Entry) -> Iterator[str]:
    for name in ("author", "editor"):
        people = entry.field(name)
        for one in people if isinstance(people, (list, tuple)) else ():
            if isinstance(one, Mapping) and one.get("family"):
                yield from _words(str(one["family"]))[-1:]


def _find(text: str, works: _Works) -> tuple[_Work, int, int] | None:
    """The first source that a note names, and where its title stands."""
    places = list(_WORD.finditer(text))
    words = [place[0].casefold() for place in places]
    there = frozenset(words)
    for at in range(len(words) - 1):
        for length in works.lengths.get((words[at], words[at + 1]), ()):
            for work in works.by_title.get(tuple(words[at : at + length]), ()):
                if work.families & there if work.families else _year_or_address(work.entry, text):
                    return work, places[at].start(), places[at + length - 1].end()
    return None


def _year_or_address(entry: Entry, text: str) -> bool:
    address = entry.text("URL")
    if address and address.split("//")[-1].rstrip("/") in text:
        return True
    year = re.search(r"\d{4}", str(entry.field("issued") or ""))
    return year is not None and year[0] in text


def _replacement(text: str, work: _Work) -> tuple[int, int, str] | None:
    """A citation for the whole of a note; None where the note says more than the source."""
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    while start and text[start - 1] in "*_":
        start -= 1
    end = len(text.rstrip())
    body = text[start:end]
    known = frozenset(_words(" ".join(map(str, work.entry.source.data.values()))))
    spare = [word for word in _words(body) if word not in known and word not in _APPARATUS and len(word) > 1]
    if sum(not word.isdigit() for word in spare) > _SPARE or NOTHING in body or "[^" in body:
        return None
    # A citation ends with the page; before it, `c. 1900` may be a year.
    found = list(_LOCATOR.finditer(body))
    locator = ""
    if found:
        label = found[-1]["label"] if found[-1]["label"] in ("p.", "pp.", "с.", "стр.", "S.") else "p."
        locator = f", {label} {found[-1]['pages']}"
    point = "." if body.endswith(".") else ""
    return start, end, f"[@{work.entry.key}{locator}]{point}"


RULE = BookRule("CIT006", "citation-typed-by-hand", Severity.INFO, Fixing.UNSAFE, collect=collect, judge=judge)
