"""Files of a build come into their places together, wherever the process is ended."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from octavo.adapters import commit as module
from octavo.adapters.commit import STAGED, commit, is_pending, recover
from octavo.errors import MachineError

OLD = {"print/x.pdf": b"old pdf", "print/notes.json": b"old notes", "ebook/x.epub": b"old epub"}
NEW = {"print/x.pdf": b"new pdf", "print/notes.json": b"new notes", "ebook/x.epub": b"new epub", "screen/x.pdf": b"new"}
# Every call to the system that changes something.
CALLS = ("replace", "fsync", "mkdir", "unlink", "rmdir", "link", "open")


def standing(folder: Path) -> dict[str, bytes]:
    """All files but what is staged."""
    files = (path for path in folder.rglob("*") if path.is_file() and STAGED not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def put(folder: Path, files: Mapping[str, bytes]) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def ended_at(step: int, work: Callable[[], None]) -> bool:
    """Do some work in a process that ends without a word at its ``step``-th call; whether it came to its end."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    count = 0

    def counting(call: Callable[..., object]) -> Callable[..., object]:
        def counted(*arguments: object, **named: object) -> object:
            nonlocal count
            count += 1
            if count == step:
                os._exit(9)
            return call(*arguments, **named)

        return counted

    try:
        for name in CALLS:
            setattr(os, name, counting(getattr(os, name)))
        work()
        os._exit(0)
    finally:
        os._exit(7)


def test_files_are_replaced_together(tmp_path: Path) -> None:
    commit(put(tmp_path / "build", OLD), NEW)
    assert standing(tmp_path / "build") == NEW
    assert not (tmp_path / "build" / STAGED).exists()
    assert (tmp_path / "build/print/x.pdf").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("before", [OLD, {}], ids=["editions stand there", "nothing stands there"])
def test_ended_at_any_call_all_is_old_or_all_is_new(tmp_path: Path, before: Mapping[str, bytes]) -> None:
    folder = tmp_path / "build"
    seen = []
    for step in range(1, 500):
        put(folder, before)
        folder.mkdir(exist_ok=True)
        done = ended_at(step, lambda: commit(folder, NEW))
        decided = is_pending(folder)
        recover(folder)
        after = standing(folder)
        assert after == (NEW if decided or done or seen[-1:] == [True] else before), f"ended at call {step}"
        assert not (folder / STAGED).exists()
        seen.append(after == NEW)
        if done:
            break
    assert seen == sorted(seen)
    assert len(seen) > 20
    assert seen.count(False) > 5


def first_step(folder: Path, work: Callable[[], None]) -> int:
    """The first call at which an end leaves some files new and others old."""
    for step in range(10, 100):
        put(folder, OLD)
        ended_at(step, work)
        if is_pending(folder) and standing(folder) != OLD:
            return step
    raise AssertionError


def test_ended_while_it_goes_on_it_goes_on_again(tmp_path: Path) -> None:
    folder = tmp_path / "build"
    halfway = first_step(folder, lambda: commit(folder, NEW))
    for step in range(1, 30):
        put(folder, OLD)
        assert not ended_at(halfway, lambda: commit(folder, NEW))
        assert standing(folder) not in (OLD, NEW)
        done = ended_at(step, lambda: recover(folder))
        recover(folder)
        assert standing(folder) == NEW, f"ended at call {step}"
        if done:
            return
    pytest.fail("it never comes to its end")


def refuse(path: str, number: int = errno.ENOSPC) -> Callable[[str | Path, str | Path], None]:
    """A renaming that fails at one place, and never again."""
    replace = os.replace
    told = []

    def replacing(source: str | Path, target: str | Path) -> None:
        if Path(target).match(path) and not told:
            told.append(path)
            raise OSError(number, os.strerror(number), str(source), None, str(target))
        replace(source, target)

    return replacing


def test_where_a_renaming_fails_all_is_put_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = put(tmp_path / "build", OLD)
    monkeypatch.setattr(module.os, "replace", refuse("ebook/x.epub"))
    with pytest.raises(MachineError, match=r"cannot write .*ebook/x\.epub: No space left on device"):
        commit(folder, NEW)
    assert standing(folder) == OLD
    assert sorted(path.name for path in folder.iterdir()) == ["ebook", "print"]


def test_ended_while_it_puts_back_it_is_put_back_again(tmp_path: Path) -> None:
    folder = tmp_path / "build"

    def failing() -> None:
        os.replace = refuse("ebook/x.epub")  # type: ignore[assignment]
        commit(folder, NEW)

    first = first_step(folder, failing)
    seen = []
    for step in range(first, first + 20):
        put(folder, OLD)
        assert not ended_at(step, failing)
        recover(folder)
        seen.append(standing(folder))
        # Before it fails what was decided is gone on with; from then on it is put back.
        assert seen[-1] in (OLD, NEW), f"ended at call {step}"
        assert not (folder / STAGED).exists()
    assert NEW in seen
    assert seen.index(OLD) < 5
    assert NEW not in seen[seen.index(OLD) :]


def test_an_interrupted_commit_puts_all_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = put(tmp_path / "build", OLD)
    replace = os.replace
    done = []

    def interrupted(source: str | Path, target: str | Path) -> None:
        replace(source, target)
        done.append(target)
        if len(done) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(module.os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        commit(folder, NEW)
    assert standing(folder) == OLD


@pytest.mark.parametrize("name", ["../x", "print/../../x", "/tmp/octavo-x", "out/x"])
def test_a_plan_that_came_with_a_project_leads_nowhere_else(tmp_path: Path, name: str) -> None:
    folder = put(tmp_path / "build", OLD)
    (tmp_path / "outside").mkdir()
    (folder / "out").symlink_to(tmp_path / "outside")
    (folder / STAGED).mkdir()
    (folder / STAGED / "new-0").write_bytes(b"planted")
    (folder / STAGED / "plan.json").write_text(f'[["{name}", false]]')
    with pytest.raises(MachineError, match="leads out of"):
        recover(folder)
    assert list((tmp_path / "outside").iterdir()) == []
    assert not (tmp_path / "x").exists()
    assert not Path("/tmp/octavo-x").exists()


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"a": 1}'])
def test_a_plan_that_is_none_is_taken_away(tmp_path: Path, text: str) -> None:
    folder = put(tmp_path / "build", OLD)
    (folder / STAGED).mkdir()
    (folder / STAGED / "plan.json").write_text(text)
    recover(folder)
    assert standing(folder) == OLD
    assert not (folder / STAGED).exists()
