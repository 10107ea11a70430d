"""What a key or a call at a place of a chapter stands for."""

from __future__ import annotations

from collections.abc import Iterator

from octavo.lint.chapter import ChapterText, cites_sources
from octavo.lint.editor.book import Book, beginning, numbered, remark_on_goal
from octavo.lint.editor.sources import plain_form
from octavo.lint.library import Library
from octavo.model.editing import Hover, Remark
from octavo.model.markup import Citation, CitationItem, NoteDefinition
from octavo.model.reference import is_cross_reference
from octavo.model.source import SourceFile, Span


def hover(chapter: ChapterText, offset: int, book: Book) -> Hover | None:
    """What is said of an offset of the author's text: of the innermost citation, call or definition there."""
    citation = _innermost(chapter, offset)
    if citation is not None:
        return _of_citation(chapter, citation, offset, book)
    for reference in chapter.scan.references:
        if _within(reference.span, offset):
            return Hover(reference.span, (_of_label(chapter, reference.label, reference.span.start, book),))
    for definition in chapter.scan.definitions:
        if _within(Span(definition.span.start, definition.body.start), offset):
            span = Span(definition.span.start, definition.body.start)
            return Hover(span, (_of_definition(chapter, definition, book),))
    notes = [one for one in chapter.scan.inline_notes if _within(one.span, offset)]
    if not notes:
        return None
    inner = max(notes, key=lambda one: one.span.start)
    note = book.note_at(chapter, inner.span.start)
    if note is None:
        return None
    return Hover(inner.span, (Remark(numbered(note, book.plan), beginning(note.text)),))


def hover_entry(library: Library, file: SourceFile, offset: int, book: Book, language: str) -> Hover | None:
    """What is said of the key of an entry in a bibliography."""
    for entry in library:
        at = entry.source.location
        if at.file != file.path:
            continue
        # In YAML and JSON the key's name is the place, and the key itself the value of a field.
        end = entry.location("id")
        span = Span(file.offset(at.line, at.column), file.offset(end.end_line, end.end_column))
        if _within(span, offset):
            remark, complete = _of_source(entry.key, book, language)
            return Hover(span, (remark,), complete)
    return None


def _within(span: Span, offset: int) -> bool:
    return span.start <= offset < span.end


def _innermost(chapter: ChapterText, offset: int) -> Citation | None:
    around = [one for one in chapter.scan.citations if _within(one.span, offset)]
    return max(around, key=lambda one: one.span.start) if around else None


def _of_citation(chapter: ChapterText, citation: Citation, offset: int, book: Book) -> Hover:
    """Of the key at the offset, or else of all; and the number of the note that the citation becomes."""
    here = [item for item in citation.items if _within(item.key_span, offset)]
    told = [_of_item(chapter, item, book) for item in here or citation.items]
    remarks = [remark for remark, _ in told]
    note = book.note_at(chapter, citation.span.start) if cites_sources(citation) or len(citation.items) > 1 else None
    if note is not None:
        remarks.insert(0, Remark(numbered(note, book.plan), "" if here else beginning(citation.span.of(chapter.text))))
    span = here[0].key_span if here else citation.span
    return Hover(span, tuple(remarks), all(complete for _, complete in told))


def _of_item(chapter: ChapterText, item: CitationItem, book: Book) -> tuple[Remark, bool]:
    if not is_cross_reference(item.key):
        return _of_source(item.key, book, chapter.language_tag)
    prefix, _, name = item.key.partition(":")
    if prefix == "note":
        note = book.plan.find(f"{chapter.slug}/{name}") or book.plan.find(name)
        citing = [one for one in book.plan.notes if name in one.keys]
        citing.sort(key=lambda one: one.chapter != chapter.slug)
        note = note or next(iter(citing), None)
        if note is not None:
            return Remark(numbered(note, book.plan), beginning(note.text)), True
    goal = book.goals.get(item.key)
    return (remark_on_goal(goal) if goal else Remark(item.key, "There is nothing of this name.")), True


def _of_source(key: str, book: Book, language: str) -> tuple[Remark, bool]:
    entry = book.library.entries.get(key)
    if entry is None:
        return Remark(key, "There is no source with this key."), True
    cited, complete = book.cite(entry.source, language)
    return Remark(key, cited or plain_form(entry.source)), complete


def _of_label(chapter: ChapterText, label: str, call: int, book: Book) -> Remark:
    definition = next((one for one in chapter.scan.definitions if one.label == label), None)
    if definition is None:
        return Remark(f"[^{label}]", "This note is not defined.")
    text = beginning(definition.body.of(chapter.text))
    note = book.note_at(chapter, call) or book.plan.find(f"{chapter.slug}/{label}")
    return Remark(numbered(note, book.plan) if note else f"[^{label}]", text)


def _of_definition(chapter: ChapterText, definition: NoteDefinition, book: Book) -> Remark:
    text = beginning(definition.body.of(chapter.text))
    call = next(_calls(chapter, definition.label), None)
    if call is None:
        return Remark(f"[^{definition.label}]", "This note is not called, and so has no number.")
    note = book.note_at(chapter, call) or book.plan.find(f"{chapter.slug}/{definition.label}")
    return Remark(numbered(note, book.plan) if note else f"[^{definition.label}]", text)


def _calls(chapter: ChapterText, label: str) -> Iterator[int]:
    return (one.span.start for one in chapter.scan.references if one.label == label)
