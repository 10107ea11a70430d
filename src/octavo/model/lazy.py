"""Regular expressions that are compiled when they are first used.

Python compiles them anew at each start, which takes longer than most of them take on a text; a run uses few.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import AnyStr, cast


def lazy(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What ``re.compile`` gives, as soon as it is asked anything.  What is wrong with it is told no sooner."""
    return lazily(lambda: re.compile(pattern, flags))


def lazily(make: Callable[[], re.Pattern[AnyStr]]) -> re.Pattern[AnyStr]:
    """A pattern that ``make`` makes, as soon as it is asked anything."""
    return cast("re.Pattern[AnyStr]", _Lazy(make))


class _Lazy:
    """Stands in for a pattern; each of its methods is looked up once."""

    def __init__(self, make: Callable[[], object]) -> None:
        self._make: Callable[[], object] = make

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        made = self._make()
        self._make = lambda: made
        value: object = getattr(made, name)
        setattr(self, name, value)
        return value
