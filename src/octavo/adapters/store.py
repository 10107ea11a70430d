"""Finished files onto the disk: staged beside their place, flushed, renamed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from octavo.adapters.commit import is_pending, recover
from octavo.errors import MachineError


def publish(files: Mapping[Path, bytes]) -> None:
    """Write several files that belong together; what stood there before stays until all are written.

    Raises MachineError where a folder cannot be written or the disk is full; nothing is changed then.
    """
    staged: list[tuple[Path, Path]] = []
    placed: list[tuple[Path, Path | None]] = []
    at = next(iter(files), Path())
    try:
        for path, data in files.items():
            at = path
            path.parent.mkdir(parents=True, exist_ok=True)
            staged.append((_stage(path, data), path))
        for temporary, path in staged:
            at = path
            kept = _keep(path)
            placed.append((path, kept))
            os.replace(temporary, path)
    except BaseException as error:
        for path, kept in reversed(placed):
            _put_back(path, kept)
        if isinstance(error, OSError):
            hint = "check space and permissions"
            if isinstance(error, (FileExistsError, NotADirectoryError, IsADirectoryError)):
                hint = "something else stands there: move it away"
            raise MachineError(f"cannot write {at}: {error.strerror or error}", hint) from error
        raise
    finally:
        for temporary, _ in staged:
            with suppress(OSError):
                temporary.unlink()
        for _, kept in placed:
            if kept is not None:
                with suppress(OSError):
                    kept.unlink()


def remove(paths: Iterable[Path]) -> None:
    """Delete files; one that is gone already is no fault.  Raises MachineError where one cannot be deleted."""
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            message = f"cannot delete {path}: {error.strerror or error}"
            raise MachineError(message, "check the permissions of its folder") from error


def _keep(path: Path) -> Path | None:
    """A second name for the file that stands at a place, so that it can be put back; None where there is none."""
    kept = path.with_name(f".{path.name}.{os.getpid()}.kept")
    try:
        os.link(path, kept)
    except FileNotFoundError:
        return None
    except OSError:
        # Not every file system has links; a folder is refused when it is replaced.
        if path.is_dir():
            return None
        kept.write_bytes(path.read_bytes())
    return kept


def _put_back(path: Path, kept: Path | None) -> None:
    with suppress(OSError):
        if kept is not None:
            os.rename(kept, path)
        elif path.is_file():
            path.unlink()


def _stage(path: Path, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)
    except OSError:
        with suppress(OSError):
            os.unlink(name)
        raise
    return Path(name)


@contextmanager
def locked(folder: Path, wait: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the build folder for one build at a time; another one waits, and says so by ``wait``.

    What a build before it had decided and not done is done first.  The system lets go of the lock whatever ends the
    process.  Raises MachineError where the folder is read-only, or leads out of the project.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _refuse_links(folder)
        handle = os.open(folder / ".lock", os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o644)
    except OSError as error:
        message = f"cannot write in {folder}: {error.strerror or error}"
        hint = "check the permissions of the folder"
        if isinstance(error, (FileExistsError, NotADirectoryError, IsADirectoryError)):
            hint = "a folder has to stand there: move away what does"
        raise MachineError(message, hint) from error
    try:
        with suppress(ImportError):
            import fcntl

            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                wait()
                fcntl.flock(handle, fcntl.LOCK_EX)
        recover(folder)
        yield
    finally:
        os.close(handle)


def settle(folder: Path) -> None:
    """Finish what a build that was broken off had decided; nothing happens where there is no such thing."""
    if is_pending(folder):
        with locked(folder):
            return


def _refuse_links(folder: Path) -> None:
    """A folder of a project that came from anywhere may be a link to one of the user's.  Raises MachineError."""
    project = folder.parent.resolve()
    places = [folder, *folder.iterdir()]
    for path in [*places, *(inner for place in places if place.is_dir() for inner in place.iterdir())]:
        # An edition takes the place of a link to a file.
        dangerous = path.is_symlink() and (path.is_dir() or path.parent == folder)
        if dangerous and not path.resolve().is_relative_to(project):
            message = f"{path} leads out of the project: it is a link"
            raise MachineError(message, "put a folder of its own in the place of the link")
