"""What this process may take, and that it ends when the one that started it does."""

from __future__ import annotations

import atexit
import multiprocessing
import os
import shutil
import tempfile
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


def work_in(folder: str) -> None:
    """Put all temporary files of this worker process into a folder, which the main process takes away.

    Where the main process ends before it could, however that happens, this one takes it away and ends, whatever it is
    busy with.
    """
    tempfile.tempdir = folder
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def expect_lost_folder() -> None:
    """See to it that nothing is said when this process ends and its folder of sockets was taken away meanwhile.

    `multiprocessing` removes the folder then, and where it is gone, prints a traceback that no handler can catch.
    """

    def make_again() -> None:
        folder = getattr(multiprocessing.current_process(), "_config", {}).get("tempdir")
        if folder:
            with suppress(OSError):
                os.makedirs(folder, exist_ok=True)

    # Handlers run in the opposite order, and this one is registered later.
    atexit.register(make_again)
