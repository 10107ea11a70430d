"""A paper, which is a NumberedManuscript of one chapter, into the one Unit that it is laid out as."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree
from markupsafe import Markup

from octavo.model.chapter import Role
from octavo.model.columns import ColumnGrid, ReadColumns
from octavo.model.edition import NumberedManuscript, Unit, UnitKind
from octavo.model.extract import Block, Fonts, Paper, Profile, TitleBlock
from octavo.model.notes import MAIN
from octavo.model.publication import Publication
from octavo.model.words import Words, words_for
from octavo.typeset.columns import in_columns, notes_across
from octavo.typeset.mathematics import FormulaFault
from octavo.typeset.print_notes import PrintBody
from octavo.typeset.templates import Templates

_POINT = 25.4 / 72
_SCHEME = re.compile(r"(<a\b[^>]*>)(https?://)")
# What is kept free beside a high image, in millimetres: a line of text, and a caption.
_LINE, _CAPTION = 6.0, 28.0


def title_block(
    publication: Publication, profile: Profile, manuscript: NumberedManuscript, role: Role, label: str
) -> TitleBlock:
    """What a profile asks for before and behind the text; ``role`` and ``label`` are those of the chapter in the book.

    In an anonymous paper nothing names its authors, or the book by which they would be known.
    """
    chapter = manuscript.chapters[0]
    front, blocks = chapter.front, set(profile.blocks)
    words = paper_words(profile, manuscript)
    named = not profile.anonymous
    pattern = words.first_published_appendix if role is Role.APPENDIX else words.first_published
    sentence, _, end = pattern.partition("{title}")
    imprint = ", ".join(text for text in (publication.publisher, publication.date[:4]) if text)
    first = Block.FIRST_PUBLISHED in blocks and named
    return TitleBlock(
        title=chapter.title_html if Block.TITLE in blocks else "",
        subtitle=front.subtitle if Block.TITLE in blocks else "",
        authors=(front.authors or publication.authors) if Block.AUTHORS in blocks and named else (),
        abstract=chapter.abstract_html if Block.ABSTRACT in blocks else "",
        keywords=front.keywords if Block.KEYWORDS in blocks else (),
        udc=front.udc if Block.UDC in blocks else "",
        jel=front.jel if Block.JEL in blocks else "",
        acknowledgement=front.acknowledgement if Block.ACKNOWLEDGEMENT in blocks and named else "",
        first_published=sentence.format(label=label).strip() if first else "",
        book=publication.title if first else "",
        imprint=f"{f' ({imprint})' if imprint else ''}{end}" if first else "",
    )


def paper_words(profile: Profile, manuscript: NumberedManuscript) -> Words:
    """The fixed words of a paper: in the language of its profile, or else of its text."""
    return words_for(profile.language or manuscript.chapters[0].language)


def typeset_paper(
    paper: Paper, profile: Profile, manuscript: NumberedManuscript, block: TitleBlock, templates: Templates
) -> Unit:
    """The unit of a paper.  Raises FormulaFault and TemplateFault."""
    chapter = manuscript.chapters[0]
    words = paper_words(profile, manuscript)
    em = profile.fonts.tables * _POINT
    across = profile.page.measure(1) / em if profile.columns > 1 else 0.0
    body = PrintBody(
        manuscript, chapter.slug, chapter.language, words, profile.measure / em, with_pages=False, across=across
    )
    title = _plain(chapter.title_html)
    try:
        pieces = {
            "title": Markup(body.convert(block.title)),
            "abstract": Markup(_whole_schemes(_run_in(body.convert(block.abstract), words.abstract))),
            "text": Markup(_whole_schemes(_bookmarks(body.convert(chapter.body_html), manuscript))),
        }
    except FormulaFault as fault:
        raise FormulaFault(fault.tex, fault.reason, chapter.source) from fault
    entries = [
        {"anchor": entry.anchor, "language": entry.language, "html": Markup(_whole_schemes(entry.html))}
        for entry in manuscript.references
    ]
    html = templates.render(
        profile.template,
        paper=paper,
        profile=profile,
        block=replace(block, title="", abstract=""),
        chapter=chapter,
        words=words,
        plain_title=title,
        entries=entries,
        page_style=Markup(paper_style(profile)),
        **pieces,
    )
    notes = manuscript.plan.of_chapter(chapter.slug)
    unit = Unit(
        paper.name,
        UnitKind.CHAPTER,
        title,
        html,
        notes=tuple(note.anchor for note in notes if note.series == MAIN),
        source=chapter.source,
    )
    return in_columns(unit, column_grid(profile)) if profile.columns > 1 else unit


def column_grid(profile: Profile) -> ColumnGrid:
    """The columns of a profile that has two."""
    page = profile.page
    return ColumnGrid(
        page.width, page.height, page.top, page.right, page.bottom, page.left, page.gutter, profile.fonts.leading
    )


def read_columns(profile: Profile, manuscript: NumberedManuscript, block: TitleBlock) -> ReadColumns | None:
    """What tells the columns of a finished paper apart; None where it has one."""
    if profile.columns == 1:
        return None
    return ReadColumns.of(column_grid(profile), notes_across(block.title, manuscript.plan))


def paper_style(profile: Profile) -> str:
    """The page of a profile and its sizes of type, as CSS that stands behind the style sheets."""
    page, fonts = profile.page, profile.fonts
    if profile.columns > 1:
        return _columns_style(fonts)
    margins = f"{page.top:g}mm {page.right:g}mm {page.bottom:g}mm {page.left:g}mm"
    height = page.text_height
    notes, tables = fonts.notes, fonts.tables
    text = f'"{fonts.text}", Cardo, "Octavo Symbols", {_generic(fonts.text)}'
    heads = f'"{fonts.headings}", Cardo, "Octavo Symbols", {_generic(fonts.headings)}'
    return (
        f"@page {{ size: {page.width:g}mm {page.height:g}mm }}\n"
        f"@page paper {{ margin: {margins} }}\n"
        f"html {{ font: {fonts.size:g}pt/{fonts.leading:g}pt {text} }}\n"
        f".paper h1, .paper h2, .paper h3, .paper h4, .paper h5, .paper h6 {{ font-family: {heads} }}\n"
        f".note, .note blockquote {{ font-family: {text};"
        f" font-size: {notes:g}pt; line-height: {notes * 1.28:.2f}pt }}\n"
        f".paper .entry {{ font-size: {notes:g}pt; line-height: {notes * 1.32:.2f}pt }}\n"
        f"table {{ font-size: {tables:g}pt; line-height: {tables * 1.3:.2f}pt }}\n"
        f"figcaption {{ font-size: {tables:g}pt; line-height: {tables * 1.3:.2f}pt }}\n"
        f".table-note, .table-remark, .table-source {{ font-size: {tables * 0.9:.2f}pt;"
        f" line-height: {tables * 1.18:.2f}pt }}\n"
        f"img {{ max-height: {height - _LINE:.1f}mm }} figure img {{ max-height: {height - _CAPTION:.1f}mm }}\n"
    )


def _columns_style(fonts: Fonts) -> str:
    """The same of two columns: the page and the tables, which may be squeezed, are seen to elsewhere."""
    text = f'"{fonts.text}", Cardo, "Octavo Symbols", {_generic(fonts.text)}'
    notes = fonts.notes
    return (
        f".column-flow, .column-sheets {{ font: {fonts.size:g}pt/{fonts.leading:g}pt {text} }}\n"
        f".column-flow .note {{ font-family: {text}; font-size: {notes:g}pt; line-height: {notes * 1.19:.2f}pt }}\n"
        f".column-flow .entry {{ font-size: {notes:g}pt; line-height: {notes * 1.25:.2f}pt }}\n"
    )


def _generic(family: str) -> str:
    return "sans-serif" if family.endswith("Sans") else "serif"


def _plain(html: str) -> str:
    tree = etree.fromstring(f"<x>{html}</x>")
    return " ".join("".join(map(str, tree.itertext())).split())


def _run_in(html: str, label: str) -> str:
    """The word before an abstract stands in the first of its paragraphs."""
    if not html:
        return ""
    tree = etree.fromstring(f"<x>{html}</x>")
    first = tree[0] if len(tree) and tree[0].tag == "p" else tree
    word = etree.Element("span")
    word.set("class", "label")
    word.text = f"{label}."
    word.tail = f" {(first.text or '').lstrip()}"
    first.text = None
    first.insert(0, word)
    return _inner(tree)


def _bookmarks(html: str, manuscript: NumberedManuscript) -> str:
    """The outline shows a section's number and title without the notes that are called in it."""
    tree = etree.fromstring(f"<x>{html}</x>")
    titles = {one.anchor: f"{one.label} {one.title}".strip() for one in manuscript.chapters[0].sections}
    for heading in tree.iter("h2", "h3", "h4", "h5", "h6"):
        heading.set("data-bookmark", titles.get(heading.get("id") or "", ""))
    return _inner(tree)


def _whole_schemes(html: str) -> str:
    """Addresses whose ``https://`` stays whole: WeasyPrint takes the start of a link for that of a line."""
    return _SCHEME.sub(r'\1<span class="scheme">\2</span>', html)


def _inner(tree: etree._Element) -> str:
    whole = etree.tostring(tree, encoding="unicode")
    start, end = whole.index(">") + 1, whole.rindex("<")
    return whole[start:end] if end >= start else ""
