"""The machine's libraries: found, missing, and installed."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from octavo.adapters import machine
from octavo.adapters.machine import DEBIAN, LIBRARIES, SYSTEMS, VENV, Part
from octavo.errors import MachineError

SOURCE = Path(machine.__file__).parents[2]
PANGO = Part("Pango", found=False)
NO_VENV = Part(VENV, found=False)


def refuse(name: str) -> ctypes.CDLL:
    raise OSError(name)


def test_every_library_of_this_machine_loads() -> None:
    parts = {part.name: part for part in machine.find_libraries()}
    assert [part.name for part in parts.values() if not part.found] == []
    assert parts["Pango"].version.startswith("1.")
    assert parts["HarfBuzz"].version[0].isdigit()


def test_a_library_is_found_under_its_last_name() -> None:
    def loader(name: str) -> ctypes.CDLL:
        if name != "fontconfig":
            raise OSError(name)
        return ctypes.CDLL(None)

    found = [part for part in machine.find_libraries(loader) if part.found]
    assert [(part.name, part.detail) for part in found] == [("Fontconfig", "fontconfig")]


def test_a_name_without_a_library_is_an_os_error() -> None:
    with pytest.raises(OSError, match="octavo-has-no-such"):
        machine.load("octavo-has-no-such")
    with pytest.raises(OSError, match="octavo-has-no-such"):
        machine.load("liboctavo-has-no-such.so.0")


@pytest.mark.parametrize(
    ("release", "name"),
    [
        ('PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n', "Debian, Ubuntu"),
        ("ID=linuxmint\nID_LIKE='ubuntu debian'\n", "Debian, Ubuntu"),
        ("# a comment\nID=fedora\n", "Fedora"),
        ('ID="rocky"\nID_LIKE="rhel centos fedora"\n', "Fedora"),
        ("ID=manjaro\nID_LIKE=arch\n", "Arch Linux"),
        ("ID=alpine\n", "Alpine"),
        ("ID=plan9\n", None),
        ("", None),
    ],
)
def test_the_system_is_known_by_its_release(tmp_path: Path, release: str, name: str | None) -> None:
    path = tmp_path / "os-release"
    path.write_text(release, "utf-8")
    system = machine.find_system("linux", path)
    assert (system and system.name) == name


def test_the_mac_is_known_without_a_release(tmp_path: Path) -> None:
    system = machine.find_system("darwin", tmp_path / "none")
    assert system is not None
    assert machine.remedy([PANGO], system, superuser=False) == "brew install pango"
    assert machine.find_system("linux", tmp_path / "none") is None


@pytest.mark.parametrize(
    ("missing", "superuser", "command"),
    [
        ([PANGO], True, "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
        ([NO_VENV], False, "sudo apt-get install -y python3-venv"),
        (
            [PANGO, NO_VENV],
            True,
            f"apt-get install -y {' '.join(DEBIAN.libraries)} python3-venv",
        ),
    ],
)
def test_the_command_brings_what_is_missing_and_no_more(missing: list[Part], superuser: bool, command: str) -> None:
    assert machine.remedy(missing, DEBIAN, superuser=superuser) == command


def test_an_unknown_system_is_told_the_commands_of_all() -> None:
    told = machine.remedy([PANGO], None, superuser=False).splitlines()
    assert [line.partition(":")[0] for line in told] == [system.name for system in SYSTEMS]
    assert all(word in line for word, line in zip(("apt-get", "dnf", "pacman", "apk", "brew"), told, strict=True))


class Apt:
    """An apt-get that writes down how it was called and, where it ``works``, makes the libraries load."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, *, works: bool, superuser: bool = True) -> None:
        self.log = folder / "log"
        program = folder / "apt-get"
        lines = [
            'echo "$DEBIAN_FRONTEND $*"',
            f'echo "$DEBIAN_FRONTEND $*" >>{self.log}',
            f"exit {0 if works else 100}",
        ]
        program.write_text("\n".join(["#!/bin/sh", *lines, ""]), "utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        monkeypatch.setattr(machine, "is_superuser", lambda: superuser)
        monkeypatch.setattr(machine, "find_venv", lambda: Part(VENV, found=True))
        monkeypatch.setattr(machine, "find_system", lambda: DEBIAN)
        self.works = works

    def calls(self) -> list[str]:
        return self.log.read_text("utf-8").splitlines() if self.log.exists() else []

    def load(self, name: str) -> ctypes.CDLL:
        if not (self.works and any("install" in call for call in self.calls())):
            raise OSError(name)
        return machine.load(name)


def test_the_superuser_of_debian_gets_the_libraries_without_a_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    apt = Apt(tmp_path, monkeypatch, works=True)
    machine.prepare(may_install=True, loader=apt.load)
    update, install = apt.calls()
    assert update.startswith("noninteractive ")
    assert update.endswith(" update")
    assert install.startswith("noninteractive install -y ")
    assert install.endswith(" ".join(DEBIAN.libraries))
    assert capfd.readouterr().out == f"octavo: installing {' '.join(DEBIAN.libraries)}\n"


def test_a_failed_installation_tells_what_apt_said_and_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    apt = Apt(tmp_path, monkeypatch, works=False)
    with pytest.raises(MachineError, match=r"Pango is missing: libpango-1\.0\.so\.0 cannot be loaded") as caught:
        machine.prepare(may_install=True, loader=apt.load)
    assert caught.value.hint == DEBIAN.command(DEBIAN.libraries, superuser=True)
    assert "noninteractive install" in capfd.readouterr().err


@pytest.mark.parametrize(("may_install", "superuser"), [(False, True), (True, False)])
def test_nothing_is_installed_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, may_install: bool, superuser: bool
) -> None:
    apt = Apt(tmp_path, monkeypatch, works=True, superuser=superuser)
    with pytest.raises(MachineError):
        machine.prepare(may_install=may_install, loader=apt.load)
    assert apt.calls() == []


def test_a_python_without_ensurepip_is_told_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    def find_spec(name: str) -> object:
        return None if name == "ensurepip" else object()

    monkeypatch.setattr(importlib.util, "find_spec", find_spec)
    monkeypatch.setattr(machine, "find_system", lambda: DEBIAN)
    monkeypatch.setattr(machine, "is_superuser", lambda: False)
    with pytest.raises(MachineError, match="venv is missing: this Python lacks ensurepip") as caught:
        machine.prepare(may_install=True)
    assert caught.value.hint == "sudo apt-get install -y python3-venv"


def test_main_ends_with_3_where_something_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(machine, "find_libraries", lambda loader: (Part("Pango", found=False, detail="why"),))
    assert machine.main([]) == 3
    told = capsys.readouterr().err
    assert "Pango is missing: why" in told
    assert "install" in told.splitlines()[-1]


def test_it_runs_before_any_package_is_installed() -> None:
    # -S leaves out site-packages, so an import from there fails.
    done = subprocess.run(
        [sys.executable, "-S", "-m", "octavo.adapters.machine"],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_each_library_has_a_file_on_each_platform() -> None:
    for library in LIBRARIES:
        assert [Path(name).suffix in {".0", ".1", ".dylib", ".dll"} for name in library.files] == [True] * 3
