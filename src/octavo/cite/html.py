"""Pandoc's HTML of several chapters into one tree for each chapter, its notes apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from octavo.errors import InternalError

Element = etree._Element
MATHML = "{http://www.w3.org/1998/Math/MathML}"
_BLOCKS = frozenset(
    [
        *("p", "div", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "table", "tr", "td", "th", "caption"),
        *("figure", "figcaption", "section", "h1", "h2", "h3", "h4", "h5", "h6", "br"),
    ]
)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class CalledNote:
    """A call in the text (Pandoc's link, still in its place), and the list item that holds the note's body."""

    call: Element
    body: Element


@dataclass(frozen=True, slots=True)
class ConvertedChapter:
    """A chapter as Pandoc read it: ``body`` holds its blocks from the ``h1`` on, ``notes`` follow their calls.

    ``prefix`` is what Pandoc put before the chapter's identifiers.
    """

    body: Element
    notes: tuple[CalledNote, ...]
    prefix: str


def parse_fragment(html: str) -> Element:
    """HTML as Pandoc writes it into a ``body`` element.  Raises InternalError where it is not well-formed XML."""
    text = html.replace("&nbsp;", "\u00a0")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        return etree.fromstring(f"<body>{text}</body>", parser)
    except etree.XMLSyntaxError as error:
        raise InternalError(f"Pandoc's HTML is not well-formed: {error}") from error


def split_chapters(html: str, names: tuple[str, ...], marker: str) -> tuple[ConvertedChapter, ...]:
    """Split the HTML of several files at the headings with the identifier ``marker``."""
    body = parse_fragment(html)
    bodies = _note_bodies(body)
    chapters: list[Element] = []
    for child in list(body):
        if child.tag == "h1" and _plain_id(child.get("id", "")) == marker:
            chapters.append(etree.Element("body"))
        if chapters and child.get("id") not in ("refs", "footnotes"):
            chapters[-1].append(child)
    if len(chapters) != len(names):
        raise InternalError(f"Pandoc returned {len(chapters)} chapters of {len(names)}")
    return tuple(
        ConvertedChapter(chapter, tuple(called_notes(chapter, bodies)), f"{name}__")
        for name, chapter in zip(names, chapters, strict=True)
    )


def _plain_id(identifier: str) -> str:
    return identifier.rpartition("__")[2]


def _note_bodies(body: Element) -> dict[str, Element]:
    bodies: dict[str, Element] = {}
    for section in body.iterfind("section[@id='footnotes']"):
        for item in section.iterfind("ol/li"):
            for link in list(item.iterfind(".//a[@class='footnote-back']")):
                remove_keeping_tail(link)
            bodies[item.get("id", "")] = item
    return bodies


def called_notes(chapter: Element, bodies: dict[str, Element]) -> Iterator[CalledNote]:
    """The notes of a chapter in the order of their calls; ``bodies`` are list items by their ``id``."""
    for call in chapter.iter("a"):
        if call.get("class") == "footnote-ref":
            yield CalledNote(call, bodies[call.get("href", "#")[1:]])


def cited_keys(chapter: ConvertedChapter) -> Iterator[str]:
    """The keys that a chapter cites, in the order in which citeproc met them: those of a note at its call."""
    bodies = {note.call: note.body for note in chapter.notes}
    for element in chapter.body.iter("span", "a"):
        yield from (element.get("data-cites") or "").split()
        if element in bodies:
            for span in bodies[element].iter("span"):
                yield from (span.get("data-cites") or "").split()


def remove_keeping_tail(element: Element) -> None:
    """Take an element out of its parent; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail or ""
    previous = element.getprevious()
    if previous is not None:
        previous.tail = (previous.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)


def replace_keeping_tail(element: Element, other: Element) -> None:
    """Put another element in an element's place; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    other.tail = element.tail
    element.tail = None
    parent.replace(element, other)


def plain_text(element: Element) -> str:
    """The text that a reader sees, white space folded; blocks are set apart by a space, mathematics is its glyphs."""
    return _SPACE.sub(" ", "".join(_texts(element))).strip()


def _texts(element: Element) -> Iterator[str]:
    if element.tag == f"{MATHML}annotation" or not isinstance(element.tag, str):
        return
    block = element.tag in _BLOCKS
    if block:
        yield " "
    if element.text:
        yield element.text
    for child in element:
        yield from _texts(child)
        if child.tail:
            yield child.tail
    if block:
        yield " "


def inner_xml(element: Element) -> str:
    """The content of an element as XML, without the element."""
    text = etree.Element("x")
    text.text = element.text
    head = etree.tostring(text, encoding="unicode")[3:-4] if element.text else ""
    return head + "".join(etree.tostring(child, encoding="unicode") for child in element)
