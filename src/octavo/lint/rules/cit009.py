"""The publication cites itself or one of its own chapters as a source.

The reader is sent to a book that he has in his hands; a reference to the chapter would name its page. It may be meant,
where a chapter was printed elsewhere before.

Bad:

    chapters/01-exports.md:
    ---
    title: How exports doubled
    ---
    Exports doubled [@self].

    bibliography/sources.yaml:
    - id: self
      type: chapter
      title: How exports doubled
      container-title: A sample
      author: [{family: Able, given: Ann}]
      publisher: North Press
      issued: 2020

Good:

    Exports doubled [@alpha-2020].
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from octavo.lint.chapter import ChapterText
from octavo.lint.library import Library
from octavo.lint.rule import BookRule, Context, Defect, Mention, Mentions
from octavo.lint.rules._quoting import folded
from octavo.model.finding import Severity


def collect(chapter: ChapterText, context: Context) -> Iterator[Mention]:
    """The title of the chapter, and all citations."""
    yield Mention(0, 0, "title", chapter.front.title)
    yield from (Mention(item.key_span.start, item.key_span.end, "cited", item.key) for _, item in chapter.cited)


def judge(chapters: Sequence[Mentions], context: Context) -> Iterator[Defect]:
    """Citations of the publication, or of what has the title of a chapter in it."""
    slugs = {
        folded(mention.text): one.chapter.slug
        for one in chapters
        for mention in one.mentions
        if mention.kind == "title" and folded(mention.text)
    }
    own = folded(context.publication.title)
    hints = dict(_own_entries(context.library, own, slugs))
    for one in chapters:
        for mention in one.mentions:
            if mention.kind == "cited" and mention.text in hints:
                what, hint = hints[mention.text]
                yield one.chapter.defect(mention, f"'{mention.text}' is {what}", hint)


def _own_entries(library: Library, own: str, slugs: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """The keys of entries that are the publication or a chapter of it, with what they are and a hint."""
    for entry in library:
        title = folded(entry.text("title"))
        if title == own:
            yield entry.key, ("this publication", "refer to the chapter: [@sec:...]")
        elif title in slugs and folded(entry.text("container-title")) == own:
            yield entry.key, ("a chapter of this publication", f"refer to the chapter: [@sec:{slugs[title]}]")


RULE = BookRule("CIT009", "publication-cites-itself", Severity.INFO, collect=collect, judge=judge)
