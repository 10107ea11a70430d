"""One part of WeasyPrint in the place of another, wherever it was imported, and back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType


@dataclass(frozen=True, slots=True)
class Replacement:
    """What stands under a name in a module or class of WeasyPrint, and what does the same faster."""

    holder: object
    name: str
    before: object
    after: object
    everywhere: bool = True

    def install(self) -> None:
        """Put the faster one in the place of the other."""
        self._exchange(self.before, self.after)

    def remove(self) -> None:
        """Put back what stood there."""
        self._exchange(self.after, self.before)

    def _exchange(self, before: object, after: object) -> None:
        for holder in _holders(self.holder) if self.everywhere else (self.holder,):
            if vars(holder).get(self.name) is before:
                setattr(holder, self.name, after)


def replacement(holder: object, name: str, after: object) -> Replacement:
    """The replacement of what a module or class has under a name.  Raises AttributeError where it has none."""
    return Replacement(holder, name, vars(holder)[name] if name in vars(holder) else getattr(holder, name), after)


def _holders(holder: object) -> Iterator[object]:
    """The holder; for a module also those that import from it by name."""
    yield holder
    if isinstance(holder, ModuleType):
        for name, module in list(sys.modules.items()):
            if name.startswith("weasyprint.") and module is not holder:
                yield module
