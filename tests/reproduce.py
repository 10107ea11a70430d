"""One publication built twice under circumstances that should not matter, and what differs all the same.

``scripts/reproduce`` does it with the reference publication; a small one is built with the tests.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src"
LIMIT = 600
# Nobody, on most systems.
OTHER_USER = 65534
_LEFT_OUT = ("cache", ".lock", ".gitignore", "README.md")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What two builds may have otherwise, and the same files must come of it."""

    name: str
    folder: str
    environment: Mapping[str, str]
    jobs: int
    umask: int
    prefix: tuple[str, ...] = ()


FIRST = Circumstances("the first", "a", {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}, 1, 0o022)


def second(place: Path) -> Circumstances:
    """Another folder, seed, time zone, locale, number of processes and umask, and another user where root may."""
    environment = {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "COLUMNS": "40"} | _locale(place / "locales")
    return Circumstances("the second", "another folder – иной/b", environment, 3, 0o077, _as_another_user())


def build_twice(root: Path, place: Path, other: Circumstances) -> tuple[dict[str, str], dict[str, str]]:
    """The digests of all that both builds of a publication wrote, by path."""
    return _build(root, place, FIRST), _build(root, place, other)


def differences(first: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """The files that only one build wrote, and those that differ."""
    return [name for name in sorted({*first, *other}) if first.get(name) != other.get(name)]


def _build(root: Path, place: Path, how: Circumstances) -> dict[str, str]:
    book = place / how.folder
    shutil.copytree(root, book, ignore=shutil.ignore_patterns("build", ".git", ".venv", "*cache*", "tests", "src"))
    with _home(how) as home:
        if how.prefix:
            place.chmod(0o755)
            for path in [place / Path(how.folder).parts[0], home]:
                for each in [path, *path.rglob("*")]:
                    os.chown(each, OTHER_USER, OTHER_USER, follow_symlinks=False)
        environment = {**os.environ, "PYTHONPATH": str(SOURCE), "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
        environment |= how.environment
        command = [
            *how.prefix,
            sys.executable,
            "-m",
            "octavo",
            "-C",
            str(book),
            "build",
            "--quiet",
            "--jobs",
            str(how.jobs),
        ]
        done = subprocess.run(
            command,
            env=environment,
            cwd=book,
            umask=how.umask,
            capture_output=True,
            text=True,
            timeout=LIMIT,
            check=False,
        )
    if done.returncode != 0:
        raise AssertionError(
            f"{how.name} build ended with {done.returncode}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
        )
    return digests(book / "build")


def digests(folder: Path) -> dict[str, str]:
    """The digest of each file that a build wrote, by its path in the build folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    named = ((path.relative_to(folder), path) for path in files)
    return {
        name.as_posix(): sha256(path.read_bytes()).hexdigest() for name, path in named if name.parts[0] not in _LEFT_OUT
    }


@contextmanager
def _home(how: Circumstances) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="octavo-home-") as folder:
        yield Path(folder)


def _locale(folder: Path) -> dict[str, str]:
    """Another locale: the one whose letter i has a dot in capitals, where the machine can make it."""
    command = ["localedef", "-i", "tr_TR", "-f", "UTF-8", str(folder / "tr_TR.UTF-8")]
    folder.mkdir(exist_ok=True)
    try:
        subprocess.run(command, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return {"LC_ALL": "POSIX"}
    return {"LC_ALL": "tr_TR.UTF-8", "LOCPATH": str(folder)}


def _as_another_user() -> tuple[str, ...]:
    """What runs a command as another user, for root; where this Python stands in root's folder, it may read there."""
    if os.geteuid() != 0 or shutil.which("setpriv") is None:
        return ()
    user = ("setpriv", f"--reuid={OTHER_USER}", f"--regid={OTHER_USER}", "--clear-groups")
    reading = ("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search")
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "HOME": "/"}
    asked = "import sys, weasyprint, octavo.cli.main; print(sys.base_prefix)"
    for prefix in ((*user, "--"), (*user, *reading, "--")):
        command = [*prefix, sys.executable, "-c", asked]
        told = subprocess.run(command, env=environment, cwd="/", capture_output=True, text=True, check=False)
        # A system may have another Python for who cannot reach this one.
        if told.stdout.strip() == sys.base_prefix:
            return prefix
    return ()
