"""The machine's own libraries: which of them are there, and the command that brings the rest.

Layout needs Pango and what stands under it, and no Python package carries these.  This module imports the standard
library alone, so that ``python3 -m octavo.adapters.machine --install`` runs before anything is installed; the list of
commands stands here and nowhere else.
"""

from __future__ import annotations

import argparse
import ctypes
import ctypes.util
import importlib.util
import os
import platform
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from octavo.errors import MachineError

LEAST_PYTHON = (3, 11)
VENV = "venv"

Loader = Callable[[str], ctypes.CDLL]


@dataclass(frozen=True, slots=True)
class Part:
    """Something that Octavo needs, as it was found on this machine.

    ``version`` is empty where the part has none to tell, ``detail`` says where it is or what is wrong, ``remedy`` is
    the command that mends a missing part.  A part that is ``optional`` is for tests alone.
    """

    name: str
    found: bool
    version: str = ""
    detail: str = ""
    remedy: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Library:
    """A shared library: its file on each platform, its name for the linker, the function that tells its version."""

    name: str
    files: tuple[str, ...]
    link_name: str
    version_function: str = ""


# The names are those that WeasyPrint tries (weasyprint/text/ffi.py): what loads here loads there.
LIBRARIES = (
    Library(
        "Pango",
        ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
        "pango-1.0",
        "pango_version_string",
    ),
    Library(
        "PangoFT2",
        ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
        "pangoft2-1.0",
    ),
    Library(
        "HarfBuzz",
        ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
        "harfbuzz",
        "hb_version_string",
    ),
    Library(
        "HarfBuzz subset",
        ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll"),
        "harfbuzz-subset",
    ),
    Library(
        "GObject",
        ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll"),
        "gobject-2.0",
    ),
    Library(
        "Fontconfig",
        ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll"),
        "fontconfig",
    ),
)


@dataclass(frozen=True, slots=True)
class System:
    """A family of systems: its identifiers in os-release, its installer, and its packages of libraries and venv."""

    name: str
    identifiers: frozenset[str]
    installer: tuple[str, ...]
    libraries: tuple[str, ...]
    venv: str
    asks_superuser: bool = True

    def packages(self, missing: Iterable[Part]) -> tuple[str, ...]:
        """The packages that hold what is missing."""
        names = {part.name for part in missing}
        return (*(self.libraries if names - {VENV} else ()), *((self.venv,) if VENV in names else ()))

    def command(self, packages: Sequence[str], *, superuser: bool) -> str:
        """The command that installs packages, as it is typed."""
        sudo = ("sudo",) if self.asks_superuser and not superuser else ()
        return shlex.join((*sudo, *self.installer, *packages))


DEBIAN = System(
    "Debian, Ubuntu",
    frozenset({"debian", "ubuntu"}),
    ("apt-get", "install", "-y"),
    ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
    "python3-venv",
)
SYSTEMS = (
    DEBIAN,
    System(
        "Fedora",
        frozenset({"fedora", "rhel", "centos"}),
        ("dnf", "install", "-y"),
        ("pango", "harfbuzz", "fontconfig"),
        "python3",
    ),
    System(
        "Arch Linux",
        frozenset({"arch"}),
        ("pacman", "-S", "--needed"),
        ("pango", "harfbuzz", "fontconfig"),
        "python",
    ),
    System(
        "Alpine",
        frozenset({"alpine"}),
        ("apk", "add"),
        tuple(f"so:{library.files[0]}" for library in LIBRARIES),
        "python3",
    ),
    System("macOS", frozenset({"darwin"}), ("brew", "install"), ("pango",), "python", asks_superuser=False),
)


def load(name: str) -> ctypes.CDLL:
    """Load a shared library by its file, or by its name for the linker; OSError where it is not there."""
    if ".so" in name or name.endswith((".dylib", ".dll")):
        return ctypes.CDLL(name)
    path = ctypes.util.find_library(name)
    if path is None:
        raise OSError(f"no library {name}")
    return ctypes.CDLL(path)


def find_libraries(loader: Loader = load) -> tuple[Part, ...]:
    """Each library of ``LIBRARIES``, loaded or missing, without its remedy."""
    return tuple(_find_library(library, loader) for library in LIBRARIES)


def _find_library(library: Library, loader: Loader) -> Part:
    for name in (*library.files, library.link_name):
        try:
            loaded = loader(name)
        except OSError:
            continue
        return Part(library.name, found=True, version=_version(loaded, library.version_function), detail=name)
    return Part(library.name, found=False, detail=f"{library.files[0]} cannot be loaded")


def _version(loaded: ctypes.CDLL, function: str) -> str:
    if not function:
        return ""
    tell = getattr(loaded, function)
    tell.restype = ctypes.c_char_p
    told = tell()
    return told.decode("ascii") if isinstance(told, bytes) else ""


def find_python() -> Part:
    """The running Python, and whether it is new enough."""
    least = ".".join(map(str, LEAST_PYTHON))
    found = sys.version_info >= LEAST_PYTHON
    detail = sys.executable if found else f"{sys.executable} is older than {least}"
    return Part("Python", found=found, version=platform.python_version(), detail=detail)


def find_venv() -> Part:
    """Whether this Python makes virtual environments with pip in them, which Debian packages by itself."""
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    return Part(VENV, found=not missing, detail=f"this Python lacks {' and '.join(missing)}" if missing else "")


def read_os_release(text: str) -> Mapping[str, str]:
    """The fields of an os-release file (os-release(5)), quotes taken off."""
    fields = {}
    for line in text.splitlines():
        name, equals, value = line.strip().partition("=")
        if equals and not name.startswith("#"):
            fields[name] = "".join(shlex.split(value))
    return fields


def find_system(platform_name: str = sys.platform, release: Path = Path("/etc/os-release")) -> System | None:
    """The family that a machine belongs to, by its identifier or by one that it says it is like; None if unknown."""
    if platform_name == "darwin":
        identifiers = [platform_name]
    else:
        fields = read_os_release(release.read_text("utf-8")) if release.is_file() else {}
        identifiers = [fields.get("ID", ""), *fields.get("ID_LIKE", "").split()]
    for identifier in identifiers:
        for system in SYSTEMS:
            if identifier in system.identifiers:
                return system
    return None


def is_superuser() -> bool:
    """Whether this process may install packages without asking."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def remedy(missing: Sequence[Part], system: System | None, *, superuser: bool) -> str:
    """The command that brings what is missing; on an unknown system the commands of all the known, a line each."""
    if system is not None:
        return system.command(system.packages(missing), superuser=superuser)
    known = ((each, each.command(each.packages(missing), superuser=superuser)) for each in SYSTEMS)
    return "\n".join(f"{each.name + ':':<15} {command}" for each, command in known)


def prepare(*, may_install: bool, loader: Loader = load) -> None:
    """See to it that the libraries and venv are there.

    With ``may_install``, the superuser of a machine that has apt-get installs what is missing.  Raises MachineError,
    with the command in its hint, where something is missing in the end.
    """
    missing = _missing(loader)
    if missing and may_install and is_superuser() and shutil.which("apt-get"):
        _install(DEBIAN.packages(missing))
        missing = _missing(loader)
    if missing:
        told = "\n".join(f"{part.name} is missing: {part.detail}" for part in missing)
        raise MachineError(told, remedy(missing, find_system(), superuser=is_superuser()))


def _missing(loader: Loader) -> list[Part]:
    importlib.invalidate_caches()
    return [part for part in (*find_libraries(loader), find_venv()) if not part.found]


def _install(packages: Sequence[str]) -> None:
    """Install Debian packages without a question; their chatter is told only where it ends badly."""
    print("octavo: installing", *packages, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    patience = ("-qq", "-o", "DPkg::Lock::Timeout=120")
    # One unreachable archive fails the update; the others may still have all that is wanted.
    for command in (
        ("apt-get", *patience, "update"),
        (*DEBIAN.installer, *patience, "--no-install-recommends", *packages),
    ):
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if done.returncode != 0:
            print(done.stdout.decode("utf-8", "replace"), file=sys.stderr)


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the libraries and venv, and with --install bring what is missing.  Exit code 0, or 3 if some is missing."""
    parser = argparse.ArgumentParser(prog="python3 -m octavo.adapters.machine", description=main.__doc__)
    parser.add_argument("--install", action="store_true", help="install what is missing, as root on Debian or Ubuntu")
    try:
        prepare(may_install=parser.parse_args(arguments).install)
    except MachineError as error:
        print(f"octavo: {error}\n\nTo install it:\n{error.hint}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
