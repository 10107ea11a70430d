"""``octavo build``: what it prints, and what stands in ``build/`` when something outside of the text goes wrong."""

from __future__ import annotations

import errno
import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from octavo.cli.main import main
from publications import STANDING, chapter, hints, put_editions, standing, told
from publications import write_publication as write

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src"), "TERM": "xterm"}
UNUSED = {"chapters/01-first.md": chapter("One[^one].\n\n[^one]: A remark.\n\n[^two]: Never called.\n")}


def octavo(root: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "octavo", "-C", str(root), *words]


def test_a_build_warns_of_an_unused_note_and_ends_with_a_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_editions(write(tmp_path, UNUSED))
    assert main(["-C", str(tmp_path), "build"]) == 0
    captured = capsys.readouterr()
    assert told(captured.out) == [("chapters/01-first.md:9:3", "NTE102")]
    assert "call it with [^two]" in hints(captured.out)[0]
    table = captured.out.split("1 warning\n")[1].splitlines()
    assert table[0].split() == ["edition", "pages", "notes", "size", "seconds", "path"]
    pages, notes, size, unit, seconds, path = table[1].split()[1:]
    assert (notes, unit, path) == ("2", "KiB", "build/print/tiny.pdf")
    assert int(pages) > 4
    assert abs(int(size) - (tmp_path / path).stat().st_size / 1024) <= 1
    assert float(seconds) > 0
    assert table[2].split()[0] == "ebook"
    assert captured.err.splitlines() == ["Reading and numbering", "Making print", "Making ebook"]
    after = standing(tmp_path)
    assert set(after) - set(STANDING) == {
        f"build/{edition}/tiny.{end}" for edition in ("print", "ebook") for end in ("bib", "csl.json", "ris")
    }
    assert all(after[name] != STANDING[name] for name in STANDING)
    assert json.loads(after["build/print/tiny.csl.json"])[0]["number-of-pages"] == pages
    assert "number-of-pages" not in json.loads(after["build/ebook/tiny.csl.json"])[0]
    assert main(["-C", str(tmp_path), "verify", "--quiet"]) == 0


def test_quiet_prints_findings_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, UNUSED)
    assert main(["-C", str(tmp_path), "build", "ebook", "--quiet"]) == 0
    captured = capsys.readouterr()
    assert captured.out.endswith("0 errors, 1 warning\n")
    assert captured.err == ""
    assert not (tmp_path / "build/print").exists()


def test_a_terminal_shows_how_far_it_is(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        octavo(write(tmp_path), "build", "print"), env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=theirs
    ) as process:
        os.close(theirs)
        seen = b""
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:
                break
            if not piece:
                break
            seen += piece
        assert process.wait(60) == 0
    os.close(ours)
    assert b"Reading and numbering" in seen
    assert b"print: " in seen
    assert b"0:00:0" in seen


def test_a_finding_shows_its_place_in_a_long_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = f"x\n\n{'word ' * 40}[@nosuch] {'word ' * 40}\n\n[@nosuch] {'word ' * 40}\n"
    write(tmp_path, {"chapters/01-first.md": chapter(body)})
    assert main(["-C", str(tmp_path), "build"]) == 1
    middle, start = capsys.readouterr().out.split("CIT001")[1:]
    for output, cut in ((middle, ("…", "…")), (start, ("[", "…"))):
        line, marks = output.splitlines()[1:3]
        assert len(line) < 100
        assert (line.partition(" | ")[2][0], line[-1]) == cut
        assert line[marks.index("^") : marks.rindex("^") + 1] == "@nosuch"


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (["-C", "{}/nosuch", "build"], "there is no folder {}/nosuch", "octavo init DIR"),
        (["-C", "{}", "build"], "there is no publication.yaml in {}", "octavo init DIR"),
        (["-C", "{}", "verify"], "there is no publication.yaml in {}", "octavo init DIR"),
        (["-C", "{}/book/publication.yaml", "build"], "{}/book/publication.yaml is not a folder", "octavo init DIR"),
        (["-C", "{}/book", "build", "prnt"], "there is no edition 'prnt'", "did you mean 'print'?"),
        (["-C", "{}/book", "verify", "x"], "there is no edition 'x'", "known: print, ebook"),
    ],
)
def test_wrong_usage_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], message: str, hint: str
) -> None:
    put_editions(write(tmp_path / "book"))
    before = sorted(tmp_path.iterdir())
    assert main([word.format(tmp_path) for word in words]) == 2
    error = capsys.readouterr().err
    assert f"octavo: {message.format(tmp_path)}\n" in error
    assert hint in hints(error)[0]
    assert standing(tmp_path / "book") == STANDING
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (["bild"], "there is no command 'bild'", "did you mean 'build'?"),
        (["build", "--jobs", "0"], "'0' is no number from 1", "octavo build --help"),
        (["build", "--qiet"], "--qiet", "octavo --help"),
        ([], "COMMAND", "octavo --help"),
    ],
)
def test_a_wrong_command_line_ends_with_2(
    capsys: pytest.CaptureFixture[str], words: list[str], message: str, hint: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    error = capsys.readouterr().err
    assert message in error
    assert hints(error) == [hint]


def test_a_file_in_the_place_of_the_build_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, {"build": "mine"})
    assert main(["-C", str(tmp_path), "build"]) == 3
    error = capsys.readouterr().err
    assert f"cannot write in {tmp_path / 'build'}: File exists" in error
    assert "move away" in hints(error)[0]
    assert (tmp_path / "build").read_text() == "mine"


def test_a_full_disk_leaves_the_editions_that_stood_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put_editions(write(tmp_path))
    replace, places = os.replace, []

    def fail_at_the_second_edition(source: str | Path, target: str | Path) -> None:
        if "cache" in Path(target).parts:
            raise OSError(errno.ENOSPC, "No space left on device", str(source))
        if Path(target).parent.name in ("print", "ebook"):
            places.append(Path(target).name)
            if len(places) == 6:
                raise OSError(errno.ENOSPC, "No space left on device", str(source), None, str(target))
        replace(source, target)

    monkeypatch.setattr("octavo.adapters.commit.os.replace", fail_at_the_second_edition)
    assert main(["-C", str(tmp_path), "build"]) == 3
    error = capsys.readouterr().err
    assert places[:6] == ["tiny.pdf", "notes.json", "tiny.bib", "tiny.csl.json", "tiny.ris", "tiny.epub"]
    assert f"cannot write {tmp_path / 'build/ebook/tiny.epub'}: No space left on device" in error
    assert hints(error) == ["check space and permissions"]
    assert "Traceback" not in error
    assert standing(tmp_path) == STANDING


def test_a_folder_that_cannot_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: object, *_: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    put_editions(write(tmp_path))
    monkeypatch.setattr("octavo.adapters.store.os.open", refuse)
    assert main(["-C", str(tmp_path), "build"]) == 3
    error = capsys.readouterr().err
    assert f"cannot write in {tmp_path / 'build'}: Permission denied" in error
    assert standing(tmp_path) == STANDING


def test_a_file_that_may_not_be_read_is_a_finding(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "02-second.md":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return read(path)

    put_editions(write(tmp_path))
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert main(["-C", str(tmp_path), "build"]) == 1
    output = capsys.readouterr().out
    assert told(output) == [("chapters/02-second.md:1:1", "SRC101")]
    assert hints(output) == ["check who may read it"]
    monkeypatch.undo()
    assert standing(tmp_path) == STANDING


def test_a_fault_of_ours_is_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a bolt is loose")

    put_editions(write(tmp_path))
    monkeypatch.delenv("OCTAVO_TRACEBACK", raising=False)
    monkeypatch.setattr("octavo.pipeline.commands.load_project", fail)
    assert main(["-C", str(tmp_path), "build"]) == 4
    error = capsys.readouterr().err
    assert "a fault in octavo" in error
    assert "a bolt is loose" in error
    assert "Traceback" not in error
    assert standing(tmp_path) == STANDING


def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path) -> None:
    put_editions(write(tmp_path, {"chapters/01-first.md": chapter("[@nosuch]\n\n" * 3000)}))
    ours, theirs = os.pipe()
    with subprocess.Popen(
        octavo(tmp_path, "build"), env=ENVIRONMENT, stdout=theirs, stderr=subprocess.PIPE, text=True
    ) as process:
        os.close(theirs)
        assert os.read(ours, 10) == b"chapters/0"
        os.close(ours)
        _, error = process.communicate(timeout=60)
    assert process.returncode == 1
    assert error == "Reading and numbering\n"
    assert standing(tmp_path) == STANDING


def test_without_any_output_a_build_is_done(tmp_path: Path) -> None:
    write(tmp_path)
    line = " ".join(octavo(tmp_path, "build", "ebook")) + " >&- 2>&-"
    assert subprocess.run(["sh", "-c", line], env=ENVIRONMENT, timeout=60, check=False).returncode == 0
    assert (tmp_path / "build/ebook/tiny.epub").is_file()


def test_an_interrupted_build_leaves_the_editions_that_stood_there(tmp_path: Path) -> None:
    put_editions(write(tmp_path))
    with subprocess.Popen(
        octavo(tmp_path, "build"),
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "Reading and numbering\n"
        assert process.stderr.readline() == "Making print\n"
        # A terminal sends it to the whole group.
        os.killpg(process.pid, signal.SIGINT)
        output, error = process.communicate(timeout=30)
    assert process.returncode == 130
    assert error == "octavo: interrupted; the editions stand as they were\n"
    assert output == ""
    assert standing(tmp_path) == STANDING
