"""A unit into a unit of two columns."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from octavo.model.columns import ColumnGrid
from octavo.model.edition import Unit
from octavo.model.notes import NotePlan


def in_columns(unit: Unit, grid: ColumnGrid) -> Unit:
    """Have a unit laid out in two columns.

    Its body is a ``header`` of the class ``across`` with the title, which stands over both columns and may be left out,
    and a ``main``.  Notes that are called in the header stand at the foot of the first column: WeasyPrint would take
    them below both.
    """
    tree = etree.fromstring(unit.html.encode("utf-8"), etree.XMLParser(resolve_entities=False, huge_tree=True))
    body = tree.find("body")
    main = None if body is None else body.find("main")
    header = None if body is None else body.find("header")
    if header is not None and main is not None and "across" in (header.get("class") or "").split():
        _take_notes(header, main)
    return replace(unit, html=etree.tostring(tree, encoding="unicode"), columns=grid)


def notes_across(xml: str, plan: NotePlan) -> frozenset[str]:
    """The anchors of the calls in a piece of neutral XHTML that is to stand over both columns."""
    if not xml:
        return frozenset()
    marks = etree.fromstring(f"<x>{xml}</x>").iter("span")
    found = (plan.find(mark.get("data-note") or "") for mark in marks if mark.get("class") == "note-call")
    return frozenset(note.call_anchor for note in found if note is not None)


def _take_notes(header: etree._Element, main: etree._Element) -> None:
    """Take notes out of a header to the beginning of the text; a link to each stays where it was called."""
    notes = [aside for aside in header.iter("aside") if aside.get("class") == "note"]
    if not notes:
        return
    far = etree.Element("div")
    far.set("class", "far-notes")
    for note in notes:
        call = etree.Element("a")
        call.set("class", "far-call")
        call.set("href", f"#{note.get('id')}")
        call.text = note.get("data-label")
        call.tail, note.tail = note.tail, None
        parent = note.getparent()
        assert parent is not None
        parent.replace(note, call)
        note.set("class", "note far")
        far.append(note)
    main.insert(0, far)
