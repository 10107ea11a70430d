"""All files of a build into their places together, whatever ends the process or the machine in between.

The files are staged in one folder beside their places and flushed; then one small file there, the plan, says that they
are whole.  From that moment on they count as written: they are renamed into their places one after another, and where
that is broken off, whoever comes next goes on from the plan.  Before that moment nothing has changed.  The caller holds
the lock of the folder.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from octavo.errors import MachineError

STAGED = ".staged"
_PLAN, _UNDO = "plan.json", "undo.json"

# The files in their order, each with whether one stood in its place before.
Plan = list[tuple[str, bool]]


def commit(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files, named relative to a folder with ``/``, all or none of them.

    Raises MachineError where the disk is full, a folder cannot be written or a link leads out of it; nothing is changed
    then.
    """
    recover(folder)
    staged = folder / STAGED
    at = folder
    made: list[Path] = []
    plan: Plan = []
    try:
        staged.mkdir()
        for number, (name, data) in enumerate(files.items()):
            at = folder / name
            _check_place(folder, name)
            made += _make_folders(at.parent)
            _write(staged / f"new-{number}", data)
            plan.append((name, _link(at, staged / f"old-{number}")))
        at = folder
        _write(staged / f"{_PLAN}.new", json.dumps(plan).encode())
        os.replace(staged / f"{_PLAN}.new", staged / _PLAN)
        _flush(staged)
        _go_on(folder, plan)
    except BaseException as error:
        _take_back(folder)
        for each in reversed(made):
            with suppress(OSError):
                each.rmdir()
        if isinstance(error, OSError):
            raise _machine_error(error, at) from error
        raise


def recover(folder: Path) -> None:
    """Finish what a build before this one had decided, or take away what it had not.  Raises MachineError."""
    staged = folder / STAGED
    if not os.path.lexists(staged):
        return
    try:
        if staged.is_symlink() or not staged.is_dir():
            staged.unlink()
        elif (staged / _UNDO).is_file():
            _take_back(folder)
        elif (staged / _PLAN).is_file():
            _go_on(folder, _planned(staged / _PLAN))
        else:
            shutil.rmtree(staged)
    except OSError as error:
        raise _machine_error(error, folder) from error


def is_pending(folder: Path) -> bool:
    """Whether a build was broken off when all of its files were staged."""
    return (folder / STAGED / _PLAN).is_file() or (folder / STAGED / _UNDO).is_file()


def _go_on(folder: Path, plan: Plan) -> None:
    staged = folder / STAGED
    for number, (name, _) in enumerate(plan):
        new = staged / f"new-{number}"
        if new.is_file() and not new.is_symlink():
            _check_place(folder, name)
            os.replace(new, folder / name)
    for parent in {(folder / name).parent for name, _ in plan}:
        _flush(parent)
    (staged / _PLAN).unlink()
    _flush(staged)
    shutil.rmtree(staged)


def _take_back(folder: Path) -> None:
    """Put the files that stood there back, so far as they were replaced."""
    staged = folder / STAGED
    with suppress(OSError):
        if (staged / _PLAN).is_file():
            os.replace(staged / _PLAN, staged / _UNDO)
            _flush(staged)
    if (staged / _UNDO).is_file():
        for number, (name, stood) in enumerate(_planned(staged / _UNDO)):
            _check_place(folder, name)
            old, new = staged / f"old-{number}", staged / f"new-{number}"
            if stood and os.path.lexists(old):
                os.replace(old, folder / name)
            elif not stood and not new.exists():
                (folder / name).unlink(missing_ok=True)
    shutil.rmtree(staged, ignore_errors=True)


def _planned(path: Path) -> Plan:
    """The plan in a file, which was renamed into its place when it was whole."""
    try:
        return [(str(name), bool(stood)) for name, stood in json.loads(path.read_text("utf-8"))]
    except (ValueError, TypeError):
        # Octavo did not write it.
        return []


def _check_place(folder: Path, name: str) -> None:
    """A place lies in the folder, and no link leads out of it; a plan may come with a project from anywhere."""
    path = folder / name
    if not path.parent.resolve().is_relative_to(folder.resolve()) or ".." in Path(name).parts:
        raise LinkError(path.parent)
    if path.is_dir() and not path.is_symlink():
        raise IsADirectoryError(21, "Is a directory", str(path))


class LinkError(OSError):
    """A link of the disk that leads out of the folder where it stands."""

    def __init__(self, path: Path) -> None:
        super().__init__(40, f"{path} leads out of the project: it is a link", str(path))


def _machine_error(error: OSError, at: Path) -> MachineError:
    if isinstance(error, LinkError):
        return MachineError(str(error.strerror), "put a folder of its own in the place of the link")
    hint = "check space and permissions"
    if isinstance(error, (FileExistsError, NotADirectoryError, IsADirectoryError)):
        hint = "something else stands there: move it away"
    return MachineError(f"cannot write {error.filename2 or at}: {error.strerror or error}", hint)


def _make_folders(path: Path) -> Iterator[Path]:
    """Make a folder and those above it; the ones that were made, from the outermost inwards."""
    missing = []
    while not path.exists():
        missing.append(path)
        path = path.parent
    for each in reversed(missing):
        each.mkdir()
        yield each


def _link(path: Path, other: Path) -> bool:
    """A second name for a file, or a copy where the file system has no links; whether there is such a file."""
    try:
        os.link(path, other, follow_symlinks=False)
    except FileNotFoundError:
        return False
    except OSError:
        _write(other, path.read_bytes())
    return True


def _write(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _flush(folder: Path) -> None:
    """See to it that the names in a folder are on the disk; not every system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
