"""What is told of an author's saves."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from octavo.adapters.saves import Saved, Saves, watching

PATIENCE = 20.0


class Watched:
    """A folder under watch."""

    def __init__(self, root: Path, saves: Saves) -> None:
        self.root = root
        self._saves = saves

    def next(self) -> Saved | None:
        """The next save; a watch that tells nothing ends, so that no test waits for ever."""
        timer = threading.Timer(PATIENCE, self._saves.put, (None,))
        timer.start()
        try:
            return self._saves.wait()
        finally:
            timer.cancel()

    def write(self, path: str, text: str = "words") -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, "utf-8")


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    (tmp_path / "chapters").mkdir()
    (tmp_path / "build").mkdir()
    (tmp_path / "publication.yaml").write_text("title: T\n")
    with watching(tmp_path, ("chapters", "data"), ("publication.yaml",)) as saves:
        yield Watched(tmp_path, saves)


def test_a_save_is_told_by_its_path(watched: Watched) -> None:
    watched.write("chapters/01-first.md")
    assert watched.next() == {"chapters/01-first.md"}


def test_saves_within_a_moment_are_one(watched: Watched) -> None:
    for number in range(20):
        watched.write(f"chapters/{number:02}.md")
    assert watched.next() == {f"chapters/{number:02}.md" for number in range(20)}


def test_what_is_saved_while_nobody_waits_is_not_lost(watched: Watched) -> None:
    watched.write("chapters/01-first.md")
    time.sleep(0.6)
    watched.write("chapters/02-second.md")
    time.sleep(0.6)
    assert watched.next() == {"chapters/01-first.md", "chapters/02-second.md"}


def test_a_file_that_is_written_beside_and_renamed_is_told_under_its_name(watched: Watched) -> None:
    for name in ("publication.yaml", "chapters/01-first.md"):
        watched.write("chapters/sedX1y2")
        os.replace(watched.root / "chapters/sedX1y2", watched.root / name)
        assert watched.next() == {name}


def test_a_deleted_file_is_told(watched: Watched) -> None:
    watched.write("chapters/01-first.md")
    watched.next()
    (watched.root / "chapters/01-first.md").unlink()
    assert watched.next() == {"chapters/01-first.md"}


def test_a_new_folder_is_watched_from_then_on(watched: Watched) -> None:
    watched.write("data/cities.csv", "a\n1\n")
    told: set[str] = set()
    while "data" not in told or "data/new.csv" not in told:
        watched.write("data/new.csv", str(len(told)))
        saved = watched.next()
        assert saved, told
        told |= saved


@pytest.mark.parametrize(
    "name", ["build/print/tiny.pdf", "chapters/.01.md.swp", "chapters/01.md~", "notes.txt", "chapters/#01.md#"]
)
def test_what_no_author_writes_is_passed_over(watched: Watched, name: str) -> None:
    watched.write(name)
    time.sleep(0.4)
    watched.write("chapters/01-first.md")
    assert watched.next() == {"chapters/01-first.md"}


def test_no_thread_is_left(tmp_path: Path) -> None:
    before = threading.active_count()
    with watching(tmp_path, ("chapters",), ()):
        assert threading.active_count() > before
    assert threading.active_count() == before
