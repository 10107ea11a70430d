"""A call or a definition of a note is not read as one.

Pandoc prints it as text where its label is empty or has a blank in it, and where a definition follows a line of text
without a blank line between them: then its label is taken for a call, and its text for a part of the paragraph.

Bad:

    Exports doubled.[^the customs]

Good:

    Exports doubled.[^the-customs]

    [^the-customs]: By the figures of the customs.
"""

from __future__ import annotations

from collections.abc import Iterator

from octavo.lint.chapter import ChapterText
from octavo.lint.rule import ChapterRule, Context, Defect
from octavo.model.finding import Severity
from octavo.model.lazy import lazy
from octavo.model.source import Span

_CALL = lazy(r"\[\^[^\[\]\n^]{0,60}\](?!\()")


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """Every ``[^label]`` that is left in the prose, where calls are masked; calls that look like definitions."""
    for prose in chapter.texts:
        if "^" not in prose:
            continue
        for match in _CALL.finditer(prose):
            if not prose.endswith("\\", 0, match.start()):
                hint = "a label has neither blanks nor brackets: write [^the-label]"
                yield chapter.defect(Span(*match.span()), "this call of a note is read as text", hint)
    text = chapter.text
    for reference in chapter.scan.references:
        if text.startswith(":", reference.span.end) and text.endswith(("\n", "\n ", "\n  "), 0, reference.span.start):
            span = Span(reference.span.start, reference.span.end + 1)
            yield chapter.defect(span, "this definition of a note is read as text", "put a blank line before it")


RULE = ChapterRule("NTE111", "unread-note", Severity.WARNING, check=check)
