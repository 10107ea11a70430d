"""The worker process: lays units out, keeps them, and writes them when their first folio is known."""

from __future__ import annotations

import gc
import signal
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from octavo.adapters.bounds import allow_more_memory, work_in
from octavo.adapters.weasyprint import Laid, Press
from octavo.model.limits import Limits
from octavo.render.protocol import Answer, Done, Failed, LayOut, Request, Rest, Write, Written
from octavo.render.repair import lay_out

_COLLECTION = (200_000, 10, 10)


def serve(connection: Connection, root: Path, style: str, limits: Limits, folder: str) -> None:
    """Answer requests until there are no more; temporary files stand in ``folder``."""
    # Ctrl-C is for the main process, which ends its workers itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    work_in(folder)
    press = Press(root, style, limits)
    kept: dict[str, Laid] = {}
    # Layout makes boxes by the hundred thousand and drops few: looking through them all the time takes a tenth of it.
    gc.freeze()
    gc.set_threshold(*_COLLECTION)
    while True:
        try:
            request: Request = connection.recv()
        except (EOFError, OSError):
            return
        if request is None:
            return
        if isinstance(request, Rest):
            kept.clear()
            # What was frozen is let go while nobody waits, or a process that stays would grow with each run.
            gc.unfreeze()
            gc.collect()
            gc.freeze()
            continue
        try:
            connection.send(_answer(request, press, kept, limits))
        except (BrokenPipeError, ConnectionResetError):
            return


def _answer(request: LayOut | Write, press: Press, kept: dict[str, Laid], limits: Limits) -> Answer:
    allow_more_memory(limits.memory)
    try:
        if isinstance(request, Write):
            return Written(request.unit, press.write(kept.pop(request.unit), request.first_folio))
        laid = lay_out(press, request)
        kept[request.unit] = laid
        facts = replace(laid.facts, fetched=press.take_fetched())
        # It stays until it is written: nobody has to look through it for what was dropped.
        gc.freeze()
        return Done(request.unit, facts)
    except MemoryError:
        return Failed(request.unit, f"it takes more than {limits.memory} MB (`limits: memory` in publication.yaml)")
    except Exception as error:  # whatever the renderer raises is told of the unit that it was raised for
        return Failed(request.unit, f"{type(error).__name__}: {error}")
