"""Chapters of a small book as `assemble` leaves them, for tests of what changes when one leaves as a paper."""

from __future__ import annotations

from pathlib import Path

from octavo.assemble.manuscript import assemble
from octavo.cite.manuscript import number
from octavo.cite.style import Style, find_style
from octavo.model.chapter import Chapter, ExpandedChapter, FrontMatter, Manuscript
from octavo.model.edition import NumberedManuscript
from octavo.model.finding import Finding
from octavo.model.publication import BibliographySettings, Publication, SectionSettings
from octavo.model.reference import Bibliography
from octavo.model.source import SourceFile, Span
from octavo.pipeline.material import no_material
from octavo.read.scanner import scan


def chapter(slug: str, body: str, *, abstract: str = "", language: str = "en-GB") -> Chapter:
    """A chapter as it was read; its body begins on line 5."""
    head = f"---\ntitle: T\nabstract: {abstract}\n---\n"
    file = SourceFile(f"chapters/{slug}.md", f"{head}{body}")
    front = FrontMatter(slug.title(), abstract=abstract, language=language)
    return Chapter(slug, file, front, Span(len(head), len(file.text)))


def manuscript(publication: Publication, *chapters: Chapter) -> Manuscript:
    """The chapters with their macros expanded, in order."""
    findings: list[Finding] = []
    made = assemble(publication, [(one, None, False) for one in chapters], scan, no_material(Path()), findings)
    assert not findings
    return made


def expanded(slug: str, body: str, *, abstract: str = "", language: str = "en-GB") -> ExpandedChapter:
    """One chapter with its macros expanded."""
    one = chapter(slug, body, abstract=abstract, language=language)
    return manuscript(Publication("Book", "book", "en-GB"), one).places[0].text


def style_of(name: str) -> Style:
    """A style of the package."""
    findings: list[Finding] = []
    style = find_style(Path(), BibliographySettings(name), findings)
    assert style is not None, findings
    return style


def numbered(
    publication: Publication, made: Manuscript, bibliography: Bibliography, style: str
) -> tuple[NumberedManuscript, list[Finding]]:
    """A manuscript with its numbers in a style, and what was found."""
    findings: list[Finding] = []
    return number(publication, made, bibliography, style_of(style), findings), findings


BOOK = Publication("Rivers", "rivers", "en-GB", sections=SectionSettings(numbered=True))
