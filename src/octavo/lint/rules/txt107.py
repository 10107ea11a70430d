"""A word or a phrase is repeated by mistake.

`the the` is read over, most of all over the end of a line. A phrase counts from two words to five. Words that languages
double are left alone (`had had`, `that that`, `вот вот`, `nous nous`), and so are names (`Duran Duran`) and numbers.

Bad:

    Exports of the
    the Union doubled.

Good:

    Exports of the Union doubled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress, count, islice, pairwise
from operator import eq

from octavo.lint.chapter import ChapterText
from octavo.lint.rule import ChapterRule, Context, Defect
from octavo.model.finding import Severity
from octavo.model.lazy import lazy
from octavo.model.source import Span

_LONGEST = 5
_TOKEN = lazy(rb"\S+")
_GAP = lazy(r"[ \t\xa0]|[ ]?\n[ \t]*(?:>[ \t]?)*")
_NO_LETTERS = tuple(b"%c" % code for code in b"-'0123456789")
_EDGE = "-'’_\N{OBJECT REPLACEMENT CHARACTER}"
# Whole words of one letter; other single letters are variables and initials.
_SINGLE = ("a", "i", "à", "y", "в", "и", "к", "о", "с", "у", "а", "я")
_DOUBLED = {
    "en": "had that is was do did so very no many much long far her bye ha blah out there you who what",
    "ru": "вот чуть еле едва очень много давно так да нет ну ой долго тихо далеко что то все всё как кто раз тот за",
    "de": "die der das sie ihr uns so sehr viel mehr nie lange ja nein wer was",
    "fr": "nous vous très bien si non oui ha",
}


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """Runs of one to five words that follow one another twice."""
    doubled = frozenset(_DOUBLED.get(chapter.language.tag, "").split())
    for text in chapter.texts:
        plain = _plain(text, chapter.language.tag)
        words = plain.split()
        if not words:
            continue
        found = sorted(one for one in _repeated(words) if words[one[0]][:1] not in _NO_LETTERS)
        if found:
            places = [match.span() for match in _TOKEN.finditer(plain)]
            yield from _told(chapter, text, found, places, doubled)


def _plain(text: str, tag: str) -> bytes:
    """Words and blanks alone, a byte for each character."""
    codec = "cp1251" if tag == "ru" else "latin-1"
    return text.encode(codec, "replace").lower().translate(_WORDS_ONLY)


_WORDS_ONLY = bytes(
    code if code > 0xA0 or bytes([code]).isalnum() or code in b"'-\n" else 0x20 if code < 0x80 or code == 0xA0 else code
    for code in range(256)
)


def _repeated(words: Sequence[bytes]) -> Iterator[tuple[int, int]]:
    """Where a phrase begins that follows itself, and of how many words it is.

    A longer phrase is looked for by the lengths of its words first: where they repeat, the words may.
    """
    before = -2
    for at in compress(count(), map(eq, words, islice(words, 1, None))):
        if at != before + 1:
            yield at, 1
        before = at
    try:
        lengths = bytes(map(len, words))
    except ValueError:
        lengths = bytes(min(len(word), 255) for word in words)
    number = int.from_bytes(lengths, "little")
    for size in range(2, _LONGEST + 1):
        same = (number ^ (number >> 8 * size)).to_bytes(len(lengths), "little")
        run = bytes(size)
        at = same.find(run)
        while at >= 0:
            # A word that follows itself was found already.
            same_words = words[at] == words[at + size] and words[at] != words[at + 1]
            if same_words and words[at : at + size] == words[at + size : at + 2 * size]:
                yield at, size
                at += size - 1
            at = same.find(run, at + 1)


def _told(
    chapter: ChapterText,
    text: str,
    found: Sequence[tuple[int, int]],
    places: Sequence[tuple[int, int]],
    doubled: frozenset[str],
) -> Iterator[Defect]:
    behind = 0
    for at, size in found:
        if at < behind or at + 2 * size > len(places):
            continue
        spans = places[at : at + 2 * size]
        words = [text[start:end] for start, end in spans]
        if not _is_slip(text, spans, words, size, doubled) or not _joined(chapter, text, spans):
            continue
        if size > 1 and len(places) > at + 2 * size and _third(text, places[at + 2 * size], words[0], size):
            continue
        behind = at + 2 * size
        start, end = spans[size][0], spans[-1][1]
        first = " ".join(words[:size])
        kind = "word" if size == 1 else "phrase"
        yield chapter.defect(Span(start, end), f"the {kind} '{first}' stands twice", "take one away")


def _is_slip(
    text: str, spans: Sequence[tuple[int, int]], words: Sequence[str], size: int, doubled: frozenset[str]
) -> bool:
    if not all(word.replace("-", "").replace("'", "").isalpha() for word in words[:size]):
        return False
    first, second = words[0], words[size]
    if second[0].isupper() and (not first[0].isupper() or size == 1):
        return False
    if size == 1 and (first.lower() in doubled or (len(first) == 1 and first.lower() not in _SINGLE)):
        return False
    if size > 1 and (len(set(words[:size])) == 1 or all(word[0].isupper() for word in words[:size])):
        return False
    before, behind = text[max(0, spans[0][0] - 1) : spans[0][0]], text[spans[-1][1] : spans[-1][1] + 1]
    return not (before.isalnum() or behind.isalnum() or (before and before in _EDGE) or (behind and behind in _EDGE))


def _joined(chapter: ChapterText, text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether nothing but one blank or a line end stands between the words."""
    gaps = (chapter.text[one[1] : other[0]] for one, other in pairwise(spans))
    return all(_GAP.fullmatch(gap) for gap in gaps)


def _third(text: str, place: tuple[int, int], first: str, size: int) -> bool:
    """Whether it goes on as `again and again and again` does."""
    return size == 2 and text[place[0] : place[1]].lower() == first.lower()


RULE = ChapterRule("TXT107", "repeated-word", Severity.WARNING, check=check)
