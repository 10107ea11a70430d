"""Papers into DOCX: their documents first, then each through Pandoc, side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from octavo.bind.docx import Frame
from octavo.model.docx import DocxDocument, PageShape
from octavo.model.edition import Metadata
from octavo.model.extract import Output, Profile
from octavo.model.keeping import NOTHING_KEPT, Keeper
from octavo.pipeline.docx import house_styles, write_docx
from octavo.pipeline.paper_drawings import Draw
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
    papers: Papers,
    jobs: int,
    metadata: Callable[[NumberedPaper], Metadata],
    done: Callable[[str], None],
    draw: Draw,
    keeper: Keeper = NOTHING_KEPT,
) -> Mapping[str, bytes]:
    """The DOCX of each paper whose profile asks for one, by the name of the paper.

    ``draw`` makes points of drawings; ``keeper`` has what Pandoc wrote of the same papers before.

    Raises FindingsError for faults of templates, MachineError.
    """
    templates = Templates(papers.root)
    ready = []
    for paper in papers.papers:
        if Output.DOCX in paper.profile.outputs:
            with template_faults(papers.root, papers.warnings):
                ready.append(_Ready(paper, _document(paper, templates)))
    styles = {one.paper.profile.name: house_styles(papers.root, word_changes(one.paper.profile)) for one in ready}

    def write(one: _Ready) -> bytes:
        paper = one.paper
        frame = Frame(_page(paper.profile), paper.title)
        data = write_docx(
            papers.root,
            one.document,
            paper.manuscript,
            metadata(paper),
            frame,
            styles[paper.profile.name],
            draw=draw,
            keeper=keeper,
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
