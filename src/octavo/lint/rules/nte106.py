"""Definitions stand in another order than their calls.

What is printed does not change, for the numbers follow the calls. But whoever checks a chapter against its notes has to
hunt for each of them. Only definitions that follow each other without text between them are compared, and the fix puts
them in order; those that are never called stay where they are.

Bad:

    Exports doubled.[^customs] Imports fell.[^services]

    [^services]: Services are left out.

    [^customs]: By the figures of the customs.

Good:

    Exports doubled.[^customs] Imports fell.[^services]

    [^customs]: By the figures of the customs.

    [^services]: Services are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from octavo.lint.calls import line_start
from octavo.lint.chapter import ChapterText
from octavo.lint.rule import ChapterRule, Context, Defect, Fixing
from octavo.model.finding import Severity
from octavo.model.markup import NoteDefinition
from octavo.model.source import Span


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """The first definition of each run that is called before the one above it."""
    calls: dict[str, int] = {}
    for reference in chapter.scan.references:
        calls.setdefault(reference.label, reference.span.start)
    for run in _runs(chapter):
        places = [calls[one.label] for one in run]
        late = next((at for at in range(1, len(run)) if places[at] < places[at - 1]), 0)
        if late:
            one, above = run[late], run[late - 1]
            message = f"the note '{one.label}' is called before '{above.label}' and defined behind it"
            hint = "put the definitions in the order of their calls"
            yield chapter.defect(one.label_span, message, hint, *_reordered(chapter, run, calls))


def _runs(chapter: ChapterText) -> Iterator[Sequence[NoteDefinition]]:
    """Called definitions with nothing but other definitions between them."""
    called = {reference.label for reference in chapter.scan.references}
    run: list[NoteDefinition] = []
    seen: set[str] = set()
    end = 0
    for definition in chapter.scan.definitions:
        if run and chapter.text[end : definition.span.start].strip():
            yield run
            run = []
        if definition.label in called and definition.label not in seen:
            run.append(definition)
        seen.add(definition.label)
        end = definition.span.end
    if run:
        yield run


def _reordered(
    chapter: ChapterText, run: Sequence[NoteDefinition], calls: Mapping[str, int]
) -> Iterator[tuple[Span, str]]:
    source = chapter.source
    spans = [Span(one.span.start, one.span.start + len(one.span.of(source).rstrip())) for one in run]
    labels = [one.label for one in chapter.scan.definitions]
    if len(labels) != len(set(labels)) or any(line_start(source, span.start).strip() for span in spans):
        # Another of two definitions with one label could come first; in a quotation lines have marks between them.
        return
    order = sorted(range(len(run)), key=lambda at: calls[run[at].label])
    for slot, at in enumerate(order):
        if slot != at:
            yield spans[slot], spans[at].of(source)


RULE = ChapterRule("NTE106", "notes-out-of-order", Severity.WARNING, Fixing.SAFE, check=check)
