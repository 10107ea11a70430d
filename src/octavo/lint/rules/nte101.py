"""A note is called and not defined.

Pandoc prints such a call as text, `[^ghost]`, and says nothing; the remark is lost to the reader. Most often the label
is misspelt, or the definition was left in another chapter: labels hold within their chapter alone.

Bad:

    Exports doubled.[^ghost]

Good:

    Exports doubled.[^customs]

    [^customs]: By the figures of the customs.
"""

from __future__ import annotations

from collections.abc import Iterator

from octavo.lint.chapter import ChapterText
from octavo.lint.rule import ChapterRule, Context, Defect
from octavo.model.finding import Severity
from octavo.model.suggest import guesser


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """Calls whose label no definition of the chapter has."""
    defined = {definition.label for definition in chapter.scan.definitions}
    guess = guesser(defined)
    for reference in chapter.scan.references:
        if reference.label not in defined:
            hint = guess(reference.label) or f"define it: [^{reference.label}]: ..."
            yield chapter.defect(reference.span, f"the note '{reference.label}' is not defined", hint)


RULE = ChapterRule("NTE101", "undefined-note", Severity.ERROR, check=check)
