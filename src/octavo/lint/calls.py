"""What stands beside the calls of remarks: runs of calls, and the blanks before them."""

from __future__ import annotations

from octavo.lint.chapter import ChapterText
from octavo.model.lazy import lazy

# Between two calls that share a place: nothing, or a comma as high as they are.
COMMA = "^,^"
# Far enough for all marks that can begin a line.
_REACH = 200
# More blanks than an author types can be a macro that was masked.
BLANKS = lazy(r"(?<![ \t\u00a0])(?:(?:[ \t\u00a0\u2009\u200a\u202f]|\\ ){1,3}|[ \t]{0,3}\n[ \t>]*)\Z")


def run_start(chapter: ChapterText, index: int) -> int:
    """Where the calls begin that stand together with the call of `ChapterText.remarks` at ``index`` and before it."""
    remarks, text = chapter.remarks, chapter.text
    while index and text[remarks[index - 1].span.end : remarks[index].span.start] in ("", COMMA):
        index -= 1
    return remarks[index].span.start


def run_end(chapter: ChapterText, index: int) -> int:
    """Where the calls end that stand together with the call of `ChapterText.remarks` at ``index`` and behind it."""
    remarks, text = chapter.remarks, chapter.text
    while index + 1 < len(remarks) and text[remarks[index].span.end : remarks[index + 1].span.start] in ("", COMMA):
        index += 1
    return remarks[index].span.end


def blanks_before(prose: str, offset: int) -> int:
    """How many characters of blanks, a line end among them, stand before a place: 0 where there are none."""
    match = BLANKS.search(prose, max(0, offset - 40), offset)
    return len(match[0]) if match else 0


def line_start(prose: str, offset: int) -> str:
    """What stands before a place on its line, or the end of it where that is long."""
    begin = max(0, offset - _REACH)
    return prose[max(begin, prose.rfind("\n", begin, offset) + 1) : offset]
