"""What tells how numbers and sums of money are written: separators, signs, codes, words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from octavo.lint.shape import find_all
from octavo.model.lazy import lazy
from octavo.model.source import Span

_BLANK = " \xa0\u202f\u2009"
_NUMBER = lazy(rf"\d+(?:[.,{_BLANK}]\d+)*")
_THOUSANDS = {
    ",": lazy(r"\d{1,3}(?:,\d{3})+"),
    ".": lazy(r"\d{1,3}(?:\.\d{3})+"),
    " ": lazy(rf"\d{{1,3}}(?:[{_BLANK}]\d{{3}})+"),
}
_DECIMALS = {".": lazy(r"\d+\.\d{1,2}"), ",": lazy(r"\d+,\d{1,2}")}
_BOUND = tuple("./:-+–@#_~^=§№")
_UNIT = lazy(
    rf"[{_BLANK}\n-]?(?:%|per\s?cent|percent|[mb]illion|trillion|thousand|times\b|тыс|млн|млрд|трлн|процент|раза?\b|Mio|Mrd"
    r"|Million|Milliard|Prozent|pour cent|milliard|fois\b)"
)
_MONEY_BEFORE = lazy(rf"(?:[$€£¥₽]|USD|EUR|GBP|RUB|BYN|CNY)[{_BLANK}]?\Z")
_SCALE = (
    r"(?:[ \xa0\u202f\n](?:thousand|million|billion|trillion|m|bn|тыс\.|млн|млрд|Mio\.|Mrd\.|Millionen|Milliarden"
    r"|millions|milliards)(?!\w))?"
)
_AMOUNT = rf"\d[\d.,\xa0\u202f]*(?<=\d){_SCALE}"
_AMOUNT_AT = lazy(_AMOUNT)
_BEHIND_SIGN = lazy(rf"(?P<blank>[{_BLANK}]?)(?P<amount>{_AMOUNT})")
_BEFORE_CODE = lazy(rf"(?<![\w.,$€£¥₽-])(?P<amount>{_AMOUNT})[{_BLANK}\n]\Z")
_NUMBER_END = lazy(r"(?<![\w.,$€£¥₽-])\d[\d.,\xa0\u202f]*\Z")
# What stands between a number and the name of a currency, and the name.
_NAMED = lazy(
    rf"{_SCALE}[{_BLANK}\n](?:US[ -]|U\.S\. |Russian )?(?:of )?"
    r"(?P<word>[Dd]ollar|доллар|[Ee]uro|евро|pounds sterling|Pfund|yuan|юан|rouble|ruble|рубл)\w*(?:[ \xa0\n]США\b)?"
)
# Digits that a blank behind the comma tears from their number: "$214, 7 million".
_TORN = lazy(r", (?=\d{1,2}[ \xa0\n](?:[mb]illion|thousand|млн|млрд|тыс))")
_TORN_FROM = lazy(rf"(?:[$€£¥₽][{_BLANK}]?|(?:USD|EUR) )\d{{1,3}}\Z")
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "CNY": "¥", "RUB": "₽"}
_WORDS = {
    "$": ("dollar", "доллар"),
    "€": ("euro", "евро"),
    "£": ("pounds sterling", "pfund"),
    "¥": ("yuan", "юан"),
    "₽": ("rouble", "ruble", "рубл"),
}
_WINDOW = 50


@dataclass(frozen=True, slots=True)
class Written:
    """A number or a sum as it is written: its place, its style, and its text in other styles."""

    span: Span
    style: str
    amount: str = ""


def separators(text: str, places: Iterable[int], comma_is_decimal: bool) -> Iterator[tuple[str, Written]]:
    """Numbers at some offsets with separators that tell a style; first ``thousands`` or ``decimals``."""
    behind = 0
    for place in places:
        if place < behind:
            continue
        while place and text[place - 1].isdecimal() and place > behind:
            place -= 1
        match = _NUMBER.match(text, place)
        if match is None:
            continue
        start, end = match.span()
        behind = end
        before, after = text[max(0, start - 12) : start], text[end : end + 1]
        # A date, a part of an address, a version.
        if before[-1:].isalnum() or before.endswith(_BOUND) or after.isalnum() or after in ("/", ":", "_"):
            continue
        number = match[0]
        span = Span(start, end)
        for style, shape in _THOUSANDS.items():
            if shape.fullmatch(number):
                groups = len(re.findall(r"\D", number))
                foreign = "," if comma_is_decimal else "."
                if style != foreign or groups > 1:
                    yield "thousands", Written(span, style, number)
        counted = _UNIT.match(text, end) or _MONEY_BEFORE.search(before)
        for style, shape in _DECIMALS.items():
            if counted and shape.fullmatch(number):
                yield "decimals", Written(span, style, number)


def torn(text: str, places: Iterator[int]) -> Iterator[Span]:
    """The comma and the blank within numbers that are torn, of those commas that stand at some offsets."""
    for place in places:
        if _TORN.match(text, place) and _TORN_FROM.search(text, max(0, place - _WINDOW), place):
            yield Span(place, place + 2)


def sums(text: str, shape: bytes) -> Iterator[tuple[str, list[Written]]]:
    """For each sign, all sums of that currency in a text with its shape.

    The styles are ``sign``, ``sign and blank``, ``code``, ``code behind`` and ``word``.
    """
    found: dict[str, list[Written]] = {sign: list(_signed(text, sign)) for sign in _WORDS}
    for at in find_all(shape, b"AAA"):
        sign = _SIGNS.get(text[at : at + 3])
        if sign is not None:
            found[sign].extend(_coded(text, at))
    for part in (b"0 a", b"0\na", b"0 A"):
        for at in find_all(shape, part):
            match = _NAMED.match(text, at + 1)
            number = _NUMBER_END.search(text, max(0, at - _WINDOW), at + 1) if match is not None else None
            if match is not None and number is not None:
                word = match["word"].lower()
                sign = next(sign for sign, words in _WORDS.items() if word in words)
                amount = _AMOUNT_AT.match(text, number.start())
                amount_text = amount[0] if amount is not None else number[0]
                found[sign].append(Written(Span(number.start(), match.end()), "word", amount_text))
    for sign, written in found.items():
        if written:
            yield sign, sorted(written, key=lambda one: one.span)


def _signed(text: str, sign: str) -> Iterator[Written]:
    for at in find_all(text, sign):
        match = _BEHIND_SIGN.match(text, at + 1)
        # The sign may be escaped, so that it begins no formula; behind a letter it is another country's.
        start = at - (text[max(0, at - 1) : at] == "\\")
        if match is not None and not text[max(0, start - 1) : start].isalpha():
            yield Written(Span(start, match.end()), "sign and blank" if match["blank"] else "sign", match["amount"])


def _coded(text: str, at: int) -> Iterator[Written]:
    end = at + 3
    if text[max(0, at - 1) : at].isalnum() or text[end : end + 1].isalpha():
        return
    behind = _BEHIND_SIGN.match(text, end)
    before = _BEFORE_CODE.search(text, max(0, at - _WINDOW), at)
    if behind is not None:
        yield Written(Span(at, behind.end()), "code", behind["amount"])
    elif before is not None:
        yield Written(Span(before.start(), end), "code behind", before["amount"])
