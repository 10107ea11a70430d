"""Worker processes that fail as a text asks them to; each imports this module by its name."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from octavo.model.limits import Limits


def _hang() -> None:
    while True:
        time.sleep(1)


def _swell() -> None:
    kept = []
    while True:
        kept.append(bytearray(10_000_000))


FAULTS: dict[str, Callable[[], object]] = {
    "WORD-THAT-HANGS": _hang,
    "WORD-THAT-SWELLS": _swell,
    "WORD-THAT-KILLS": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "WORD-THAT-EXITS": lambda: os._exit(3),
    "WORD-THAT-RAISES": lambda: 1 // 0,
}


def work(connection: Connection, root: Path, style: str, limits: Limits, folder: str) -> None:
    """The main function of a worker, whose layout does what the text says."""
    from octavo.render import worker

    lay_out = worker.lay_out

    def laid(press: object, request: object) -> object:
        for word, fault in FAULTS.items():
            if word in request.html:  # type: ignore[attr-defined]
                fault()
        return lay_out(press, request)  # type: ignore[arg-type]

    worker.lay_out = laid  # type: ignore[assignment]
    worker.serve(connection, root, style, limits, folder)
