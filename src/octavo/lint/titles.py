"""Titles of sources compared by their words."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from octavo.model.lazy import lazy

# Names and titles are looked at again and again.
_REMEMBERED = 4096
_TAG = lazy(r"</?(?:i|b|em|strong|sup|sub|span)\b[^<>]*>")
_WORD = lazy(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
# Articles, short prepositions and conjunctions, by which copies of a title differ.
_SMALL_WORDS = """
    a an the of in on at to for by and or with from through via as is are be been
    и в во на о об по с со к ко за из от до для
    der die das den dem des ein eine einer eines und oder im in zu von mit für auf
    le la les l un une des du de d et ou en au aux à dans par pour sur
"""


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


_SMALL = frozenset(_plain(_SMALL_WORDS).split())


def words_of(title: str) -> tuple[str, ...]:
    """The words of a title in lower case, without tags, marks, accents and small words; numbers are words."""
    return _words(title)


@lru_cache(_REMEMBERED)
def _words(title: str) -> tuple[str, ...]:
    return tuple(word for word in _WORD.findall(_plain(_TAG.sub("", title))) if word not in _SMALL)


def nearly_same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two titles have the same words in the same order, a few of them in another form or spelling.

    Numbers must be the same, and of four words three at the least.
    """
    if one == other:
        return True
    if len(one) != len(other):
        return _joined_same(one, other)
    differ = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(differ) * 4 <= len(one) and all(_same_word(a, b) for a, b in differ)


def _joined_same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """A word may be written in two, or with a hyphen."""
    return abs(len(one) - len(other)) <= 2 and "".join(one) == "".join(other)


def _same_word(one: str, other: str) -> bool:
    """One letter more, less, changed or exchanged, or another ending, in words of five letters and more."""
    if one[0].isdigit() or other[0].isdigit() or min(len(one), len(other)) < 4:
        return False
    start = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        start += 1
    tail, rest = one[start:], other[start:]
    end = 0
    while end < min(len(tail), len(rest)) and tail[-1 - end] == rest[-1 - end]:
        end += 1
    left, right = tail[: len(tail) - end], rest[: len(rest) - end]
    if len(left) <= 1 and len(right) <= 1:
        # A change of one letter within makes another word of a short one: trade, grade.
        return min(len(one), len(other)) >= 6 or (start >= 3 and not end)
    return len(left) == len(right) == 2 and left == right[::-1] and len(one) >= 5


def is_beginning(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether a title of three words and more is the beginning of a longer one."""
    return 3 <= len(one) < len(other) and other[: len(one)] == one
