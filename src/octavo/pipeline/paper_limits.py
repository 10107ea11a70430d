"""The limits of a conference, compared with what a paper has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from octavo.model.finding import Finding
from octavo.model.source import Location, Span
from octavo.pipeline.papers import NumberedPaper
from octavo.typeset.paper_counts import count_paper

# What each limit counts, in words, and the key of the front matter that its finding points at.
_WHAT = {
    "pages": ("page", "pages", ""),
    "words": ("word", "words", ""),
    "characters": ("character with spaces", "characters with spaces", ""),
    "abstract_words": ("word in its abstract", "words in its abstract", "abstract"),
    "keywords": ("keyword", "keywords", "keywords"),
    "sources": ("source", "sources", ""),
}
_HINTS = {
    "abstract_words": "shorten the abstract",
    "keywords": "leave some of them out",
    "sources": "cite fewer sources",
}


def check_paper_limits(paper: NumberedPaper, pages: int | None) -> Iterator[Finding]:
    """The limits that a paper passes; ``pages`` is how many it has, or None where it is not laid out."""
    counts = count_paper(paper.manuscript, paper.block)
    limits = paper.profile.limits
    for name, (one, many, key) in _WHAT.items():
        most: int | None = getattr(limits, name)
        count = pages if name == "pages" else getattr(counts, name)
        if most is None or count is None or count <= most:
            continue
        over = count - most
        message = (
            f"the paper '{paper.paper.name}' has {count:,} {many if count != 1 else one}, {over:,} more than the limit"
            f" `{name}: {most}` of the profile '{paper.profile.name}'"
        )
        hint = _HINTS.get(name, "shorten the text, or declare the paper under another profile")
        yield Finding("EXT106", "limit-passed", message, _place(paper, key), hint)


def _place(paper: NumberedPaper, key: str) -> Location:
    """The key of the chapter's front matter, or the beginning of its file."""
    chapter = paper.text.chapter
    front = chapter.source.text[: chapter.body.start]
    found = re.search(rf"^{key}(?=\s*:)", front, re.MULTILINE) if key else None
    return chapter.source.locate(Span(*found.span())) if found else Location(chapter.source.path)
