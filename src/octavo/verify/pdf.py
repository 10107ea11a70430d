"""A PDF back into the notes that a reader sees.

Calls and notes are found by the structure tree (ISO 32000-1, 14.7): a note is an element ``Note``, a call a ``Link``
whose annotation leads to a note or stands where a call belongs.  Their texts are the visible glyphs that stand in
them on the pages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO

import pikepdf

from octavo.adapters.pdfium import Box, Run, visible_runs
from octavo.model.notes import EditionNotes, Mark
from octavo.verify.errors import UnreadableArtifact
from octavo.verify.faults import Fault, FaultKind
from octavo.verify.geometry import Piece, at_corner, covered, near, on_link
from octavo.verify.leftover import leftovers
from octavo.verify.pdf_tree import Node, Seen, Tree

# How pikepdf names a file that it was given as bytes.
_STREAM = re.compile(r"<_io\.BytesIO[^>]*>")
# Points from the top of a link up to its place: less than a line, since calls are smaller than the text around them.
_RAISED = {"call-": 8.0, "note-": 0.0}
# How far the first glyph of a part of a note may stand from the place of that part, in points: to its right, for notes
# are indented, and below it, for glyphs are lower than their lines.
_ASIDE, _ABOVE, _EDGE = 60.0, 12.0, 1.0


@dataclass(frozen=True, slots=True)
class PdfReading:
    """What was read from a PDF: its notes, the references to notes that are no calls, its number of pages.

    ``leftovers`` is markup that a reader sees.  ``faults`` are what is wrong with links and places; ``call_pieces``
    and ``note_pieces`` are the glyphs of each call and note by its anchor, ``glyphs`` those of each page.
    """

    notes: EditionNotes
    references: tuple[Mark, ...] = ()
    pages: int = 0
    leftovers: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    call_pieces: Mapping[str, Piece] = field(default_factory=dict)
    note_pieces: Mapping[str, Piece] = field(default_factory=dict)
    glyphs: Sequence[Mapping[int, tuple[Run, ...]]] = ()


@dataclass(slots=True)
class _Reader:
    """Gathers what a tree holds."""

    tree: Tree
    calls: list[Mark] = field(default_factory=list)
    notes: list[Mark] = field(default_factory=list)
    references: list[Mark] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    call_pieces: dict[str, Piece] = field(default_factory=dict)
    note_pieces: dict[str, Piece] = field(default_factory=dict)
    rest_pieces: dict[str, Piece] = field(default_factory=dict)
    ends: dict[str, int] = field(default_factory=dict)

    def fault(self, kind: FaultKind, anchor: str, message: str) -> None:
        self.faults.append(Fault(kind, anchor, message))


def read_pdf(data: bytes, edition: str) -> PdfReading:
    """Read calls and notes in the order of the structure tree.  Raises UnreadableArtifact."""
    try:
        # A file that has to be repaired is not the one that was built.
        with pikepdf.open(BytesIO(data), attempt_recovery=False) as pdf:
            runs = list(visible_runs(data))
            reader = _Reader(Tree(pdf, runs))
            for element in reader.tree.elements():
                if element.role == "/Link":
                    _read_link(element, reader)
                elif element.role == "/Note":
                    _read_note(element, reader)
            _find_lost_calls(reader)
            reader.faults.extend(covered(reader.call_pieces, runs, "call"))
            reader.faults.extend(covered(reader.note_pieces, runs, "note"))
            of_rests = covered(reader.rest_pieces, runs, "note")
            reader.faults.extend(replace(fault, anchor=_owner(fault.anchor)) for fault in of_rests)
            return PdfReading(
                notes=EditionNotes(edition, tuple(reader.calls), tuple(reader.notes)),
                references=tuple(reader.references),
                pages=len(runs),
                leftovers=tuple(leftovers(reader.tree.prose())),
                faults=tuple(reader.faults),
                call_pieces=reader.call_pieces,
                note_pieces=reader.note_pieces,
                glyphs=runs,
            )
    except UnreadableArtifact:
        raise
    except (pikepdf.PdfError, ValueError, AttributeError, TypeError, LookupError) as error:
        reason = _STREAM.sub("the file", str(error))
        raise UnreadableArtifact(f"this is no sound PDF: {reason}") from error


def _read_link(element: Node, reader: _Reader) -> None:
    """A call, or a reference to a note; other links only have to lead somewhere."""
    tree = reader.tree
    link = tree.link(element)
    glyphs = tree.glyphs(element)
    label = _text(glyphs)
    page = glyphs[0].page if glyphs else element.page
    target = link.name if link.name in tree.destinations else ""
    wanted = "call-" + target.removeprefix("note-")
    place = tree.destinations.get(wanted)
    at_wanted = place is not None and place.page == page and near((place.x, place.y), link.box)
    anchor = wanted if at_wanted else _name_at(tree, page, link.box, "call-")
    if not target and link.name and not anchor:
        message = f"the link '{label}' on page {tree.folio(page)} leads nowhere ({link.name})"
        reader.fault(FaultKind.LINK, link.name, message)
    if not anchor and not target.startswith("note-"):
        return
    if link.page != page or not on_link(link.box, [seen.run for seen in glyphs]):
        message = f"the link to a note on page {tree.folio(page)} does not lie on its number '{label}'"
        reader.fault(FaultKind.LINK, anchor or target, message)
    found = reader.calls if anchor else reader.references
    found.append(Mark(label, anchor, target, tree.folio(page), len(found)))
    if anchor:
        reader.call_pieces[anchor] = Piece(label, page, tuple(seen.run for seen in glyphs))


def _name_at(tree: Tree, page: int, box: Box, kind: str) -> str:
    """The name of the call or note whose place is exactly where a link lies."""
    for name in tree.names_on(page):
        place = tree.destinations[name]
        if name.startswith(kind) and at_corner((place.x, place.y), box, _RAISED[kind]):
            return name
    return ""


def _find_lost_calls(reader: _Reader) -> None:
    """A link to a note that has no call elsewhere is its call, though nothing leads back to it."""
    called = {mark.anchor for mark in reader.calls}
    for mark in list(reader.references):
        anchor = "call-" + mark.links_to.removeprefix("note-")
        if anchor not in called:
            called.add(anchor)
            reader.references.remove(mark)
            reader.calls.append(mark)


def _read_note(element: Node, reader: _Reader) -> None:
    """A note; an element without a number that follows it continues it."""
    tree = reader.tree
    found = tree.number(element)
    label_glyphs = tree.glyphs(found[0]) if found else []
    glyphs = tree.glyphs(element, found[0] if found else None)
    everything = [*label_glyphs, *glyphs]
    page = everything[0].page if everything else element.page
    here = _name_at(tree, page, found[1].box, "note-") if found else ""
    if found is None or not (here or found[1].name.startswith("call-")):
        _continue(reader, tree.glyphs(element))
        return
    link = found[1]
    label = _text(label_glyphs)
    target = link.name if link.name in tree.destinations else ""
    anchor = here or "note-" + link.name.removeprefix("call-")
    if anchor not in tree.destinations:
        reader.fault(FaultKind.LINK, anchor, f"nothing leads to note {label}")
    elif not here:
        reader.fault(FaultKind.LINK, anchor, f"what leads to note {label} leads to another place")
    if link.page != page or not on_link(link.box, [seen.run for seen in label_glyphs]):
        reader.fault(FaultKind.LINK, anchor, f"the way back from note {label} does not lie on its number")
    reader.notes.append(Mark(label, anchor, target, tree.folio(page), len(reader.notes), _text(glyphs, " ")))
    _place(reader, anchor, label, page, everything)


def _continue(reader: _Reader, glyphs: Sequence[Seen]) -> None:
    """More of a note: of the one that says so, or else of the last; an element without glyphs is none."""
    if not glyphs:
        return
    text = _text(glyphs, " ")
    page = glyphs[0].page
    rest = _rest_at(reader.tree, page, glyphs[0].run.box)
    owner = _owner(rest) if rest else ""
    at = next((index for index, mark in reversed([*enumerate(reader.notes)]) if mark.anchor == owner), -1)
    if not reader.notes or (rest and at < 0):
        reader.fault(FaultKind.TEXT, "", f"a note on page {reader.tree.folio(page)} has no number: '{text[:40]}'")
        return
    mark = reader.notes[at]
    longer = f"{mark.text} {text}".strip()
    if not rest:
        reader.notes[at] = replace(mark, text=longer)
        _place(reader, mark.anchor, mark.label, reader.note_pieces[mark.anchor].page, glyphs)
        return
    before = reader.ends.get(owner, reader.note_pieces[owner].page)
    if not 0 <= page - before <= 1:
        here, there = reader.tree.folio(page), reader.tree.folio(before)
        reader.fault(FaultKind.PAGE, owner, f"note {mark.label} breaks off on page {there} and goes on on page {here}")
    reader.ends[owner] = page
    reader.notes[at] = replace(mark, text=longer, end=reader.tree.folio(page))
    _place(reader, owner, mark.label, page, glyphs, rest)


def _owner(rest: str) -> str:
    """The anchor of the note that a part belongs to."""
    return "note-" + rest.removeprefix("rest-").rpartition(".")[0]


def _rest_at(tree: Tree, page: int, box: Box) -> str:
    """The name of the part of a note that begins with a glyph, or an empty one."""
    for name in tree.names_on(page):
        place = tree.destinations[name]
        if name.startswith("rest-") and -_ASIDE < place.x - box[0] < _EDGE and -_EDGE < place.y - box[3] < _ABOVE:
            return name
    return ""


def _place(reader: _Reader, anchor: str, label: str, page: int, glyphs: Sequence[Seen], rest: str = "") -> None:
    """Enter the glyphs of a note, or of the part of it with the name ``rest``: all have to stand on one page."""
    elsewhere = sorted({seen.page for seen in glyphs} - {page})
    if elsewhere:
        folios = ", ".join(reader.tree.folio(index) for index in elsewhere)
        message = f"note {label} begins on page {reader.tree.folio(page)} and goes on on page {folios}"
        reader.fault(FaultKind.PAGE, anchor, message)
    pieces = reader.rest_pieces if rest else reader.note_pieces
    before = pieces.get(rest or anchor)
    runs = tuple(seen.run for seen in glyphs if seen.page == page)
    pieces[rest or anchor] = Piece(label, page, (*(before.runs if before else ()), *runs))


def _text(glyphs: Sequence[Seen], between: str = "") -> str:
    return between.join(seen.run.text for seen in glyphs).strip()
