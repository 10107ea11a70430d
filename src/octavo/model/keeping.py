"""What a stage has made before, kept under all that it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

Manifest = Mapping[str, str]
"""All that a result depends on, by names that people read: ``text``, ``style``, ``tools`` ..."""


class Keeper(Protocol):
    """Gives results back that were made from the same things, and keeps new ones.

    ``kind`` and ``name`` tell people what a result is: a ``unit`` named ``chapter-goods``.
    """

    def recall(self, kind: str, name: str, manifest: Manifest) -> bytes | None:
        """The result that was kept under exactly this manifest, or None."""

    def keep(self, kind: str, name: str, manifest: Manifest, data: bytes) -> None:
        """Keep a result under its manifest."""


class NothingKept:
    """A keeper that has nothing: everything is made anew."""

    def recall(self, kind: str, name: str, manifest: Manifest) -> bytes | None:
        """Nothing."""

    def keep(self, kind: str, name: str, manifest: Manifest, data: bytes) -> None:
        """Let go of a result."""


NOTHING_KEPT = NothingKept()
