"""What the limits of a conference count in a paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from octavo.model.edition import NumberedManuscript
from octavo.model.extract import TitleBlock
from octavo.typeset.mathematics import MATHML

_BLOCKS = frozenset(
    {"blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr"}
    | {"li", "ol", "p", "pre", "table", "tbody", "td", "th", "thead", "tr", "ul"}
)
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"\S*\w\S*")


@dataclass(frozen=True, slots=True)
class PaperCounts:
    """The size of a paper.

    ``words`` and ``characters`` (with spaces) count title, subtitle, abstract, keywords, text with headings, tables and
    captions, notes and acknowledgement as they are printed, and neither authors nor the list of references.  A word is
    a run without blanks that has a letter or a digit; a formula has the characters of its glyphs.
    """

    words: int
    characters: int
    abstract_words: int
    keywords: int
    sources: int


def count_paper(manuscript: NumberedManuscript, block: TitleBlock) -> PaperCounts:
    """Count what a paper prints."""
    chapter = manuscript.chapters[0]
    pieces = [
        _plain(block.title),
        block.subtitle,
        _plain(block.abstract),
        ", ".join(block.keywords),
        _plain(chapter.body_html),
        *(_plain(manuscript.note_bodies[note.id]) for note in manuscript.plan.notes),
        block.acknowledgement,
    ]
    text = " ".join(piece for piece in pieces if piece)
    return PaperCounts(
        words=_words(text),
        characters=len(text),
        abstract_words=_words(_plain(block.abstract)),
        keywords=len(block.keywords),
        sources=len(manuscript.references),
    )


def _words(text: str) -> int:
    return len(_WORD.findall(text))


def _plain(html: str) -> str:
    """The text that a reader sees, white space folded."""
    return _SPACE.sub(" ", "".join(_texts(etree.fromstring(f"<x>{html}</x>")))).strip()


def _texts(element: etree._Element) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag == f"{{{MATHML}}}annotation":
        return
    around = " " if element.tag in _BLOCKS else ""
    yield around
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""
    yield around
