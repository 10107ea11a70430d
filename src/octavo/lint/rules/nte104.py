"""A label of a note is used in several chapters.

Labels hold within their chapter alone, so this is no defect by itself. But whoever joins chapters into one file, or
moves a passage from one to another, loses a note. With the option `forbid` set to true the rule tells of such labels;
it says nothing otherwise.

Bad:

    publication.yaml:
    title: A sample
    slug: sample
    language: en-GB
    lint:
      options:
        NTE104: {forbid: true}

    chapters/01-sample.md:
    Exports doubled.[^customs]

    [^customs]: By the figures of the customs.

    chapters/02-imports.md:
    Imports fell.[^customs]

    [^customs]: Services are left out.

Good:

    publication.yaml:
    title: A sample
    slug: sample
    language: en-GB
    lint:
      options:
        NTE104: {forbid: true}

    chapters/01-sample.md:
    Exports doubled.[^exports-customs]

    [^exports-customs]: By the figures of the customs.

    chapters/02-imports.md:
    Imports fell.[^imports-services]

    [^imports-services]: Services are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from octavo.lint.chapter import ChapterText
from octavo.lint.rule import BookRule, Context, Defect, Mention, Mentions, Option
from octavo.model.finding import Severity


def collect(chapter: ChapterText, context: Context) -> Iterator[Mention]:
    """Where each label is defined first."""
    if not context.options["forbid"]:
        return
    seen = set()
    for definition in chapter.scan.definitions:
        if definition.label not in seen:
            seen.add(definition.label)
            yield Mention(definition.label_span.start, definition.label_span.end, "label", definition.label)


def judge(chapters: Sequence[Mentions], context: Context) -> Iterator[Defect]:
    """Labels that an earlier chapter has too."""
    first: dict[str, str] = {}
    for collected in chapters:
        for mention in collected.mentions:
            path = first.setdefault(mention.text, collected.chapter.path)
            if path != collected.chapter.path:
                message = f"the label '{mention.text}' is used in {path} too"
                yield collected.chapter.defect(mention, message, "give the note a label that no other chapter has")


OPTIONS = (Option("forbid", False, "whether a label may stand in one chapter only"),)
RULE = BookRule("NTE104", "label-shared-by-chapters", Severity.INFO, options=OPTIONS, collect=collect, judge=judge)
