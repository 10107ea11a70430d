"""A figure in a title is not the one in the text that cites it.

The title says 13.5%, the sentence 13.3%: one of them was copied wrong, and a reader who looks it up trusts neither.
Told is a sentence with a figure near to that of the title, of the same unit and written as precisely, where the
title's own is not in the sentence. Figures that one would round to the other, and titles that say "almost" or "more
than", are left alone.

Bad:

    chapters/01-sample.md:

    Exports grew by 13.3% in a year [@exports-2021].

    bibliography/sources.yaml:

    - id: exports-2021
      type: webpage
      title: Exports increased by 13.5% in 2020
      container-title: BelTA
      issued: 2021
      URL: https://www.belta.by/economics/view/exports-427593-2021/

Good:

    chapters/01-sample.md:

    Exports grew by 13.5% in a year [@exports-2021].

    bibliography/sources.yaml:

    - id: exports-2021
      type: webpage
      title: Exports increased by 13.5% in 2020
      container-title: BelTA
      issued: 2021
      URL: https://www.belta.by/economics/view/exports-427593-2021/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from octavo.lint.chapter import ChapterText
from octavo.lint.rule import ChapterRule, Context, Defect
from octavo.model.finding import Severity
from octavo.model.lazy import lazy
from octavo.model.source import Span

_UNITS = {
    "percent": r"%|per\s?cent\b|процент|Prozent|pour\s?cent|п\.\s?п",
    "times": r"times\b|-?fold\b|раза?\b|-?[Mm]al\b|-?fach|fois\b",
    "million": r"mln\b|million|млн|миллион|Mio\b|Million",
    "billion": r"bn\b|bln\b|billion|млрд|миллиард|Mrd\b|Milliard|milliard",
    "thousand": r"thousand|тыс|Tausend|Tsd\b|mille\b",
}
_FIGURE = lazy(
    r"(?<![\w.,])(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:([.,])(\d{1,3}))?(?![\d])[ \u00a0\u202f-]?(?:"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _UNITS.items())
    + ")"
)
_ABOUT = lazy(
    r"(?:than|over|almost|nearly|about|around|up to|least|some|approximately|close to|exceed\w*|below|under"
    r"|более|больше|менее|меньше|свыше|почти|около|до|порядка|примерно|превы\w+"
    r"|als|über|fast|rund|etwa|ca\.|knapp|bis zu|mindestens|plus de|moins de|près de|environ|jusqu'à)"
    r"[ \u00a0]*(?:[$€£]|Br|USD|EUR)?[ \u00a0]*\Z",
    re.IGNORECASE,
)
_SENTENCE_END = lazy(r"[.!?\u2026][\"\u00bb\u201d)\]]?\s+(?=[\"\u00ab\u201c\u201e(\[]?[^\W\d_a-zа-яё])|\n\s*\n")
# So near is a slip; farther away is another figure.
_NEAR = 0.1
_FAR = 1500


class Figure(NamedTuple):
    """A number with its unit, as precise as it is written; ``rough`` where the words before it say so."""

    value: float
    decimals: int
    unit: str
    rough: bool
    start: int
    end: int
    text: str


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """Sentences that cite a source for a figure that its title has otherwise."""
    entries = context.library.entries
    titles: dict[str, list[Figure]] = {}
    for citation, item in chapter.cited:
        entry = entries.get(item.key)
        if entry is None or len(citation.items) > 1:
            continue
        if item.key not in titles:
            title = entry.text("title")[:_FAR]
            titles[item.key] = list(_figures(title, 0, len(title))) if any(map(str.isdigit, title)) else []
        if not titles[item.key]:
            continue
        start, end = _sentence(chapter.prose, citation.span)
        said = list(_figures(chapter.prose, start, end))
        for figure in titles[item.key]:
            near = _slip(figure, said)
            if near is not None:
                message = f"the title of '{item.key}' has {figure.text}, the sentence that cites it {near.text}"
                hint = "look it up, and correct the figure here or in the title"
                yield chapter.defect(Span(near.start, near.end), message, hint)


def _figures(text: str, start: int, end: int) -> Iterator[Figure]:
    for match in _FIGURE.finditer(text, start, end):
        whole = re.sub(r"\D", "", match[1])
        decimals = match[3] or ""
        if match[2] == "," and len(decimals) == 3:
            whole, decimals = whole + decimals, ""
        value = float(f"{whole}.{decimals or 0}")
        rough = bool(_ABOUT.search(text, max(start, match.start() - 30), match.start()))
        yield Figure(value, len(decimals), match.lastgroup or "", rough, *match.span(), " ".join(match[0].split()))


def _slip(figure: Figure, said: list[Figure]) -> Figure | None:
    """The figure of the sentence that should be that of the title; None where there is none, or the title's is said."""
    alike = [one for one in said if one.unit == figure.unit]
    if figure.rough or figure.value == 0 or any(_rounded(one, figure) for one in alike):
        return None
    near = [
        one
        for one in alike
        if one.decimals == figure.decimals and not one.rough and abs(one.value - figure.value) <= _NEAR * figure.value
    ]
    return near[0] if len(near) == 1 else None


def _rounded(one: Figure, other: Figure) -> bool:
    decimals = min(one.decimals, other.decimals)
    return abs(one.value - other.value) <= (0.5 * 10**-decimals if one.decimals != other.decimals else 1e-9)


def _sentence(prose: str, call: Span) -> tuple[int, int]:
    """The sentence in which a call stands, or the one that it follows."""
    first = max(0, call.start - _FAR)
    ends = [match.end() for match in _SENTENCE_END.finditer(prose, first, call.start)]
    while ends and not re.search(r"\w", prose[ends[-1] : call.start]):
        ends.pop()
    after = _SENTENCE_END.search(prose, call.end, call.end + _FAR)
    return (ends[-1] if ends else first), (after.start() if after else min(len(prose), call.end + _FAR))


RULE = ChapterRule("BIB113", "figure-differs-from-title", Severity.INFO, check=check)
