"""A note is called within a note.

A note at the foot of a page has no foot of its own. Pandoc sets the inner note nowhere, or prints its call as text; a
build refuses it. A citation within a note is no note: it is printed there.

Bad:

    Exports doubled.[^customs]

    [^customs]: By the figures of the customs.[^services]

    [^services]: Services are left out.

Good:

    Exports doubled.[^customs]

    [^customs]: By the figures of the customs. Services are left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from octavo.lint.chapter import CallKind, ChapterText
from octavo.lint.rule import ChapterRule, Context, Defect
from octavo.model.finding import Severity


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """Calls of remarks, and inline notes, in the body of another note."""
    defined = {definition.label for definition in chapter.scan.definitions}
    for call in chapter.calls:
        if not call.inside or call.kind is CallKind.CITATION:
            continue
        if call.kind is CallKind.INLINE:
            yield chapter.defect(call.span, "a note cannot stand in a note", "join the two notes")
        elif call.label in defined:
            hint = "join the two notes, or refer to it with [@note:label]"
            yield chapter.defect(call.span, "a note cannot be called in a note", hint)


RULE = ChapterRule("NTE108", "note-in-note", Severity.ERROR, check=check)
