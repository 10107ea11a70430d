"""What is saved in a project folder, for a build to follow each time."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

from octavo.adapters.saves import Saved, watching
from octavo.errors import ConfigurationError
from octavo.pipeline.commands import choose_editions
from octavo.pipeline.publication import load_publication
from octavo.read.publication import FILE

FOLDERS = ("chapters", "bibliography", "data", "templates", "images")
"""What an edition is made from, beside the configuration."""


def check_request(root: Path, names: Sequence[str]) -> None:
    """Raise UsageError where the folder holds no publication, or that has no such edition.

    A configuration that cannot be read yet is no fault of who asks: it may be mended while it is watched.
    """
    try:
        publication, _ = load_publication(root)
    except ConfigurationError:
        return
    choose_editions(publication, names)


def saved_in(root: Path) -> Generator[Saved, None, None]:
    """What was saved since it was asked the last time, waited for; nothing at first, when the watch begins.

    So a build after each misses nothing, and what is saved during one is built after it.
    """
    with watching(root, FOLDERS, (FILE,)) as saves:
        saved: Saved | None = frozenset()
        while saved is not None:
            yield saved
            saved = saves.wait()
