"""Trees of a manuscript into content documents, by their templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree
from markupsafe import Markup

from octavo.model.chapter import Role
from octavo.model.edition import NumberedChapter
from octavo.model.epub import ContentDocument, TocEntry, image_path, printable
from octavo.model.publication import Publication
from octavo.model.words import Words, primary_language, words_for
from octavo.typeset.reading_links import external_address, safe_name
from octavo.typeset.reading_markup import MATHML, SVG, XHTML, parse, serialise
from octavo.typeset.templates import TemplateFault, Templates

_FOLDER = "text"


@dataclass(frozen=True, slots=True)
class SetChapter:
    """A chapter as trees, before its links are known to lead anywhere.

    ``name`` is that of its document.  ``notes`` holds the notes at its end.
    """

    source: NumberedChapter
    name: str
    title: str
    heading: etree._Element
    abstract: etree._Element
    body: etree._Element
    notes: etree._Element
    sections: tuple[TocEntry, ...]
    anchors: frozenset[str]
    pictures: tuple[str, ...]

    @property
    def trees(self) -> tuple[etree._Element, ...]:
        """All its trees, in the order of reading."""
        return self.heading, self.abstract, self.body, self.notes


@dataclass(frozen=True, slots=True)
class _Entry:
    # A line of the table of contents with what stands under it.
    title: str
    href: str
    children: list[_Entry]


class Press:
    """Renders the documents of one publication, in order."""

    def __init__(self, publication: Publication, words: Words, templates: Templates) -> None:
        self.publication = publication
        self.words = words
        self.documents: list[ContentDocument] = []
        self._templates = templates

    def add(
        self,
        template: str,
        title: str,
        landmark: str,
        landmark_title: str,
        *,
        name: str = "",
        in_toc: bool = True,
        **values: object,
    ) -> None:
        """Adds a document that is no chapter."""
        name = name or template
        xhtml, properties, images, described = self._render(template, title, **values)
        self.documents.append(
            ContentDocument(
                id=name,
                path=f"{_FOLDER}/{name}.xhtml",
                title=title,
                xhtml=xhtml,
                properties=properties,
                images=images,
                described=described,
                in_toc=in_toc,
                landmark=landmark,
                landmark_title=landmark_title,
            )
        )

    def add_chapter(self, chapter: SetChapter, landmark: str, level: int) -> None:
        """Adds a chapter."""
        source = chapter.source
        # As in print, a chapter in another language has its own words: a Russian one is a «Глава» in an English book.
        words = words_for(source.language)
        label = words.heading(source.role.value, source.label)
        foreign = words.language != primary_language(source.language)
        xhtml, properties, images, described = self._render(
            "chapter",
            chapter.title,
            language=source.language,
            words=words,
            words_language=words.language if foreign else "",
            chapter=source,
            kind=source.role.value,
            anchor=safe_name(source.anchor),
            label=label,
            heading=Markup(serialise(chapter.heading)),
            abstract=Markup(serialise(chapter.abstract).strip()),
            body=Markup(serialise(chapter.body)),
            notes=[Markup(_alone(note)) for note in list(chapter.notes)],
        )
        appendix = source.role is Role.APPENDIX
        listed = self.words.heading(source.role.value, source.label) if appendix else source.label
        self.documents.append(
            ContentDocument(
                id=chapter.name.removesuffix(".xhtml"),
                path=f"{_FOLDER}/{chapter.name}",
                title=f"{listed}. {chapter.title}" if listed else chapter.title,
                xhtml=xhtml,
                properties=properties,
                images=tuple(dict.fromkeys((*chapter.pictures, *images))),
                described=described,
                level=level,
                sections=chapter.sections,
                landmark=landmark,
                landmark_title=self.words.start_of_text if landmark else "",
            )
        )

    def add_contents(self, index: int) -> None:
        """Adds the navigation document, which is the page of contents too, before the document with an index."""
        name, words = "contents", self.words
        marks = [(each.landmark, f"{each.path.rpartition('/')[2]}", each.landmark_title) for each in self.documents]
        marks.insert(index, ("toc", f"{name}.xhtml", words.contents))
        xhtml, properties, images, described = self._render(
            name, words.contents, entries=_entries(self.documents), landmarks=[mark for mark in marks if mark[0]]
        )
        contents = ContentDocument(
            id=name,
            path=f"{_FOLDER}/{name}.xhtml",
            title=words.contents,
            xhtml=xhtml,
            properties=properties | {"nav"},
            images=images,
            described=described,
            in_toc=False,
            landmark="toc",
            landmark_title=words.contents,
        )
        self.documents.insert(index, contents)

    def _render(self, template: str, title: str, **values: object) -> tuple[str, frozenset[str], tuple[str, ...], bool]:
        images: list[str] = []

        def image(path: str) -> str:
            images.append(path)
            return f"../{image_path(path)}"

        name = f"epub/{template}.xhtml"
        known: dict[str, object] = {
            "publication": self.publication,
            "words": self.words,
            "language": self.publication.language,
            "title": title,
            "image": image,
            "address": external_address,
        }
        xhtml = printable(self._templates.render(name, **(known | values)))
        try:
            root = etree.fromstring(xhtml.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as fault:
            raise TemplateFault(f"the result is not well-formed: {fault}", name) from fault
        spaces = {"mathml": f"{{{MATHML}}}math", "svg": f"{{{SVG}}}svg"}
        properties = frozenset(key for key, tag in spaces.items() if next(root.iter(tag), None) is not None)
        described = all((picture.get("alt") or "").strip() for picture in root.iter(f"{{{XHTML}}}img"))
        return xhtml, properties, tuple(images), described


def _entries(documents: Sequence[ContentDocument]) -> list[_Entry]:
    top: list[_Entry] = []
    stack: list[tuple[int, list[_Entry]]] = [(0, top)]
    for document in documents:
        if not document.in_toc:
            continue
        name = document.path.rpartition("/")[2]
        sections = [_Entry(each.title, f"{name}#{each.anchor}", []) for each in document.sections]
        while stack[-1][0] >= document.level:
            stack.pop()
        stack[-1][1].append(_Entry(document.title, name, sections))
        stack.append((document.level, sections))
    return top


def _alone(element: etree._Element) -> str:
    holder = parse("")
    holder.append(element)
    return serialise(holder)
