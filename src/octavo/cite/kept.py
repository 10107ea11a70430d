"""Converted chapters as they are kept between builds, and all that such a result depends on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from hashlib import sha256

from lxml import etree

from octavo.adapters.pandoc import conversion_state
from octavo.adapters.tools import own_state
from octavo.cite.html import ConvertedChapter, called_notes
from octavo.cite.style import Style
from octavo.model.keeping import Manifest
from octavo.model.reference import Source

# A style that tells works apart looks at all works that are cited, not only at those of the chapter.
_DISAMBIGUATES = re.compile(r"disambiguate(-add-[a-z-]+)?\s*=\s*[\"']true")


def chapter_manifest(text: str, tags: Mapping[str, str], own: Iterable[Source], others: str, style: Style) -> Manifest:
    """What the conversion of a chapter depends on.

    ``text`` is what Pandoc gets, ``tags`` are the languages of the passes, ``own`` the sources that the chapter cites.
    ``others`` is what :func:`others_of` says of those of all chapters.
    """
    return {
        "text": text,
        "language": json.dumps(tags, sort_keys=True),
        "sources": csl_json(own),
        "other sources": others,
        "style": style.csl,
        "tools": f"{own_state()} {conversion_state()}",
    }


def others_of(sources: Iterable[Source], style: Style) -> str:
    """A digest of all sources that are cited, where a style tells works apart by looking at all of them."""
    return sha256(csl_json(sources).encode()).hexdigest()[:32] if _DISAMBIGUATES.search(style.csl) else ""


def list_manifest(keys: Iterable[str], language: str, bibliography: str, style: Style) -> Manifest:
    """What a list of references depends on; ``bibliography`` holds the sources as CSL JSON."""
    return {
        "cited": " ".join(keys),
        "language": language,
        "sources": bibliography,
        "style": style.csl,
        "tools": f"{own_state()} {conversion_state()}",
    }


def papers_manifest(texts: Sequence[str], plan: Sequence[Mapping[str, object]], csl: str) -> Manifest:
    """What papers of one style depend on; see :func:`octavo.adapters.pandoc.papers_to_html`."""
    return {
        "text": json.dumps(texts, ensure_ascii=False),
        "sources": json.dumps(plan, ensure_ascii=False, sort_keys=True),
        "style": csl,
        "tools": f"{own_state()} {conversion_state()}",
    }


def csl_json(sources: Iterable[Source]) -> str:
    """Sources as CSL JSON, in their order."""
    return json.dumps([source.data for source in sources], ensure_ascii=False, sort_keys=True)


def pack(chapter: ConvertedChapter) -> bytes:
    """A converted chapter as XML."""
    root = etree.Element("kept")
    root.set("prefix", chapter.prefix)
    head = etree.tostring(root, encoding="utf-8").removesuffix(b"/>") + b">"
    body = etree.tostring(chapter.body, encoding="utf-8", with_tail=False)
    notes = (etree.tostring(note.body, encoding="utf-8", with_tail=False) for note in chapter.notes)
    return b"".join([head, body, b"<notes>", *notes, b"</notes></kept>"])


def unpack(data: bytes) -> ConvertedChapter:
    """What :func:`pack` wrote."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(data, parser)
    # A copy is a tree of its own: tables are counted from the root of theirs.
    body, notes = deepcopy(root[0]), root[1]
    body.tail = None
    bodies = {item.get("id", ""): item for item in notes}
    return ConvertedChapter(body, tuple(called_notes(body, bodies)), root.get("prefix", ""))
