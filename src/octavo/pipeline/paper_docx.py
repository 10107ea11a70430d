"""Papers into DOCX: their documents first, then all drawings at once, then each through Pandoc, side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from octavo.adapters.raster import draw_points
from octavo.bind.docx import Frame
from octavo.model.docx import DocxDocument, PageShape
from octavo.model.edition import Metadata
from octavo.model.extract import Output, Profile
from octavo.pipeline.docx import house_styles, write_docx
from octavo.pipeline.papers import NumberedPaper, Papers
from octavo.pipeline.template_faults import template_faults
from octavo.typeset.docx import typeset_paper
from octavo.typeset.paper import paper_words
from octavo.typeset.paper_flow import paper_front, with_end, word_changes
from octavo.typeset.templates import Templates


@dataclass(frozen=True, slots=True)
class _Ready:
    paper: NumberedPaper
    document: DocxDocument


def make_papers_docx(
    papers: Papers, jobs: int, metadata: Callable[[NumberedPaper], Metadata], done: Callable[[str], None]
) -> Mapping[str, bytes]:
    """The DOCX of each paper whose profile asks for one, by the name of the paper.

    Raises FindingsError for faults of templates, MachineError.
    """
    templates = Templates(papers.root)
    ready = []
    for paper in papers.papers:
        if Output.DOCX in paper.profile.outputs:
            with template_faults(papers.root, papers.warnings):
                ready.append(_Ready(paper, _document(paper, templates)))
    draw = _drawn_once(ready)
    styles = {one.paper.profile.name: house_styles(papers.root, word_changes(one.paper.profile)) for one in ready}

    def write(one: _Ready) -> bytes:
        paper = one.paper
        frame = Frame(_page(paper.profile), paper.title)
        data = write_docx(
            papers.root, one.document, paper.manuscript, metadata(paper), frame, styles[paper.profile.name], draw=draw
        )
        done(paper.paper.name)
        return data

    with ThreadPoolExecutor(max_workers=max(jobs, 1)) as pool:
        written = list(pool.map(write, ready))
    return {one.paper.paper.name: data for one, data in zip(ready, written, strict=True)}


def _document(paper: NumberedPaper, templates: Templates) -> DocxDocument:
    words = paper_words(paper.profile, paper.manuscript)
    return typeset_paper(
        with_end(paper.manuscript, paper.block, words),
        words,
        _page(paper.profile),
        language=paper.manuscript.chapters[0].language,
        title=paper.title,
        front=paper_front(paper.block, words, templates),
    )


def _page(profile: Profile) -> PageShape:
    """The page of a profile; it has one column, which an editor pours into the form of the conference."""
    page = profile.page
    return PageShape(page.width, page.height, page.top, page.right, page.bottom, page.left)


def _drawn_once(ready: Sequence[_Ready]) -> Callable[[Sequence[str], int], tuple[bytes, ...]]:
    """What draws the vector graphics of papers: all charts are drawn by one process, before they are asked for."""
    charts = [
        one.paper.manuscript.drawings[picture.source].svg
        for one in ready
        for picture in one.document.pictures
        if picture.source in one.paper.manuscript.drawings
    ]
    wanted = list(dict.fromkeys(charts))
    drawn: dict[tuple[str, int], bytes] = {}

    def draw(drawings: Sequence[str], dots: int) -> tuple[bytes, ...]:
        missing = [svg for svg in drawings if (svg, dots) not in drawn]
        if missing:
            asked = list(dict.fromkeys([*wanted, *missing]))
            drawn.update(zip(((svg, dots) for svg in asked), draw_points(asked, dots), strict=True))
        return tuple(drawn[svg, dots] for svg in drawings)

    return draw
