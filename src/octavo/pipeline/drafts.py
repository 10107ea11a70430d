"""Texts as an editor shows them, which come before those of the disk."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from octavo.model.finding import Finding
from octavo.model.source import SourceFile
from octavo.read.files import read_source, source_of

T = TypeVar("T")

# Halves of characters, which JSON can hold and UTF-8 cannot.
_HALVES = re.compile("[\ud800-\udfff]")


class Drafts:
    """Files of projects; each is read anew only where it has changed.  Paths are absolute."""

    def __init__(self) -> None:
        self._texts: dict[Path, str] = {}
        self._read: dict[Path, tuple[object, SourceFile | None, tuple[Finding, ...]]] = {}

    def put(self, path: Path, text: str) -> None:
        """An editor shows a text as that of a file."""
        self._texts[path] = _HALVES.sub("\N{REPLACEMENT CHARACTER}", text.removeprefix("\ufeff"))

    def drop(self, path: Path) -> None:
        """No editor shows the file any more."""
        self._texts.pop(path, None)

    def has(self, path: Path) -> bool:
        """Whether an editor shows the file."""
        return path in self._texts

    def within(self, folder: Path) -> list[Path]:
        """The files of a folder that an editor shows, whether they were saved or not."""
        return [path for path in self._texts if path.parent == folder]

    def read(self, root: Path, path: str, findings: list[Finding]) -> SourceFile | None:
        """A file of a project, as `octavo.read.files.read_source` gives it; the same object while nothing changes."""
        place = root / path
        state = self._texts.get(place)
        known = self._read.get(place)
        seen: object = _state(place) if state is None else state
        if known is None or known[0] != seen:
            told: list[Finding] = []
            source = read_source(root, path, told) if state is None else source_of(path, state, told)
            known = self._read[place] = (seen, source, tuple(told))
        findings += known[2]
        return known[1]


def _state(path: Path) -> tuple[int, ...]:
    """What the system says of a file without opening it; empty where it is not there."""
    try:
        seen = path.stat()
    except OSError:
        return ()
    return seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size, seen.st_ino


class Kept(Generic[T]):
    """Results by name, each made anew only where one of the objects that it was made of is another one."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[tuple[object, ...], T]] = {}

    def get(self, name: str, inputs: tuple[object, ...], make: Callable[[], T]) -> T:
        """The result of ``make``, or the one of last time."""
        known = self._made.get(name)
        if known is not None and list(map(id, known[0])) == list(map(id, inputs)):
            return known[1]
        made = make()
        self._made[name] = (inputs, made)
        return made
