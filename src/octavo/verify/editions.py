"""A finished edition and the manuscript that it was made from into findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from octavo.model.columns import ReadColumns
from octavo.model.docx import bookmark_name
from octavo.model.edition import NumberedManuscript
from octavo.model.finding import Finding
from octavo.model.notes import MAIN, EditionNotes
from octavo.verify.compare import compare
from octavo.verify.docx import read_docx
from octavo.verify.docx_contents import compare_contents, text_without_formulas
from octavo.verify.epub import leftover_markup, read_epub, read_references
from octavo.verify.errors import UnreadableArtifact
from octavo.verify.geometry import apart, in_order
from octavo.verify.pdf import PdfReading, read_pdf
from octavo.verify.references import compare_references

_HINT = "build the edition again"


def check_pdf(
    data: bytes,
    edition: str,
    manuscript: NumberedManuscript,
    texts: Mapping[str, str],
    late: frozenset[str],
    columns: ReadColumns | None = None,
) -> tuple[tuple[Finding, ...], PdfReading]:
    """Compare a PDF with the manuscript; the second value has no pages where the file is unreadable.

    ``texts`` gives the text of each note as print shows it, ``late`` the anchors of notes that are said to begin on a
    page after their call's.  With ``columns`` the pages are read column by column, and a note has to stand in the
    column of its call.
    """
    try:
        reading = read_pdf(data, edition)
    except UnreadableArtifact as error:
        return (_unreadable(edition, error),), PdfReading(EditionNotes(edition, (), ()))
    findings = list(compare(manuscript.plan, reading.notes, texts=texts, paged=True, late=late))
    findings += compare_references(manuscript, reading.references, edition)
    findings += _faults(reading, edition, manuscript, late, columns)
    findings += [_left(edition, f"'{snippet}'") for snippet in reading.leftovers]
    return tuple(findings), reading


def _faults(
    reading: PdfReading,
    edition: str,
    manuscript: NumberedManuscript,
    late: frozenset[str],
    columns: ReadColumns | None,
) -> Iterator[Finding]:
    notes = manuscript.plan.notes
    by_anchor = {anchor: note for note in notes for anchor in (note.anchor, note.call_anchor)}
    calls = {note.call_anchor: index for index, note in enumerate(notes) if note.series == MAIN}
    # A note that begins late may do so behind later notes.
    bodies = {note.anchor: index for index, note in enumerate(notes) if note.series == MAIN and note.anchor not in late}
    timely = {name: piece for name, piece in reading.note_pieces.items() if name in bodies}
    for fault in (
        *reading.faults,
        *in_order(reading.call_pieces, "call", calls, reading.glyphs, columns),
        *in_order(reading.note_pieces, "note", bodies, columns=columns),
        *(apart(reading.call_pieces, timely, columns) if columns is not None else ()),
    ):
        note = by_anchor.get(fault.anchor)
        code, rule = fault.kind.value
        about = f" ({note.id})" if note is not None else ""
        yield Finding(code, rule, f"{edition}: {fault.message}{about}", note.location if note else None, _HINT)


def check_epub(
    data: bytes, edition: str, manuscript: NumberedManuscript
) -> tuple[tuple[Finding, ...], EditionNotes | None]:
    """Compare an EPUB with the manuscript; the second value is what was read, or None where it is unreadable."""
    try:
        seen = read_epub(data, edition)
        references = read_references(data, edition)
        leftovers = leftover_markup(data)
    except UnreadableArtifact as error:
        return (_unreadable(edition, error),), None
    findings = list(compare(manuscript.plan, seen))
    findings += compare_references(manuscript, references, edition)
    findings += [_left(edition, f"'{snippet}' in {document}") for document, snippet in leftovers]
    return tuple(findings), seen


def check_docx(
    data: bytes, edition: str, manuscript: NumberedManuscript
) -> tuple[tuple[Finding, ...], EditionNotes | None]:
    """Compare a DOCX with the manuscript; the second value is what was read, or None where it is unreadable."""
    notes = manuscript.plan.notes
    anchors = {bookmark_name(anchor): anchor for note in notes for anchor in (note.anchor, note.call_anchor)}
    try:
        reading = read_docx(data, edition, anchors)
    except UnreadableArtifact as error:
        return (_unreadable(edition, error),), None
    texts = {note.id: text_without_formulas(manuscript.note_bodies[note.id], note.text) for note in notes}
    findings = list(compare(manuscript.plan, reading.notes, texts=texts))
    findings += compare_references(manuscript, reading.references, edition)
    findings += compare_contents(manuscript, reading, edition)
    findings += [_left(edition, f"'{snippet}'") for snippet in reading.leftovers]
    return tuple(findings), reading.notes


def _left(edition: str, what: str) -> Finding:
    message = f"{edition}: markup was left standing: {what}"
    return Finding("EDN105", "markup-left", message, None, "look for an unclosed bracket in the chapter")


def _unreadable(edition: str, error: UnreadableArtifact) -> Finding:
    return Finding("EDN112", "unreadable-edition", f"{edition}: {error}", None, _HINT)
