"""A note is defined and never called.

Pandoc drops such a note in silence, so what it says is lost to the reader. Most often the call was deleted when the
sentence was rewritten, or its label is misspelt. The fix takes the definition away with all its paragraphs; call the
note instead where it is still wanted.

Bad:

    Exports doubled.

    [^customs]: By the figures of the customs.

Good:

    Exports doubled.[^customs]

    [^customs]: By the figures of the customs.
"""

from __future__ import annotations

from collections.abc import Iterator

from octavo.lint.chapter import ChapterText
from octavo.lint.rule import ChapterRule, Context, Defect, Fixing
from octavo.model.finding import Severity
from octavo.model.lazy import lazy
from octavo.model.source import Span
from octavo.model.suggest import guesser

# The end of its last line and the blank lines below.
_BEHIND = lazy(r"[ \t]*(?:\n(?:[ \t]*\n)*|\Z)")


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """Definitions whose label no call has; of a label that is defined twice the first."""
    called = {reference.label for reference in chapter.scan.references}
    undefined = called - {definition.label for definition in chapter.scan.definitions}
    guess = guesser(undefined)
    first: dict[str, Span] = {}
    for definition in chapter.scan.definitions:
        if first.setdefault(definition.label, definition.span) is not definition.span or definition.label in called:
            continue
        hint = guess(definition.label) or f"call it with [^{definition.label}], or delete it"
        message = f"the note '{definition.label}' is never called"
        yield chapter.defect(definition.label_span, message, hint, *_removal(chapter.text, definition.span))


def _removal(text: str, span: Span) -> list[tuple[Span, str]]:
    """The whole lines of the definition go, and the blank lines that set it apart; none where it is in a quotation."""
    start = text.rfind("\n", 0, span.start) + 1
    behind = _BEHIND.match(text, span.end)
    if behind is None or text[start : span.start].strip():
        return []
    if behind.end() < len(text):
        return [(Span(start, behind.end()), "")]
    while text.endswith("\n\n", 0, start):
        start -= 1
    return [(Span(start, len(text)), "")]


RULE = ChapterRule("NTE102", "unused-note", Severity.WARNING, Fixing.UNSAFE, check=check)
