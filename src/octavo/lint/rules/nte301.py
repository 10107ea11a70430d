"""The number of a note is typed by hand.

Such a number is text: it stays as it is when notes come and go, leads nowhere, and its note is not counted. It is left
behind where a text was taken over from a finished document. Told are raised numbers behind words (`word^3^`, `word³`,
`word<sup>3</sup>`), numbers right behind a closing quotation mark (`"word"3`) or behind the point of a sentence
(`word.3 Next`), and, in a chapter that has such ones, numbers glued to words (`word4,`) that go on counting. Units and
powers (`m^2^`, `10^6^`), formulas and abbreviations (`p.3`) are left alone. The fix puts a call in the place of the
number, `[^3]`; the note has to be defined.

Bad:

    He spoke of “doubled exports”1. Imports fell.2 Turnover grew.

Good:

    He spoke of “doubled exports”.[^1] Imports fell.

    [^1]: By the figures of the customs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from octavo.lint.chapter import ChapterText
from octavo.lint.rule import ChapterRule, Context, Defect, Fixing
from octavo.model.finding import Severity
from octavo.model.lazy import lazy
from octavo.model.source import Span

_RAISED = lazy(r"\^(\d{1,3})\^(?!\w)")
_TAGGED = lazy(r"<sup>\s*\[?(\d{1,3})\]?\s*</sup>(?!\w)")
_SIGNS = "¹²³⁴⁰⁵⁶⁷⁸⁹"
_SUPERSCRIPT = lazy(f"([{_SIGNS}]{{1,3}})(?![\\w⁺⁻ⁿ])")
_FROM_SIGNS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_QUOTES = '"”“»«’'
_AFTER_QUOTE = r"(\d{1,3})(?= ?[.,;:!?)](?!\d)|\s|\Z)"
_AFTER_POINT = r"(\d{1,3})(?=\s+[\"'“„«(]?[^\W\d_a-zа-яё]|\s*\n\s*\n|\s*\Z)"
_GLUED = lazy(r"(?:[^\W\d_]{3}|[%)\]]|\d[\"”»])(\d{1,3})(?=[\"”»]?[.,;:!?)]*(?:\s|\Z))")
_WORD = lazy(r"(?<![\w.@/\\:-])([^\W\d_]+)[.!?]\Z")
_LETTERS = lazy(r"([^\W\d_]+)\Z")
# Words with a number behind their point, and what is raised to a power.
_ABBREVIATED = """
    fig figs tab art arts sec sect para paras par pag chap chaps cap nos ver eq eqs app line item rule verse act
    vol vols reg regs table figure chapter section page note article рис табл ст гл разд пункт стр вып том abb tab
    kap abs art bild anm pág
"""
_POWERS = """
    mol min sec inch inches feet foot yard yards mile miles metre metres meter meters kilometre kilometres
    kilometer kilometers centimetre centimetres rad deg sin cos tan cot log exp chi eta phi psi rho tau sigma
    alpha beta gamma delta lambda omega theta px hour hours day days year years кв куб мес сут час сек мин чел
    Meter Kilometer mètre mètres kilomètre kilomètres
"""
_NO_SENTENCE, _RAISED_BY_RIGHT = frozenset(_ABBREVIATED.split()), frozenset(_POWERS.split())
# How far a glued number may be from the last one.
_STEP = 2


@dataclass(frozen=True, slots=True, order=True)
class _Typed:
    span: Span
    number: int
    certain: bool = True


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """Numbers that stand where calls stand."""
    found: list[_Typed] = []
    for prose in chapter.texts:
        near = [*_raised(prose), *_behind_quotes(prose), *_behind_points(prose, chapter.language.abbreviations)]
        if any(one.certain for one in near):
            found += _series([*near, *_glued(prose)])
    for one in sorted(found):
        hint = f"write [^{one.number}] in its place, and define the note: [^{one.number}]: ..."
        yield chapter.defect(
            one.span, f"the number of note {one.number} is typed by hand", hint, (one.span, f"[^{one.number}]")
        )


def _raised(prose: str) -> Iterator[_Typed]:
    if "^" in prose:
        yield from _behind_words(prose, _RAISED)
    if "<" in prose and "<sup>" in prose:
        yield from _behind_words(prose, _TAGGED)
    # Hardly a text has such numbers and none of the first signs; each look takes its time.
    if any(sign in prose for sign in _SIGNS[:4]):
        yield from _behind_words(prose, _SUPERSCRIPT)


def _behind_words(prose: str, pattern: re.Pattern[str]) -> Iterator[_Typed]:
    """Matches behind a word that is no unit and no function, or behind a mark."""
    for match in pattern.finditer(prose):
        before = prose[match.start() - 1 : match.start()]
        word = _LETTERS.search(prose, max(0, match.start() - 20), match.start())
        if word and (
            len(word[1]) < 3 or word[1] in _RAISED_BY_RIGHT or prose[word.start() - 1 : word.start()] in ("\\", "/")
        ):
            continue
        if word or (before and before in '.,;!?"”»’“'):
            yield _Typed(Span(*match.span()), int(match[1].translate(_FROM_SIGNS)))


def _behind_quotes(prose: str) -> Iterator[_Typed]:
    for quote in _QUOTES:
        if quote not in prose:
            continue
        for match in re.finditer(quote + _AFTER_QUOTE, prose):
            before = prose[match.start() - 1 : match.start()]
            if before.isalpha() or (before and before in ".,!?…%)"):
                yield _Typed(Span(*match.span(1)), int(match[1]))


def _behind_points(prose: str, abbreviations: frozenset[str]) -> Iterator[_Typed]:
    for mark in (r"\.", r"!", r"\?"):
        for match in re.finditer(mark + _AFTER_POINT, prose):
            word = _WORD.search(prose, max(0, match.start() - 40), match.start() + 1)
            if word and (len(word[1]) < 3 or word[1].lower() in _NO_SENTENCE or word[1] in abbreviations):
                continue
            if word or prose[match.start() - 1 : match.start()] in (")", "]", "%"):
                # A capital letter may begin an abbreviation that is not known.
                yield _Typed(Span(*match.span(1)), int(match[1]), certain=word is not None and word[1].islower())


def _glued(prose: str) -> Iterator[_Typed]:
    for match in _GLUED.finditer(prose):
        yield _Typed(Span(*match.span(1)), int(match[1]), certain=False)


def _series(numbers: list[_Typed]) -> set[_Typed]:
    """The certain ones, and those of the others that go on counting from one of them, forwards or backwards."""
    order = sorted(numbers)
    kept = {one for one in order if one.certain}
    for run, direction in ((order, 1), (order[::-1], -1)):
        last: int | None = None
        for one in run:
            if one in kept or (last is not None and 0 < (one.number - last) * direction <= _STEP):
                kept.add(one)
                last = one.number
    return kept


RULE = ChapterRule("NTE301", "typed-number", Severity.ERROR, Fixing.UNSAFE, check=check)
