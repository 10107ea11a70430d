"""What is wrong with the notes of an edition beside their words and numbers, as it was read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class FaultKind(Enum):
    """The finding that a fault is told as: its code and its rule."""

    TEXT = ("EDN102", "note-differs")
    LINK = ("EDN103", "broken-note-link")
    PAGE = ("EDN106", "note-on-other-page")
    COVERED = ("EDN107", "note-covered")


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of one note (its anchor, or that of its call, may be empty) and what is to be said of it."""

    kind: FaultKind
    anchor: str
    message: str
