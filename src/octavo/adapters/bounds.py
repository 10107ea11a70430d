"""What this process may take, and that it ends when the one that started it does."""

from __future__ import annotations

import multiprocessing
import os
import threading
from contextlib import suppress
from pathlib import Path

_PAGES = Path("/proc/self/statm")


def allow_more_memory(megabytes: int) -> None:
    """Let this process take so much more memory than it has now, and no more: beyond, it gets a MemoryError.

    Where the system tells or bounds nothing, nothing happens.
    """
    with suppress(ImportError, OSError, ValueError):
        import resource

        now = int(_PAGES.read_text("ascii").split()[0]) * resource.getpagesize()
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = now + megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def end_with_parent() -> None:
    """End this worker process as soon as its main process ends, however that does, and whatever it is busy with."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
