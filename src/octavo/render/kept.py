"""Layouts and pages of units as they are kept between builds, and all that such a result depends on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from hashlib import sha256
from pathlib import Path

from octavo.adapters.tools import own_state, packages_state
from octavo.model.edition import Bookmark, Unit
from octavo.model.keeping import Keeper, Manifest
from octavo.model.layout import LayoutFacts, NoteFact
from octavo.render.folios import Extent

_EXTENTS = "extents"
_FETCHED = "fetched"
_FILES = "files"


def layout_manifest(keeper: Keeper, unit: Unit, html: str, style: str, root: Path) -> Manifest:
    """What the layout of a unit depends on; which files it fetches is known from its last layout.

    Its first folio is not among that: folios stand in margin boxes alone.
    """
    manifest = {
        "text": html,
        "notes": " ".join(unit.notes),
        "style": style,
        "columns": repr(unit.columns),
        "tools": f"{own_state()} {packages_state()}",
    }
    kept = keeper.recall(_FETCHED, unit.id, manifest)
    paths: list[str] = json.loads(kept) if kept is not None else []
    return _with_files(manifest, [(path, _digest(root / path)) for path in paths])


def laid_manifest(keeper: Keeper, unit: Unit, manifest: Manifest, facts: LayoutFacts) -> Manifest:
    """The manifest of a layout, with the files that it really fetched; they are kept for the next time."""
    plain = {name: text for name, text in manifest.items() if name != _FILES}
    keeper.keep(_FETCHED, unit.id, plain, json.dumps([path for path, _ in facts.fetched]).encode())
    return _with_files(plain, facts.fetched)


def _with_files(manifest: Manifest, files: Sequence[tuple[str, str]]) -> Manifest:
    return {**manifest, _FILES: json.dumps(files)}


def pages_manifest(layout: Manifest, first_folio: int) -> Manifest:
    """What the written pages of a unit depend on."""
    return {**layout, "first folio": str(first_folio)}


def recall_facts(keeper: Keeper, unit: Unit, manifest: Manifest) -> LayoutFacts | None:
    """What is known of the layout of a unit."""
    data = keeper.recall("layout", unit.id, manifest)
    return _facts(json.loads(data)) if data is not None else None


def keep_facts(keeper: Keeper, unit: Unit, manifest: Manifest, facts: LayoutFacts) -> None:
    """Keep what is known of a layout."""
    document = {
        "pages": facts.pages,
        "anchors": dict(facts.anchors),
        "bookmarks": [[mark.level, mark.title, mark.page, mark.x, mark.y] for mark in facts.bookmarks],
        "notes": [list(astuple(note)) for note in facts.notes],
        "complaints": list(facts.complaints),
        "fetched": [list(pair) for pair in facts.fetched],
    }
    keeper.keep("layout", unit.id, manifest, json.dumps(document, ensure_ascii=False).encode())


def _facts(document: dict[str, list[list[object]]]) -> LayoutFacts:
    """What :func:`keep_facts` wrote; its digest was proved."""
    pages, anchors, bookmarks, notes, complaints, fetched = document.values()
    return LayoutFacts(
        pages=pages,  # type: ignore[arg-type]
        anchors=anchors,  # type: ignore[arg-type]
        bookmarks=tuple(Bookmark(*mark) for mark in bookmarks),  # type: ignore[arg-type]
        notes=tuple(_note(*note) for note in notes),  # type: ignore[arg-type]
        complaints=tuple(complaints),  # type: ignore[arg-type]
        fetched=tuple((path, digest) for path, digest in fetched),  # type: ignore[misc]
    )


def _note(
    anchor: str, call_page: int | None, note_page: int | None, inside: bool, rest_pages: list[int], in_order: bool
) -> NoteFact:
    """A note of the document: JSON has no tuples."""
    return NoteFact(anchor, call_page, note_page, inside, tuple(rest_pages), in_order)


def recall_extents(keeper: Keeper, units: Sequence[Unit]) -> Mapping[str, Extent]:
    """How far each unit reached in the last build: a good guess, and no more."""
    data = keeper.recall(_EXTENTS, units[0].id, {"build": "last", "begins with": units[0].id}) if units else None
    if data is None:
        return {}
    return {name: Extent(pages, anchors) for name, (pages, anchors) in json.loads(data).items()}


def keep_extents(keeper: Keeper, units: Sequence[Unit], facts: Mapping[str, LayoutFacts]) -> None:
    """Keep the extents of all units for the next build to guess with."""
    if not units:
        return
    document = {name: [fact.pages, dict(fact.anchors)] for name, fact in facts.items()}
    keeper.keep(
        _EXTENTS,
        units[0].id,
        {"build": "last", "begins with": units[0].id},
        json.dumps(document, ensure_ascii=False).encode(),
    )


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
