"""``octavo init DIR``."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

import pytest

from octavo.cli import init
from octavo.errors import MachineError, UsageError
from octavo.model.finding import Finding
from octavo.model.publication import Format
from octavo.read.bibliography import read_bibliography
from octavo.read.chapters import order_chapters, read_chapters
from octavo.read.files import read_source
from octavo.read.publication import read_publication

FILES = (
    ".gitignore",
    "README.md",
    "bibliography/sources.yaml",
    "chapters/01-the-question.md",
    "chapters/02-the-answer.md",
    "publication.yaml",
    "templates/README.md",
)


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    init.configure(parser)
    arguments = parser.parse_args(words)
    code: int = arguments.func(arguments)
    return code


def files_of(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()))


def test_a_new_folder_gets_everything_and_the_next_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "shelf" / "my book"
    assert run(str(folder)) == 0
    assert files_of(folder) == FILES
    assert capsys.readouterr().out.splitlines()[-1] == f"  cd '{folder}' && octavo build"
    assert os.listdir(folder.parent) == ["my book"]


def test_the_folder_one_stands_in_stays_the_same_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "book"
    folder.mkdir()
    before = folder.stat().st_ino
    monkeypatch.chdir(folder)
    assert run(".") == 0
    assert folder.stat().st_ino == before
    assert files_of(folder) == FILES
    assert capsys.readouterr().out.splitlines()[-1] == "  octavo build"


def test_a_folder_with_anything_in_it_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", "utf-8")
    (tmp_path / "data").mkdir()
    with pytest.raises(UsageError, match=r"is not empty; it holds README\.md, data/$") as caught:
        run(str(tmp_path))
    assert caught.value.exit_code == 2
    assert files_of(tmp_path) == ("README.md",)
    assert (tmp_path / "README.md").read_text("utf-8") == "mine"


def test_a_long_list_is_cut_short(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"{number:02}").touch()
    with pytest.raises(UsageError, match="00, 01, 02, 03, 04, 05, 06, 07 and 12 more"):
        run(str(tmp_path))


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "book").touch()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("book", "link"):
        with pytest.raises(UsageError, match="is not a folder"):
            run(str(tmp_path / name))


@pytest.mark.parametrize("exists", [False, True])
@pytest.mark.parametrize("method", ["write_bytes", "rename"])
def test_a_failure_half_way_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exists: bool, method: str
) -> None:
    folder = tmp_path / "book"
    if exists:
        folder.mkdir()
    calls: list[Path] = []
    really = getattr(Path, method)

    def fail_late(path: Path, argument: object) -> object:
        calls.append(path)
        if len(calls) > 3 or (method == "rename" and not exists):
            raise OSError(28, "No space left on device")
        return really(path, argument)

    monkeypatch.setattr(Path, method, fail_late)
    with pytest.raises(MachineError, match="No space left on device") as caught:
        run(str(folder))
    assert caught.value.exit_code == 3
    assert calls
    assert [path.name for path in tmp_path.rglob("*")] == (["book"] if exists else [])


def test_the_files_are_readable_as_the_umask_says(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    before = os.umask(0o022)
    try:
        run(str(folder))
    finally:
        os.umask(before)
    assert folder.stat().st_mode & 0o777 == 0o755
    assert (folder / "README.md").stat().st_mode & 0o777 == 0o644


def test_the_skeleton_reads_without_a_finding(tmp_path: Path) -> None:
    run(str(tmp_path / "book"))
    root, findings = tmp_path / "book", list[Finding]()
    source = read_source(root, "publication.yaml", findings)
    assert source is not None
    publication = read_publication(source, findings)
    chapters = order_chapters(publication, read_chapters(root, publication, findings), findings)
    sources = read_bibliography(root, findings).sources
    assert findings == []
    assert [edition.format for edition in publication.editions] == [Format.PDF, Format.EPUB]
    assert [chapter.slug for chapter, _, _ in chapters] == ["the-question", "the-answer"]
    assert list(sources) == ["darwin-1859"]


def octavo(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "octavo", *words], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
def test_the_skeleton_builds_and_agrees_with_its_plan(tmp_path: Path) -> None:
    assert octavo(tmp_path, "init", "book").returncode == 0
    for command in ("build", "verify"):
        done = octavo(tmp_path / "book", command)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "warning" not in (done.stdout + done.stderr).lower()
    built = files_of(tmp_path / "book" / "build")
    assert {Path(name).suffix for name in built} >= {".pdf", ".epub"}
