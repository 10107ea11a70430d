"""What the main process asks of its workers, and what they answer."""

from __future__ import annotations

from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from octavo.model.columns import ColumnGrid
from octavo.model.layout import LayoutFacts
from octavo.model.limits import Limits


@dataclass(frozen=True, slots=True)
class LayOut:
    """Lay a unit out, in two columns where it has a grid of them; the answer is Done or Failed."""

    unit: str
    html: str
    first_folio: int
    notes: tuple[str, ...]
    columns: ColumnGrid | None = None


@dataclass(frozen=True, slots=True)
class Write:
    """Write a unit that this worker keeps; the answer is Written or Failed.  It is kept no longer."""

    unit: str
    first_folio: int


@dataclass(frozen=True, slots=True)
class Done:
    """A unit is laid out."""

    unit: str
    facts: LayoutFacts


@dataclass(frozen=True, slots=True)
class Written:
    """A unit as PDF."""

    unit: str
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Failed:
    """A unit could not be laid out or written."""

    unit: str
    message: str


@dataclass(frozen=True, slots=True)
class Rest:
    """A run is over: forget every unit that was not written.  There is no answer."""


Request = LayOut | Write | Rest | None
Answer = Done | Written | Failed


def work(connection: Connection, root: Path, style: str, limits: Limits, folder: str) -> None:
    """The main function of a worker process.

    The renderer is imported here and nowhere else, for the main process does without it.
    """
    from octavo.render.worker import serve

    serve(connection, root, style, limits, folder)
