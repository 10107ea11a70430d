"""A program as a filter that cannot get away: no network where the system allows that, no more time, no orphan.

The program runs in a process group of its own, which is ended as a whole.  On Linux it is started through ``unshare``
(a network namespace without a way out) and ``setpriv`` (it ends when whoever waits for it does), as far as the machine
has them and lets them; elsewhere it runs without.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

# Tried once in each process: the first is for root, the second for all others, where the system allows it.
_WITHOUT_NETWORK = (("unshare", "--net", "--"), ("unshare", "--user", "--net", "--"))
_WITH_PARENT = ("setpriv", "--pdeathsig", "KILL", "--")
_PATIENCE = 5.0


class OverTimeError(Exception):
    """The program did not end in its time."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What a program said and how it ended; ``code`` is negative for a signal."""

    code: int
    output: bytes
    trouble: str


def run_confined(command: Sequence[str], folder: str | None, text: bytes, seconds: float) -> Ended:
    """Run a program over a text.  Raises OverTimeError after some seconds, OSError where it cannot be started."""
    environment = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "HOME": os.environ.get("HOME", "/")}
    process = subprocess.Popen(
        [*confinement(), *command],
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        output, trouble = process.communicate(text, timeout=seconds)
    except subprocess.TimeoutExpired:
        end_group(process)
        raise OverTimeError from None
    except BaseException:
        end_group(process)
        raise
    return Ended(process.returncode, output, trouble.decode("utf-8", "replace").strip())


def end_group(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started, and wait for it."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


@cache
def confinement() -> tuple[str, ...]:
    """What stands before a command line so that it is confined as far as this machine allows; often nothing."""
    net = next((prefix for prefix in _WITHOUT_NETWORK if _works(prefix)), ())
    return (*net, *with_parent())


@cache
def with_parent() -> tuple[str, ...]:
    """What stands before a command line so that the program ends with the thread that started it; or nothing."""
    return _WITH_PARENT if _works(_WITH_PARENT) else ()


def _works(prefix: tuple[str, ...]) -> bool:
    if shutil.which(prefix[0]) is None:
        return False
    try:
        done = subprocess.run(
            [*prefix, "true"], stdin=subprocess.DEVNULL, capture_output=True, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
