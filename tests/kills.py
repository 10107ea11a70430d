"""Builds of a small publication, ended with ``kill -9`` at random moments: what stands afterwards, and what still runs.

``scripts/kills`` runs many of them; a few run with the tests.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from built import FILES

SOURCE = Path(__file__).resolve().parents[1] / "src"
CHANGED = "chapters/02-goods.md"
# How long what was left behind may take to notice it (seconds), and any build at all.
PATIENCE, LIMIT = 10.0, 120.0

Digests = Mapping[str, str]


@dataclass(slots=True)
class Tally:
    """What came of all kills; ``faults`` has a line for everything that must not be."""

    kills: int = 0
    rivals: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        states = ", ".join(f"{count} {state}" for state, count in sorted(self.seen.items()))
        return f"{self.kills} kills, {self.rivals} with a rival build: {states}; {len(self.faults)} faults"


def run_kills(folder: Path, count: int, seed: int, tell: Callable[[Tally], None] = lambda tally: None) -> Tally:
    """Kill ``count`` builds in a folder; every third has a rival, every fourth makes everything anew.

    ``tell`` gets the tally after each.
    """
    chance = random.Random(seed)
    texts = (FILES[CHANGED], FILES[CHANGED].replace("Some leaves are missing", "Three leaves are missing"))
    assert texts[0] != texts[1]
    good = tuple(_known_good(folder / f"good-{index}", text) for index, text in enumerate(texts))
    root = folder / "book"
    _write(root, texts[0])
    took = _timed(root, _build(root))
    tally, standing = Tally(), 0
    for number in range(count):
        wanted = 1 - standing
        _write(root, texts[wanted])
        marker = short_folder()
        anew = ("--no-cache",) if number % 4 == 3 else ()
        began = time.monotonic()
        running = [_build(root, *anew, marker=marker)]
        if number % 3 == 2:
            time.sleep(chance.uniform(0, took / 2))
            running.append(_build(root, *anew, marker=marker))
            tally.rivals += 1
        time.sleep(chance.uniform(0, took * 1.1))
        victims = running if chance.random() < 0.5 else running[:1]
        for process in victims:
            process.kill()
        for process in running:
            code = process.wait(LIMIT)
            if code not in (0, -signal.SIGKILL):
                tally.faults.append(f"kill {number}: a build beside it ended with {code}")
        if all(process.returncode == 0 for process in running) and not anew:
            took = 0.8 * took + 0.2 * (time.monotonic() - began)
        tally.kills += 1
        left = _left_behind(marker)
        shutil.rmtree(marker, ignore_errors=True)
        if left:
            tally.faults.append(f"kill {number}: still running: {left}")
        standing = _check(root, good, number, standing, tally)
        tell(tally)
    # Nothing holds the lock, and what is kept is whole.
    _write(root, texts[0])
    if _build(root).wait(LIMIT) != 0 or _digests(root) != good[0]:
        tally.faults.append("the build after all kills does not come to the known editions")
    return tally


def _check(root: Path, good: tuple[Digests, Digests], number: int, standing: int, tally: Tally) -> int:
    """Whether all editions are those of one of the two texts, whole; which one that is."""
    from octavo.adapters.commit import is_pending
    from octavo.adapters.store import settle

    seen = _digests(root)
    if seen in good:
        found = good.index(seen)
        tally.seen["new" if found != standing else "old"] += 1
        return found
    if is_pending(root / "build"):
        # The files were being renamed: the next command goes on with it.
        settle(root / "build")
        tally.seen["new after the next command"] += 1
    seen = _digests(root)
    if seen not in good:
        tally.faults.append(f"kill {number}: the editions are neither the old nor the new ones: {dict(seen)}")
        return standing
    return good.index(seen)


def _known_good(root: Path, text: str) -> Digests:
    _write(root, text)
    assert _build(root, "--no-cache").wait(LIMIT) == 0
    return _digests(root)


def _write(root: Path, text: str) -> None:
    """The sources with one chapter changed; written so that no build sees half of it."""
    for name, content in {**FILES, CHANGED: text}.items():
        path = root / name
        content = content + "date: 2026-03\n" if name == "publication.yaml" else content
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_text("utf-8") != content:
            staged = path.with_name(f".{path.name}.new")
            staged.write_text(content, encoding="utf-8")
            staged.replace(path)


def _build(root: Path, *options: str, marker: Path | None = None) -> subprocess.Popen[bytes]:
    # Whatever a build starts has this in its environment, or works in a folder there.
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)} | ({} if marker is None else {"TMPDIR": str(marker)})
    command = [sys.executable, "-m", "octavo", "-C", str(root), "build", "--quiet", "--jobs", "2", *options]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)


def _timed(root: Path, process: subprocess.Popen[bytes]) -> float:
    began = time.monotonic()
    assert process.wait(LIMIT) == 0
    return time.monotonic() - began


def _digests(root: Path) -> Digests:
    """All that stands in the folders of the editions, hidden files too, and the list of it."""
    folders = [path for path in sorted((root / "build").glob("[!.]*")) if path.is_dir() and path.name != "cache"]
    files = [path for folder in folders for path in sorted(folder.glob("*"))]
    files += [path for path in [root / "build/manifest.json"] if path.is_file()]
    return {path.relative_to(root).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def _left_behind(marker: Path) -> list[str]:
    """What still runs of a build and all that it started, after a while in which it should have noticed."""
    end = time.monotonic() + PATIENCE
    while True:
        found = processes_of(marker)
        if not found or time.monotonic() > end:
            return found
        time.sleep(0.02)


def short_folder() -> Path:
    """A temporary folder with a short name: sockets, which stand in it, have names of a hundred characters at most."""
    return Path(tempfile.mkdtemp(prefix="octavo-"))


def processes_of(marker: Path) -> list[str]:
    """The command lines of all processes whose temporary folder it is, or that work in it."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            inside = os.readlink(process / "cwd").startswith(str(marker))
            if inside or f"TMPDIR={marker}".encode() in (process / "environ").read_bytes().split(b"\0"):
                found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return [command for command in found if command]
