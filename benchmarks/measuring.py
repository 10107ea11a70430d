"""What a whole process takes, and on what machine: shared by the programs of this folder."""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took, in seconds; ``memory`` is that of its largest process, in bytes."""

    processor: float
    wall: float
    memory: int = 0


def adopt_orphans() -> None:
    """Make this process the parent of every orphan below it.  Linux alone can do that."""
    if sys.platform != "linux":
        sys.exit("benchmarks/run: processor time of all descendants is measured on Linux alone")
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        sys.exit(f"benchmarks/run: prctl: {os.strerror(ctypes.get_errno())}")


def measure(
    commands: Sequence[Sequence[str]], folder: Path, environment: dict[str, str], codes: Collection[int] = (0,)
) -> Cost:
    """Run commands one after another and wait for all that they started.

    Raises CalledProcessError for an exit code that is none of ``codes``.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    wall = 0.0
    largest = 0
    for command in commands:
        with tempfile.TemporaryFile() as told:
            process = subprocess.Popen(command, cwd=folder, env=environment, stdout=told, stderr=told)
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
            largest = max(largest, usage.ru_maxrss)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode not in codes:
                told.seek(0)
                sys.stderr.write(told.read().decode())
                raise subprocess.CalledProcessError(process.returncode, command)
    while True:
        try:
            largest = max(largest, os.wait4(-1, 0)[2].ru_maxrss)
        except ChildProcessError:
            break
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall, largest * 1024)


def clean_environment() -> dict[str, str]:
    """The environment of a measured process: plain language settings, and modules that stay compiled.

    Installed programs have compiled modules; those of the sources are compiled in the round that is not counted.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "LC_ALL": "C.UTF-8"}


def processor() -> str:
    """The number and the model of the processors, and the system."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    model = models[0] if models else platform.machine()
    return f"{os.cpu_count()} cores of {model}, {platform.system()}; Python {platform.python_version()}"


def machine() -> str:
    """Processor, system and versions of what a build uses, in one paragraph."""
    from octavo.adapters.pandoc import pandoc_path

    result = subprocess.run([pandoc_path(), "--version"], capture_output=True, text=True, check=True)
    first = result.stdout.partition("\n")[0]
    return f"{processor()}, {first}, WeasyPrint {version('weasyprint')}; load at the end {os.getloadavg()[0]:.1f}"
