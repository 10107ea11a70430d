"""A note is defined twice in its chapter.

Pandoc prints one of the two and drops the other. Mostly a definition was copied to write the next one, and the label
was left as it was.

Bad:

    Exports doubled.[^customs]

    [^customs]: By the figures of the customs.

    [^customs]: Services are left out.

Good:

    Exports doubled.[^customs] Imports did not.[^services]

    [^customs]: By the figures of the customs.

    [^services]: Services are left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from octavo.lint.chapter import ChapterText
from octavo.lint.rule import ChapterRule, Context, Defect
from octavo.model.finding import Severity
from octavo.model.source import Span


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """All definitions of a label but the first."""
    first: dict[str, Span] = {}
    for definition in chapter.scan.definitions:
        if definition.label in first:
            line = chapter.line_of(first[definition.label])
            hint = f"first on line {line}; rename one of them"
            yield chapter.defect(definition.label_span, f"the note '{definition.label}' is defined twice", hint)
        first.setdefault(definition.label, definition.label_span)


RULE = ChapterRule("NTE103", "note-defined-twice", Severity.ERROR, check=check)
