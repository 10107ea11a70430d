"""A second process of the program, which tells this one what it does."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

# Seconds that it has to put away what it works with.
_PATIENCE = 5


class Companion(Generic[T]):
    """What a companion tells, in order."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def told(self) -> Iterator[T]:
        """All that it tells, until it has ended."""
        with suppress(EOFError, OSError):
            while True:
                message: T = self._connection.recv()
                yield message


@contextmanager
def companion(work: Callable[[R, Callable[[T], None]], None], request: R) -> Iterator[Companion[T]]:
    """Run a function in a process of its own while the body runs; it gets the request, and what it can tell with.

    It is interrupted at the end of the body, and when this process ends in whatever way.
    """
    context = multiprocessing.get_context("forkserver")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(work, request, theirs))
    process.start()
    theirs.close()
    try:
        yield Companion(ours)
    finally:
        # Closing alone would not be seen there while a thread of ours waits for what is told.
        with suppress(OSError):
            ours.send_bytes(b"end")
        process.join(_PATIENCE)
        if process.is_alive():
            process.kill()
            process.join()
        ours.close()


def _run(work: Callable[[R, Callable[[T], None]], None], request: R, connection: Connection) -> None:
    # Ctrl-C reaches all processes of a terminal; the one that it is meant for ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    threading.Thread(target=_end_with, args=(connection,), daemon=True).start()

    def tell(message: T) -> None:
        try:
            connection.send(message)
        except OSError:
            raise KeyboardInterrupt from None

    with suppress(KeyboardInterrupt):
        work(request, tell)


def _end_with(connection: Connection) -> None:
    """Wait until the other end says so or is closed."""
    with suppress(EOFError, OSError):
        connection.recv_bytes()
    os.kill(os.getpid(), signal.SIGTERM)
