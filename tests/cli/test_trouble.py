"""Builds in trouble: full disks, folders that are read-only or lost, processes that die, hang or are ended."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bad_workers import FAULTS, work
from kills import processes_of, run_kills, short_folder
from octavo.cli.main import main
from publications import CONFIGURATION, STANDING, chapter, hints, put_editions, standing, told
from publications import write_publication as write

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src")}
RUN = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0})); from octavo.cli.main import main; "
RUN += "sys.exit(main(sys.argv[1:]))"


def octavo(root: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "octavo", "-C", str(root), *words]


def ended_badly(done: subprocess.CompletedProcess[str], root: Path) -> None:
    """The machine is at fault, and says so in a line; nothing of the editions has changed, and nothing lies about."""
    assert done.returncode == 3, done.stdout + done.stderr
    (message,) = [line for line in done.stderr.splitlines() if line.startswith("octavo: ")]
    assert hints(done.stderr)
    assert "Traceback" not in done.stderr
    assert message
    assert standing(root) == STANDING
    assert not [path for path in (root / "build").glob(".*") if path.name != ".lock"]


@pytest.mark.parametrize("size", [100, 12_000], ids=["no text fits", "no edition fits"])
def test_where_no_file_can_grow_nothing_is_changed(size: int, tmp_path: Path) -> None:
    put_editions(write(tmp_path))
    command = [sys.executable, "-c", RUN.format(size), "-C", str(tmp_path), "build", "--quiet"]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, timeout=60, check=False)
    ended_badly(done, tmp_path)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of some kilobytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "none", str(place)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("only who may mount a disk can fill one")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_is_told_and_nothing_is_changed(small_disk: Path) -> None:
    put_editions(write(small_disk))
    (small_disk / "filler").write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 40_000))
    done = subprocess.run(
        octavo(small_disk, "build", "--quiet"), env=ENVIRONMENT, capture_output=True, text=True, timeout=60, check=False
    )
    ended_badly(done, small_disk)
    assert "No space left on device" in done.stderr
    (small_disk / "filler").unlink()
    shutil.rmtree(small_disk / "build/cache", ignore_errors=True)
    assert (
        subprocess.run(octavo(small_disk, "build", "--quiet", "--no-cache"), env=ENVIRONMENT, check=False).returncode
        == 0
    )


def test_a_folder_that_is_read_only_is_told(tmp_path: Path) -> None:
    put_editions(write(tmp_path))
    # Root may write everywhere, unless it gives that up.
    prefix = ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override", "--"] if os.geteuid() == 0 else []
    if prefix and subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("root may write everywhere")
    folders = [tmp_path / "build/print", tmp_path / "build"]
    for folder in folders:
        folder.chmod(0o555)
        done = subprocess.run(
            [*prefix, *octavo(tmp_path, "build", "--quiet")],
            env=ENVIRONMENT, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        folder.chmod(0o755)
        ended_badly(done, tmp_path)
        assert "Permission denied" in done.stderr


def test_a_temporary_folder_that_is_lost_breaks_nothing(tmp_path: Path) -> None:
    root = write(tmp_path / "book")
    put_editions(root)
    lost = short_folder()
    with subprocess.Popen(
        octavo(root, "build"), env={**ENVIRONMENT, "TMPDIR": str(lost)}, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stderr is not None
        assert process.stderr.readline() == "Reading and numbering\n"
        shutil.rmtree(lost)
        output, error = process.communicate(timeout=60)
    assert process.returncode in (0, 3), output + error
    assert "Traceback" not in error
    assert process.returncode == 0 or standing(root) == STANDING
    assert main(["-C", str(root), "build", "--quiet"]) == 0


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_chapter_that_takes_its_process_along_is_named_and_the_others_are_finished(
    jobs: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("octavo.render.pool.work", work)
    limits = "limits: {seconds: 3, memory: 600}\n"
    files = {f"chapters/1{number}-{word.lower()}.md": chapter(f"{word}.\n") for number, word in enumerate(FAULTS)}
    root = write(tmp_path, {**files, "publication.yaml": CONFIGURATION + limits})
    put_editions(root)
    assert main(["-C", str(root), "build", "print", "--jobs", jobs]) == 1
    output = capsys.readouterr().out
    assert told(output) == [(f"{name}:1:1", "RND101") for name in files]
    reasons = (
        "it took longer than 3 seconds",
        "it takes more than 600 MB",
        "ended by signal 9",
        "exit code 3",
        "ZeroDivisionError",
    )
    for line, reason in zip([line for line in output.splitlines() if " RND101 " in line], reasons, strict=True):
        assert reason in line
    assert standing(root) == STANDING


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_build_that_is_ended_leaves_the_editions_and_no_process(number: int, tmp_path: Path) -> None:
    root = write(tmp_path / "book", {f"chapters/1{n}-{n}.md": chapter("Word. " * 20_000) for n in "abcd"})
    put_editions(root)
    marker = short_folder()
    with subprocess.Popen(
        octavo(root, "build"), env={**ENVIRONMENT, "TMPDIR": str(marker)}, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, start_new_session=True,
    ) as process:  # fmt: skip
        assert process.stderr is not None
        assert process.stderr.readline() == "Reading and numbering\n"
        assert process.stderr.readline() == "Making print\n"
        assert len(processes_of(marker)) > 2
        # A terminal sends Ctrl-C to all; a service that ends a build knows the one process that it started.
        (os.killpg if number == signal.SIGINT else os.kill)(process.pid, number)
        output, error = process.communicate(timeout=30)
    assert process.returncode == 128 + number
    assert error == "octavo: interrupted; the editions stand as they were\n"
    assert output == ""
    end = time.monotonic() + 5
    while processes_of(marker) and time.monotonic() < end:
        time.sleep(0.05)
    assert processes_of(marker) == []
    assert standing(root) == STANDING
    assert list(marker.iterdir()) == []
    marker.rmdir()


def test_the_second_of_two_builds_waits_and_says_so(tmp_path: Path) -> None:
    import fcntl

    root = write(tmp_path)
    (root / "build").mkdir()
    with (root / "build/.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with subprocess.Popen(
            octavo(root, "build", "ebook"),
            env=ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stderr is not None
            assert process.stderr.readline() == "Waiting for another build of this publication\n"
            fcntl.flock(lock, fcntl.LOCK_UN)
            _, error = process.communicate(timeout=60)
    assert process.returncode == 0
    assert error.splitlines() == ["Reading and numbering", "Making ebook"]


def test_builds_that_are_killed_leave_the_old_editions_or_the_new(tmp_path: Path) -> None:
    tally = run_kills(tmp_path, 9, seed=7)
    assert tally.faults == []
    assert tally.kills == 9
    assert tally.rivals == 3
