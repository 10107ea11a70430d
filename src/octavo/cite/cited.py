"""A Manuscript into what Pandoc made of it: chapters, lines of sources, and the list of references."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from octavo.cite.checks import source_items
from octavo.cite.convert import convert, list_cited
from octavo.cite.html import ConvertedChapter, Element, cited_keys
from octavo.cite.style import Style
from octavo.cite.tables import source_lines
from octavo.model.chapter import ExpandedChapter, Manuscript
from octavo.model.keeping import NOTHING_KEPT, Keeper
from octavo.model.limits import Limits
from octavo.model.reference import Bibliography, Source
from octavo.model.source import Location


@dataclass(frozen=True, slots=True)
class Cited:
    """What Pandoc made of the chapters of a manuscript.

    ``converted`` holds chapters by their slugs, and lines of sources by theirs; ``entries`` is the list of references
    in the style's order, each with ``ref-KEY`` as its ``id``.  ``sources`` has a stand-in for each that is missing.
    """

    converted: Mapping[str, ConvertedChapter]
    entries: Sequence[Element]
    sources: Mapping[str, Source]
    is_note: bool


def cite(
    manuscript: Manuscript,
    bibliography: Bibliography,
    style: Style,
    language: str,
    *,
    jobs: int = 1,
    keeper: Keeper = NOTHING_KEPT,
    limits: Limits | None = None,
) -> Cited:
    """Have all chapters read and cited by Pandoc; charts need not be drawn for it.

    ``language`` is that of the list of references; ``keeper`` has what earlier builds made of the same chapters.
    Raises PandocLimitError where Pandoc takes more than it may.
    """
    chapters = [place.text for place in manuscript.places]
    texts = [text for one in chapters for text in (one, *source_lines(one, is_note=style.is_note))]
    sources = with_unknown(texts, bibliography.sources)
    converted = convert(texts, sources, style, jobs, keeper, limits)
    keys = dict.fromkeys(key for chapter in texts for key in cited_keys(converted[chapter.slug]))
    known = [key for key in keys if key in bibliography.sources]
    entries = list_cited(known, bibliography.sources, style, language, keeper) if known else []
    return Cited(converted, entries, sources, style.is_note)


def with_unknown(texts: Sequence[ExpandedChapter], known: Mapping[str, Source]) -> dict[str, Source]:
    """All sources, and one that stands for each that is cited and missing, so that other faults are found too."""
    sources = dict(known)
    for chapter in texts:
        for item in source_items(chapter):
            sources.setdefault(item.key, _unknown_source(item.key, chapter))
    return sources


def _unknown_source(key: str, chapter: ExpandedChapter) -> Source:
    """Stands for a source that is missing."""
    return Source(key, {"id": key, "type": "document", "title": key}, Location(chapter.chapter.source.path))
