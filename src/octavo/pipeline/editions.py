"""One numbered manuscript into one edition: typeset, laid out, bound, and read back before anyone gets it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from octavo.adapters.clock import modified_date
from octavo.adapters.fonts import faces, font_face_rules
from octavo.adapters.pdfium import first_page_png
from octavo.bind.epub import bind_epub
from octavo.bind.notes_json import notes_json
from octavo.bind.pdf import bind_pdf
from octavo.errors import FindingsError, InternalError
from octavo.model.edition import Metadata, PrintedUnit, Unit, UnitKind
from octavo.model.epub import STYLE_PATH, image_path
from octavo.model.finding import Finding, has_errors
from octavo.model.publication import EditionSettings, Publication
from octavo.model.words import words_for
from octavo.model.work import Work, WorkKind
from octavo.pipeline.project import Project
from octavo.pipeline.template_faults import template_faults
from octavo.render.pool import Pool, open_pool
from octavo.render.rounds import render
from octavo.typeset.paged import typeset_print
from octavo.typeset.print_notes import printed_note_texts
from octavo.typeset.reading import typeset_epub
from octavo.typeset.templates import Templates
from octavo.verify.editions import check_epub, check_pdf

_POINTS = 72 / 25.4
_COVER_WIDTH = 1200
_MEDIA_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}

Progress = Callable[[str, int, int], None]
"""Told what is done: the step, how much of it, of how much."""


@dataclass(frozen=True, slots=True)
class Made:
    """A finished edition, verified and not yet on the disk; ``notes`` is its ``notes.json``."""

    data: bytes
    notes: bytes
    pages: int | None = None


@contextmanager
def open_press(project: Project, jobs: int) -> Iterator[Pool]:
    """Worker processes with the fonts and the style of a project."""
    with template_faults(project.root, project.warnings):
        style = font_face_rules(faces()) + Templates(project.root).text("print/print.css")
    with open_pool(jobs, project.root, style) as pool:
        yield pool


def metadata_of(publication: Publication) -> Metadata:
    """What editions say about themselves."""
    return Metadata(
        title=publication.title,
        language=publication.language,
        subtitle=publication.subtitle,
        authors=tuple(author.name for author in publication.authors),
        publisher=publication.publisher,
        date=publication.date,
        modified=modified_date(publication.date),
        identifier=publication.identifier,
        isbn=publication.isbn,
        rights=publication.rights,
        description=publication.description,
        keywords=publication.keywords,
        people=publication.authors,
    )


def book_of(publication: Publication, pages: int | None = None) -> Work:
    """The publication as others cite it, with the number of pages where the edition has pages."""
    return Work(
        WorkKind.BOOK,
        publication.slug,
        publication.title,
        publication.language,
        subtitle=publication.subtitle,
        authors=publication.authors,
        publisher=publication.publisher,
        place=publication.place,
        date=publication.date,
        isbn=publication.isbn,
        identifier=publication.identifier,
        abstract=publication.description,
        keywords=publication.keywords,
        pages=pages,
    )


def make_pdf(
    project: Project, edition: EditionSettings, pool: Pool, findings: list[Finding], progress: Progress
) -> Made:
    """A PDF edition.  Raises FindingsError."""
    templates = Templates(project.root)
    with template_faults(project.root, project.warnings):
        units = typeset_print(project.publication, edition, project.manuscript, templates)
    printed = render(units, pool, findings, lambda what, done, total: progress(f"{edition.name}: {what}", done, total))
    if has_errors(findings):
        raise FindingsError(findings)
    size = (edition.page.width * _POINTS, edition.page.height * _POINTS)
    data = bind_pdf(printed, metadata_of(project.publication), page_size=size)
    late = frozenset(name for unit in printed for name in unit.late_notes)
    texts = printed_note_texts(project.manuscript)
    found, reading = check_pdf(data, edition.name, project.manuscript, texts, late)
    findings += found
    return Made(data, notes_json(project.manuscript.plan, reading.notes, paged=True), reading.pages)


def make_epub(
    project: Project, edition: EditionSettings, pool: Pool, findings: list[Finding], progress: Progress
) -> Made:
    """An EPUB edition.  Raises FindingsError."""
    templates = Templates(project.root)
    progress(f"{edition.name}: documents", 0, 1)
    cover, media_type = _cover(project, edition, templates, pool, findings)
    publication = project.publication
    words = words_for(publication.language)
    with template_faults(project.root, project.warnings):
        documents = typeset_epub(publication, project.manuscript, words, templates, cover_media_type=media_type)
        resources = {STYLE_PATH: templates.text("epub/epub.css").encode()}
    for document in documents:
        for path in document.images:
            drawing = project.manuscript.drawings.get(path)
            picture = (project.root / path).read_bytes() if drawing is None else drawing.svg.encode()
            resources[image_path(path)] = picture
    data = bind_epub(
        publication, metadata_of(publication), documents, resources, cover, media_type, project.manuscript.plan
    )
    found, seen = check_epub(data, edition.name, project.manuscript)
    findings += found
    if has_errors(findings) or seen is None:
        raise FindingsError(findings)
    progress(f"{edition.name}: documents", 1, 1)
    return Made(data, notes_json(project.manuscript.plan, seen, paged=False))


def _cover(
    project: Project, edition: EditionSettings, templates: Templates, pool: Pool, findings: list[Finding]
) -> tuple[bytes, str]:
    """The author's picture, or one drawn from the template."""
    if edition.cover:
        path = project.root / edition.cover
        return path.read_bytes(), _MEDIA_TYPES[path.suffix.lower()]
    with template_faults(project.root, project.warnings):
        html = templates.render("print/cover.html", publication=project.publication, words=words_for("en"))
    unit = Unit("cover", UnitKind.FRONT, project.publication.title, html)
    drawn: tuple[PrintedUnit, ...] = render([unit], pool, findings, lambda *_: None)
    if not drawn:
        raise FindingsError(findings) if has_errors(findings) else InternalError("the cover was not drawn")
    return first_page_png(drawn[0].pdf, _COVER_WIDTH), "image/png"
