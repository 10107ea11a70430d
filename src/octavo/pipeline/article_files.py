"""Papers into JATS XML, LaTeX and the files to cite them by: typeset, written by Pandoc, given their shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from octavo.adapters.raster import draw_points
from octavo.bind.cite_this import cite_this
from octavo.bind.jats import bind_jats
from octavo.bind.latex import bind_latex
from octavo.model.article import Article, ArticleSource
from octavo.model.edition import NumberedManuscript
from octavo.model.extract import Output
from octavo.model.finding import Finding
from octavo.model.notes import EditionNotes
from octavo.model.publication import Publication
from octavo.model.words import Words
from octavo.model.work import Work, WorkKind
from octavo.pipeline.papers import NumberedPaper
from octavo.pipeline.pictures import read_picture
from octavo.typeset.article import typeset_jats
from octavo.typeset.article_tex import typeset_tex
from octavo.typeset.paper import paper_words
from octavo.verify.papers import check_jats, check_latex

Draw = Callable[[Sequence[str], int], tuple[bytes, ...]]
_DOTS = 300


def make_jats(manuscript: NumberedManuscript, article: Article, words: Words) -> ArticleSource:
    """A paper as JATS XML; the manuscript has one chapter.

    Its bytes depend on the arguments alone.  :func:`octavo.verify.papers.check_jats` compares it with the manuscript.
    """
    xhtml, images = typeset_jats(manuscript, words, article.work.language)
    languages = {reference.anchor: reference.language for reference in manuscript.references}
    return ArticleSource(bind_jats(xhtml, article, manuscript.plan, languages, words), images)


def make_latex(manuscript: NumberedManuscript, article: Article, words: Words) -> ArticleSource:
    """A paper as LaTeX; the manuscript has one chapter.

    Pictures in SVG are shown as PNG, which :func:`paper_pictures` makes of them.  The bytes depend on the arguments
    alone.  :func:`octavo.verify.papers.check_latex` compares them with the manuscript.
    """
    xhtml, images = typeset_tex(manuscript, words, article.work.language)
    return ArticleSource(bind_latex(xhtml, article, manuscript.plan, manuscript.references, words), images)


def paper_work(publication: Publication, paper: NumberedPaper) -> Work:
    """A paper as others cite it; an anonymous one names neither its authors nor their book."""
    front, block = paper.text.chapter.front, paper.block
    named = not paper.profile.anonymous
    first = f"{block.first_published} {block.book}{block.imprint}" if block.first_published else ""
    return Work(
        WorkKind.PAPER,
        paper.paper.name,
        paper.title,
        front.language or publication.language,
        subtitle=front.subtitle,
        authors=(front.authors or publication.authors) if named else (),
        publisher=publication.publisher if named else "",
        place=publication.place if named else "",
        date=front.date or publication.date,
        note=first,
        rights=publication.rights if named else "",
        abstract=" ".join(front.abstract.split()),
        keywords=front.keywords,
    )


def article_of(publication: Publication, paper: NumberedPaper) -> Article:
    """What stands before and behind the text of a paper, and the page that LaTeX gets."""
    block, page = paper.block, paper.profile.page
    words = paper_words(paper.profile, paper.manuscript)
    codes = ((words.udc, block.udc), (words.jel, block.jel))
    return Article(
        paper_work(publication, paper),
        codes=tuple((name, code) for name, code in codes if code),
        acknowledgement=block.acknowledgement,
        columns=paper.profile.columns,
        size=(page.width, page.height),
        margins=(page.top, page.right, page.bottom, page.left),
        points=paper.profile.fonts.size,
    )


def paper_files(
    root: Path, publication: Publication, paper: NumberedPaper, *, draw: Draw = draw_points
) -> Mapping[str, bytes]:
    """The files to cite a paper by, and its JATS XML and LaTeX with their pictures where the profile asks for them.

    Names are relative to the folder of the paper.  Raises MachineError where a drawing cannot be drawn.
    """
    name, words = paper.paper.name, paper_words(paper.profile, paper.manuscript)
    article = article_of(publication, paper)
    files = {f"{name}.{end}": data for end, data in cite_this(article.work).items()}
    for output, make in ((Output.JATS, make_jats), (Output.LATEX, make_latex)):
        if output in paper.profile.outputs:
            source = make(paper.manuscript, article, words)
            files[f"{name}.{output.suffix}"] = source.data
            files |= paper_pictures(root, source, paper.manuscript, draw=draw)
    return files


def paper_pictures(
    root: Path, source: ArticleSource, manuscript: NumberedManuscript, *, draw: Draw = draw_points
) -> Mapping[str, bytes]:
    """The pictures of a paper by their paths beside it; what is SVG and is shown as PNG is drawn in points."""
    files: dict[str, bytes] = {}
    vectors: dict[str, str] = {}
    for path, picture in source.images.items():
        drawing = manuscript.drawings.get(picture)
        data = read_picture(root, picture) if drawing is None else drawing.svg.encode()
        if picture.lower().endswith(".svg") and path.endswith(".png"):
            vectors[path] = data.decode("utf-8")
        else:
            files[path] = data
    drawn = draw(tuple(vectors.values()), _DOTS) if vectors else ()
    return files | dict(zip(vectors, drawn, strict=True))


def check_paper_files(
    files: Mapping[str, bytes], paper: NumberedPaper
) -> tuple[tuple[Finding, ...], EditionNotes | None]:
    """Compare the JATS XML and the LaTeX of a paper with its manuscript, of the files that are there.

    The second value are the notes as they were read from the first of the two.
    """
    name = paper.paper.name
    findings: list[Finding] = []
    seen: EditionNotes | None = None
    for output, form, check in ((Output.JATS, "JATS", check_jats), (Output.LATEX, "LaTeX", check_latex)):
        data = files.get(f"{name}.{output.suffix}")
        if data is None:
            continue
        found, notes = check(data, f"{name} ({form})", paper.manuscript)
        findings += found
        seen = seen or (replace(notes, edition=name) if notes is not None else None)
    return tuple(findings), seen
