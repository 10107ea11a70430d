"""One numbered manuscript into one edition: typeset, laid out, bound, and read back before anyone gets it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from octavo.adapters.clock import modified_date
from octavo.adapters.fonts import faces, font_face_rules
from octavo.adapters.pdfium import first_page_png
from octavo.adapters.tools import packages_state
from octavo.bind.epub import bind_epub
from octavo.bind.notes_json import notes_json
from octavo.bind.pdf import bind_pdf
from octavo.errors import FindingsError, InternalError
from octavo.model.edition import Metadata, PrintedUnit, Unit, UnitKind
from octavo.model.epub import STYLE_PATH, image_path
from octavo.model.finding import Finding, has_errors
from octavo.model.keeping import NOTHING_KEPT, Keeper
from octavo.model.publication import EditionSettings, Publication
from octavo.model.words import words_for
from octavo.model.work import Work, WorkKind
from octavo.pipeline.pictures import read_picture
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


def press_style(project: Project) -> str:
    """The fonts and the style of a project, with which worker processes begin.  Raises FindingsError."""
    with template_faults(project.root, project.warnings):
        return font_face_rules(faces()) + Templates(project.root).text("print/print.css")


@contextmanager
def open_press(project: Project, jobs: int) -> Iterator[Pool]:
    """Worker processes for one build."""
    with open_pool(jobs, project.root, press_style(project), project.publication.limits) as pool:
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
    project: Project,
    edition: EditionSettings,
    pool: Pool,
    findings: list[Finding],
    progress: Progress,
    keeper: Keeper = NOTHING_KEPT,
) -> Made:
    """A PDF edition.  Raises FindingsError."""
    templates = Templates(project.root)
    with template_faults(project.root, project.warnings):
        units = typeset_print(project.publication, edition, project.manuscript, templates)

    def tell(what: str, done: int, total: int) -> None:
        progress(f"{edition.name}: {what}", done, total)

    printed = render(units, pool, findings, tell, keeper)
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
    project: Project,
    edition: EditionSettings,
    pool: Pool,
    findings: list[Finding],
    progress: Progress,
    keeper: Keeper = NOTHING_KEPT,
) -> Made:
    """An EPUB edition.  Raises FindingsError."""
    templates = Templates(project.root)
    progress(f"{edition.name}: documents", 0, 1)
    cover, media_type = _cover(project, edition, templates, pool, findings, keeper)
    publication = project.publication
    words = words_for(publication.language)
    with template_faults(project.root, project.warnings):
        documents = typeset_epub(publication, project.manuscript, words, templates, cover_media_type=media_type)
        resources = {STYLE_PATH: templates.text("epub/epub.css").encode()}
    for document in documents:
        for path in document.images:
            drawing = project.manuscript.drawings.get(path)
            resources[image_path(path)] = read_picture(project.root, path) if drawing is None else drawing.svg.encode()
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
    project: Project,
    edition: EditionSettings,
    templates: Templates,
    pool: Pool,
    findings: list[Finding],
    keeper: Keeper,
) -> tuple[bytes, str]:
    """The author's picture, or one drawn from the template."""
    if edition.cover:
        return read_picture(project.root, edition.cover), _MEDIA_TYPES[Path(edition.cover).suffix.lower()]
    with template_faults(project.root, project.warnings):
        html = templates.render("print/cover.html", publication=project.publication, words=words_for("en"))
    unit = Unit("cover", UnitKind.FRONT, project.publication.title, html)
    drawn: tuple[PrintedUnit, ...] = render([unit], pool, findings, lambda *_: None, keeper)
    if not drawn:
        raise FindingsError(findings) if has_errors(findings) else InternalError("the cover was not drawn")
    manifest = {"page": sha256(drawn[0].pdf).hexdigest(), "width": str(_COVER_WIDTH), "tools": packages_state()}
    picture = keeper.recall("picture", "cover", manifest)
    if picture is None:
        picture = first_page_png(drawn[0].pdf, _COVER_WIDTH)
        keeper.keep("picture", "cover", manifest, picture)
    return picture, "image/png"
