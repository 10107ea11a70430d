"""One name has several abbreviations or spellings.

A reader takes two abbreviations for two things. It is found where the same words stand before two abbreviations in
brackets, `Universal Commodity Exchange (UCE)` and `Universal Commodity Exchange (UKB)`, and where a name of several
words is written now with a hyphen and now without, in other capitals, or in another transliteration (`Boris
Zalessky`, `Boris Zalesskii`). The rarer form is told, once.

Bad:

    The Northern Commodity Exchange (NCE) grew. Deals at the Northern Commodity Exchange (NKB) doubled.

Good:

    The Northern Commodity Exchange (NCE) grew. Deals at the NCE doubled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from octavo.lint.chapter import ChapterText
from octavo.lint.rule import BookRule, ChapterPlace, Context, Defect, Mention, Mentions
from octavo.model.finding import Severity
from octavo.model.lazy import lazy

_NAME = lazy(rb"Aa+(?:[ \n-]A[Aa]*a)+")
_BRACKET = lazy(rb"\(A[Aa]*A\)")
_WORD = lazy(r"[^\W\d_][\w'’-]*|[^\w\s*_]")
_SMALL = (
    "of",
    "and",
    "for",
    "in",
    "on",
    "de",
    "des",
    "du",
    "la",
    "le",
    "et",
    "und",
    "für",
    "der",
    "и",
    "по",
    "на",
    "в",
)
_BREAKS = lazy(r"[\s-]+")
_LEADING = ("The ", "In ", "At ", "For ", "And ", "But ", "From ", "Der ", "Die ", "Das ", "Im ", "Le ", "La ", "Les ")
_SPELLINGS = (("kh", "h"), ("x", "ks"), ("iy", "y"), ("ii", "y"), ("yi", "y"), ("i", "y"), ("j", "y"), ("ё", "е"))
_SHORTEST = 9


def collect(chapter: ChapterText, context: Context) -> Iterator[Mention]:
    """Names before abbreviations in brackets; then each name of several words, and how often it stands there."""
    for text, shape in chapter.shapes:
        for match in _BRACKET.finditer(shape):
            words = _words_before(text, match.start())
            if words:
                short = text[match.start() + 1 : match.end() - 1]
                yield Mention(match.start() + 1, match.end() - 1, "short", f"{words}\t{short}")
        counts: dict[str, int] = {}
        first: dict[str, tuple[int, int]] = {}
        for match in _NAME.finditer(shape):
            name = text[match.start() : match.end()]
            counts[name] = counts.get(name, 0) + 1
            first.setdefault(name, match.span())
        for name, count in counts.items():
            yield Mention(*first[name], str(count), name)


def _words_before(text: str, at: int) -> str:
    """The name that stands before an offset, from the last article or mark on."""
    words: list[str] = []
    for word in reversed(_WORD.findall(text[max(0, at - 120) : at])):
        if not (word[0].isupper() or (words and word in _SMALL)):
            break
        words.append(word)
    while words and words[-1] in _SMALL:
        words.pop()
    if sum(word[0].isupper() for word in words) < 2:
        return ""
    return _without_lead(" ".join(reversed(words)))


def _without_lead(name: str) -> str:
    """A name without the capital word that begins a sentence before it."""
    for lead in _LEADING:
        name = name.removeprefix(lead)
    return name


def judge(chapters: Sequence[Mentions], context: Context) -> Iterator[Defect]:
    """Names with a second abbreviation, then names in a second spelling."""
    yield from _abbreviations(chapters)
    yield from _spellings(chapters)


def _abbreviations(chapters: Sequence[Mentions]) -> Iterator[Defect]:
    known: dict[str, str] = {}
    told: set[str] = set()
    for one in chapters:
        for mention in one.mentions:
            if mention.kind != "short":
                continue
            words, _, short = mention.text.rpartition("\t")
            former = known.setdefault(words.casefold(), short)
            if former != short and short not in told and former.isascii() == short.isascii():
                told.add(short)
                message = f"'{words}' is abbreviated as '{short}', elsewhere as '{former}'"
                yield one.chapter.defect(mention, message, f"choose one: {former} or {short}")


def _spellings(chapters: Sequence[Mentions]) -> Iterator[Defect]:
    forms: dict[str, dict[str, int]] = {}
    first: dict[str, tuple[ChapterPlace, Mention]] = {}
    for one in chapters:
        for mention in one.mentions:
            if mention.kind == "short":
                continue
            form = _without_lead(" ".join(mention.text.split()))
            if len(form) < _SHORTEST:
                continue
            counts = forms.setdefault(_key(form), {})
            counts[form] = counts.get(form, 0) + int(mention.kind)
            first.setdefault(form, (one.chapter, mention))
    for counts in forms.values():
        if len(counts) < 2:
            continue
        usual = max(counts, key=lambda form: counts[form])
        for form in counts:
            if form != usual:
                place, mention = first[form]
                skipped = len(mention.text) - len(form)
                at = Mention(mention.start + skipped, mention.end, "", "")
                times = "once" if counts[usual] == 1 else f"{counts[usual]} times"
                yield place.defect(at, f"'{form}' is written '{usual}' {times} elsewhere", "write the name in one way")


def _key(form: str) -> str:
    """What spellings of one name have in common."""
    key = _BREAKS.sub("", form.casefold())
    for one, other in _SPELLINGS:
        key = key.replace(one, other)
    return key


RULE = BookRule("TXT105", "name-in-several-forms", Severity.WARNING, collect=collect, judge=judge)
