"""A note is called in a heading.

A heading comes back in the contents, in the running heads and in bookmarks, where a number would lead nowhere; editions
print it there without the call. Readers meet the number before the first sentence that it could explain. Call the note
at the first sentence of the section.

Bad:

    ## Exports[^customs]

    Exports doubled.

    [^customs]: By the figures of the customs.

Good:

    ## Exports

    Exports doubled.[^customs]

    [^customs]: By the figures of the customs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from octavo.lint.chapter import ChapterText
from octavo.lint.rule import ChapterRule, Context, Defect
from octavo.model.finding import Severity


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """Calls of remarks and of citations between the beginning and the end of a heading."""
    calls = chapter.numbered
    for heading in chapter.scan.headings:
        at = bisect_left(calls, heading.span.start, key=lambda call: call.span.start)
        while at < len(calls) and calls[at].span.start < heading.span.end:
            hint = "call it at the first sentence below the heading"
            yield chapter.defect(calls[at].span, "a note is called in a heading", hint)
            at += 1


RULE = ChapterRule("NTE207", "call-in-heading", Severity.WARNING, check=check)
