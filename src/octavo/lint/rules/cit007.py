"""A direct quotation is cited without the page on which it stands.

The words of a quotation can be checked, so the reader needs their page. It concerns sources that have pages: books,
theses, articles, papers, and whatever has `page` or `number-of-pages`. Any locator will do: `ch. 2`, `line 12`,
`Preface`.

Option `words` (5): from how many words on a quotation needs a locator.

Bad:

    She says that “exports had doubled within a year” [@alpha-2020].

Good:

    She says that “exports had doubled within a year” [@alpha-2020, p. 12].
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from octavo.lint.chapter import NOTHING, ChapterText
from octavo.lint.library import Entry
from octavo.lint.rule import ChapterRule, Context, Defect, Option
from octavo.lint.rules._quoting import bare, quoted, titles
from octavo.model.finding import Severity
from octavo.model.lazy import lazy
from octavo.model.markup import Citation, CitationItem
from octavo.model.source import Span

_WITH_PAGES = ("book", "chapter", "article-journal", "thesis", "paper-conference")
_SINGLE = lazy(r"\s*\w*\d+\s*")
_GAP = lazy(rf"[.,;:!?…\s*_)\]{NOTHING}]*")
_NUMBER = lazy(r"\d")


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """Quotations with a citation right behind them, or with a note that holds nothing but one."""
    if not chapter.quotations or not chapter.cited:
        return
    text = chapter.prose
    quotations = quoted(chapter, text, context.number("words"))
    if not quotations:
        return
    known = titles(context.library)
    citations: dict[int, list[CitationItem]] = {}
    for citation, item in chapter.cited:
        citations.setdefault(citation.span.start, []).append(item)
    notes = _notes(chapter)
    for one in quotations:
        if bare(text, one) in known:
            continue
        items = _cited_behind(chapter, one.end, citations, notes)
        if items and not any(item.suffix.strip(" ,.") for item in items):
            for item in items[:1]:
                entry = context.library.entries.get(item.key)
                if entry is not None and _has_pages(entry):
                    message = f"a quotation from '{item.key}' without a page"
                    yield chapter.defect(item.key_span, message, f"name the page: @{item.key}, p. 5")


def _has_pages(entry: Entry) -> bool:
    page = entry.text("page")
    if page:
        # An article of one page needs no locator.
        return not _SINGLE.fullmatch(page)
    return bool(entry.text("number-of-pages")) or entry.type in _WITH_PAGES


def _cited_behind(
    chapter: ChapterText,
    end: int,
    citations: Mapping[int, list[CitationItem]],
    notes: Mapping[int, list[CitationItem]],
) -> list[CitationItem]:
    """The sources that a call right behind a quotation cites."""
    match = _GAP.match(chapter.prose, end, end + 200)
    gap = range(end, match.end() if match else end)
    for at in gap:
        if at in citations or at in notes:
            return citations.get(at) or notes[at]
    return []


def _notes(chapter: ChapterText) -> dict[int, list[CitationItem]]:
    """By the places of their calls, the citations of notes that hold one citation and no figures beside it."""
    bodies = {one.label: one.body for one in chapter.scan.definitions}
    calls = [(one.span.start, bodies[one.label]) for one in chapter.scan.references if one.label in bodies]
    calls += [(one.span.start, one.body) for one in chapter.scan.inline_notes]
    if not calls:
        return {}
    within: dict[Span, list[Citation]] = {}
    wanted = sorted({body for _, body in calls})
    spans = iter(wanted)
    body = next(spans, None)
    for citation in chapter.scan.citations:
        while body is not None and body.end <= citation.span.start:
            body = next(spans, None)
        if body is not None and body.start <= citation.span.start:
            within.setdefault(body, []).append(citation)
    found = {}
    for at, body in calls:
        held = within.get(body, [])
        if len(held) == 1 and len(held[0].items) == 1:
            beside = chapter.text[body.start : held[0].span.start] + chapter.text[held[0].span.end : body.end]
            if not _NUMBER.search(beside):
                found[at] = list(held[0].items)
    return found


OPTIONS = (Option("words", 5, "from how many words on a quotation needs a locator"),)
RULE = ChapterRule("CIT007", "quotation-without-locator", Severity.WARNING, options=OPTIONS, check=check)
