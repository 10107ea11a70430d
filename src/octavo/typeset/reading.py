"""A NumberedManuscript into EPUB content documents.

The documents follow EPUB 3.3, its Structural Semantics Vocabulary 1.1 and Digital Publishing WAI-ARIA 1.1.  Each
chapter is one document with its notes at its end: a reading system shows them where they are called.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from lxml import etree
from markupsafe import Markup

from octavo.model.edition import NumberedChapter, NumberedManuscript
from octavo.model.epub import ContentDocument, TocEntry, cover_path
from octavo.model.publication import Publication
from octavo.model.words import Words, words_for
from octavo.typeset.lists import CaptionList, caption_lists
from octavo.typeset.reading_clean import clean
from octavo.typeset.reading_links import LinkMap, claim_anchors, safe_name
from octavo.typeset.reading_markup import XHTML, local_name, parse, serialise
from octavo.typeset.reading_notes import NoteSetter, without_calls
from octavo.typeset.reading_press import Press, SetChapter
from octavo.typeset.templates import Templates


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A line of a list of tables or of figures; ``language`` is empty where it is that of the publication."""

    label: str
    title: str
    href: str
    language: str


def typeset_epub(
    publication: Publication,
    manuscript: NumberedManuscript,
    words: Words,
    templates: Templates,
    *,
    cover_media_type: str = "image/png",
) -> tuple[ContentDocument, ...]:
    """The content documents of the EPUB in the order of its spine.

    The cover shows the picture at ``cover_path(cover_media_type)``.  Raises TemplateFault where a template fails or
    gives what is not well-formed, and InternalError where the manuscript breaks the promises of its type.
    """
    chapters = [_set_chapter(chapter, manuscript, words_for(chapter.language)) for chapter in manuscript.chapters]
    references = [
        (reference, _set_fragment(reference.html, words), safe_name(reference.anchor))
        for reference in manuscript.references
    ]
    paths = {anchor: chapter.name for chapter in chapters for anchor in chapter.anchors}
    paths |= {anchor: "references.xhtml" for _, _, anchor in references}
    links = LinkMap(manuscript, paths)
    for chapter in chapters:
        for tree in chapter.trees:
            links.resolve(tree, chapter.name)
    for _, tree, _ in references:
        links.resolve(tree, "references.xhtml")

    press = Press(publication, words, templates)
    press.add("cover", words.cover, "cover", words.cover, in_toc=False, cover=f"../{cover_path(cover_media_type)}")
    press.add("title", words.title_page, "titlepage", words.title_page, in_toc=False)
    press.add("imprint", words.imprint, "", "", in_toc=False)
    contents_at = len(press.documents)
    for listed in caption_lists(publication.lists, manuscript, publication.language, words):
        _add_list(press, listed, links)
    _add_chapters(press, chapters)
    if references:
        press.add(
            "references",
            words.references,
            "bibliography",
            words.references,
            entries=[(anchor, entry.language, Markup(serialise(tree))) for entry, tree, anchor in references],
        )
    press.add("colophon", words.colophon, "", "", notes=len(manuscript.plan.notes))
    press.add_contents(contents_at)
    return tuple(press.documents)


def _add_list(press: Press, listed: CaptionList, links: LinkMap) -> None:
    entries = [
        ListEntry(entry.target.label, entry.target.title, links.address(entry.target.anchor), entry.language)
        for entry in listed.entries
    ]
    press.add("lists", listed.title, listed.term, listed.title, name=listed.name, listed=listed, entries=entries)


def _add_chapters(press: Press, chapters: Sequence[SetChapter]) -> None:
    parts = press.publication.parts
    shown: int | None = None
    landmark = "bodymatter"
    for chapter in chapters:
        part = chapter.source.part
        if part is not None and part != shown:
            title = press.words.start_of_text if landmark else ""
            press.add("part", parts[part].title, landmark, title, name=f"part-{part + 1}", number=part + 1)
            landmark = ""
        shown = part
        press.add_chapter(chapter, landmark, level=1 if part is None else 2)
        landmark = ""


def _set_chapter(chapter: NumberedChapter, manuscript: NumberedManuscript, words: Words) -> SetChapter:
    setter = NoteSetter(manuscript, words, chapter.language)
    heading, abstract, body = (parse(text) for text in (chapter.title_html, chapter.abstract_html, chapter.body_html))
    title = without_calls(heading) or chapter.front.title
    pictures = [path for tree in (heading, abstract, body) for path in clean(tree, words)]
    headings = (found for found in body.iter(f"{{{XHTML}}}h2") if _is_section(found))
    named = [(found, without_calls(found)) for found in headings]
    for tree in (heading, abstract, body):
        setter.set_marks(tree)
    notes = parse("")
    notes.extend(setter.closing_notes(chapter.slug))
    own = safe_name(chapter.anchor)
    anchors = claim_anchors((heading, abstract, body, notes), {own})
    return SetChapter(
        chapter,
        f"{_document_name(chapter.slug)}.xhtml",
        title,
        heading,
        abstract,
        body,
        notes,
        tuple(TocEntry(text, found.get("id", "")) for found, text in named if text and found.get("id")),
        frozenset(anchors),
        tuple(dict.fromkeys([*pictures, *setter.pictures])),
    )


def _is_section(heading: etree._Element) -> bool:
    # A heading within a quotation or a list is part of what is quoted, and the table of contents leaves it out.
    return all(local_name(holder) in ("body", "div", "section") for holder in heading.iterancestors())


def _set_fragment(html: str, words: Words) -> etree._Element:
    tree = parse(html)
    clean(tree, words)
    return tree


def _document_name(slug: str) -> str:
    safe = slug.isascii() and safe_name(slug) == slug and slug == slug.lower()
    return f"chapter-{slug}" if safe else f"chapter-{sha256(slug.encode()).hexdigest()[:12]}"
