"""Snapshots: what was made from the data when an author last looked at it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from octavo.model.source import Location


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is made from the data now, as text that can be compared line by line.

    ``path`` is where it is kept, relative to the project.  ``subject`` says what it is of (``table 'partners'``), and
    ``location`` is the place of its specification.
    """

    path: str
    text: str
    subject: str
    location: Location


class State(Enum):
    """How a snapshot that is kept stands to the data."""

    FRESH = "fresh"
    STALE = "stale"
    MISSING = "missing"
    LEFT_OVER = "left over"


@dataclass(frozen=True, slots=True)
class Compared:
    """A snapshot with its state; ``difference`` holds the lines of a unified diff, empty where there is none."""

    path: str
    subject: str
    location: Location
    state: State
    difference: tuple[str, ...] = ()
