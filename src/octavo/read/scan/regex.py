"""Regular expressions with possessive groups, for every Python from 3.11 on.

Up to Python 3.11.4 a possessive quantifier on a group forgets to go back within the group (python/cpython issue
106052), so that ``(?:a|ab)*+`` misses what it should match.  An atomic group around the same means the same and is
right in all versions.
"""

from __future__ import annotations

import re

from octavo.model.lazy import lazily

_QUANTIFIER = re.compile(r"[*+?]|\{\d*,?\d*\}")


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern with its possessive groups made atomic; it is compiled when it is first used."""
    return lazily(lambda: re.compile(atomic(pattern), flags))


def atomic(pattern: str) -> str:
    """The pattern with ``(?>(...)*)`` for each ``(...)*+``; possessive single characters stay."""
    pieces: list[str] = []
    groups: list[int] = []
    closed = -1
    at = 0
    while at < len(pattern):
        end = _item_end(pattern, at)
        item = pattern[at:end]
        if item == "(":
            groups.append(len(pieces))
        pieces.append(item)
        closed = groups.pop() if item == ")" else -1
        at = end
        quantifier = _QUANTIFIER.match(pattern, at)
        if quantifier is None or item == "(":
            continue
        at = quantifier.end()
        pieces.append(quantifier[0])
        if pattern[at : at + 1] != "+":
            continue
        at += 1
        if closed < 0:
            pieces.append("+")
        else:
            pieces[closed] = "(?>" + pieces[closed]
            pieces.append(")")
    return "".join(pieces)


def _item_end(pattern: str, at: int) -> int:
    """Where the next item ends: an escaped character, a set of characters, or one character."""
    if pattern[at] == "\\":
        return at + 2
    if pattern[at] != "[":
        return at + 1
    end = at + 1
    if pattern[end : end + 1] == "^":
        end += 1
    if pattern[end : end + 1] == "]":
        end += 1
    while pattern[end] != "]":
        end += 2 if pattern[end] == "\\" else 1
    return end + 1
