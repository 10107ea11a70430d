"""Findings into changed files: which fixes go together, and how their edits are put into the bytes of a file.

Spans count code points of a text whose line ends are ``\\n`` and which has no byte order mark (`SourceFile`); the files
themselves keep their marks, their line ends and all else that no edit covers.
"""

from __future__ import annotations

import codecs
import difflib
import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from itertools import pairwise

from octavo.model.finding import Edit, Finding, Fix
from octavo.model.lazy import lazy

# A fix may bring up another one.  What has not settled after so many rounds runs in circles.
ROUNDS = 10

_LINE_END = lazy(r"\r\n|\r|\n")
_CRLF = lazy(r"\r\n")


def choose_fixes(findings: Iterable[Finding], *, unsafe: bool) -> tuple[Fix, ...]:
    """Fixes that can be applied together, in the order of the findings: where two touch one place the first is taken.

    ``unsafe`` takes those too that change what the author could have meant.
    """
    taken: dict[str, _Taken] = {}
    chosen = []
    for finding in findings:
        fix = finding.fix
        if fix is None or not fix.edits or not (unsafe or fix.safe):
            continue
        # The same edit may mend two findings, and is made once.
        new = [edit for edit in dict.fromkeys(fix.edits) if not taken.setdefault(edit.file, _Taken()).has(edit)]
        if not _apart(new) or any(taken[edit.file].meets(edit) for edit in new):
            continue
        for edit in new:
            taken[edit.file].add(edit)
        chosen.append(fix)
    return tuple(chosen)


def edits_of(fixes: Iterable[Fix]) -> dict[str, tuple[Edit, ...]]:
    """The edits of fixes by file, each once, from top to bottom."""
    by_file: dict[str, set[Edit]] = {}
    for fix in fixes:
        for edit in fix.edits:
            by_file.setdefault(edit.file, set()).add(edit)
    return {file: tuple(sorted(edits)) for file, edits in sorted(by_file.items())}


def apply_edits(data: bytes, edits: Sequence[Edit]) -> bytes:
    """The bytes of a UTF-8 file with edits, which do not overlap, put in.

    Line ends in the text of an edit become those of the line where it begins.  Raises UnicodeDecodeError for other
    encodings.
    """
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    text = data[len(mark) :].decode("utf-8")
    # Each pair is one character less in the text that spans count.
    pairs = [match.start() - before for before, match in enumerate(_CRLF.finditer(text))]
    pieces, cursor = [], 0
    for edit in sorted(edits):
        start = edit.span.start + bisect_left(pairs, edit.span.start)
        end = edit.span.end + bisect_left(pairs, edit.span.end)
        new = edit.text.replace("\n", _line_end(text, start)) if "\n" in edit.text else edit.text
        pieces += [text[cursor:start], new]
        cursor = end
    return mark + "".join([*pieces, text[cursor:]]).encode("utf-8")


def unified_diff(file: str, before: bytes, after: bytes) -> str:
    """The change of a file as ``patch -p1`` and ``git apply`` take it."""
    lines = difflib.unified_diff(_lines(before), _lines(after), f"a/{file}", f"b/{file}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(data: bytes) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", data.decode("utf-8"))


def _line_end(text: str, offset: int) -> str:
    """The end of the line at an offset, or of the one before it; ``\\n`` where there is but one line."""
    match = _LINE_END.search(text, offset)
    if match is not None:
        return match[0]
    before = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset))
    if before < 0:
        return "\n"
    return "\r\n" if text[before - 1 : before + 1] == "\r\n" else text[before]


class _Taken:
    """Edits of one file that were chosen, and what would meet them."""

    def __init__(self) -> None:
        self._edits: set[Edit] = set()
        self._spans: list[tuple[int, int]] = []

    def has(self, edit: Edit) -> bool:
        return edit in self._edits

    def add(self, edit: Edit) -> None:
        self._edits.add(edit)
        insort(self._spans, (edit.span.start, edit.span.end))

    def meets(self, edit: Edit) -> bool:
        # The chosen spans lie apart from one another, so only the nearest can meet another one.
        at = bisect_right(self._spans, (edit.span.start, edit.span.end))
        near = self._spans[max(0, at - 2) : at + 2]
        return any(_meet(edit.span.start, edit.span.end, start, end) for start, end in near)


def _meet(start: int, end: int, other_start: int, other_end: int) -> bool:
    """Whether two spans overlap; where one is empty, whether they touch, since their order would not be known."""
    if start == end or other_start == other_end:
        return start <= other_end and other_start <= end
    return start < other_end and other_start < end


def _apart(edits: Sequence[Edit]) -> bool:
    """Whether edits of one fix keep clear of one another."""
    ordered = sorted(edits)
    return not any(
        one.file == two.file and _meet(one.span.start, one.span.end, two.span.start, two.span.end)
        for one, two in pairwise(ordered)
    )
