"""What a build made, of what, and with which tools: ``build/manifest.json``.

It tells without a clock and without a path of the machine, so that two builds that should be the same have the same
manifest, and where they do not, it says what differs.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from octavo.adapters.clock import fixed_date
from octavo.adapters.pictures import SUFFIXES
from octavo.adapters.tools import library_versions, package_versions, versions_state
from octavo.model.keeping import NOTHING_KEPT, Keeper
from octavo.model.publication import Publication
from octavo.read.publication import FILE as PUBLICATION

FILE = "manifest.json"
_FOLDERS = ("chapters", "bibliography", "data", "templates")
# What a build makes, and what has folders of its own without being part of a publication.
_OTHERS = ("build", "node_modules", "venv")
_Entries = dict[str, dict[str, str | int]]


def manifest_of(
    root: Path, publication: Publication, folder: Path, files: Mapping[str, bytes], keeper: Keeper = NOTHING_KEPT
) -> bytes:
    """The manifest of a build that wrote ``files``, named relative to the build ``folder``.

    What stands in the folder from an earlier build stays listed while it is as it was then, and was made of the same
    inputs with the same tools.
    """
    artifacts: _Entries = {name: _entry(data) for name, data in files.items()}
    document: dict[str, object] = {
        "date": fixed_date(publication.date),
        "tools": _tools(keeper),
        "inputs": _inputs(root),
    }
    for name, entry in _earlier(folder / FILE, document).items():
        if name not in artifacts and _stands(folder, name, entry):
            artifacts[name] = entry
    document["artifacts"] = dict(sorted(artifacts.items()))
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _entry(data: bytes) -> dict[str, str | int]:
    return {"sha256": sha256(data).hexdigest(), "bytes": len(data)}


def _tools(keeper: Keeper) -> dict[str, str]:
    """Versions by name; asking each package takes a while, so the answers are kept while nothing was installed."""
    state = {"state": versions_state()}
    kept = keeper.recall("versions", "tools", state)
    if kept is None:
        kept = json.dumps(package_versions()).encode()
        keeper.keep("versions", "tools", state, kept)
    return dict(sorted({**json.loads(kept), **library_versions()}.items()))


def _inputs(root: Path) -> dict[str, str]:
    """The digests of all files of the project that editions and papers may be made of, by their paths in it.

    Pictures may stand anywhere in it.
    """
    found = {}
    for place, folders, files in os.walk(root):
        here = Path(place).relative_to(root)
        folders[:] = [name for name in folders if not name.startswith(".") and (here.parts or name not in _OTHERS)]
        for name in files:
            path = here / name
            taken = path.parts[0] in _FOLDERS or path.as_posix() == PUBLICATION or path.suffix.lower() in SUFFIXES
            if taken and not name.startswith(".") and (root / path).is_file():
                found[path.as_posix()] = sha256((root / path).read_bytes()).hexdigest()
    return dict(sorted(found.items()))


def _earlier(path: Path, document: Mapping[str, object]) -> _Entries:
    """What the last manifest lists, if it was made of the same inputs with the same tools."""
    try:
        earlier = json.loads(path.read_text("utf-8"))
        if any(earlier.get(key) != value for key, value in document.items()):
            return {}
        return {str(name): dict(entry) for name, entry in earlier["artifacts"].items()}
    except (OSError, ValueError, AttributeError, KeyError, TypeError):
        return {}


def _stands(folder: Path, name: str, entry: Mapping[str, str | int]) -> bool:
    try:
        path = (folder / name).resolve()
        return path.is_relative_to(folder.resolve()) and _entry(path.read_bytes()) == dict(entry)
    except OSError:
        return False
