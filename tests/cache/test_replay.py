"""A run is told again while nothing that it read has changed, and never after."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lint_samples import CHAPTER, CONFIGURATION, FRONT, LIBRARY, SOURCES, write
from octavo.cache.replay import Run, project_of, recall, remember

TEXT = f"{FRONT}A claim.[^ghost]\n"
# Whatever starts Python with it says on standard error which modules are loaded.
COMMAND = [sys.executable, "-X", "importtime", "-m", "octavo"]


def age(root: Path) -> None:
    """Wait until what stands in a folder is older than the steps of the file system's clock."""
    newest = max(path.stat().st_ctime for path in [root, *root.rglob("*")])
    time.sleep(max(0.0, newest + 0.1 - time.time()))


def run(root: Path, *options: str) -> tuple[int, str, bool]:
    """Exit code, output, and whether the linter itself was loaded."""
    done = subprocess.run(
        [*COMMAND, "lint", "--format", "concise", *options],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src")},
    )
    return done.returncode, done.stdout, "octavo.lint.engine" in done.stderr


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = write(tmp_path, {"publication.yaml": CONFIGURATION, SOURCES: LIBRARY, CHAPTER: TEXT})
    age(root)
    return root


def change_chapter(root: Path) -> None:
    (root / CHAPTER).write_text(TEXT.replace("ghost", "ghist"))


def change_without_a_trace_in_its_time(root: Path) -> None:
    path = root / CHAPTER
    before = path.stat()
    path.write_text(TEXT.replace("ghost", "ghist"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def change_configuration(root: Path) -> None:
    (root / "publication.yaml").write_text(f"{CONFIGURATION}lint: {{ignore: [NTE101]}}\n")


def change_bibliography(root: Path) -> None:
    (root / SOURCES).write_text(LIBRARY.replace("issued: 2021", "issued: 3021"))


def add_chapter(root: Path) -> None:
    (root / "chapters" / "02-more.md").write_text(TEXT)


def add_bibliography(root: Path) -> None:
    (root / "bibliography" / "more.yaml").write_text("- id: more\n  type: book\n  title: More\n")


CHANGES = [
    change_chapter,
    change_without_a_trace_in_its_time,
    change_configuration,
    change_bibliography,
    add_chapter,
    add_bibliography,
]


def test_a_second_run_says_the_same_without_linting(project: Path) -> None:
    first, second = run(project), run(project)
    assert first[:2] == second[:2]
    assert (first[0], first[2], second[2]) == (1, True, False)
    assert "NTE101" in second[1]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_change_is_seen(project: Path, change: Callable[[Path], None]) -> None:
    before = run(project)
    change(project)
    after = run(project)
    assert after[2]
    assert after[1] != before[1]


def test_other_options_are_another_run(project: Path) -> None:
    run(project)
    assert run(project, "--ignore", "NTE101")[0] == 0
    assert run(project)[0] == 1


def test_no_run_is_recalled_where_none_is_wanted(project: Path) -> None:
    run(project)
    assert run(project, "--no-cache")[2]


def test_a_file_that_changed_while_it_was_read_is_not_trusted(tmp_path: Path) -> None:
    path = tmp_path / "input"
    path.write_text("x")
    now = time.time_ns()
    remember(str(tmp_path), "key", [str(path)], Run(0, "utf-8", "told"), now)
    assert recall(str(tmp_path), "key") is None
    remember(str(tmp_path), "key", [str(path)], Run(0, "utf-8", "told"), now + 10**12)
    told = recall(str(tmp_path), "key")
    assert told is not None
    assert told.output == "told"


@pytest.mark.parametrize("damage", [b"", b"octavo run 1", b"\xff\xfe", b"octavo run 1\0key\0x\0utf-8\x000\0told"])
def test_a_damaged_record_is_no_record(tmp_path: Path, damage: bytes) -> None:
    remember(str(tmp_path), "key", [], Run(0, "utf-8", "told"), time.time_ns() + 10**12)
    (record,) = (tmp_path / "build" / "cache" / "runs").iterdir()
    record.write_bytes(damage)
    assert recall(str(tmp_path), "key") is None


def test_the_project_is_that_of_the_command_line() -> None:
    assert project_of(["lint"]) == "."
    assert project_of(["-C", "there", "lint"]) == "there"
    assert project_of(["-Cthere", "lint"]) == "there"
