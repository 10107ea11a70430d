"""The nearest known name to one that is unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterable

# Each guess compares a name with all that are known; who has more unknown names than this has another trouble.
_GUESSES = 100


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint such as ``did you mean 'belta-430366'?``, or an empty text where nothing is near."""
    from difflib import get_close_matches

    matches = get_close_matches(name, sorted(set(known)), n=1, cutoff=0.6)
    return f"did you mean '{matches[0]}'?" if matches else ""


def guesser(known: Iterable[str]) -> Callable[[str], str]:
    """`did_you_mean` for many names; after a number of them it guesses no more, so that time stays in bounds."""
    names = sorted(set(known))
    left = [_GUESSES]

    def guess(name: str) -> str:
        left[0] -= 1
        return did_you_mean(name, names) if left[0] >= 0 else ""

    return guess
