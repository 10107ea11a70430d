"""A quotation of some length has no note.

A reader wants to know where the words stand. The note may be called in the sentence of the quotation, at the end of the
sentence before it that announces it, or at the end of the paragraph; that of a block quotation in the block, or in the
sentence that announces it. Names and titles in quotation marks are no quotations.

Option `words` (8): from how many words on a quotation needs a note.

Bad:

    The minister said that “exports to the partners in the Union had doubled within a year”. Imports fell.

Good:

    The minister said that “exports to the partners in the Union had doubled within a year” [@alpha-2020]. Imports fell.
"""

from __future__ import annotations

from collections.abc import Iterator

from octavo.lint.chapter import ChapterText
from octavo.lint.rule import ChapterRule, Context, Defect, Option
from octavo.lint.rules._quoting import WORD, Surveyor, bare, quoted, titles
from octavo.model.finding import Severity
from octavo.model.lazy import lazy
from octavo.model.source import Span

_BLOCK = lazy(r"(?:\A|\n)(?P<block>[ ]{0,3}>[^\n]*(?:\n[ ]{0,3}>[^\n]*)*)")
_ADMONITION = lazy(r"[\s>]*(?:\*\*|__|\[!|#|[-*+]\s|\d+[.)]\s|\||[*_]?\w{2,20}(?::[*_]?|[*_]:)\s)")
_HINT = "cite the source in the sentence: [@key, p. 5]"


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """Quotations in the text, then those set as blocks."""
    words = context.number("words")
    text = chapter.prose
    surveyor: Surveyor | None = None
    known = None
    for one in quoted(chapter, text, words) if chapter.quotations else ():
        surveyor = surveyor or Surveyor(chapter, text)
        known = titles(context.library) if known is None else known
        if not _has_note(surveyor, one.start, one.end) and bare(text, one) not in known:
            count = sum(1 for _ in WORD.finditer(text, one.start, one.end))
            yield chapter.defect(Span(one.start, one.end), f"a quotation of {count} words has no note", _HINT)
    if "\n>" in text or "\n >" in text or text.startswith(">"):
        yield from _blocks(chapter, Surveyor(chapter, text), words)


def _has_note(surveyor: Surveyor, start: int, end: int) -> bool:
    around = surveyor.around(start, end)
    if surveyor.refers(around.sentence, around.sentence_end):
        return True
    if surveyor.closes_paragraph(end, around.paragraph_end):
        return True
    # The sentence before announces the quotation, which is a sentence of its own.
    before = surveyor.last_before(start)
    return around.sentence == start and before is not None and not WORD.search(surveyor.text, before[1], start)


def _blocks(chapter: ChapterText, surveyor: Surveyor, words: int) -> Iterator[Defect]:
    text = chapter.prose
    for match in _BLOCK.finditer(text):
        start, end = match.span("block")
        count = sum(1 for _ in WORD.finditer(text, start, end))
        if count < words or _ADMONITION.match(text, start, end) or chapter.in_note(start):
            continue
        behind = text.find("\n\n", end + 2)
        attribution = end + 2 if text.startswith(("\n\n—", "\n\n–", "\n\n--"), end) else end
        if surveyor.refers(start, behind if attribution != end and behind >= 0 else end):
            continue
        introduction = text[max(0, start - 600) : start].rstrip()
        line = introduction[introduction.rfind("\n") + 1 :]
        # An epigraph below a heading has no note by custom.
        if not introduction or line.startswith("#"):
            continue
        edge = max(0, start - 600) + len(introduction)
        around = surveyor.around(max(edge - 1, 0), edge)
        if surveyor.refers(min(around.sentence, edge), start) or surveyor.closes_paragraph(max(0, edge - 600), edge):
            continue
        lead = len(text[start:end]) - len(text[start:end].lstrip(" >"))
        yield chapter.defect(Span(start + lead, end), f"a block quotation of {count} words has no note", _HINT)


OPTIONS = (Option("words", 8, "from how many words on a quotation needs a note"),)
RULE = ChapterRule("CIT004", "quotation-without-note", Severity.WARNING, options=OPTIONS, check=check)
