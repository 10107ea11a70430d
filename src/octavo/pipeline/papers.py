"""A project folder into numbered papers: what `octavo extract` and `octavo verify` begin with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from octavo.adapters.pandoc import PandocTimeError
from octavo.assemble.limits import check_limits
from octavo.assemble.manuscript import OrderedChapter, assemble_papers
from octavo.cite.anonymous import own_sources
from octavo.cite.papers import PaperText, number_papers
from octavo.cite.style import Style, find_style
from octavo.errors import UsageError
from octavo.model.chapter import Chapter, ExpandedChapter, Manuscript, Role
from octavo.model.counting import letters
from octavo.model.edition import NumberedManuscript
from octavo.model.extract import Block, Citations, Paper, Profile, TitleBlock
from octavo.model.finding import Finding, has_errors
from octavo.model.publication import BibliographySettings, Numbering, Publication, SectionSettings
from octavo.model.reference import Bibliography
from octavo.model.source import Location
from octavo.model.suggest import did_you_mean
from octavo.pipeline.material import open_material
from octavo.pipeline.note_checks import check_notes
from octavo.pipeline.project import failure
from octavo.pipeline.publication import load_publication
from octavo.read.bibliography import read_bibliography
from octavo.read.chapters import order_chapters, read_chapters
from octavo.read.images import check_images
from octavo.read.scanner import scan
from octavo.typeset.paper import title_block
from octavo.typeset.template_checks import check_templates

_CLASSES = {Citations.BRACKETS: "a style that cites in the text", Citations.NOTES: "a style that cites in notes"}


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


@dataclass(slots=True)
class _Reading:
    """What was read of a project, while papers are made of it."""

    root: Path
    publication: Publication
    bibliography: Bibliography
    ordered: Mapping[str, OrderedChapter]
    labels: Mapping[str, tuple[Role, str]]
    styles: dict[str, Style] = field(default_factory=dict)


def choose_papers(publication: Publication, names: Sequence[str]) -> tuple[Paper, ...]:
    """The papers that are asked for; all of them where none is.  Raises UsageError for an unknown one."""
    known = {paper.name: paper for paper in publication.extracts.papers}
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known) or (f"known: {', '.join(known)}" if known else "")
            hint = hint or "declare papers under `extracts: papers:` in publication.yaml, see docs/extracts.md"
            raise UsageError(f"there is no paper '{name}'", hint)
    return tuple(known[name] for name in dict.fromkeys(names or known))


def load_papers(root: Path, names: Sequence[str], connect: Sequence[str] = ()) -> Papers:
    """Read, assemble and cite papers; ``connect`` names the databases that may be asked.

    All faults of all papers are found before any is told: raises ConfigurationError where ``publication.yaml`` has
    some, else FindingsError where the text has, UsageError for a name that is not declared.
    """
    publication, findings = load_publication(root)
    chapters = order_chapters(publication, read_chapters(root, publication, findings), findings)
    bibliography = read_bibliography(root, findings)
    by_slug = {one[0].slug: one for one in chapters}
    reading = _Reading(root, publication, bibliography, by_slug, _labels(chapters))
    # Where the configuration has errors, a paper may be missing for one of them.
    if has_errors(findings) and any(name not in _names(publication) for name in names):
        raise failure(findings)
    asked = choose_papers(publication, names)
    papers = [paper for paper in asked if _is_whole(paper, reading, findings)]
    wanted = [by_slug[slug][0] for slug in dict.fromkeys(paper.chapter for paper in papers)]
    profiles = publication.extracts.profiles
    measures = [profiles[paper.profile].measure for paper in papers]
    with open_material(root, publication, bibliography.sources, connect, findings) as material:
        manuscripts = assemble_papers(publication, wanted, measures, scan, material, findings)
    texts = [one.places[0].text for by_measure in manuscripts.values() for one in list(by_measure.values())[:1]]
    findings.extend(check_images(root, texts))
    findings.extend(check_templates(root))
    findings.extend(finding for text in texts for finding in check_limits(text))
    checks = check_notes(texts, publication, bibliography.sources)
    findings.extend(finding for found in checks.values() for finding in found)
    if has_errors(findings):
        raise failure(findings)
    numbered: dict[str, NumberedPaper] = {}
    for group in _by_style(papers, reading):
        made = [_text(paper, reading, manuscripts[paper.chapter][profiles[paper.profile].measure]) for paper in group]
        told: list[list[Finding]] = [[] for _ in group]
        style = reading.styles[group[0].profile]
        try:
            done = number_papers(made, bibliography.sources, style, told)
        except PandocTimeError as error:
            hint = "look for unclosed brackets, quotation marks or tags in long paragraphs"
            at = Location(made[0].chapter.chapter.source.path)
            raise failure([*findings, Finding("LIM103", "too-slow", str(error), at, hint)]) from error
        for paper, text, manuscript, found in zip(group, made, done, told, strict=True):
            findings.extend(found)
            profile = profiles[paper.profile]
            block = title_block(publication, profile, manuscript, *reading.labels[paper.chapter])
            numbered[paper.name] = NumberedPaper(paper, profile, text.chapter, manuscript, block)
    findings = list(dict.fromkeys(findings))
    if has_errors(findings):
        raise failure(findings)
    return Papers(root, publication, tuple(numbered[paper.name] for paper in papers), tuple(findings))


def _names(publication: Publication) -> frozenset[str]:
    return frozenset(paper.name for paper in publication.extracts.papers)


def _labels(ordered: Sequence[OrderedChapter]) -> dict[str, tuple[Role, str]]:
    """What each chapter is in the book, by its slug: its role and its number."""
    labels: dict[str, tuple[Role, str]] = {}
    counts = {Role.CHAPTER: 0, Role.APPENDIX: 0}
    for chapter, _, appendix in ordered:
        role = Role.APPENDIX if appendix else Role.CHAPTER
        counts[role] += 1
        labels[chapter.slug] = (role, letters(counts[role]).upper() if appendix else str(counts[role]))
    return labels


def _is_whole(paper: Paper, reading: _Reading, findings: list[Finding]) -> bool:
    """Whether a paper has its chapter, its style, and what its blocks ask for; what it lacks is told."""
    found = [*_style_faults(paper, reading)]
    if paper.chapter not in reading.ordered:
        hint = did_you_mean(paper.chapter, reading.ordered)
        hint = hint or "chapters are named by their slugs: the file's name without its number"
        message = f"there is no chapter '{paper.chapter}'"
        found.append(Finding("EXT102", "unknown-chapter", message, paper.chapter_location, hint))
    else:
        profile = reading.publication.extracts.profiles[paper.profile]
        found += _missing_blocks(reading.ordered[paper.chapter][0], profile)
    findings += found
    return not has_errors(found)


def _style_faults(paper: Paper, reading: _Reading) -> list[Finding]:
    profile = reading.publication.extracts.profiles[paper.profile]
    if profile.name in reading.styles:
        return []
    at = profile.style_location or paper.profile_location
    settings = BibliographySettings(profile.style, reading.publication.bibliography.repeats, at)
    findings: list[Finding] = []
    style = find_style(reading.root, settings, findings)
    if style is None:
        return findings
    if style.is_note is not (profile.citations is Citations.NOTES):
        other = Citations.NOTES if style.is_note else Citations.BRACKETS
        message = f"the style '{style.name}' cannot cite in {profile.citations.value}"
        hint = f"write `citations: {other.value}`, or choose {_CLASSES[profile.citations]}"
        place = profile.citations_location or at
        return [Finding("EXT103", "wrong-style-class", message, place, hint)]
    reading.styles[profile.name] = style
    return []


def _missing_blocks(chapter: Chapter, profile: Profile) -> Iterator[Finding]:
    for block, there in ((Block.ABSTRACT, chapter.front.abstract), (Block.KEYWORDS, chapter.front.keywords)):
        if block in profile.blocks and not there:
            what = "an abstract" if block is Block.ABSTRACT else "keywords"
            message = f"the profile '{profile.name}' asks for {what}, and the chapter has none"
            hint = f"write `{block.value}: ...` into the front matter, or leave it out of the `blocks` of the profile"
            yield Finding("EXT104", "missing-block", message, Location(chapter.source.path), hint)


def _by_style(papers: Sequence[Paper], reading: _Reading) -> list[list[Paper]]:
    """Papers that one run of Pandoc can cite, in the order of the first of each."""
    groups: dict[str, list[Paper]] = {}
    for paper in papers:
        groups.setdefault(reading.styles[paper.profile].csl, []).append(paper)
    return list(groups.values())


def _text(paper: Paper, reading: _Reading, manuscript: Manuscript) -> PaperText:
    publication = reading.publication
    profile = publication.extracts.profiles[paper.profile]
    chapter = reading.ordered[paper.chapter][0]
    numbered = publication.sections.numbered if profile.numbered is None else profile.numbered
    own = replace(
        publication,
        language=chapter.front.language,
        parts=(),
        appendices=(),
        notes=Numbering.CONTINUOUS,
        sections=SectionSettings(numbered),
    )
    authors = chapter.front.authors or publication.authors
    hidden = own_sources(authors, reading.bibliography.sources) if profile.anonymous else frozenset()
    return PaperText(own, manuscript, hidden, profile.language)
