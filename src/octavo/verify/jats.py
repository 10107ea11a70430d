"""JATS XML back into the notes that a reader sees, and what its links lead to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from octavo.model.notes import EditionNotes, Mark
from octavo.verify.errors import UnreadableArtifact
from octavo.verify.leftover import leftovers

Element = etree._Element
_CALLS = frozenset({"fn", "table-fn"})
_BLOCKS = frozenset(
    {"break", "code", "def", "disp-formula", "disp-quote", "fn", "label", "list", "list-item", "p", "preformat", "sec"}
    | {"table", "td", "term", "th", "title", "tr"}
)
_LITERAL = frozenset({"code", "preformat", "monospace", "tex-math"})
_MATHML = "{http://www.w3.org/1998/Math/MathML}math"


@dataclass(frozen=True, slots=True)
class JatsReading:
    """What was read: calls and notes, references to notes, dead links, the entries of the list, markup left."""

    notes: EditionNotes
    references: tuple[Mark, ...]
    dead: tuple[str, ...]
    entries: tuple[str, ...]
    leftovers: tuple[str, ...]


def read_jats(data: bytes, edition: str) -> JatsReading:
    """All calls and notes of an article in the order of its text.

    A call is an ``xref`` of type ``fn`` or ``table-fn`` with an ID or a raised label, any other one is a reference to a
    note.  The label of a note is its ``label``; ``links_to`` of a note is the ID of the first call that leads to it,
    for JATS has no other way back.  ``entries`` are the IDs of the list of references.

    Raises UnreadableArtifact where the file is not well-formed, or no ``article`` with a body.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise UnreadableArtifact(f"the file is not well-formed: {fault}") from fault
    if root.tag != "article" or root.find("body") is None:
        raise UnreadableArtifact("the file is no JATS article with a body")
    anchors: dict[str, Element] = {}
    for element in root.iter(etree.Element):
        anchors.setdefault(element.get("id", ""), element)
    calls: list[Mark] = []
    references: list[Mark] = []
    dead: list[str] = []
    for link in root.iter("xref"):
        missing = [name for name in link.get("rid", "").split() if name not in anchors]
        if missing or not link.get("rid"):
            dead.append(f"'{_text(link)}' leads to {', '.join(missing) or 'nothing'}")
        if link.get("ref-type") in _CALLS:
            is_call = "id" in link.attrib or (len(link) == 1 and link[0].tag == "sup" and not link.text)
            found = calls if is_call else references
            found.append(Mark(_text(link), link.get("id", ""), _target(link, anchors), _place(link), len(found)))
    ways = {mark.links_to: mark.anchor for mark in reversed(calls)}
    notes: list[Mark] = []
    for note in root.iter("fn"):
        label = note.find("label")
        anchor = note.get("id", "")
        text = _fold("".join(_words(note, label)))
        shown = _text(label) if label is not None else ""
        notes.append(Mark(shown, anchor, ways.get(anchor, ""), _place(note), len(notes), text))
    return JatsReading(
        EditionNotes(edition, tuple(calls), tuple(notes)),
        tuple(references),
        tuple(dead),
        tuple(entry.get("id", "") for entry in root.iter("ref")),
        tuple(leftovers(_fold("".join(_words(root, None, plain=True))))),
    )


def _target(link: Element, anchors: dict[str, Element]) -> str:
    """The ID of the note that a link leads to, or the link as it is written where that is no note."""
    rid = link.get("rid", "")
    target = anchors.get(rid)
    return rid if target is not None and target.tag == "fn" else f"#{rid}"


def _place(element: Element) -> str:
    """Where in the article an element stands: the nearest anchor around it, or front, body or back."""
    for ancestor in element.iterancestors():
        if ancestor.get("id") or ancestor.tag in ("front", "body", "back"):
            return ancestor.get("id") or str(ancestor.tag)
    return "article"


def _text(element: Element) -> str:
    return _fold("".join(_words(element, None)))


def _fold(text: str) -> str:
    return " ".join(text.split())


def _words(element: Element, without: Element | None, *, plain: bool = False) -> Iterator[str]:
    """The words of an element; of a formula its TeX, which stands beside the MathML that says the same."""
    if element is without or not isinstance(element.tag, str) or (plain and element.tag in _LITERAL):
        return
    if element.tag == _MATHML and (element.getparent() is not None and _has_tex(element)):
        return
    space = " " if element.tag in _BLOCKS else ""
    yield space + (element.text or "")
    for child in element:
        yield from _words(child, without, plain=plain)
        yield child.tail or ""
    yield space


def _has_tex(formula: Element) -> bool:
    parent = formula.getparent()
    return parent is not None and parent.find("tex-math") is not None
