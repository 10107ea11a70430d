"""Names that can stand where an author is typing: keys of sources, labels of notes, targets of references."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from octavo.lint.chapter import ChapterText
from octavo.lint.editor.book import Book, Goal, beginning, numbered
from octavo.lint.editor.sources import plain_form, search_words, short_form
from octavo.model.editing import Completion, CompletionKind, Completions
from octavo.model.reference import is_cross_reference
from octavo.model.source import Span

# A key begins behind ``@`` that no letter precedes, so that no address of mail is meant (Pandoc's manual, "Citations").
_KEY = re.compile(r"(?<![\w.])@\{?(?P<name>[\w:.#$%&+?<>~/-]*)\Z")
_LABEL = re.compile(r"\[\^(?P<name>[^\]\[\s^]*)\Z")
_LINK = re.compile(r"\]\(#(?P<name>[\w:.-]*)\Z")
# What an editor can show; a list is asked for again while the author types.
_MOST = 200


def complete(chapter: ChapterText, offset: int, body: int, book: Book) -> Completions:
    """The names that fit at an offset; ``body`` is where the chapter's text begins."""
    if offset < body or any(one.span.start < offset < one.span.end for one in chapter.scan.literals):
        return Completions()
    line = chapter.text[chapter.text.rfind("\n", 0, offset) + 1 : offset]
    for pattern, names in ((_KEY, _keys), (_LABEL, _labels), (_LINK, _identifiers)):
        match = pattern.search(line)
        if match is not None:
            span = Span(offset - len(match["name"]), offset)
            return _fitting(names(chapter, span, book), match["name"])
    return Completions()


def _fitting(items: Iterable[Completion], typed: str) -> Completions:
    """Those that hold what was typed, those that begin with it first."""
    wanted = typed.casefold()
    fitting = [one for one in items if wanted in one.name.casefold() or wanted in one.words.casefold()]
    fitting.sort(key=lambda one: (one.rank, not one.name.casefold().startswith(wanted), one.name))
    return Completions(tuple(fitting[:_MOST]), len(fitting) <= _MOST)


def _keys(chapter: ChapterText, span: Span, book: Book) -> Iterator[Completion]:
    typed = span.of(chapter.text)
    if is_cross_reference(typed):
        yield from _goals(chapter, span, book, typed.partition(":")[0])
        return
    for entry in book.library:
        source = entry.source
        form, words = plain_form(source), search_words(source)
        yield Completion(entry.key, span, CompletionKind.SOURCE, short_form(source), form, words)
    yield from (_goal(goal, span, rank=1) for goal in book.goals.values() if is_cross_reference(goal.name))


def _goals(chapter: ChapterText, span: Span, book: Book, prefix: str) -> Iterator[Completion]:
    if prefix != "note":
        yield from (_goal(goal, span) for goal in book.goals.values() if goal.name.startswith(f"{prefix}:"))
        return
    # What is being typed may look like a citation of its own.
    typed = [book.note_at(chapter, one.span.start) for one in chapter.scan.citations if _typed_now(one.span, span)]
    for note in book.plan.notes:
        if note in typed:
            continue
        own = note.chapter == chapter.slug
        name = f"note:{note.id.removeprefix(f'{chapter.slug}/')}"
        detail = numbered(note, book.plan)
        yield Completion(name, span, CompletionKind.NOTE, detail, beginning(note.text), rank=0 if own else 1)


def _goal(goal: Goal, span: Span, rank: int = 0) -> Completion:
    detail = goal.kind if goal.kind == "chapter" else f"{goal.kind} in {goal.chapter}"
    return Completion(goal.name, span, CompletionKind.TARGET, detail, goal.title, f"{goal.name} {goal.title}", rank)


def _labels(chapter: ChapterText, span: Span, book: Book) -> Iterator[Completion]:
    """At the beginning of a line a note is defined, so that those come first that lack it; else those not called."""
    called = {one.label for one in chapter.scan.references if not _typed_now(one.span, span)}
    defined = {one.label: one for one in chapter.scan.definitions if not _typed_now(one.label_span, span)}
    defining = chapter.text[max(0, span.start - 3) : span.start] == "\n[^"
    for label in sorted({*called, *defined}):
        definition = defined.get(label)
        note = book.plan.find(f"{chapter.slug}/{label}")
        detail = numbered(note, book.plan) if note and label in called else ""
        if definition is None:
            detail = "not defined"
        elif not detail:
            detail = "not called"
        wanted = definition is None if defining else label not in called
        text = beginning(definition.body.of(chapter.text)) if definition else ""
        yield Completion(label, span, CompletionKind.NOTE, detail, text, f"{label} {text}", 0 if wanted else 1)


def _typed_now(span: Span, at: Span) -> bool:
    return span.start <= at.start <= span.end


def _identifiers(chapter: ChapterText, span: Span, book: Book) -> Iterator[Completion]:
    for goal in book.goals.values():
        if goal.kind != "chapter":
            yield _goal(goal, span, rank=0 if goal.chapter == chapter.slug else 1)
