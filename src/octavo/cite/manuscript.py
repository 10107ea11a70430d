"""A Manuscript into a NumberedManuscript."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from lxml import etree

from octavo.cite.charts import drawings, fill_charts
from octavo.cite.checks import check_links
from octavo.cite.cited import Cited, cite
from octavo.cite.html import ConvertedChapter, Element, inner_xml, parse_fragment, plain_text
from octavo.cite.neutral import (
    anchor,
    check_mathematics,
    join_decimal_commas,
    level_headings,
    mark_call,
    mark_figures,
    mend_citation_ends,
    strip_prefixes,
    wrap_tables,
)
from octavo.cite.numbering import Numberer
from octavo.cite.pairing import PairedNote, pair
from octavo.cite.plan import ChapterNotes, number_notes, with_texts
from octavo.cite.style import FIRST_NUMBER_CLOSE, FIRST_NUMBER_OPEN, Style
from octavo.cite.tables import check_table_sources, fill_tables
from octavo.cite.targets import TargetTable, resolve
from octavo.model.chapter import ABSTRACT_CLASS, CHAPTER_ID, ExpandedChapter, Manuscript, Place
from octavo.model.edition import NumberedChapter, NumberedManuscript, Reference, Target
from octavo.model.finding import Finding
from octavo.model.keeping import NOTHING_KEPT, Keeper
from octavo.model.notes import MAIN, Note, NotePlan
from octavo.model.publication import Publication
from octavo.model.reference import Bibliography, Source
from octavo.model.source import Location
from octavo.model.words import Words, words_for

_FIRST_NUMBER = re.compile(f"{FIRST_NUMBER_OPEN}(\\d+){FIRST_NUMBER_CLOSE}")


@dataclass(frozen=True, slots=True)
class _Draft:
    """A chapter with its notes paired and marked, before numbers are known; ``first_numbers`` maps Pandoc's own."""

    place: Place
    title: Element
    abstract: Element | None
    body: Element
    sections: tuple[Target, ...]
    notes: tuple[tuple[PairedNote, str], ...]
    first_numbers: Mapping[str, str]


def number(
    publication: Publication,
    manuscript: Manuscript,
    bibliography: Bibliography,
    style: Style,
    findings: list[Finding],
    *,
    faulty: Collection[str] = (),
    jobs: int = 1,
    keeper: Keeper = NOTHING_KEPT,
) -> NumberedManuscript:
    """Cite, pair, number and link all chapters; see :func:`octavo.cite.cited.cite` and :func:`number_cited`."""
    cited = cite(manuscript, bibliography, style, publication.language, jobs=jobs, keeper=keeper)
    chapters = [place.text for place in manuscript.places]
    findings.extend(finding for chapter in chapters for finding in check_table_sources(chapter, bibliography.sources))
    return number_cited(publication, manuscript, cited, findings, faulty=faulty)


def number_cited(
    publication: Publication,
    manuscript: Manuscript,
    cited: Cited,
    findings: list[Finding],
    *,
    faulty: Collection[str] = (),
    words_language: str = "",
) -> NumberedManuscript:
    """Pair, number and link chapters that are cited; ``cited`` is used up.

    ``faulty`` are the slugs of those whose notes are known to be wrong.  ``words_language`` is the language of the
    fixed words, or empty as the text.  Faults of the text are added to ``findings``; where there are errors, the result
    is not fit for editions.
    """
    chapters = [place.text for place in manuscript.places]
    for chapter in chapters:
        findings.extend(check_links(chapter))
    converted = cited.converted
    table = TargetTable()
    drafts = []
    for place in manuscript.places:
        # Where calls are wrong already, the pairing would only say so again.
        found: list[Finding] = [] if place.text.slug in faulty else findings
        paired = pair(place.text, converted[place.text.slug], cited.is_note, found)
        words = words_for(words_language or place.text.chapter.front.language)
        fill_tables(place.text, converted[place.text.slug].body, converted, words, findings)
        fill_charts(place.text, converted[place.text.slug].body, converted, manuscript, words, findings)
        drafts.append(_draft(publication, place, converted[place.text.slug], paired, words, table, findings))
    plan = number_notes(
        [ChapterNotes(draft.place.text.slug, draft.place.part, draft.notes) for draft in drafts], publication.notes
    )
    bodies: dict[str, str] = {}
    plain: dict[str, str] = {}
    for draft in drafts:
        _resolve(draft, table, plan, words_language, findings)
        for note, _ in draft.notes:
            bodies[note.id] = _note_body(note, draft, plan)
            plain[note.id] = plain_text(parse_fragment(bodies[note.id]))
    plan = with_texts(plan, plain)
    return NumberedManuscript(
        chapters=tuple(_chapter(draft) for draft in drafts),
        plan=plan,
        note_bodies=bodies,
        note_languages={note.id: _language(note, cited.sources, chapters) for note in plan.notes},
        references=_references(cited, publication.language),
        targets=dict(table.anchors),
        drawings=drawings(manuscript),
    )


def _draft(
    publication: Publication,
    place: Place,
    converted: ConvertedChapter,
    paired: Sequence[PairedNote],
    words: Words,
    table: TargetTable,
    findings: list[Finding],
) -> _Draft:
    slug = place.text.slug
    first_numbers = {str(index): note.id for index, note in enumerate(paired, 1)}
    strip_prefixes(converted, slug)
    body = converted.body
    title = body[0]
    body.remove(title)
    abstract = next((child for child in body.iterchildren("div") if child.get("class") == ABSTRACT_CLASS), None)
    if abstract is not None:
        body.remove(abstract)
        abstract.tail = None
    level_headings(body)
    wrap_tables(body)
    mark_figures(body)
    notes = tuple((note, _series(mark_call(note.call, note.id), slug)) for note in paired)
    _place_table_notes(body, notes)
    for tree in (title, abstract, body, *(note.body for note in paired)):
        if tree is not None:
            check_mathematics(tree, lambda tex: _find_text(place.text, tex), findings)
            join_decimal_commas(tree)
    for note in paired:
        mend_citation_ends(note.body)
    names = {anchor(slug, found.name): found.name for found in place.text.scan.identifiers}
    locations = {found.name: place.text.locate(found.span) for found in place.text.scan.identifiers}
    file = Location(place.text.chapter.source.path)
    numberer = Numberer(place, words, names, table, lambda name: locations.get(name, file), findings)
    title.set("id", anchor(slug, CHAPTER_ID))
    numberer.chapter(anchor(slug, CHAPTER_ID), plain_text(title))
    sections = numberer.sections(body, numbered=publication.sections.numbered)
    numberer.captions(body)
    numberer.equations(body)
    numberer.others(body)
    return _Draft(place, title, abstract, body, sections, notes, first_numbers)


def _series(mark: Element, slug: str) -> str:
    """A note in a cell of a table belongs to the table; one in its caption to the text."""
    table = next((ancestor for ancestor in mark.iterancestors("table")), None)
    if table is None:
        return MAIN
    root = mark.getroottree().getroot()
    index = [other for other in root.iter("table")].index(table) + 1
    return f"table:{slug}:{index}"


def _place_table_notes(body: Element, notes: Sequence[tuple[PairedNote, str]]) -> None:
    tables = list(body.iter("table"))
    by_series: dict[str, list[str]] = {}
    for note, series in notes:
        if series != MAIN:
            by_series.setdefault(series, []).append(note.id)
    for series, identifiers in by_series.items():
        table = tables[int(series.rpartition(":")[2]) - 1]
        outer = [table, *table.iterancestors("table")][-1]
        box = etree.Element("div")
        box.set("class", "table-notes")
        box.set("data-notes", " ".join(identifiers))
        outer.addnext(box)


def _find_text(chapter: ExpandedChapter, text: str) -> Location:
    for literal in chapter.scan.literals:
        if text and text in " ".join(literal.span.of(chapter.text).split()):
            return chapter.locate(literal.span)
    return Location(chapter.chapter.source.path)


def _resolve(draft: _Draft, table: TargetTable, plan: NotePlan, language: str, findings: list[Finding]) -> None:
    chapter = draft.place.text
    places = {item.key: item.key_span for citation in reversed(chapter.scan.citations) for item in citation.items}
    links = {target.target: target.span for target in reversed(chapter.scan.targets)}

    def locate(name: str) -> Location:
        span = places.get(name) or links.get(name)
        return chapter.locate(span) if span is not None else Location(chapter.chapter.source.path)

    trees = [draft.title, draft.body, *(note.body for note, _ in draft.notes)]
    if draft.abstract is not None:
        trees.append(draft.abstract)
    for tree in trees:
        resolve(tree, chapter.slug, language or chapter.chapter.front.language, table, plan, locate, findings)


def _note_body(paired: PairedNote, draft: _Draft, plan: NotePlan) -> str:
    """The body of a note; a style's "see note 12" gets the number that the edition prints."""

    def numbered(match: re.Match[str]) -> str:
        note = plan.find(draft.first_numbers.get(match[1], ""))
        if note is None:
            return match[1]
        attributes = f'class="xref" data-target="{escape(note.anchor)}" data-kind="note" data-chapter="{note.chapter}"'
        return f"<a {attributes}>{escape(note.label)}</a>"

    return _FIRST_NUMBER.sub(numbered, inner_xml(paired.body).strip())


def _chapter(draft: _Draft) -> NumberedChapter:
    chapter = draft.place.text.chapter
    return NumberedChapter(
        slug=chapter.slug,
        role=draft.place.role,
        label=draft.place.label,
        part=draft.place.part,
        language=chapter.front.language,
        front=chapter.front,
        anchor=draft.title.get("id") or "",
        title_html=inner_xml(draft.title),
        abstract_html=inner_xml(draft.abstract).strip() if draft.abstract is not None else "",
        body_html=inner_xml(draft.body).strip(),
        sections=draft.sections,
        source=chapter.source.path,
    )


def _language(note: Note, sources: Mapping[str, Source], chapters: Sequence[ExpandedChapter]) -> str:
    default = next(chapter.chapter.front.language for chapter in chapters if chapter.slug == note.chapter)
    language = sources[note.keys[0]].language if note.keys else ""
    # A note in the language of the text keeps the region of the text, and so its hyphenation.
    return default if not language or default.partition("-")[0] == language.partition("-")[0] else language


def _references(cited: Cited, language: str) -> tuple[Reference, ...]:
    references = []
    for entry in cited.entries:
        # Some styles leave kinds of sources out of the list (Chicago's those of no kind): nothing is printed of them.
        if not "".join(map(str, entry.itertext())).strip():
            continue
        key = (entry.get("id") or "").removeprefix("ref-")
        for div in entry.iter("div"):
            div.tag = "span"
        own = cited.sources[key].language or language
        references.append(Reference(key, f"ref-{key}".replace(":", "-"), own, inner_xml(entry).strip()))
    return tuple(references)
