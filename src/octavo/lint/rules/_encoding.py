"""What rules about lost and wrong characters share: text in UTF-8 that was read as another encoding."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from octavo.lint.chapter import ChapterText
from octavo.model.lazy import lazy
from octavo.model.markup import LiteralKind

_CODE = (LiteralKind.CODE_BLOCK, LiteralKind.CODE_SPAN)
# These may stand behind a letter for their own sake; then two characters are no proof.
_PLAIN_NEIGHBOURS = "“”„‘’‚‹›«»…–—\xa0"
_ROUNDS = 4


class Misread(NamedTuple):
    """A run of characters that were decoded wrongly, and what they are."""

    start: int
    end: int
    text: str


def in_literal(chapter: ChapterText, offset: int) -> bool:
    """Whether a place stands in code."""
    literals = chapter.scan.literals
    at = bisect_right(literals, offset, key=lambda one: one.span.start) - 1
    return at >= 0 and offset < literals[at].span.end and literals[at].kind in _CODE


def _bytes_of(codec: str) -> dict[str, int]:
    """The byte of each character above ASCII; where the codec has none, programs keep the byte as a control."""
    found = {chr(byte): byte for byte in range(0x80, 0x100)} if codec == "cp1252" else {}
    for byte in range(0x80, 0x100):
        char = bytes([byte]).decode(codec, "ignore") or chr(byte)
        found[char] = byte
    return found


def _class(table: dict[str, int], *ranges: tuple[int, int]) -> str:
    chars = (char for char, byte in table.items() if any(low <= byte <= high for low, high in ranges))
    return "[" + "".join(re.escape(char) for char in chars) + "]"


def _run(unit: str) -> re.Pattern[str]:
    """Units on end, and single ones beside a run of them, as words of one letter are."""
    return lazy(f"(?:(?:{unit})[ ,.-]{{1,2}})?(?:{unit}){{2,}}(?:[ ,.-]{{1,2}}(?:{unit})+)*|{unit}")


_WESTERN, _CYRILLIC = _bytes_of("cp1252"), _bytes_of("cp1251")
_NEXT_W, _NEXT_C = _class(_WESTERN, (0x80, 0xBF)), _class(_CYRILLIC, (0x80, 0xBF))
_SYMBOL_W = _class(_WESTERN, (0x80, 0x80), (0x82, 0x82), (0x84, 0x84), (0x86, 0x89), (0x96, 0x96), (0x9C, 0x9C))
_WESTERN_RUN = _run(
    f"[ÂÃÄÅÎÏÐÑ]{_NEXT_W}|â{_SYMBOL_W}{_NEXT_W}|ï»¿|ð{_class(_WESTERN, (0x9F, 0x9F))}{_NEXT_W}{_NEXT_W}"
    f"|(?:[ã-é]{_NEXT_W}{_NEXT_W}){{2,}}"
)
_CYRILLIC_RUN = _run(f"[РС]{_NEXT_C}|в[Ђ„]{_NEXT_C}|В{_NEXT_C}")
# Characters without one of which there is no such run; each is quick to look for.
_WESTERN_SIGNS = "ÂÃÄÅÎÏÐÑâðïãäåæçèé"
# They belong to the quotation marks and the frequent letters о, а, е, н, т, с, р.
_CYRILLIC_SIGNS = "Ђѕ°µЅ‚Ѓ"
_PAIR_C = lazy(f"[РС]{_NEXT_C}")


def find_misread(text: str) -> Iterator[Misread]:
    """Runs of a text that are UTF-8 read as CP1252, Latin-1 or CP1251."""
    if text.isascii():
        return
    if any(sign in text for sign in _WESTERN_SIGNS):
        for match in _WESTERN_RUN.finditer(text):
            decoded = _decoded(match[0], _WESTERN)
            if decoded is not None and _is_western(text, match.start(), match.end(), decoded):
                yield Misread(*match.span(), _settled(decoded))
    if any(sign in text for sign in _CYRILLIC_SIGNS):
        for match in _CYRILLIC_RUN.finditer(text):
            run = match[0]
            if "вЂ" in run or "в„–" in run or len(_PAIR_C.findall(run)) > 1:
                decoded = _decoded(run, _CYRILLIC)
                if decoded is not None:
                    yield Misread(*match.span(), _settled(decoded))


def _decoded(run: str, table: dict[str, int]) -> str | None:
    try:
        decoded = bytes(table[char] if char in table else ord(char) for char in run).decode("utf-8")
    except ValueError:
        return None
    return decoded if all(char.isprintable() or char in "\xa0\xad\ufeff" for char in decoded) else None


def _is_western(text: str, start: int, end: int, decoded: str) -> bool:
    """Whether a run cannot be meant as it stands."""
    run = text[start:end]
    if len(run) > 2:
        return True
    if run[0] in "ÎÏÐÑ":
        return False
    before, behind = text[start - 1 : start], text[end : end + 1]
    if run[1] in _PLAIN_NEIGHBOURS and run[0] != "Â":
        return behind.isalpha() and behind.islower()
    return not (run[0] == "Â" and before.isupper()) and not (run[1] in _PLAIN_NEIGHBOURS and before.isupper())


def _settled(decoded: str) -> str:
    """A text that was misread more than once is decoded as often."""
    for _ in range(_ROUNDS):
        found = list(find_misread(decoded))
        if not found:
            break
        pieces, cursor = [], 0
        for one in found:
            if one.start >= cursor:
                pieces += [decoded[cursor : one.start], one.text]
                cursor = one.end
        decoded = "".join([*pieces, decoded[cursor:]])
    return decoded
