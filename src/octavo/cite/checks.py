"""What is wrong with the notes and citations of a chapter, before Pandoc would pass over it in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from octavo.model.chapter import ExpandedChapter
from octavo.model.finding import Finding, Severity
from octavo.model.markup import CitationItem, LiteralKind, NoteDefinition
from octavo.model.reference import Source, is_cross_reference
from octavo.model.source import Span
from octavo.model.suggest import did_you_mean

# What a reader of any edition can follow.
_SCHEMES = ("http", "https", "mailto", "tel", "ftp", "doi", "urn")
_PICTURES = (".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp")


def source_items(chapter: ExpandedChapter) -> Iterator[CitationItem]:
    """All cited sources of a chapter, in order of the text."""
    for citation in chapter.scan.citations:
        for item in citation.items:
            if not is_cross_reference(item.key):
                yield item


def check_chapter(chapter: ExpandedChapter, sources: Mapping[str, Source]) -> Iterator[Finding]:
    """Undefined, unused, doubled and nested notes, unknown keys of sources, and links that lead nowhere."""
    yield from _check_definitions(chapter)
    yield from _check_references(chapter)
    yield from _check_links(chapter)
    for item in source_items(chapter):
        if item.key not in sources:
            hint = did_you_mean(item.key, sources) or "add the source to bibliography/"
            message = f"there is no source '{item.key}'"
            yield Finding("CIT001", "unknown-citation-key", message, chapter.locate(item.key_span), hint)


def _check_links(chapter: ExpandedChapter) -> Iterator[Finding]:
    """A link leads to an identifier or to an address of the network: files beside an edition are not there."""
    links = [(target.span, target.target) for target in chapter.scan.targets if not target.image]
    links += [
        (literal.span, literal.span.of(chapter.text).strip("<>"))
        for literal in chapter.scan.literals
        if literal.kind is LiteralKind.ADDRESS and "@" not in literal.span.of(chapter.text)
    ]
    for span, address in links:
        scheme, colon, _ = address.strip().partition(":")
        if address.startswith("#") or (colon and scheme.lower() in _SCHEMES):
            continue
        if not colon and address.lower().endswith(_PICTURES):
            # The address of an image, given in a definition: the check of images looks at it.
            continue
        hint = "write [@sec:slug] for a chapter, #name for an identifier, or an address that begins with https://"
        message = f"the link '{address}' leads to nothing that an edition holds"
        yield Finding("REF103", "dead-link", message, chapter.locate(span), hint)


def _check_definitions(chapter: ExpandedChapter) -> Iterator[Finding]:
    called = {reference.label for reference in chapter.scan.references}
    first: dict[str, NoteDefinition] = {}
    for definition in chapter.scan.definitions:
        at = chapter.locate(definition.label_span)
        if definition.label in first:
            line = chapter.locate(first[definition.label].label_span).line
            message = f"the note '{definition.label}' is defined twice"
            yield Finding("NTE103", "note-defined-twice", message, at, f"first on line {line}; rename one of them")
            continue
        first[definition.label] = definition
        if definition.label not in called:
            message = f"the note '{definition.label}' is never called"
            hint = did_you_mean(definition.label, called - set(first)) or f"call it with [^{definition.label}]"
            yield Finding("NTE102", "unused-note", message, at, hint, Severity.WARNING)


def _check_references(chapter: ExpandedChapter) -> Iterator[Finding]:
    definitions = {definition.label: definition for definition in chapter.scan.definitions}
    inside = [definition.span for definition in chapter.scan.definitions]
    inside += [note.body for note in chapter.scan.inline_notes]
    first: dict[str, Span] = {}
    for reference in chapter.scan.references:
        at = chapter.locate(reference.span)
        if reference.label not in definitions:
            hint = did_you_mean(reference.label, definitions) or f"define it: [^{reference.label}]: ..."
            yield Finding("NTE101", "undefined-note", f"the note '{reference.label}' is not defined", at, hint)
        elif any(reference.span in body for body in inside):
            hint = "join the two notes, or refer to it with [@note:label]"
            yield Finding("NTE108", "note-in-note", "a note cannot be called in a note", at, hint)
        elif reference.label in first:
            line = chapter.locate(first[reference.label]).line
            hint = f"first on line {line}; write [@note:{reference.label}] to refer to it again"
            yield Finding("NTE107", "note-called-twice", f"the note '{reference.label}' is called twice", at, hint)
        first.setdefault(reference.label, reference.span)
    for outer in chapter.scan.inline_notes:
        if any(outer.span in body for body in inside if body != outer.body):
            hint = "join the two notes"
            at = chapter.locate(outer.span)
            yield Finding("NTE108", "note-in-note", "a note cannot stand in a note", at, hint)
