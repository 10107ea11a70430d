"""A source is cited that the bibliography does not have.

Pandoc prints the key with question marks in place of the note.

Bad:

    Exports doubled [@alpha-2002].

Good:

    Exports doubled [@alpha-2020].
"""

from __future__ import annotations

from collections.abc import Iterator

from octavo.lint.chapter import ChapterText
from octavo.lint.rule import ChapterRule, Context, Defect
from octavo.model.finding import Severity
from octavo.model.suggest import guesser


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """Cited keys that no entry has."""
    entries = context.library.entries
    guess = guesser(entries)
    for _, item in chapter.cited:
        if item.key not in entries:
            hint = guess(item.key) or "add the source to bibliography/"
            yield chapter.defect(item.key_span, f"there is no source '{item.key}'", hint)


RULE = ChapterRule("CIT001", "unknown-citation-key", Severity.ERROR, check=check)
