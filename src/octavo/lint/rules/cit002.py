"""A source stands in the bibliography and is cited nowhere.

It is printed in no list of references, so it does no harm there; but it may be a citation that was lost when the text
was revised.

Bad:

    Exports doubled [@alpha-2020].

Good:

    Exports doubled [@alpha-2020], and so did imports [@beta-2021].
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from octavo.lint.chapter import ChapterText
from octavo.lint.rule import BookRule, Context, Defect, Mention, Mentions
from octavo.model.finding import Severity


def collect(chapter: ChapterText, context: Context) -> Iterator[Mention]:
    """Every key that is cited."""
    for key in dict.fromkeys(item.key for _, item in chapter.cited):
        yield Mention(0, 0, "key", key)


def judge(chapters: Sequence[Mentions], context: Context) -> Iterator[Defect]:
    """Entries whose keys were not collected."""
    cited = {mention.text for chapter in chapters for mention in chapter.mentions}
    for entry in context.library:
        if entry.key not in cited:
            hint = "cite it, or take the entry out of the bibliography"
            yield Defect(entry.source.location, f"the source '{entry.key}' is cited nowhere", hint)


RULE = BookRule("CIT002", "uncited-source", Severity.INFO, collect=collect, judge=judge)
