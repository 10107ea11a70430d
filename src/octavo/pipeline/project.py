"""A project folder into a numbered manuscript: the stages that every command about editions begins with."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from octavo.adapters.pandoc import PandocLimitError, PandocTimeError
from octavo.assemble.attributes import check_attributes
from octavo.assemble.charts import draw_ready, finish_charts, prepare_charts
from octavo.assemble.limits import check_limits
from octavo.assemble.manuscript import assemble, called_charts, measure_of
from octavo.cite.checks import check_links
from octavo.cite.cited import cite
from octavo.cite.manuscript import number_cited
from octavo.cite.style import find_style
from octavo.cite.tables import check_table_sources
from octavo.errors import ConfigurationError, FindingsError
from octavo.model.chapter import ExpandedChapter
from octavo.model.edition import NumberedManuscript
from octavo.model.finding import Finding, has_errors
from octavo.model.keeping import NOTHING_KEPT, Keeper
from octavo.model.publication import BibliographySettings, Publication
from octavo.model.source import Location
from octavo.pipeline.material import open_material
from octavo.pipeline.note_checks import check_notes
from octavo.pipeline.publication import load_publication
from octavo.read.bibliography import read_bibliography
from octavo.read.chapters import order_chapters, read_chapters
from octavo.read.images import check_covers, check_images
from octavo.read.names import check_names
from octavo.read.publication import FILE
from octavo.read.scanner import scan
from octavo.typeset.template_checks import check_templates


@dataclass(frozen=True, slots=True)
class Project:
    """A publication with all its numbers, and the warnings that were found on the way."""

    root: Path
    publication: Publication
    manuscript: NumberedManuscript
    warnings: tuple[Finding, ...]


def load_project(root: Path, jobs: int, connect: Sequence[str] = (), keeper: Keeper = NOTHING_KEPT) -> Project:
    """Read, assemble and cite a publication; ``connect`` names the databases that may be asked.

    ``keeper`` has what earlier builds made of the same chapters and charts.

    All faults are found before any is told: raises ConfigurationError where ``publication.yaml`` has some, else
    FindingsError where the text has.
    """
    publication, findings = load_publication(root)
    findings += check_names(root)
    chapters = read_chapters(root, publication, findings)
    ordered = order_chapters(publication, chapters, findings)
    bibliography = read_bibliography(root, findings)
    style = find_style(root, publication.bibliography, findings)
    # Another style stands in for one that is missing, so that the other faults of the run are found too.
    style = style or find_style(root, BibliographySettings(), findings)
    with open_material(root, publication, bibliography.sources, connect, findings, keeper) as material:
        manuscript = assemble(publication, ordered, scan, material, findings)
        ready = prepare_charts(called_charts(manuscript), material.datasets, measure_of(publication), findings)
    texts = [place.text for place in manuscript.places]
    findings.extend(check_images(root, texts, publication.limits))
    findings.extend(check_covers(root, publication))
    findings.extend(check_templates(root, publication.extracts.templates))
    endless = [finding for text in texts for finding in check_limits(text, publication.limits)]
    findings += [finding for text in texts for finding in check_attributes(text)]
    checks = check_notes(texts, publication, bibliography.sources)
    findings += [*endless, *(finding for found in checks.values() for finding in found)]
    if endless or style is None or not manuscript.places:
        finish_charts(ready, draw_ready(ready, keeper), findings)
        raise failure([*findings, *(finding for text in texts for finding in check_links(text))])
    faulty = {slug for slug, found in checks.items() if has_errors(found)}
    try:
        with ThreadPoolExecutor(max_workers=1) as side:
            # Both wait for other programs; nothing of a drawing is needed to read and cite the text around it.
            drawing = side.submit(draw_ready, ready, keeper)
            language, limits = publication.language, publication.limits
            cited = cite(manuscript, bibliography, style, language, jobs=jobs, keeper=keeper, limits=limits)
            manuscript = replace(manuscript, charts=finish_charts(ready, drawing.result(), findings))
        unknown = (found for text in texts for found in check_table_sources(text, bibliography.sources))
        findings.extend(unknown)
        numbered = number_cited(publication, manuscript, cited, findings, faulty=faulty)
    except PandocLimitError as error:
        raise failure([*findings, beyond_limit(texts, error)]) from error
    if has_errors(findings):
        raise failure(findings)
    return Project(root, publication, numbered, tuple(findings))


def beyond_limit(chapters: list[ExpandedChapter], error: PandocLimitError) -> Finding:
    """Pandoc does not say where it goes back and forth; the longest line is the likeliest place."""
    named = [chapter for chapter in chapters if error.chapter in ("", chapter.slug)] or chapters
    longest = max(named, key=lambda chapter: max(map(len, chapter.text.split("\n"))))
    at = Location(longest.chapter.source.path)
    if not isinstance(error, PandocTimeError):
        hint = "make the chapter simpler, or raise `limits: memory` in publication.yaml"
        return Finding("LIM106", "too-much-memory", str(error), at, hint)
    hint = "look for unclosed brackets, quotation marks or tags in long paragraphs, first of all in this chapter"
    return Finding("LIM103", "too-slow", str(error), at, hint)


def failure(findings: list[Finding]) -> ConfigurationError | FindingsError:
    """The exception for findings with errors among them: faults of the configuration weigh more."""
    configuration = [one for one in findings if one.location is not None and one.location.file == FILE]
    return ConfigurationError(findings) if has_errors(configuration) else FindingsError(findings)
