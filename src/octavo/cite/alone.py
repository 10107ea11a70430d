"""One source into its full citation, as the first note or the list of references has it."""

from __future__ import annotations

from octavo.cite.convert import convert, list_cited
from octavo.cite.html import plain_text
from octavo.cite.style import FIRST_NUMBER_CLOSE, FIRST_NUMBER_OPEN, Style
from octavo.model.chapter import CHAPTER_ID, Chapter, ExpandedChapter, FrontMatter, TextMap
from octavo.model.markup import Citation, CitationItem, Scan
from octavo.model.reference import Source
from octavo.model.source import SourceFile, Span

_MARKS = {ord(FIRST_NUMBER_OPEN): None, ord(FIRST_NUMBER_CLOSE): None}


def full_citation(source: Source, style: Style, language: str) -> str:
    """A source as a text in a language cites it for the first time, as plain text; empty where the style prints none.

    Raises MachineError where there is no Pandoc, InternalError where it fails.
    """
    if not style.is_note:
        entries = list_cited([source.key], {source.key: source}, style, language)
        return plain_text(entries[0]) if entries else ""
    text = f"# x {{#{CHAPTER_ID} .reset-citation-positions}}\n\n[@{{{source.key}}}]\n"
    cited = Citation(Span(0, len(text)), (CitationItem(source.key, Span(0, len(text))),))
    chapter = Chapter("alone", SourceFile("alone.md", text), FrontMatter("", language=language), Span(0, len(text)))
    expanded = ExpandedChapter(chapter, text, Scan(citations=(cited,)), TextMap((0,), (0,), (True,)))
    notes = convert([expanded], {source.key: source}, style, 1)["alone"].notes
    return plain_text(notes[0].body).translate(_MARKS) if notes else ""
