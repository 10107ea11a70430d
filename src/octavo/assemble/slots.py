"""Pieces of Markdown that a table holds, numbered in the order of reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Slots:
    """The pieces of one table, as they are found."""

    _texts: list[str] = field(default_factory=list)

    @property
    def texts(self) -> tuple[str, ...]:
        """All pieces, in order."""
        return tuple(self._texts)

    def add(self, markdown: str, notes: Sequence[str] = ()) -> int:
        """Take a piece with the notes that are called behind it; its number."""
        self._texts.append(markdown + "".join(f"^[{note}]" for note in notes))
        return len(self._texts) - 1
