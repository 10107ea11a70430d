"""A character was lost: the replacement character stands in its place.

Programs write U+FFFD where they could not decode a byte. What stood there has to be looked up; it cannot be guessed.
The fields of the bibliography are looked at too. Code may show the character.

Bad:

    Strategic directions. � Moscow, 2020.

Good:

    Strategic directions. – Moscow, 2020.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from octavo.lint.chapter import ChapterText
from octavo.lint.rule import BookRule, Context, Defect, Mention, Mentions
from octavo.lint.rules._encoding import in_literal
from octavo.model.finding import Severity
from octavo.model.lazy import lazy

_LOST = lazy("\N{REPLACEMENT CHARACTER}+")
_MESSAGE = "a character was lost here"
_HINT = "look up what stood here and write it"


def collect(chapter: ChapterText, context: Context) -> Iterator[Mention]:
    """Runs of replacement characters outside code."""
    if "\N{REPLACEMENT CHARACTER}" in chapter.text:
        for match in _LOST.finditer(chapter.text):
            if not in_literal(chapter, match.start()):
                yield Mention(match.start(), match.end(), "", "")


def judge(chapters: Sequence[Mentions], context: Context) -> Iterator[Defect]:
    """Those of the chapters, then those of the bibliography."""
    for one in chapters:
        for mention in one.mentions:
            yield one.chapter.defect(mention, _MESSAGE, _HINT)
    for entry in context.library:
        if entry.file is not None and "\N{REPLACEMENT CHARACTER}" in entry.file.text:
            for name, value in entry.source.data.items():
                match = _LOST.search(str(value))
                if match is not None:
                    yield entry.defect(
                        name, f"a character was lost in the {name} of '{entry.key}'", _HINT, part=match[0]
                    )


RULE = BookRule("TXT102", "replacement-character", Severity.ERROR, collect=collect, judge=judge)
