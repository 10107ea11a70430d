"""A locator in a citation is damaged or cannot be right.

A reader who looks the passage up finds nothing: the number is missing or torn, a range runs backwards, the label stands
twice, or the page lies beyond the source's own pages (its `page` or `number-of-pages`). Ranges may be shortened, as in
`pp. 123-5`.

Bad:

    Exports doubled [@alpha-2020, pp. 9-3].

Good:

    Exports doubled [@alpha-2020, pp. 3-9].
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from octavo.lint.chapter import ChapterText
from octavo.lint.library import Entry
from octavo.lint.rule import ChapterRule, Context, Defect
from octavo.model.finding import Severity
from octavo.model.lazy import lazy
from octavo.model.markup import Citation, CitationItem
from octavo.model.source import Span

# Most locators are one page, and need no closer look.
_PLAIN = lazy(r",?\s?pp?\.\s?(\d{1,6})\Z")
_PAGE = r"pp?\.|[Pp]ages?\b|стр\.|[сС]\.|S\.|Seiten?\b"
_OTHER = (
    r"chap\.|chs?\.|vols?\.|secs?\.|nos?\.|figs?\.|paras?\.|cols?\.|fols?\.|pts?\.|bks?\.|arts?\.|Bd\.|Kap\.|Abschn\."
    r"|Nr\.|гл\.|т\.|№"
)
_LABEL = lazy(rf"(?<![\w.@])(?:(?P<page>{_PAGE})|(?P<other>{_OTHER}))(?P<points>\.*)[ \t\n\xa0\u202f]*")
_DOUBLED = lazy(rf"(?<![\w.@])({_PAGE})\s*({_PAGE})|(?<![\w.@])p\.p\.")
_RANGE = lazy(r"(?<![\w.–-])(\d{1,6})\s?(?:--?|[–—])\s?(\d{1,6})(?![\w–-])")
_TORN = lazy(r"(?<!\w)\d+[^\W\d_]+\d+(?!\w)")
# Pages of Plato and Aristotle are counted so, mostly without a label: 57a4, 1094a18.
_BEKKER = lazy(r"\d{1,4}[a-e]\d{1,2}")
_NUMBER = lazy(r"(?<![\w.])(\d{1,6})(?:\s?(?:--?|[–—])\s?(\d{1,6}))?(?!\.?\w)")
_ROMAN = lazy(r"[ivxlcdmIVXLCDM]+\b")
_BARE = lazy(r",?\s*(?=\d)")
_PAGES = lazy(r"\d{1,6}(?:(?:--?|[–—])\d{1,6})?(?:\s?,\s?\d{1,6}(?:(?:--?|[–—])\d{1,6})?)*(?![\w-])")


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """Locators behind cited keys."""
    for citation, item in chapter.cited:
        if item.suffix:
            entry = context.library.entries.get(item.key)
            for start, end, message, hint in _faults(item.suffix, entry):
                yield chapter.defect(_span(chapter, citation, item, start, end), message, hint)


def _span(chapter: ChapterText, citation: Citation, item: CitationItem, start: int, end: int) -> Span:
    """Where a part of a suffix stands; the key where the suffix is not found as it was read."""
    at = chapter.text.find(item.suffix, item.key_span.end, citation.span.end)
    return item.key_span if at < 0 else Span(at + start, at + end)


def _faults(suffix: str, entry: Entry | None) -> Iterator[tuple[int, int, str, str]]:
    """What is wrong with a suffix: start, end, message, hint."""
    plain = _PLAIN.match(suffix)
    if plain is not None:
        yield from _outside(suffix, plain.start(1), len(suffix), entry)
        return
    doubled = _DOUBLED.search(suffix)
    if doubled is not None:
        yield *doubled.span(), "the label of the page stands twice", "write it once"
        return
    bare = _BARE.match(suffix)
    starts = [(bare.end(), bare.end())] if bare is not None else []
    for label in _LABEL.finditer(suffix):
        if label["points"]:
            yield *label.span("points"), f"a point too many behind '{label['page'] or label['other']}'", "take it away"
        # `S.` and `с.` may also be an initial, before which words stand.
        missing = _misses(suffix, label.end(), strict=label["page"] in ("p.", "pp.", "стр."))
        if missing:
            written = label.group().strip()
            yield (
                label.start(),
                label.start() + len(written),
                f"'{written}' has no number",
                "write the number or nothing",
            )
        elif label["page"]:
            starts.append((label.start(), label.end()))
    for start, behind in starts:
        yield from _page_faults(suffix, start, behind, entry)


def _misses(suffix: str, at: int, *, strict: bool) -> bool:
    """Whether no number follows a label; words may follow one that is no abbreviation of pages."""
    token = re.match(r"[^\s,;]*", suffix[at : at + 40])
    word = token[0].strip("*_[](){}.:!") if token else ""
    if not word:
        return True
    return strict and not any(char.isdigit() for char in word) and not _ROMAN.match(word)


def _page_faults(suffix: str, start: int, behind: int, entry: Entry | None) -> Iterator[tuple[int, int, str, str]]:
    torn = _TORN.match(suffix, behind)
    counted = torn is not None and _BEKKER.fullmatch(torn[0]) and (start == behind or torn[0][:3].isdigit())
    if torn is not None and not counted:
        yield *torn.span(), f"'{torn[0]}' is no page", "look the page up"
        return
    pages = _PAGES.match(suffix, behind)
    if pages is None:
        return
    for match in _RANGE.finditer(suffix, behind, pages.end()):
        first, last = int(match[1]), _last(match[1], match[2])
        if last < first and not match[2].startswith("0"):
            yield *match.span(), f"the range '{match[0]}' runs backwards", "look the pages up"
            return
    yield from _outside(suffix, behind, pages.end(), entry)


def _outside(suffix: str, start: int, end: int, entry: Entry | None) -> Iterator[tuple[int, int, str, str]]:
    """The first page that the source does not have."""
    limits = _limits(entry) if entry is not None else None
    if limits is None:
        return
    low, high, told = limits
    for match in _NUMBER.finditer(suffix, start, end):
        last = _last(match[1], match[2]) if match[2] else int(match[1])
        for group, page in ((1, int(match[1])), (2, last)):
            if not low <= page <= high:
                message = f"page {page} lies outside the source, which has {told}"
                yield *match.span(group), message, "look the page up, or correct the entry in the bibliography"
                return


def _last(first: str, last: str) -> int:
    """The last page of a range whose last number may be shortened: 123-5 is 123 to 125."""
    return int(first[: len(first) - len(last)] + last) if len(last) < len(first) else int(last)


def _limits(entry: Entry) -> tuple[int, int, str] | None:
    """The first and the last page that a source has, as its entry says; None where it does not."""
    match = _RANGE.fullmatch(entry.text("page").strip())
    if match is not None:
        first, last = int(match[1]), _last(match[1], match[2])
        return (first, last, f"pages {first}–{last}") if first <= last else None
    count = entry.text("number-of-pages").strip()
    if count.isascii() and count.isdigit() and 0 < len(count) < 6:
        return 0, int(count), f"{count} pages"
    return None


RULE = ChapterRule("CIT003", "damaged-locator", Severity.ERROR, check=check)
