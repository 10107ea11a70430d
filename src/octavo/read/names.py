"""The names of a project's files into findings, before any of them is printed or becomes part of an edition."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from octavo.model.characters import printable
from octavo.model.finding import Finding
from octavo.model.source import Location

_FOLDERS = ("chapters", "bibliography", "data", "templates")
_MAX_FILES = 100_000


def check_names(root: Path) -> Iterator[Finding]:
    """A name with a line end, a control of terminals or a letter that is not UTF-8 is a finding.

    Such a name could write findings of its own into a log, and commands into that of a build service.
    """
    count = 0
    for folder in _FOLDERS:
        for place, folders, files in os.walk(root / folder):
            count += len(folders) + len(files)
            if count > _MAX_FILES:
                message = f"the project has more than {_MAX_FILES} files"
                hint = f"keep in {', '.join(_FOLDERS)} what belongs there"
                yield Finding("LIM109", "too-many-files", message, Location(folder), hint)
                return
            for name in sorted([*folders, *files]):
                shown = printable(name)
                if shown != name:
                    at = Location(f"{printable(Path(place).relative_to(root).as_posix())}/{shown}")
                    message = f"the name {shown} has a character that no name should have"
                    yield Finding("SRC105", "unprintable-name", message, at, "rename it")
