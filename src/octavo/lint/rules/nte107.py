"""A note is called twice.

A note has one number and one place at the foot of one page. Pandoc prints its text again under a new number, so that
the reader meets the same remark twice. A cross-reference prints the number that the note has.

Bad:

    Exports doubled.[^customs] Imports fell.[^customs]

    [^customs]: By the figures of the customs.

Good:

    Exports doubled.[^customs] Imports fell (see note [@note:customs]).

    [^customs]: By the figures of the customs.
"""

from __future__ import annotations

from collections.abc import Iterator

from octavo.lint.chapter import ChapterText
from octavo.lint.rule import ChapterRule, Context, Defect
from octavo.model.finding import Severity
from octavo.model.source import Span


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """All calls of a defined note but the first; calls within notes have a defect of their own."""
    labels = [reference.label for reference in chapter.scan.references]
    if len(labels) == len(set(labels)):
        return
    defined = {definition.label for definition in chapter.scan.definitions}
    first: dict[str, Span] = {}
    for reference in chapter.scan.references:
        if reference.label not in defined or chapter.in_note(reference.span.start):
            continue
        if reference.label in first:
            line = chapter.line_of(first[reference.label])
            hint = f"first on line {line}; write [@note:{reference.label}] to refer to it again"
            yield chapter.defect(reference.span, f"the note '{reference.label}' is called twice", hint)
        first.setdefault(reference.label, reference.span)


RULE = ChapterRule("NTE107", "note-called-twice", Severity.WARNING, check=check)
