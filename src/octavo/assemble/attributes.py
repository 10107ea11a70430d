"""The attributes that a chapter gives to its headings, spans, divisions, links and pictures.

Pandoc hands any of them on: a style that moves a note off its page, a handler that runs in a reading system, or one of
the names by which Octavo knows its own marks.  What is known here is kept; all else is told and taken out
(`cite.attributes`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from octavo.model.chapter import ExpandedChapter
from octavo.model.finding import Finding
from octavo.model.markup import LiteralKind
from octavo.model.source import Span
from octavo.model.suggest import did_you_mean

KNOWN = ("width", "height", "lang", "dir", "title", "alt", "class", "id", "start", "startFrom", "number", "short")
# Names of marks that Octavo and Pandoc put into a text themselves.
_OWN = re.compile(
    r"\.(octavo-[\w-]+|note-call|table-notes|csl-[\w-]+|footnote-(?:ref|back)|citation|reset-citation-positions)(?![\w-])"
)
# Attributes stand behind a bracket, a formula or a code span, at the end of a heading or a caption, or open a division.
_BEHIND = re.compile(r"(?<=[\])`$>])\{([^{}\n]*)\}")
_LINE = re.compile(r"^(?:#{1,6}[ \t]|:{3,}|[ \t]*(?:Table)?:[ \t])[^\n]*\{([^{}\n]*)\}[ \t:]*$", re.MULTILINE)
_TAG = re.compile(r"<(?:div|span)\b([^<>]*)>", re.IGNORECASE)
_NAME = re.compile(r"""(?:^|(?<=[\s"']))([A-Za-z_:][\w:.-]*)[ \t\n]*=""")


def check_attributes(chapter: ExpandedChapter) -> Iterator[Finding]:
    """Attributes that no edition knows, and names of marks that are not an author's to give."""
    literals = [one.span for one in chapter.scan.literals if one.kind is not LiteralKind.TAG]
    code = [one.span for one in chapter.scan.literals if one.kind is LiteralKind.CODE_BLOCK]
    seen: set[int] = set()
    for pattern in (_BEHIND, _LINE, _TAG):
        for match in pattern.finditer(chapter.text):
            span = Span(*match.span(1))
            inside = any(span in literal for literal in literals)
            # What macros made has names of ours by right.
            written = match[1] in chapter.chapter.source.text
            if span.start not in seen and written and not inside and not any(span.end == one.start for one in code):
                seen.add(span.start)
                yield from _check(chapter, match[1], span.start)


def _check(chapter: ExpandedChapter, text: str, start: int) -> Iterator[Finding]:
    for found in _NAME.finditer(_without_values(text)):
        if found[1] not in KNOWN:
            hint = did_you_mean(found[1], KNOWN) or f"known: {', '.join(KNOWN)}"
            hint += "; what it looks like is for the template"
            message = f"there is no attribute '{found[1]}'"
            yield _finding(chapter, Span(start + found.start(1), start + found.end(1)), message, hint)
    for own in _OWN.finditer(text):
        message = f"the class '{own[1]}' is one of Octavo's own marks"
        yield _finding(chapter, Span(start + own.start(), start + own.end()), message, "choose another name")


def _without_values(text: str) -> str:
    """The attributes with their quoted values blanked, at the same offsets."""
    return re.sub(r"""(=\s*)("[^"]*"|'[^']*')""", lambda match: match[1] + "x" * len(match[2]), text)


def _finding(chapter: ExpandedChapter, span: Span, message: str, hint: str) -> Finding:
    return Finding("ATT101", "unknown-attribute", message, chapter.locate(span), hint)
