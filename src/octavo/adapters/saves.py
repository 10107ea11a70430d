"""watchfiles: what an author saves in a project folder, told when it happens."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue

from watchfiles import Change, watch

# Milliseconds: saves that follow one another so quickly are one, at most so long after the first; and how often the
# watch looks up to see whether it should end.
_STEP, _LONGEST, _TURN = 60, 800, 100
# What editors write beside a file while they save it.
_PASSING = ("~", ".swp", ".swx", ".tmp", ".part", ".bak", "4913")

Saved = frozenset[str]
"""Paths that were written, moved or deleted, relative to the project."""


class Saves:
    """What was saved since it was asked the last time."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[Saved | BaseException | None] = SimpleQueue()

    def put(self, saved: Saved | BaseException | None) -> None:
        """Something was saved; None ends the watch, and an exception is raised where it is waited for."""
        self._queue.put(saved)

    def wait(self) -> Saved | None:
        """Wait for the next save; all that happened since the last call is one.  None where the watch has ended."""
        told = [self._queue.get()]
        while True:
            try:
                told.append(self._queue.get_nowait())
            except Empty:
                break
        for one in told:
            if isinstance(one, BaseException):
                raise one
        if None in told:
            return None
        return frozenset(path for one in told if isinstance(one, frozenset) for path in one)


@contextmanager
def watching(root: Path, folders: Collection[str], files: Collection[str]) -> Iterator[Saves]:
    """Watch some folders of a project with all that is in them, and some files beside them.

    A folder may come and go.  When the body begins, nothing that is saved from then on is missed.
    """
    root = root.resolve()
    saves = Saves()
    stop, moved = threading.Event(), threading.Event()
    ready = (threading.Event(), threading.Event())

    def top() -> None:
        names = {*folders, *files}
        for changes in _changes((root,), stop, deep=False):
            ready[0].set()
            saved = {path.name for _, path in changes if path.name in names}
            if saved & set(folders):
                moved.set()
            if saved:
                saves.put(frozenset(saved))

    def inside() -> None:
        again = False
        while not stop.is_set():
            moved.clear()
            there = [root / name for name in folders if (root / name).is_dir()]
            if not there:
                ready[1].set()
                moved.wait(_TURN / 1000)
                again = True
                continue
            for changes in _changes(there, stop, deep=True):
                ready[1].set()
                if again:
                    # What was saved in a new folder before it was watched was not seen.
                    again = False
                    saves.put(frozenset(path.name for path in there))
                saved = _lasting(root, changes)
                if saved:
                    saves.put(saved)
                if moved.is_set():
                    break
            again = True

    threads = [threading.Thread(target=_guarded, args=(work, saves, ready), daemon=True) for work in (top, inside)]
    for thread in threads:
        thread.start()
    try:
        for event in ready:
            event.wait()
        yield saves
    finally:
        stop.set()
        moved.set()
        for thread in threads:
            thread.join(2)


def _guarded(work: object, saves: Saves, ready: tuple[threading.Event, ...]) -> None:
    assert callable(work)
    try:
        work()
    except Exception as error:
        saves.put(error)
    finally:
        for event in ready:
            event.set()


def _lasting(root: Path, changes: Collection[tuple[Change, Path]]) -> Saved:
    """What changed, without what came and went meanwhile, as files do that an editor writes and then renames."""
    new = {path for change, path in changes if change is Change.added}
    kept = {path for _, path in changes if path not in new or path.exists()}
    return frozenset(path.relative_to(root).as_posix() for path in kept if path.is_relative_to(root))


def _changes(paths: Collection[Path], stop: threading.Event, *, deep: bool) -> Iterator[list[tuple[Change, Path]]]:
    """What changes, and nothing now and then, so that whoever asks can look up."""
    found = watch(
        *paths,
        watch_filter=lambda _, path: _counts(Path(path).name),
        debounce=_LONGEST,
        step=_STEP,
        stop_event=stop,
        rust_timeout=_TURN,
        yield_on_timeout=True,
        raise_interrupt=False,
        recursive=deep,
    )
    for changes in found:
        yield [(change, Path(path)) for change, path in changes]


def _counts(name: str) -> bool:
    return not name.startswith(".") and not name.endswith(_PASSING) and not name.startswith("#")
