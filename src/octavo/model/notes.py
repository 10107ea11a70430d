"""Notes and the plan that numbers them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum

from octavo.model.source import Location

MAIN = "main"


class NoteKind(Enum):
    """A citation note is made from ``[@key]``, a remark from ``[^id]`` or ``^[...]``."""

    CITATION = "citation"
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class Note:
    """One note with its number.

    ``id`` is unique in the publication (``slug/name``).  ``series`` is ``main``, or the table whose notes it belongs
    to; ``number`` counts within the series, ``label`` is what the reader sees.  ``text`` is the note as plain text,
    white space folded.
    """

    id: str
    kind: NoteKind
    series: str
    number: int
    label: str
    chapter: str
    keys: tuple[str, ...]
    text: str
    location: Location

    @property
    def anchor(self) -> str:
        """Name of the note's place in every edition; its call is at ``call-`` and the same rest."""
        return "note-" + anchor_name(self.id)

    @property
    def call_anchor(self) -> str:
        """Name of the place of the note's call in every edition."""
        return "call-" + anchor_name(self.id)


# What is no NameChar (XML 1.0, production 4a) or is a colon.
_NOT_IN_NAME = re.compile(
    "[^-.0-9A-Z_a-z\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u1fff\u200c\u200d\u203f\u2040"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff]"
)


def anchor_name(identifier: str) -> str:
    """An identifier with ``/`` and ``:`` turned into what is safe in XML, addresses and PDF names alike.

    Other characters that a name in XML cannot hold are written as their code point: ``a+b`` is ``a_2b_b``.
    """
    name = identifier.replace("/", "--").replace(":", "-")
    return _NOT_IN_NAME.sub(lambda found: f"_{ord(found[0]):x}_", name)


@dataclass(frozen=True, slots=True)
class NotePlan:
    """All notes of a manuscript in reading order: the one place where numbers come from."""

    numbering: str
    notes: tuple[Note, ...]
    _by_id: dict[str, Note] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {note.id: note for note in self.notes})

    def find(self, identifier: str) -> Note | None:
        """The note with an id, or None."""
        return self._by_id.get(identifier)

    def of_chapter(self, slug: str) -> tuple[Note, ...]:
        """The notes of one chapter, in order."""
        return tuple(note for note in self.notes if note.chapter == slug)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a reader of an edition sees of one note: one record for each call and each note found there.

    ``page`` is the printed folio in a PDF, ``document`` the file in an EPUB; ``links_to`` is the anchor that its link
    leads to, ``anchor`` its own.  ``end`` is the folio where a note ends that goes on on later pages, or empty.
    """

    label: str
    anchor: str
    links_to: str
    place: str
    index: int
    text: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class EditionNotes:
    """Calls and notes as read back from a finished edition, each in reading order."""

    edition: str
    calls: tuple[Mark, ...]
    notes: tuple[Mark, ...]


def _address(body: str, anchor: str) -> str:
    return body if body.startswith("#") else f"{body}#{anchor}"


def note_record(note: Note, call: str | None, body: str | None, end: str = "", *, paged: bool) -> dict[str, object]:
    """A note as ``notes.json`` has it, in plain data.

    ``call`` and ``body`` are the places of the note's call and of the note in the edition: printed folios where it is
    ``paged``, documents where it is not, or the address itself (``#bookmark``); None where they were not found.
    ``note_page`` is there only where the note begins on another page than its call, ``note_end`` (from ``end``) only
    where it ends on another than it begins on.
    """
    record: dict[str, object] = {
        "number": note.number,
        "label": note.label,
        "series": note.series,
        "id": note.id,
        "kind": note.kind.value,
        "chapter": note.chapter,
        "keys": list(note.keys),
        "text": note.text,
        "source": {"file": note.location.file, "line": note.location.line, "column": note.location.column},
        "page": call if paged else None,
        "href": _address(body, note.anchor) if body and not paged else None,
    }
    if paged and call and body and call != body:
        record["note_page"] = body
    if paged and end and end != body:
        record["note_end"] = end
    return record
