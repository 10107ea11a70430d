"""Manuscripts of one chapter into NumberedManuscripts: all papers of a style are cited by one Pandoc process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from octavo.adapters.pandoc import papers_to_html
from octavo.cite.anonymous import hide_entry, hide_sources, hiding_style, without_keys
from octavo.cite.attributes import clean_chapter
from octavo.cite.checks import source_items
from octavo.cite.cited import Cited, with_unknown
from octavo.cite.convert import call_goes_behind, primary, tag_of, take_citations, with_quotes
from octavo.cite.html import ConvertedChapter, Element, split_chapters
from octavo.cite.kept import papers_manifest
from octavo.cite.manuscript import number_cited
from octavo.cite.style import Style
from octavo.cite.tables import check_table_sources, source_lines, source_slug
from octavo.model.chapter import CHAPTER_ID, ExpandedChapter, Manuscript
from octavo.model.edition import NumberedManuscript
from octavo.model.finding import Finding
from octavo.model.keeping import NOTHING_KEPT, Keeper
from octavo.model.publication import Publication
from octavo.model.reference import Source
from octavo.model.table import SourceKey
from octavo.model.words import Words, words_for


@dataclass(frozen=True, slots=True)
class PaperText:
    """One chapter to be cited as a paper.

    ``hidden`` are the keys of the sources that print as removed; ``words_language`` is the language of the fixed words,
    or empty.  ``publication`` has the settings that hold for this paper.
    """

    publication: Publication
    manuscript: Manuscript
    hidden: frozenset[str] = frozenset()
    words_language: str = ""

    @property
    def chapter(self) -> ExpandedChapter:
        """The chapter."""
        return self.manuscript.places[0].text

    @property
    def words(self) -> Words:
        """The fixed words of the paper."""
        return words_for(self.words_language or self.chapter.chapter.front.language)


@dataclass(slots=True)
class _Job:
    """A paper on its way through Pandoc: its texts with what is to be done with each, the languages of its passes."""

    paper: PaperText
    sources: Mapping[str, Source]
    texts: list[str] = field(default_factory=list)
    plan: list[Mapping[str, object]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    slugs: list[str] = field(default_factory=list)
    passes: list[tuple[str, ...]] = field(default_factory=list)
    languages: tuple[str, ...] = ()


def number_papers(
    papers: Sequence[PaperText],
    sources: Mapping[str, Source],
    style: Style,
    findings: list[Finding],
    keeper: Keeper = NOTHING_KEPT,
) -> tuple[NumberedManuscript, ...]:
    """Cite and number papers, each by itself; faults of the text are added to ``findings``.

    ``keeper`` has what Pandoc made of the same papers before.

    Raises MachineError where there is no Pandoc, PandocLimitError where it takes more than it may.
    """
    if not papers:
        return ()
    jobs = [_job(paper, sources, style) for paper in papers]
    texts = [text for job in jobs for text in job.texts]
    plan = [entry for job in jobs for entry in job.plan]
    hides = any(paper.hidden for paper in papers) and not style.is_numeric
    csl = hiding_style(style.csl) if hides else style.csl
    manifest = papers_manifest(texts, plan, csl)
    kept = keeper.recall("papers", style.name, manifest)
    if kept is None:
        kept = papers_to_html(texts, plan, style=csl, limits=papers[0].publication.limits).encode()
        keeper.keep("papers", style.name, manifest, kept)
    html = kept.decode()
    names: list[str] = []
    count = 0
    for job in jobs:
        for entry in job.plan:
            name = f"c{count:04d}.md"
            count += 1
            if "within" not in entry:
                names += [name] * len(job.languages)
                job.names.append(name)
    found = split_chapters(html, tuple(names), CHAPTER_ID)
    for chapter in found:
        clean_chapter(chapter)
    converted = iter(found)
    numbered = []
    for job in jobs:
        findings.extend(check_table_sources(job.paper.chapter, sources))
        made = {slug: [next(converted) for _ in job.languages] for slug in job.slugs}
        cited = _cited(job, made, style)
        paper = job.paper
        made_paper = number_cited(
            paper.publication, paper.manuscript, cited, findings, words_language=paper.words_language
        )
        numbered.append(without_keys(made_paper, paper.hidden) if paper.hidden else made_paper)
    return tuple(numbered)


def _job(paper: PaperText, known: Mapping[str, Source], style: Style) -> _Job:
    chapter = paper.chapter
    lines = list(source_lines(chapter, is_note=style.is_note))
    sources = with_unknown([chapter, *lines], known)
    keys = {item.key for text in (chapter, *lines) for item in source_items(text)}
    hidden = hide_sources({key: sources[key] for key in sorted(keys)}, paper.hidden, paper.words.removed)
    job = _Job(paper, hidden)
    text_language = chapter.chapter.front.language
    found = {primary(source.language or text_language) for source in hidden.values()}
    main = primary(text_language)
    tags = {name: tag_of(name, text_language, hidden) for name in {main, *found}}
    job.languages = (main, *sorted(found - {main}))
    common = {
        "sources": [source.data for source in hidden.values()],
        "passes": [tags[name] for name in job.languages],
        "after": call_goes_behind(text_language),
        "also": [],
    }
    also = sorted({item.key for line in lines for item in source_items(line)}) if style.is_note else []
    job.texts.append(with_quotes(chapter))
    job.plan.append({**common, "also": also})
    job.slugs.append(chapter.slug)
    if style.is_note:
        # A note of its own never begins with "Ibid.", so that each line is cited alone.
        for line in lines:
            job.texts.append(with_quotes(line))
            job.plan.append(common)
            job.slugs.append(line.slug)
        return job
    by_slug = {line.slug: line for line in lines}
    for css, made in _with_sources(chapter).items():
        for place, sources_of in enumerate(made):
            if sources_of:
                job.texts.append(with_quotes(by_slug[source_slug(chapter, sources_of)]))
                job.plan.append({**common, "within": {"class": css, "place": str(place)}})
    return job


def _with_sources(chapter: ExpandedChapter) -> dict[str, tuple[tuple[SourceKey, ...], ...]]:
    """The sources of all tables and charts in the order of their places, by the class of the blocks that hold them."""
    return {
        "octavo-data-table": tuple(table.sources for table in chapter.tables),
        "octavo-chart": tuple(chart.sources for chart in chapter.charts),
    }


def _cited(job: _Job, made: Mapping[str, Sequence[ConvertedChapter]], style: Style) -> Cited:
    """The passes of a paper into one: notes and entries of the list are taken from the pass of their source."""
    chapter = job.paper.chapter
    default = chapter.chapter.front.language
    lists = [_take_list(one) for one in made[chapter.slug]]
    converted: dict[str, ConvertedChapter] = {}
    for slug, passes in made.items():
        for one in passes:
            _take_list(one)
        ours = passes[0]
        if style.is_note:
            for language, theirs in zip(job.languages[1:], passes[1:], strict=True):
                take_citations(ours, theirs, language, default, job.sources)
        converted[slug] = ours
    converted |= _lines(chapter, converted[chapter.slug].body)
    entries = []
    for entry in lists[0]:
        key = (entry.get("id") or "").removeprefix("ref-")
        if key in job.paper.hidden:
            hide_entry(entry, job.paper.words.removed)
        elif key in job.sources:
            language = primary(job.sources[key].language or default)
            entry = _twin(lists[job.languages.index(language)], entry)
        entries.append(entry)
    return Cited(converted, entries, job.sources, style.is_note)


def _twin(entries: Sequence[Element], entry: Element) -> Element:
    """The same entry of another pass; the order of the list may differ there, but not its numbers."""
    return next((other for other in entries if other.get("id") == entry.get("id")), entry)


def _take_list(converted: ConvertedChapter) -> list[Element]:
    """The entries of the list of references, which is taken out of the chapter."""
    entries: list[Element] = []
    for div in list(converted.body.iterchildren("div")):
        if div.get("class") == "octavo-references":
            entries += [entry for entry in div.iter("div") if "csl-entry" in (entry.get("class") or "").split()]
            converted.body.remove(div)
    return entries


def _lines(chapter: ExpandedChapter, body: Element) -> dict[str, ConvertedChapter]:
    """The lines of sources that were cited within their tables and charts, taken out of them."""
    lines: dict[str, ConvertedChapter] = {}
    for css, made in _with_sources(chapter).items():
        for div in body.iter("div"):
            if css not in (div.get("class") or "").split():
                continue
            for line in list(div.iterchildren("div")):
                if line.get("class") == "octavo-source-line":
                    div.remove(line)
                    holder = etree.Element("body")
                    etree.SubElement(holder, "h1")
                    holder.extend(list(line))
                    sources = made[int(div.get("data-octavo-place") or 0)]
                    lines.setdefault(source_slug(chapter, sources), ConvertedChapter(holder, (), ""))
    return lines
