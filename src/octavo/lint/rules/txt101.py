"""A quotation is opened and never closed.

The reader cannot tell where the quoted words end. Each paragraph counts for itself; but a quotation may be closed some
paragraphs below, and where it runs over several, each may begin with the opening mark. Single marks are not looked at,
since an apostrophe looks the same.

Bad:

    The minister said that “exports doubled. Imports fell.

Good:

    The minister said that “exports doubled”. Imports fell.
"""

from __future__ import annotations

from collections.abc import Iterator

from octavo.lint.chapter import ChapterText
from octavo.lint.quotations import HIGH_6, HIGH_9, LEFT, LOW, RIGHT
from octavo.lint.rule import ChapterRule, Context, Defect
from octavo.model.finding import Severity
from octavo.model.source import Span


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """Opening marks without a closing one."""
    closing = {opening: close for opening, close in reversed(chapter.language.quotes)}
    for one in chapter.quotations:
        if not one.closed:
            mark = chapter.text[one.start]
            usual = {HIGH_6: HIGH_9, LOW: HIGH_6, LEFT: RIGHT, RIGHT: LEFT}.get(mark, mark)
            hint = f"close it with {closing.get(mark, usual)} where the quoted words end"
            yield chapter.defect(Span(one.start, one.start + 1), "a quotation is never closed", hint)


RULE = ChapterRule("TXT101", "unclosed-quotation", Severity.WARNING, check=check)
