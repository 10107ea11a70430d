"""Text was decoded with the wrong encoding.

`â€œ` stands for a quotation mark, `Ã©` for é, `РџСЂ` for Пр: somewhere UTF-8 was read as CP1252, Latin-1 or CP1251. The
fix decodes the characters again. The fields of the bibliography are looked at too; code is left alone.

Bad:

    The cafÃ© was called â€œCentralâ€\x9d.

Good:

    The café was called “Central”.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from octavo.lint.chapter import ChapterText
from octavo.lint.rule import BookRule, Context, Defect, Fixing, Mention, Mentions
from octavo.lint.rules._encoding import find_misread, in_literal
from octavo.model.finding import Severity


def collect(chapter: ChapterText, context: Context) -> Iterator[Mention]:
    """Runs of wrong characters outside code, with what they are."""
    for one in find_misread(chapter.text):
        if not in_literal(chapter, one.start):
            yield Mention(one.start, one.end, "", one.text)


def judge(chapters: Sequence[Mentions], context: Context) -> Iterator[Defect]:
    """Those of the chapters, then those of the bibliography."""
    for one in chapters:
        for mention in one.mentions:
            message, hint = _told(mention.text)
            yield one.chapter.defect(mention, message, hint, text=mention.text)
    # Most files are free of it as a whole, so that their fields need no look.
    suspect: dict[str, bool] = {}
    for entry in context.library:
        if entry.file is None:
            continue
        path = entry.file.path
        if path not in suspect:
            suspect[path] = any(True for _ in find_misread(entry.file.text))
        if not suspect[path]:
            continue
        for name, value in entry.source.data.items():
            for found in find_misread(str(value)) if isinstance(value, str) else ():
                message, hint = _told(found.text)
                part = str(value)[found.start : found.end]
                yield entry.defect(name, message, hint, part=part, replacement=found.text)


def _told(text: str) -> tuple[str, str]:
    return "text decoded with the wrong encoding", f"it should read '{text.strip()}'"


RULE = BookRule("TXT103", "wrong-encoding", Severity.WARNING, Fixing.UNSAFE, collect=collect, judge=judge)
