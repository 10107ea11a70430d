"""A number in a paragraph that is checked stands in none of its tables.

Where the author writes `<!-- octavo: checked -->` into a paragraph or on the line above it, every number that is typed
there has to be a value of the tables and charts that the paragraph refers to, as printed or rounded, or in thousands,
millions or billions. Numbers that `{{ value(...) }}` prints need no check.

Bad:

    data/trade.csv:
    partner,exports
    Cuba,197.1

    data/tables/trade.yaml:
    title: Exports
    data: trade
    source: alpha-2020

    chapters/01-sample.md:
    {{ table("trade") }}

    <!-- octavo: checked -->
    Exports to Cuba came to 179.1 million, as [@tbl:trade] shows.

Good:

    data/trade.csv:
    partner,exports
    Cuba,197.1

    data/tables/trade.yaml:
    title: Exports
    data: trade
    source: alpha-2020

    chapters/01-sample.md:
    {{ table("trade") }}

    <!-- octavo: checked -->
    Exports to Cuba came to 197.1 million, as [@tbl:trade] shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from octavo.lint.chapter import Block, ChapterText
from octavo.lint.numbers import agrees, number_of, numbers_in
from octavo.lint.rule import ChapterRule, Context, Defect
from octavo.model.finding import Severity
from octavo.model.lazy import lazy
from octavo.model.source import Span

_MARK = lazy(r"<!--\s*octavo:\s*checked\b[^>]*-->")


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """Numbers of marked paragraphs beside the values of the tables that they refer to."""
    if "octavo:" not in chapter.source:
        return
    for match in _MARK.finditer(chapter.source):
        block = _marked(chapter, match.start(), match.end())
        if block is None:
            continue
        names = [
            item.key
            for citation in chapter.scan.citations
            for item in citation.items
            if block.span.start <= citation.span.start < block.span.end and item.key.startswith(("tbl:", "fig:"))
        ]
        if not names:
            hint = "refer to its table with [@tbl:name]"
            yield chapter.defect(Span(*match.span()), "the paragraph is checked and refers to no table", hint)
            continue
        values = _values(names, context)
        for span, text, number in numbers_in(chapter.prose, block.span, chapter.language.tag):
            if not any(agrees(number, value) for value in values):
                tables = " and ".join(f"[@{name}]" for name in names)
                message = f"{text} is no value of {tables}"
                yield chapter.defect(span, message, "mend it, or print it with {{ value(...) }}")


def _marked(chapter: ChapterText, start: int, end: int) -> Block | None:
    """The paragraph in which the mark stands, or the one that begins on the next line with words."""
    for block in chapter.blocks:
        if block.span.start <= start < block.span.end:
            return block
        if block.span.start >= end:
            return block if not chapter.source[end : block.span.start].strip() else None
    return None


def _values(names: list[str], context: Context) -> list[Decimal]:
    found = []
    for name in names:
        query = context.data.query_of(name)
        rows = context.data.rows(query) if query is not None else None
        cells = (cell for row in rows.rows for cell in row) if rows is not None else ()
        found += [number for number in map(number_of, cells) if number is not None]
    return found


RULE = ChapterRule("DAT203", "number-not-in-data", Severity.WARNING, check=check)
