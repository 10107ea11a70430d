"""A chapter as a paper in two columns, set by hand, laid out, bound and read back."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from markupsafe import escape

from octavo.adapters.fonts import faces, font_face_rules
from octavo.bind.pdf import bind_pdf
from octavo.model.columns import ColumnGrid, ReadColumns
from octavo.model.edition import (
    ELSEWHERE,
    FOLIO_CLOSE,
    FOLIO_OPEN,
    Metadata,
    NumberedChapter,
    NumberedManuscript,
    PrintedUnit,
    Unit,
    UnitKind,
)  # fmt: skip
from octavo.model.finding import Finding
from octavo.model.limits import Limits
from octavo.model.notes import MAIN, NotePlan
from octavo.model.words import words_for
from octavo.pipeline.project import load_project
from octavo.render.pool import Pool, open_pool
from octavo.render.rounds import render
from octavo.typeset.columns import in_columns, notes_across
from octavo.typeset.print_notes import PrintBody, printed_note_texts
from octavo.typeset.templates import Templates
from octavo.verify.editions import check_pdf
from octavo.verify.pdf import PdfReading

A4 = ColumnGrid(210, 297, 19, 14.5, 26, 14.5)
_ANOTHER = re.compile(f' href="{ELSEWHERE}[^"]*"')
_FOLIO = re.compile(f"{FOLIO_OPEN}([^{FOLIO_CLOSE}]*){FOLIO_CLOSE}")


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that was made: its pages as one file, what was told, and what was read from the file."""

    pdf: bytes
    printed: PrintedUnit
    findings: tuple[Finding, ...]
    told: tuple[Finding, ...]
    reading: PdfReading
    manuscript: NumberedManuscript


def manuscripts(root: Path) -> list[NumberedManuscript]:
    """Each chapter of a project as a manuscript of its own, with the numbers that it has in the project."""
    whole = load_project(root, 1).manuscript
    return [
        replace(
            whole,
            chapters=(chapter,),
            plan=NotePlan(whole.plan.numbering, whole.plan.of_chapter(chapter.slug)),
            references=(),
        )
        for chapter in whole.chapters
    ]


def opened(root: Path, jobs: int = 1):  # type: ignore[no-untyped-def]
    """Worker processes for papers."""
    templates = Templates()
    style = font_face_rules(faces()) + templates.text("print/print.css") + templates.text("paper/columns.css")
    return open_pool(jobs, root, style, Limits())


def unit(manuscript: NumberedManuscript, grid: ColumnGrid = A4) -> Unit:
    """The paper as a unit."""
    (chapter,) = manuscript.chapters
    words = words_for(chapter.language)
    measure = grid.column_width / (8 * 25.4 / 72)
    body = PrintBody(
        manuscript, chapter.slug, chapter.language, words, measure, across=grid.text_width / (8 * 25.4 / 72)
    )
    title = escape(chapter.front.title)
    header = f'<header class="across"><h1 id="{chapter.anchor}" class="bookmark-1" data-bookmark="{title}">'
    header += f'{body.convert(chapter.title_html)}</h1><p class="authors">Ann Able and Bob Baker</p></header>'
    abstract = body.convert(chapter.abstract_html)
    lead = f'<div class="abstract">{abstract}</div>' if abstract else ""
    main = _bookmarks(body.convert(chapter.body_html), chapter)
    html = (
        f'<html lang="{chapter.language}"><head><title>{escape(chapter.front.title)}</title></head>'
        f'<body class="paper" data-left="" data-right="{escape(chapter.front.short or chapter.front.title)}">'
        f"{header}<main>{lead}{main}</main></body></html>"
    )
    html = _ANOTHER.sub("", html)
    own = set(re.findall(r'\bid="([^"]+)"', html))
    html = _FOLIO.sub(lambda match: match[0] if match[1] in own else "?", html)
    notes = tuple(note.anchor for note in manuscript.plan.notes if note.series == MAIN)
    pages = tuple(dict.fromkeys(name for name in body.page_references if name in own))
    made = Unit(
        chapter.slug, UnitKind.CHAPTER, chapter.front.title, html, notes=notes, page_references=pages,
        source=chapter.source,
    )  # fmt: skip
    return in_columns(made, grid)


def make(manuscript: NumberedManuscript, pool: Pool, grid: ColumnGrid = A4) -> Paper:
    """Lay a paper out, bind it, and read it back."""
    told: list[Finding] = []
    (printed,) = render([unit(manuscript, grid)], pool, told, lambda *_: None)
    (chapter,) = manuscript.chapters
    metadata = Metadata(chapter.front.title, chapter.language)
    pdf = bind_pdf([printed], metadata, page_size=(grid.page_width * 72 / 25.4, grid.page_height * 72 / 25.4))
    findings, reading = check_pdf(
        pdf, "paper", manuscript, printed_note_texts(manuscript), frozenset(printed.late_notes),
        columns=ReadColumns.of(grid, notes_across(chapter.title_html, manuscript.plan)),
    )  # fmt: skip
    return Paper(pdf, printed, findings, tuple(told), reading, manuscript)


def _bookmarks(html: str, chapter: NumberedChapter) -> str:
    for section in chapter.sections:
        title = escape(f"{section.label} {section.title}".strip())
        html = re.sub(rf'(<h\d[^>]*id="{re.escape(section.anchor)}")', rf'\1 data-bookmark="{title}"', html)
    return html
