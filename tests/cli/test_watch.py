"""``octavo watch``: editions at each save, in one process that stays, and none after it has ended."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from octavo.cli.main import main
from publications import FIRST, SECOND, chapter, standing, told
from publications import write_publication as write
from running import Running

BUILT, NOT_BUILT = "waiting for the next save", "Not built"


def save(root: Path, text: str, name: str = "chapters/01-first.md") -> None:
    (root / name).write_text(text, "utf-8")


def memory(process: int) -> int:
    """What a process holds in memory, in KiB."""
    status = Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


@pytest.mark.slow
def test_each_save_is_built_and_a_fault_leaves_the_editions_standing(tmp_path: Path) -> None:
    write(tmp_path)
    with Running(tmp_path, "watch") as watch:
        printed = "\n".join(watch.wait(BUILT))
        assert "build/print/tiny.pdf" in printed
        assert "build/ebook/tiny.epub" in printed
        first = standing(tmp_path)

        save(tmp_path, FIRST.replace("One word", "Another word"))
        printed = "\n".join(watch.wait(BUILT))
        assert "Saved: chapters/01-first.md" in printed
        second = standing(tmp_path)
        assert second["build/print/tiny.pdf"] != first["build/print/tiny.pdf"]

        save(tmp_path, chapter("One[^lost].\n"))
        printed = "\n".join(watch.wait(BUILT))
        assert told(printed) == [("chapters/01-first.md:5:4", "NTE101")]
        assert NOT_BUILT in printed
        assert standing(tmp_path) == second

        save(tmp_path, "title: [", "publication.yaml")
        assert NOT_BUILT in "\n".join(watch.wait(BUILT))
        write(tmp_path)
        watch.wait("build/print/tiny.pdf")
        assert standing(tmp_path) == first
        watch.wait(BUILT)
        # Files that are written one after another may be two saves; were its own work one, it would never be silent.
        saves = 1
        while not watch.is_silent(1.5):
            watch.wait(BUILT)
            saves += 1
            assert saves < 4, "its own work is no save"

        assert watch.end() == 0
        assert "Traceback" not in "\n".join(watch.printed)
        assert watch.are_gone()


@pytest.mark.slow
def test_a_save_during_a_build_is_built_after_it(tmp_path: Path) -> None:
    write(tmp_path)
    with Running(tmp_path, "watch", "print") as watch:
        watch.wait("Making print")
        save(tmp_path, SECOND.replace("Another", "A third"), "chapters/02-second.md")
        watch.wait(BUILT)
        assert "Saved: chapters/02-second.md" in watch.wait(BUILT)[0]
        assert not (tmp_path / "build/ebook").exists()


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_in_the_middle_of_a_build_it_ends_with_all_its_processes(tmp_path: Path, number: int) -> None:
    write(tmp_path)
    with Running(tmp_path, "watch") as watch:
        watch.wait("Making print")
        assert watch.end(number) == 0
        assert "The watch has ended" in "\n".join(watch.wait("has ended"))
        assert watch.are_gone()
    assert not (tmp_path / "build/print/tiny.pdf").exists()


@pytest.mark.slow
def test_the_processes_of_a_watch_stay_and_do_not_grow(tmp_path: Path) -> None:
    write(tmp_path)
    with Running(tmp_path, "watch", "--jobs", "1") as watch:

        def rebuild(number: int) -> None:
            save(tmp_path, f"{FIRST}\nWords number {number}.\n")
            watch.wait(BUILT)

        watch.wait(BUILT)
        for number in range(3):
            rebuild(number)
        time.sleep(0.5)
        before = {process: memory(process) for process in watch.processes()}
        for number in range(6):
            rebuild(number + 100)
        time.sleep(0.5)
        after = {process: memory(process) for process in watch.processes()}
        assert after.keys() == before.keys()
        # What one build leaves behind if nothing is let go is more than this.
        grown = {process: after[process] - before[process] for process in after}
        assert max(grown.values()) < 4096, grown


def test_without_a_publication_or_with_an_unknown_edition_nothing_is_watched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["-C", str(tmp_path), "watch"]) == 2
    assert "octavo init" in capsys.readouterr().err
    write(tmp_path)
    assert main(["-C", str(tmp_path), "watch", "prnt"]) == 2
    assert "did you mean 'print'" in capsys.readouterr().err
