"""Numbers or sums of money are written in mixed formats.

`1,000` and `1 000`, `3.5` and `3,5 per cent`, `$5 million` and `5 million dollars` in one chapter make a reader halt,
and a comma that may part thousands or decimals misleads him. Each kind is compared within the chapter; the rarer
format is told. A number that a blank tears, `$214, 7 million`, is told too. The fix writes the more frequent format.

Bad:

    Exports reached 1,000 tonnes, then 2,500 and 3 700 tonnes.

Good:

    Exports reached 1,000 tonnes, then 2,500 and 3,700 tonnes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from octavo.lint.chapter import ChapterText
from octavo.lint.rule import ChapterRule, Context, Defect, Fixing
from octavo.lint.rules._amounts import Written, separators, sums, torn
from octavo.lint.shape import find_all
from octavo.model.finding import Severity
from octavo.model.lazy import lazy

_TORN = lazy(rb"0\. 0")
_DECIMAL_COMMA = ("ru", "de", "fr")
_ROW = 300
_CODES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "₽": "RUB"}


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """Separators, then sums; notes and tables have formats of their own."""
    text, shape = chapter.shapes[0]
    comma = chapter.language.tag in _DECIMAL_COMMA
    kinds: dict[str, list[Written]] = {"thousands": [], "decimals": []}
    places = sorted(at for part in (b"0.0", b"0 0", b"0?0") for at in find_all(shape, part))
    for kind, one in separators(text, places, comma):
        kinds[kind].append(one)
    for kind, written in kinds.items():
        for one, usual, example in _rare(chapter, written):
            blank = next((char for char in example if char in " \xa0\u202f\u2009"), "\xa0")
            separator = blank if usual == " " else usual
            mended = re.sub(r"\D", separator, one.amount)
            message = f"'{one.amount}' parts {kind} otherwise than '{example}'"
            yield chapter.defect(one.span, message, f"write {mended}", (one.span, mended))
    decimal = "," if comma else "."
    for gap in torn(text, (match.end() - 3 for match in _TORN.finditer(shape))):
        yield chapter.defect(gap, "a blank tears a number", f"write '{decimal}' in its place", (gap, decimal))
    for sign, written in sums(text, shape):
        yield from _sums(chapter, sign, written)


def _rare(chapter: ChapterText, written: Sequence[Written]) -> Iterator[tuple[Written, str, str]]:
    """What is not in the most frequent style, with that style and an example of it."""
    if len({one.style for one in written}) < 2:
        return
    told = [one for one in written if not _apart(chapter, one)]
    counts = Counter(one.style for one in told)
    if len(counts) < 2:
        return
    usual = max(counts, key=lambda style: counts[style])
    example = next(one.amount for one in told if one.style == usual)
    yield from ((one, usual, example) for one in told if one.style != usual)


def _apart(chapter: ChapterText, one: Written) -> bool:
    """Whether a number stands in a note, or in a row of a table."""
    at, text = one.span.start, chapter.prose
    start = max(text.rfind("\n", max(0, at - _ROW), at) + 1, at - _ROW, 0)
    end = text.find("\n", at, at + _ROW)
    row = text[start : end if end >= 0 else at + _ROW]
    return chapter.in_note(at) or "|" in row or "   " in row.strip()


def _sums(chapter: ChapterText, sign: str, written: Sequence[Written]) -> Iterator[Defect]:
    text = chapter.text
    examples: dict[str, str] = {}
    for one in written:
        examples.setdefault(one.style, _plain(one.span.of(text)))
    escape = "\\" if any(text.startswith("\\", one.span.start) for one in written) else ""
    for one, usual, _ in _rare(chapter, written):
        mended = {"sign": f"{escape}{sign}{one.amount}", "code": f"{_CODES[sign]} {one.amount}"}.get(usual)
        message = f"'{_plain(one.span.of(text))}' is written otherwise than '{examples[usual]}'"
        if mended is None:
            yield chapter.defect(one.span, message, "write all sums in one way")
        else:
            yield chapter.defect(one.span, message, f"write {_plain(mended)}", (one.span, mended))


def _plain(text: str) -> str:
    return " ".join(text.replace("\\", "").split())


RULE = ChapterRule("TXT108", "mixed-number-formats", Severity.INFO, Fixing.UNSAFE, check=check)
