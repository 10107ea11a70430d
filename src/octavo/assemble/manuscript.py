"""Chapters into a Manuscript: heading and abstract are put before the body, macros are expanded, all is scanned."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from octavo.assemble.charts import compose_charts
from octavo.assemble.context import ChapterContext, Material
from octavo.assemble.functions import functions_of
from octavo.assemble.macros import expand
from octavo.model.chapter import ABSTRACT_CLASS, CHAPTER_ID, Chapter, ExpandedChapter, Manuscript, Place, Role, TextMap
from octavo.model.chart import ChartSpec, ComposedChart
from octavo.model.counting import letters
from octavo.model.finding import Finding
from octavo.model.keeping import NOTHING_KEPT, Keeper
from octavo.model.markup import Scan
from octavo.model.publication import Format, PageSettings, Publication
from octavo.model.source import Span

OrderedChapter = tuple[Chapter, int | None, bool]


def assemble(
    publication: Publication,
    ordered: Sequence[OrderedChapter],
    scan: Callable[[str], Scan],
    material: Material,
    findings: list[Finding],
) -> Manuscript:
    """Number chapters (1, 2 ...) and appendices (A, B ...) and expand each; charts are drawn by who needs them.

    ``ordered`` holds each chapter with the index of its part and whether it is an appendix; ``scan`` reads Markdown.
    ``material`` is what tables, charts and values are made from.
    """
    places: list[Place] = []
    numbers = {Role.CHAPTER: 0, Role.APPENDIX: 0}
    for chapter, part, appendix in ordered:
        role = Role.APPENDIX if appendix else Role.CHAPTER
        numbers[role] += 1
        label = letters(numbers[role]).upper() if appendix else str(numbers[role])
        values = _values(publication, chapter, label)
        places.append(Place(expand_chapter(chapter, values, scan, material, findings), role, label, part))
    return Manuscript(tuple(places))


def called_charts(manuscript: Manuscript) -> list[tuple[ChartSpec, str]]:
    """The charts that chapters show, with the languages of the chapters."""
    return [(spec, place.text.chapter.front.language) for place in manuscript.places for spec in place.text.charts]


def draw_charts_of(
    texts: Sequence[ExpandedChapter],
    measure: float,
    material: Material,
    findings: list[Finding],
    keeper: Keeper = NOTHING_KEPT,
) -> tuple[ComposedChart, ...]:
    """The charts of chapters, as wide as ``measure`` (in millimetres); ``keeper`` has earlier drawings."""
    called = [(spec, text.chapter.front.language) for text in texts for spec in text.charts]
    return compose_charts(called, material.datasets, measure, findings, keeper)


def measure_of(publication: Publication) -> float:
    """The width of the text in the narrowest PDF edition, in millimetres; charts are as wide."""
    pages = [edition.page for edition in publication.editions if edition.format is Format.PDF]
    return min(page.measure for page in pages or [PageSettings()])


def expand_chapter(
    chapter: Chapter,
    values: Mapping[str, object],
    scan: Callable[[str], Scan],
    material: Material,
    findings: list[Finding],
) -> ExpandedChapter:
    """One chapter with its macros expanded; its title and abstract stand before it as Markdown."""
    literals = scan(chapter.body.of(chapter.source.text)).literals
    context = ChapterContext(material, chapter.source, chapter.body, chapter.front.language, findings)
    body, body_map = expand(chapter.source, chapter.body, literals, values, findings, functions_of(context))
    head = f"# {chapter.front.title} {{#{CHAPTER_ID} .reset-citation-positions}}\n\n"
    title_at = _front_offset(chapter, chapter.front.title, "title")
    pieces = [(head, title_at)]
    if chapter.front.abstract:
        abstract = f"::: {{.{ABSTRACT_CLASS}}}\n{chapter.front.abstract}\n:::\n\n"
        pieces.append((abstract, _front_offset(chapter, chapter.front.abstract, "abstract")))
    expanded, origin, copied, length = [], [], [], 0
    for text, at in pieces:
        expanded.append(length)
        origin.append(at)
        copied.append(False)
        length += len(text)
    text = "".join(piece for piece, _ in pieces) + body
    text_map = TextMap(
        (*expanded, *(length + offset for offset in body_map.expanded)),
        (*origin, *body_map.origin),
        (*copied, *body_map.copied),
    )
    made = tuple(context.tables), tuple(context.values), tuple(context.charts)
    return ExpandedChapter(chapter, text, scan(text), text_map, *made)


def _front_offset(chapter: Chapter, text: str, key: str) -> int:
    """Where a text of the front matter stands in the source: its own first words, or else its key."""
    front = Span(0, chapter.body.start).of(chapter.source.text)
    words = text.split("\n", 1)[0]
    found = front.find(words) if words else -1
    return found if found >= 0 else max(front.find(f"{key}:"), 0)


def _values(publication: Publication, chapter: Chapter, label: str) -> dict[str, object]:
    """What a chapter may use in its expressions: plain texts alone."""
    return {
        "publication": {
            "title": publication.title,
            "subtitle": publication.subtitle,
            "date": publication.date,
            "publisher": publication.publisher,
        },
        "chapter": {"title": chapter.front.title, "slug": chapter.slug, "label": label},
    }
