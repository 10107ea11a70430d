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
