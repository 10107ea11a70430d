"""A NumberedManuscript into the Units of a print edition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree
from markupsafe import Markup

from octavo import __version__
from octavo.model.chapter import Role
from octavo.model.counting import roman
from octavo.model.edition import (
    ELSEWHERE,
    FOLIO_CLOSE,
    FOLIO_OPEN,
    NumberedChapter,
    NumberedManuscript,
    Unit,
    UnitKind,
)
from octavo.model.notes import MAIN
from octavo.model.publication import EditionSettings, Part, Publication
from octavo.model.words import Words, words_for
from octavo.typeset.lists import Listed, caption_lists
from octavo.typeset.mathematics import FormulaFault
from octavo.typeset.print_notes import PrintBody
from octavo.typeset.templates import Templates

_TOC_LEVELS = 2
# The share of the page's height that the text takes (the margins of print.css), and what is kept free beside a high
# image.
_TEXT_HEIGHT = 0.787
_LINE, _CAPTION = 5.0, 28.0
# The type size of tables in millimetres (8.5 pt).
_TABLE_EM = 8.5 * 25.4 / 72


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the contents: ``css`` is part, chapter, section or caption; ``folio`` a placeholder for its page.

    ``language`` is empty where it is that of the publication.
    """

    css: str
    label: str
    title: str
    href: str
    folio: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class PrintedList:
    """A list of tables or of figures behind the contents."""

    title: str
    anchor: str
    entries: tuple[ContentsEntry, ...]


def typeset_print(
    publication: Publication, edition: EditionSettings, manuscript: NumberedManuscript, templates: Templates
) -> tuple[Unit, ...]:
    """All units of the print edition in the order of the book.

    Raises FormulaFault and TemplateFault.
    """
    words = words_for(publication.language)
    common: dict[str, object] = {
        "publication": publication,
        "words": words,
        "edition": edition,
        "page_style": Markup(page_style(edition)),
    }
    measure = edition.page.measure / _TABLE_EM
    chapters = []
    for chapter in manuscript.chapters:
        try:
            chapters.append(_chapter(publication, manuscript, chapter, templates, common, measure))
        except FormulaFault as fault:
            raise FormulaFault(fault.tex, fault.reason, chapter.source) from fault
    body: list[Unit] = []
    for unit, chapter in zip(chapters, manuscript.chapters, strict=True):
        if _opens_part(chapter, manuscript.chapters) and chapter.part is not None:
            body.append(_part(publication.parts[chapter.part], chapter.part, templates, common))
        body.append(unit)
    if manuscript.references:
        body.append(_references(manuscript, words, templates, common))
    return (
        _plain("front", UnitKind.FRONT, publication.title, "print/front.html", templates, common),
        _contents(publication, manuscript, words, templates, common),
        *body,
        _plain(
            "colophon",
            UnitKind.COLOPHON,
            words.colophon,
            "print/colophon.html",
            templates,
            {**common, "notes": len(manuscript.plan.notes), "version": __version__},
        ),
    )


def page_style(edition: EditionSettings) -> str:
    """The trim size and bleed of an edition as CSS, and how high an image can be on such a page."""
    page = edition.page
    marks = f" bleed: {page.bleed:g}mm; marks: crop;" if page.bleed else ""
    height = page.height * _TEXT_HEIGHT
    return (
        f"@page {{ size: {page.width:g}mm {page.height:g}mm;{marks} }}\n"
        f"img {{ max-height: {height - _LINE:.1f}mm }} figure img {{ max-height: {height - _CAPTION:.1f}mm }}\n"
    )


def _plain(
    identifier: str, kind: UnitKind, title: str, template: str, templates: Templates, values: dict[str, object]
) -> Unit:
    html = templates.render(template, **values)
    return Unit(identifier, kind, title, html, roman=kind is UnitKind.FRONT)


def _opens_part(chapter: NumberedChapter, chapters: Sequence[NumberedChapter]) -> bool:
    first = next(other for other in chapters if other.part == chapter.part)
    return first is chapter


def part_anchor(index: int) -> str:
    """The anchor of a part's opening."""
    return f"octavo-part-{index + 1}"


def _part(part: Part, index: int, templates: Templates, common: dict[str, object]) -> Unit:
    html = templates.render("print/part.html", **common, part=part, number=index + 1, anchor=part_anchor(index))
    return Unit(part_anchor(index), UnitKind.PART, part.title, html)


def _chapter(
    publication: Publication,
    manuscript: NumberedManuscript,
    chapter: NumberedChapter,
    templates: Templates,
    common: dict[str, object],
    measure: float,
) -> Unit:
    words = words_for(chapter.language)
    body = PrintBody(manuscript, chapter.slug, chapter.language, words, measure)
    title = _plain_title(chapter.title_html)
    html = templates.render(
        "print/chapter.html",
        **{**common, "words": words},
        chapter=chapter,
        heading=words.heading(chapter.role.value, chapter.label),
        running=chapter.front.short or title,
        bookmark=f"{chapter.label}. {title}" if chapter.label else title,
        level=2 if chapter.part is not None else 1,
        title=Markup(body.convert(chapter.title_html)),
        abstract=Markup(body.convert(chapter.abstract_html)),
        body=Markup(_bookmark_sections(body.convert(chapter.body_html), chapter)),
    )
    notes = [note for note in manuscript.plan.of_chapter(chapter.slug) if note.series == MAIN]
    return Unit(
        f"chapter-{chapter.slug}",
        UnitKind.CHAPTER,
        title,
        html,
        page_references=tuple(dict.fromkeys(body.page_references)),
        notes=tuple(note.anchor for note in notes),
        note_places=tuple(note.location for note in notes),
        source=chapter.source,
    )


def _plain_title(html: str) -> str:
    return " ".join("".join(map(str, etree.fromstring(f"<x>{html}</x>").itertext())).split())


def _bookmark_sections(html: str, chapter: NumberedChapter) -> str:
    """The outline shows a section's number and title without the notes that are called in it."""
    tree = etree.fromstring(f"<x>{html}</x>")
    titles = {section.anchor: f"{section.label} {section.title}".strip() for section in chapter.sections}
    for heading in tree.iter("h2", "h3", "h4", "h5", "h6"):
        heading.set("data-bookmark", titles.get(heading.get("id") or "", ""))
        heading.set("class", f"{heading.get('class') or ''} deep{int(chapter.part is not None)}".strip())
    whole = etree.tostring(tree, encoding="unicode")
    return whole[whole.index(">") + 1 : whole.rindex("<")]


def _references(manuscript: NumberedManuscript, words: Words, templates: Templates, common: dict[str, object]) -> Unit:
    entries = [
        {"anchor": entry.anchor, "language": entry.language, "html": Markup(entry.html)}
        for entry in manuscript.references
    ]
    html = templates.render("print/references.html", **common, entries=entries)
    return Unit("references", UnitKind.REFERENCES, words.references, html)


def _contents(
    publication: Publication,
    manuscript: NumberedManuscript,
    words: Words,
    templates: Templates,
    common: dict[str, object],
) -> Unit:
    lists = [
        PrintedList(found.title, f"octavo-{found.name}", tuple(_caption(listed) for listed in found.entries))
        for found in caption_lists(publication.lists, manuscript, publication.language, words)
    ]
    own = [_entry("chapter front", "", found.title, found.anchor, elsewhere=False) for found in lists]
    entries = [*own, *_contents_entries(publication, manuscript, words)]
    html = templates.render("print/contents.html", **common, entries=entries, lists=lists)
    all_entries = (*entries, *(entry for found in lists for entry in found.entries))
    anchors = tuple(dict.fromkeys(entry.href.removeprefix(ELSEWHERE).removeprefix("#") for entry in all_entries))
    return Unit("contents", UnitKind.CONTENTS, words.contents, html, roman=True, page_references=anchors)


def _entry(
    css: str, label: str, title: str, anchor: str, language: str = "", *, elsewhere: bool = True
) -> ContentsEntry:
    href = f"{ELSEWHERE if elsewhere else '#'}{anchor}"
    return ContentsEntry(css, label, title, href, f"{FOLIO_OPEN}{anchor}{FOLIO_CLOSE}", language)


def _caption(listed: Listed) -> ContentsEntry:
    target = listed.target
    return _entry("caption", target.label, target.title, target.anchor, listed.language)


def _contents_entries(
    publication: Publication, manuscript: NumberedManuscript, words: Words
) -> Iterator[ContentsEntry]:
    for chapter in manuscript.chapters:
        if _opens_part(chapter, manuscript.chapters) and chapter.part is not None:
            title = publication.parts[chapter.part].title
            yield _entry("part", f"{words.part} {_capital_roman(chapter.part + 1)}", title, part_anchor(chapter.part))
        title = _plain_title(chapter.title_html)
        if chapter.role is Role.APPENDIX:
            title = f"{words.heading('appendix', chapter.label)}. {title}"
            yield _entry("chapter plain", "", title, chapter.anchor)
        else:
            yield _entry("chapter", chapter.label, title, chapter.anchor)
        for section in chapter.sections:
            if section.level <= _TOC_LEVELS:
                yield _entry("section", section.label, section.title, section.anchor)
    if manuscript.references:
        yield _entry("chapter plain", "", words.references, "octavo-references")


def _capital_roman(number: int) -> str:
    return roman(number).upper()
