"""What a run printed, told again where nothing that it read has changed since.

A run is recorded with the state of every file and folder that it read, and of the program's own modules.  State is what
the system says without opening the file: times of change, size, file number; the time of the last change of the inode
(``st_ctime_ns``) cannot be set by who hands in a file.  Starting up is most of what such a run costs, so this module
imports next to nothing.
"""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Iterable, Sequence

_FOLDER = "build/cache/runs"
_HEAD = "octavo run 1"
# What the form of the output may depend on, beside the arguments.
_ENVIRONMENT = (
    "NO_COLOR",
    "FORCE_COLOR",
    "CI",
    "GITHUB_ACTIONS",
    "GITHUB_WORKSPACE",
    "LANG",
    "LC_ALL",
    "PYTHONIOENCODING",
    "SOURCE_DATE_EPOCH",
)
# File systems count time in steps; a file that changed this shortly before a run may change again within one step.
_STEP_NS = 50_000_000


class Run:
    """What a run came to: exit code, the encoding of its output, the output."""

    __slots__ = ("code", "encoding", "output")

    def __init__(self, code: int, encoding: str, output: str) -> None:
        self.code = code
        self.encoding = encoding
        self.output = output


def run_key(arguments: Sequence[str]) -> str:
    """What a run is known by: its arguments, where it runs, where its output goes."""
    environment = [f"{name}={os.environ.get(name)}" for name in _ENVIRONMENT]
    return "\x1f".join([*arguments, os.getcwd(), str(sys.stdout.isatty()), sys.version, *environment])


def project_of(arguments: Sequence[str]) -> str:
    """The project folder that a command line names with ``-C``, or this one."""
    for index, argument in enumerate(arguments):
        if argument == "-C" and index + 1 < len(arguments):
            return arguments[index + 1]
        if argument.startswith("-C") and len(argument) > 2:
            return argument[2:]
    return "."


def recall(root: str, key: str) -> Run | None:
    """The run with this key; None where there was none or something has changed."""
    try:
        with open(_path(root, key), encoding="utf-8", newline="") as file:
            head, stored_key, code, encoding, count, *rest = file.read().split("\x00")
        states = int(count)
        if head != _HEAD or stored_key != key or len(rest) != states + 1:
            return None
        if any(state != _state(state.rpartition("\x1f")[0]) for state in rest[:states]):
            return None
        return Run(int(code), encoding, rest[states])
    except (OSError, ValueError):
        return None


def remember(root: str, key: str, inputs: Iterable[str], run: Run, began_ns: int, outputs: Iterable[str] = ()) -> None:
    """Record a run that read ``inputs``, wrote ``outputs``, and began at a time (nanoseconds since the epoch).

    It is told again while all of these are as they were.  Where an input may have changed while the run was reading,
    and where the folder cannot be written, nothing is kept.
    """
    states = [_state(path) for path in [*inputs, *_own_modules()]]
    if any(_changed_after(state, began_ns - _STEP_NS) for state in states):
        return
    states += [_state(path) for path in outputs]
    if any("\x00" in text for text in [run.output, *states]):
        return
    path = _path(root, key)
    staged = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(staged, "w", encoding="utf-8", newline="") as file:
            fields = [_HEAD, key, str(run.code), run.encoding, str(len(states)), *states, run.output]
            file.write("\x00".join(fields))
        os.replace(staged, path)
    except (OSError, UnicodeError):
        return


def _path(root: str, key: str) -> str:
    return os.path.join(root, _FOLDER, f"{zlib.crc32(key.encode('utf-8', 'surrogateescape')):08x}")


def _state(path: str) -> str:
    """A path with what the system says of it; a file that is not there has a state too."""
    try:
        seen = os.stat(path)
    except OSError:
        return f"{path}\x1f0 0 0 0"
    return f"{path}\x1f{seen.st_mtime_ns} {seen.st_ctime_ns} {seen.st_size} {seen.st_ino}"


def _changed_after(state: str, moment_ns: int) -> bool:
    modified, changed, *_ = state.rpartition("\x1f")[2].split(" ")
    return max(int(modified), int(changed)) > moment_ns


def _own_modules() -> list[str]:
    """The folders and modules of this package, but for templates: a new version tells other things."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    found = []
    for folder, folders, files in os.walk(package):
        folders[:] = [name for name in folders if name not in ("__pycache__", "templates")]
        found += [folder, *(os.path.join(folder, name) for name in files if name.endswith(".py"))]
    return found
