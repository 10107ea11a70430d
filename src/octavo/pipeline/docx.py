"""One numbered manuscript, or one paper, into a DOCX that was read back before anyone gets it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from PIL import Image as Picture

from octavo.adapters.pandoc import conversion_state, flow_to
from octavo.adapters.raster import draw_points
from octavo.adapters.tools import own_state
from octavo.bind.docx import Frame, bind_docx
from octavo.bind.docx.reference import complete_reference, reference_document
from octavo.bind.notes_json import notes_json
from octavo.errors import FindingsError
from octavo.model.docx import DocxDocument, Image, PageShape
from octavo.model.docx_style import WordStyle
from octavo.model.edition import Drawing, Metadata, NumberedManuscript
from octavo.model.finding import Finding, has_errors
from octavo.model.keeping import NOTHING_KEPT, Keeper
from octavo.model.publication import EditionSettings, Numbering
from octavo.model.source import Location
from octavo.pipeline.editions import Made, metadata_of
from octavo.pipeline.pictures import read_picture
from octavo.pipeline.points import draw_kept
from octavo.pipeline.project import Project
from octavo.pipeline.template_faults import template_faults
from octavo.typeset.docx import typeset_book
from octavo.typeset.docx_styles import REFERENCE, Value, read_styles
from octavo.typeset.templates import Templates
from octavo.verify.editions import check_docx

Draw = Callable[[Sequence[str], int], tuple[bytes, ...]]
_POINTS_OF_PIXEL = 0.75
_DOTS = 300


def make_docx(
    project: Project, edition: EditionSettings, keeper: Keeper = NOTHING_KEPT
) -> tuple[Made, tuple[Finding, ...]]:
    """A DOCX edition, and the warnings of it; ``keeper`` has what earlier builds made.

    Raises FindingsError, MachineError.
    """
    publication, manuscript = project.publication, project.manuscript
    page = page_of(edition.page.width, edition.page.height)
    with template_faults(project.root, project.warnings):
        document = typeset_book(publication, manuscript, Templates(project.root), page)
    frame = frame_of(manuscript, page, publication.title, front=True)
    styles = house_styles(project.root)

    def draw(drawings: Sequence[str], dots: int) -> tuple[bytes, ...]:
        return draw_kept(drawings, dots, keeper)

    metadata = metadata_of(publication)
    data = write_docx(project.root, document, manuscript, metadata, frame, styles, draw=draw, keeper=keeper)
    findings, seen = check_docx(data, edition.name, manuscript)
    if has_errors(findings) or seen is None:
        raise FindingsError(list(findings))
    return Made(data, notes_json(manuscript.plan, seen, paged=False)), findings


def write_docx(
    root: Path,
    document: DocxDocument,
    manuscript: NumberedManuscript,
    metadata: Metadata,
    frame: Frame,
    styles: Sequence[WordStyle],
    *,
    draw: Draw = draw_points,
    keeper: Keeper = NOTHING_KEPT,
) -> bytes:
    """Pandoc's DOCX of a document, finished; the styles are the project's reference document's where it has one.

    ``draw`` makes points of vector graphics, ``keeper`` has what Pandoc wrote of the same document before.  Raises
    MachineError.
    """
    own = root / REFERENCE
    if own.is_file():
        reference = complete_reference(own.read_bytes(), styles, frame.page)
    else:
        reference = reference_document(styles, frame.page, metadata.language)
    options = ("--reference-doc=reference.docx", "--syntax-highlighting=none")
    manifest = {
        "text": document.xhtml,
        "options": " ".join(options),
        "reference": sha256(reference).hexdigest(),
        "tools": f"{own_state()} {conversion_state()}",
    }
    data = keeper.recall("docx", metadata.title, manifest)
    if data is None:
        data = flow_to(document.xhtml, "docx", options, {"reference.docx": reference})
        keeper.keep("docx", metadata.title, manifest, data)
    sources = list(dict.fromkeys(picture.source for picture in document.pictures))
    return bind_docx(data, document, metadata, frame, load_images(root, sources, manuscript.drawings, draw))


def frame_of(manuscript: NumberedManuscript, page: PageShape, header: str, *, front: bool) -> Frame:
    """What is around the text: footnotes begin anew in each section where the plan's numbers do not run through."""
    return Frame(page, header, manuscript.plan.numbering != Numbering.CONTINUOUS.value, front)


def load_images(
    root: Path, sources: Sequence[str], drawings: Mapping[str, Drawing], draw: Draw = draw_points
) -> dict[str, Image]:
    """The pictures of a manuscript by their source: what is vector graphics is drawn in points as well.

    Raises FindingsError for one that cannot be drawn, MachineError where the drawing program is missing.
    """
    vectors: dict[str, bytes] = {}
    images: dict[str, Image] = {}
    for source in sources:
        if source in drawings:
            vectors[source] = drawings[source].svg.encode()
        elif source.lower().endswith(".svg"):
            vectors[source] = read_picture(root, source)
        else:
            images[source] = _image(read_picture(root, source))
    drawn = draw([vector.decode("utf-8") for vector in vectors.values()], _DOTS)
    lacking = [source for source, data in zip(vectors, drawn, strict=True) if not data]
    if lacking:
        hint = "save it anew in a plainer form of SVG, or as PNG"
        raise FindingsError(
            [
                Finding("IMG105", "broken-image", "the picture cannot be drawn for the DOCX", Location(source), hint)
                for source in lacking
            ]
        )
    return images | {source: _image(data, vectors[source]) for source, data in zip(vectors, drawn, strict=True)}


def _image(data: bytes, svg: bytes = b"") -> Image:
    with Picture.open(BytesIO(data)) as picture:
        width, height = picture.size
    scale = 72 / _DOTS if svg else _POINTS_OF_PIXEL
    return Image(data, width * scale, height * scale, svg)


def page_of(width: float, height: float) -> PageShape:
    """A page in millimetres with the margins that print has, as shares of it."""
    return PageShape(width, height, 0.098 * height, 0.131 * width, 0.115 * height, 0.131 * width)


def house_styles(root: Path, changes: Mapping[str, Mapping[str, Value]] | None = None) -> tuple[WordStyle, ...]:
    """The styles of a project; ``changes`` are put over them: properties by the name of a style."""
    return read_styles(root, changes)
