"""Papers into pages: the press of papers, and what is laid out on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from octavo.adapters.clock import modified_date
from octavo.adapters.fonts import faces, font_face_rules
from octavo.bind.pdf import bind_pdf
from octavo.model.edition import Metadata, PrintedUnit, Unit
from octavo.model.extract import Output
from octavo.model.finding import Finding
from octavo.model.keeping import NOTHING_KEPT, Keeper
from octavo.model.publication import Publication
from octavo.pipeline.papers import NumberedPaper, Papers
from octavo.pipeline.template_faults import template_faults
from octavo.render.pool import Pool, open_pool
from octavo.render.rounds import render
from octavo.typeset.paper import typeset_paper
from octavo.typeset.templates import Templates

_POINTS = 72 / 25.4
_STYLES = ("print/print.css", "paper/paper.css", "paper/columns.css")

Progress = Callable[[str, int, int], None]
"""Told what is done: the step, how much of it, of how much."""


@contextmanager
def open_paper_press(papers: Papers, jobs: int) -> Iterator[Pool]:
    """Worker processes with the fonts and the style of papers."""
    templates = Templates(papers.root)
    with template_faults(papers.root, papers.warnings):
        style = font_face_rules(faces()) + "\n".join(templates.text(name) for name in _STYLES)
    with open_pool(jobs, papers.root, style, papers.publication.limits) as pool:
        yield pool


def print_papers(
    papers: Papers, pool: Pool, findings: list[Finding], progress: Progress, keeper: Keeper = NOTHING_KEPT
) -> Mapping[str, PrintedUnit]:
    """The pages of all papers that have some, or a limit for them, by the name of the paper."""
    templates = Templates(papers.root)
    units: list[Unit] = []
    for one in papers.papers:
        if Output.PDF in one.profile.outputs or one.profile.limits.pages is not None:
            with template_faults(papers.root, papers.warnings):
                units.append(typeset_paper(one.paper, one.profile, one.manuscript, one.block, templates))

    def tell(what: str, done: int, total: int) -> None:
        progress(f"papers: {what}", done, total)

    return {unit.id: unit for unit in render(units, pool, findings, tell, keeper, alone=True)}


def bind_paper(publication: Publication, paper: NumberedPaper, unit: PrintedUnit) -> bytes:
    """The PDF of a paper."""
    page = paper.profile.page
    size = (page.width * _POINTS, page.height * _POINTS)
    return bind_pdf([unit], paper_metadata(publication, paper), page_size=size, spreads=False)


def paper_metadata(publication: Publication, paper: NumberedPaper) -> Metadata:
    """What a paper says about itself; an anonymous one says nothing of its authors and their book."""
    front = paper.text.chapter.front
    authors = () if paper.profile.anonymous else front.authors or publication.authors
    date = front.date or publication.date
    return Metadata(
        title=paper.title,
        language=front.language,
        subtitle=front.subtitle,
        authors=tuple(author.name for author in authors),
        date=date,
        modified=modified_date(date),
        rights="" if paper.profile.anonymous else publication.rights,
        keywords=front.keywords,
    )
