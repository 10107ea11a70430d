"""References of a paper to other chapters into citations of the book, with the page of the print edition.

Pandoc gets citations of a source of type book in their place, so that the style decides how they look, and the list of
references has the book.  What the author wrote around a reference stays; a sentence that uses it as a noun keeps one:
the number in brackets in a numeric style (``as [7, p. 45] shows``), else the label of the place before the citation
(``as chapter 16 of the book`` and the call of a note, or the author and the year).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from octavo.cite.book import Book
from octavo.cite.neutral import anchor
from octavo.cite.style import Style
from octavo.cite.targets import label_text
from octavo.model.chapter import ExpandedChapter
from octavo.model.edition import Target, TargetKind
from octavo.model.finding import Finding, Severity
from octavo.model.lazy import lazy
from octavo.model.markup import Citation, CitationItem, Scan
from octavo.model.reference import is_cross_reference
from octavo.model.rewriting import Rewrite, literal, rewrite
from octavo.model.source import Span
from octavo.model.words import words_for

_LINK_END = lazy(r"""[ \t]*>?(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\)(?:\{[^{}]*\})?""")
# What would make a link or a span of the brackets before it.
_JOINS = tuple("([{")


@dataclass(slots=True)
class _Rewriter:
    """Gathers the changes of one chapter, and the references whose pages are not known."""

    chapter: ExpandedChapter
    book: Book
    style: Style
    changes: list[Rewrite] = field(default_factory=list)
    lost: list[Span] = field(default_factory=list)

    def change(self, start: int, end: int, text: str) -> None:
        self.changes.append(Rewrite(Span(start, end), text))

    def key(self, target: Target, span: Span) -> str:
        """The citation of a place without its brackets."""
        folio = self.book.folio(target)
        if not folio:
            self.lost.append(span)
            return f"@{self.book.source.key}"
        # Pandoc takes a bare number for a page whatever the language; of other folios it has to be told.
        return f"@{self.book.source.key}, {folio if folio.isdecimal() else f'p. {folio}'}"

    def noun(self, target: Target, *, number_only: bool = False) -> str:
        """What a place is called in a text that has the book not at hand."""
        words = words_for(self.chapter.chapter.front.language)
        return words.of_book.format(label=literal(label_text(target, words, number_only=number_only)))

    def citation(self, citation: Citation, foreign: Mapping[CitationItem, Target]) -> None:
        """Rewrite what a citation refers to in other chapters."""
        sources = any(not is_cross_reference(item.key) for item in citation.items)
        if citation.in_text and len(citation.items) == 1 and not citation.items[0].suffix:
            ((item, target),) = foreign.items()
            text = self._alone(target, item)
            joins = self.chapter.text.startswith(_JOINS, citation.span.end)
            self.change(citation.span.start, citation.span.end, text + (" " if joins else ""))
        elif citation.in_text:
            self._in_text(citation, foreign)
        elif sources or self._bracketed(foreign):
            for item, target in foreign.items():
                self.change(item.key_span.start, item.key_span.end, self.key(target, item.key_span))
        else:
            self._nouns(citation, foreign)

    def _bracketed(self, foreign: Mapping[CitationItem, Target]) -> bool:
        return self.style.is_numeric and not any(_number_only(item, target) for item, target in foreign.items())

    def _alone(self, target: Target, item: CitationItem) -> str:
        cited = f"[{self.key(target, item.key_span)}]"
        number_only = _number_only(item, target)
        if self.style.is_numeric and not number_only:
            return cited
        return f"{self.noun(target, number_only=number_only)} {cited}"

    def _in_text(self, citation: Citation, foreign: Mapping[CitationItem, Target]) -> None:
        """A key in the text with brackets behind it: where it leads elsewhere, it goes into the brackets."""
        first = citation.items[0]
        for item, target in foreign.items():
            key = self.key(target, item.key_span)
            if item is not first:
                self.change(item.key_span.start, item.key_span.end, key)
                continue
            inside = self.chapter.text.index("[", item.key_span.end) + 1
            between = "; " if not item.suffix else "" if item.suffix.lstrip().startswith((",", ";", ":", ".")) else ", "
            self.change(citation.span.start, inside, f"[{key}{between}")

    def _nouns(self, citation: Citation, foreign: Mapping[CitationItem, Target]) -> None:
        """The brackets go, and each reference stands in the sentence; those to places of the paper stay."""
        own = [item for item in citation.items if item not in foreign]
        for item in own:
            self.change(item.key_span.start, item.key_span.end, f"[{item.key_span.of(self.chapter.text)}]")
        for item, target in foreign.items():
            self.change(item.key_span.start, item.key_span.end, self._alone(target, item))
        start, end = citation.span.start, citation.span.end
        self.change(start, start + 1, "")
        self.change(end - 1, end, "")


def cite_book(
    chapter: ExpandedChapter, book: Book, style: Style, scan: Callable[[str], Scan], findings: list[Finding]
) -> ExpandedChapter:
    """The chapter of a paper with its references to other chapters as citations of the book.

    Where a page is not known, the book is cited without it, and a warning says so.  A name that the book has not is
    left as it is: it is told when the paper is cited.
    """
    made = _Rewriter(chapter, book, style)
    for citation in chapter.scan.citations:
        foreign = {item: target for item in citation.items if (target := _elsewhere(item.key, chapter, book))}
        if foreign:
            made.citation(citation, foreign)
    for span, words, target in _links(chapter, book):
        made.change(span.start, span.start + 1, "")
        made.change(words.end, span.end, f" [{made.key(target, span)}]")
    if made.lost:
        findings.extend(_no_page(chapter, book, made.lost))
    return rewrite(chapter, made.changes, scan)


def _number_only(item: CitationItem, target: Target) -> bool:
    """Whether the author wrote the noun, as before ``[-@sec:trade]`` and before the number of a note."""
    return item.suppress_author or target.kind is TargetKind.NOTE


def _elsewhere(name: str, chapter: ExpandedChapter, book: Book) -> Target | None:
    if not is_cross_reference(name):
        return None
    target = book.find(name, chapter.slug)
    return target if target is not None and target.chapter != chapter.slug else None


def _links(chapter: ExpandedChapter, book: Book) -> Iterator[tuple[Span, Span, Target]]:
    """Links ``[words](#identifier)`` to other chapters: the span of the link, that of its words, the target."""
    for link in chapter.scan.targets:
        name = link.target.removeprefix("#")
        if link.image or name == link.target or anchor(chapter.slug, name) in book.numbered.targets:
            continue
        found = [one for one in book.numbered.targets.values() if one.anchor == anchor(one.chapter, name)]
        span = _around(chapter, link.span)
        if len(found) == 1 and span is not None:
            yield span[0], span[1], found[0]


def _around(chapter: ExpandedChapter, address: Span) -> tuple[Span, Span] | None:
    """The inline link that an address stands in, and its words; None where it stands in a definition."""
    text = chapter.text
    close = re.compile(r"\]\(\s*<?\Z").search(text, max(0, address.start - 100), address.start)
    end = _LINK_END.match(text, address.end)
    if close is None or end is None:
        return None
    literals = [one.span for one in chapter.scan.literals]
    depth, at = 1, close.start()
    while depth and at > 0:
        at -= 1
        inside = next((one for one in literals if one.start <= at < one.end), None)
        if inside is not None:
            at = inside.start
        elif text[at] in "[]" and not _escaped(text, at):
            depth += 1 if text[at] == "]" else -1
    return None if depth else (Span(at, end.end()), Span(at + 1, close.start()))


def _escaped(text: str, at: int) -> bool:
    before = text[:at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _no_page(chapter: ExpandedChapter, book: Book, lost: list[Span]) -> Iterator[Finding]:
    hint = "run `octavo build print`"
    if book.pages is None:
        message = "this reference leads to another chapter, and there is no print edition that gives its page"
        yield Finding("EXT121", "no-print-edition", message, chapter.locate(lost[0]), hint, Severity.WARNING)
        return
    for span in lost:
        message = "the print edition has no page for this reference to another chapter"
        at = chapter.locate(span)
        yield Finding("EXT122", "stale-print-edition", message, at, f"{hint} again", Severity.WARNING)
