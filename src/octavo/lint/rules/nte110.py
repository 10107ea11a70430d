"""An inline note is not read as a note.

Pandoc prints `^[...]` as text where its bracket is not closed within the paragraph, and where a parenthesis, a brace or
another bracket follows it right away, because it takes the brackets for those of a link. A blank between them helps.

Bad:

    Exports doubled^[by the figures of the customs](and so did imports).

Good:

    Exports doubled^[By the figures of the customs.] (and so did imports).
"""

from __future__ import annotations

from collections.abc import Iterator

from octavo.lint.chapter import ChapterText
from octavo.lint.rule import ChapterRule, Context, Defect
from octavo.model.finding import Severity
from octavo.model.lazy import lazy
from octavo.model.source import Span

# "x^2^[a link](...)": the sign closes what it raises.
_RAISED = lazy(r"\^[^\s^]+\Z")
_REACH = 20


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """Every ``^[`` that is left in the prose: those of notes are masked there."""
    for prose in chapter.texts:
        at = prose.find("^[") if "^" in prose else -1
        while at >= 0:
            if not prose.endswith("\\", 0, at) and not _RAISED.search(prose, max(0, at - _REACH), at):
                hint = "close its bracket, and put a blank before a bracket that follows"
                yield chapter.defect(Span(at, at + 2), "this inline note is read as text", hint)
            at = prose.find("^[", at + 2)


RULE = ChapterRule("NTE110", "unread-inline-note", Severity.WARNING, check=check)
