"""A project folder into numbered papers: what `octavo extract` and `octavo verify` begin with."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from octavo.adapters.pandoc import PandocLimitError
from octavo.assemble.abbreviations import spell_out
from octavo.assemble.attributes import check_attributes
from octavo.assemble.limits import check_limits
from octavo.assemble.manuscript import assemble, draw_charts_of
from octavo.cite.anonymous import own_sources
from octavo.cite.book import Book
from octavo.cite.elsewhere import cite_book
from octavo.cite.papers import PaperText, number_papers
from octavo.cite.style import Style
from octavo.errors import UsageError
from octavo.model.chapter import ExpandedChapter, Manuscript, Place, Role
from octavo.model.chart import ComposedChart
from octavo.model.edition import NumberedManuscript
from octavo.model.extract import Paper, Profile, TitleBlock
from octavo.model.finding import Finding, Severity, has_errors
from octavo.model.keeping import NOTHING_KEPT, Keeper
from octavo.model.publication import Numbering, Publication, SectionSettings
from octavo.model.reference import Bibliography
from octavo.model.suggest import did_you_mean
from octavo.pipeline.book import number_book, refers_elsewhere
from octavo.pipeline.material import open_material
from octavo.pipeline.note_checks import check_notes
from octavo.pipeline.paper_checks import check_chapter, check_template, find_paper_style
from octavo.pipeline.project import beyond_limit, failure
from octavo.pipeline.publication import load_publication
from octavo.read.bibliography import read_bibliography
from octavo.read.chapters import order_chapters, read_chapters
from octavo.read.images import check_images
from octavo.read.names import check_names
from octavo.read.scanner import scan
from octavo.typeset.paper import title_block
from octavo.typeset.template_checks import check_templates

_DECLARE = "declare papers under `extracts: papers:` in publication.yaml, see docs/extracts.md"


@dataclass(frozen=True, slots=True)
class NumberedPaper:
    """A paper with all its numbers, and what stands around its text."""

    paper: Paper
    profile: Profile
    text: ExpandedChapter
    manuscript: NumberedManuscript
    block: TitleBlock

    @property
    def title(self) -> str:
        """The title as plain text."""
        return self.manuscript.targets[self.manuscript.chapters[0].anchor].title


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers of a project that were asked for, and the warnings that were found on the way."""

    root: Path
    publication: Publication
    papers: tuple[NumberedPaper, ...]
    warnings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was read of a project.

    ``places`` are all chapters with their places in the book, by their slugs, and ``texts`` those of papers, which
    stand alone.  ``styles`` are those of profiles, by the names of the profiles; ``charts`` are by the width of the
    text.  ``book`` is None where no paper refers to it.
    """

    root: Path
    publication: Publication
    bibliography: Bibliography
    places: Mapping[str, Place]
    texts: Mapping[str, ExpandedChapter]
    styles: Mapping[str, Style]
    charts: Mapping[float, Sequence[ComposedChart]]
    book: Book | None

    def profile(self, paper: Paper) -> Profile:
        return self.publication.extracts.profiles[paper.profile]


def choose_papers(publication: Publication, names: Sequence[str]) -> tuple[Paper, ...]:
    """The papers that are asked for; all of them where none is.

    Raises UsageError for an unknown one, and where there is none at all.
    """
    known = {paper.name: paper for paper in publication.extracts.papers}
    if not known and not names:
        raise UsageError("no paper is declared", _DECLARE)
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known) or (f"known: {', '.join(known)}" if known else "")
            raise UsageError(f"there is no paper '{name}'", hint or _DECLARE)
    return tuple(known[name] for name in dict.fromkeys(names or known))


def load_papers(
    root: Path, names: Sequence[str], jobs: int, connect: Sequence[str] = (), keeper: Keeper = NOTHING_KEPT
) -> Papers:
    """Read, assemble and cite papers; ``connect`` names the databases that may be asked.

    ``keeper`` has what earlier runs made of the same chapters and charts.

    All faults of all papers are found before any is told: raises ConfigurationError where ``publication.yaml`` has
    some, else FindingsError where the text has, UsageError for a name that is not declared.
    """
    publication, findings = load_publication(root)
    declared = {paper.name for paper in publication.extracts.papers}
    if has_errors(findings) and not (declared and declared.issuperset(names)):
        # A paper may be missing for one of these errors.
        raise failure(findings)
    asked = choose_papers(publication, names)
    ordered = order_chapters(publication, read_chapters(root, publication, findings), findings)
    bibliography = read_bibliography(root, findings)
    profiles = publication.extracts.profiles
    chapters = {chapter.slug: chapter for chapter, _, _ in ordered}
    for paper in asked:
        findings.extend(check_chapter(paper, profiles[paper.profile], chapters))
    by_profile = {paper.profile: paper for paper in reversed(asked)}
    found_styles = {name: find_paper_style(root, publication, paper, findings) for name, paper in by_profile.items()}
    for name in by_profile:
        findings.extend(check_template(root, profiles[name]))
    styles = {name: style for name, style in found_styles.items() if style is not None}
    wanted = {paper.chapter for paper in asked}
    with open_material(root, publication, bibliography.sources, connect, findings, keeper) as material:
        places = assemble(publication, ordered, scan, material, findings).places
        texts = [place.text for place in places if place.text.slug in wanted]
        charts: dict[float, Sequence[ComposedChart]] = {}
        for paper in asked:
            measure = profiles[paper.profile].measure
            if measure not in charts:
                # A chart that cannot be drawn is told once, and not for each width.
                charts[measure] = draw_charts_of(texts, measure, material, [] if charts else findings, keeper)
    findings.extend(_text_faults(root, publication, bibliography, [place.text for place in places]))
    if has_errors(findings):
        raise failure(findings)
    book = None
    if any(refers_elsewhere(text) for text in texts):
        book = number_book(root, publication, places, bibliography, jobs, findings, keeper)
    by_slug = {place.text.slug: place for place in places}
    spelled = _spelled_out([place.text for place in places], wanted, findings)
    reading = _Reading(root, publication, bibliography, by_slug, spelled, styles, charts, book)
    papers = _number(asked, reading, jobs, findings, keeper)
    if has_errors(findings):
        raise failure(list(dict.fromkeys(findings)))
    return Papers(root, publication, papers, tuple(dict.fromkeys(findings)))


def _spelled_out(
    texts: Sequence[ExpandedChapter], wanted: Collection[str], findings: list[Finding]
) -> dict[str, ExpandedChapter]:
    """The chapters of papers with what earlier chapters of the book abbreviated, by their slugs."""
    return {
        text.slug: spell_out(text, texts[:index], scan, findings)
        for index, text in enumerate(texts)
        if text.slug in wanted
    }


def _text_faults(
    root: Path, publication: Publication, bibliography: Bibliography, texts: list[ExpandedChapter]
) -> Iterator[Finding]:
    """What keeps chapters from being cited and numbered."""
    yield from check_names(root)
    yield from check_images(root, texts, publication.limits)
    yield from check_templates(root, publication.extracts.templates)
    for text in texts:
        yield from check_limits(text, publication.limits)
        yield from check_attributes(text)
    for found in check_notes(texts, publication, bibliography.sources).values():
        yield from found


def _number(
    papers: Sequence[Paper], reading: _Reading, jobs: int, findings: list[Finding], keeper: Keeper
) -> tuple[NumberedPaper, ...]:
    """Number all papers: those of one style together, and several styles side by side."""
    groups: dict[str, list[Paper]] = {}
    for paper in papers:
        groups.setdefault(reading.styles[paper.profile].csl, []).append(paper)
    with ThreadPoolExecutor(max_workers=max(jobs, 1)) as pool:
        results = list(pool.map(lambda group: _number_group(group, reading, keeper), groups.values()))
    numbered: dict[str, NumberedPaper] = {}
    for made, told in results:
        numbered |= {one.paper.name: one for one in made}
        findings.extend(told)
    return tuple(numbered[paper.name] for paper in papers if paper.name in numbered)


def _number_group(
    papers: Sequence[Paper], reading: _Reading, keeper: Keeper
) -> tuple[list[NumberedPaper], list[Finding]]:
    findings: list[Finding] = []
    style = reading.styles[papers[0].profile]
    texts = [_text(paper, reading, style, findings) for paper in papers]
    sources = dict(reading.bibliography.sources)
    if reading.book is not None:
        sources[reading.book.source.key] = reading.book.source
    try:
        manuscripts = number_papers(texts, sources, style, findings, keeper)
    except PandocLimitError as error:
        return [], [*findings, beyond_limit([text.chapter for text in texts], error)]
    made = []
    for paper, text, manuscript in zip(papers, texts, manuscripts, strict=True):
        profile, place = reading.profile(paper), reading.places[paper.chapter]
        block = title_block(reading.publication, profile, manuscript, place.role, place.label)
        made.append(NumberedPaper(paper, profile, text.chapter, manuscript, block))
    return made, findings


def _text(paper: Paper, reading: _Reading, style: Style, findings: list[Finding]) -> PaperText:
    publication, profile = reading.publication, reading.profile(paper)
    text = reading.texts[paper.chapter]
    front = text.chapter.front
    if reading.book is not None:
        told: list[Finding] = []
        text = cite_book(text, reading.book, style, scan, told)
        # Without its page a citation of the book is poorer, and still right.
        findings.extend(replace(one, severity=Severity.WARNING) for one in told)
    shown = {(spec.name, front.language) for spec in text.charts}
    charts = tuple(one for one in reading.charts[profile.measure] if (one.name, one.language) in shown)
    sources = dict(reading.bibliography.sources)
    if reading.book is not None:
        sources[reading.book.source.key] = reading.book.source
    own = replace(
        publication,
        language=front.language,
        parts=(),
        appendices=(),
        notes=Numbering.CONTINUOUS,
        sections=SectionSettings(publication.sections.numbered if profile.numbered is None else profile.numbered),
    )
    hidden = own_sources(front.authors or publication.authors, sources) if profile.anonymous else frozenset()
    if profile.anonymous and reading.book is not None:
        # Whoever wrote the chapter is named in the book that it is a part of.
        hidden |= {reading.book.source.key}
    return PaperText(own, Manuscript((Place(text, Role.CHAPTER, ""),), charts), hidden, profile.language)
