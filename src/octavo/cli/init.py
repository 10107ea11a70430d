"""``octavo init DIR``: a small publication to write over."""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from octavo.errors import MachineError, UsageError

# A dot file in the package's own tree would act there, so it carries its dot only in the publication.
_NAMES = {"gitignore": ".gitignore"}
_LISTED = 8


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("folder", metavar="DIR", type=Path, help="a folder that is empty or does not exist yet")
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Make the publication and print the next command."""
    folder: Path = arguments.folder
    written = make_publication(folder)
    print(f"Made a publication in {folder}:")
    for name in written:
        print(f"  {name}")
    enter = "" if folder.resolve() == Path.cwd() else f"cd {shlex.quote(str(folder))} && "
    print(f"Next:\n  {enter}octavo build")
    return 0


def make_publication(folder: Path) -> tuple[str, ...]:
    """Write the skeleton into a new or empty folder, all of it or nothing; the paths written, sorted.

    Raises UsageError where something is in the folder, MachineError where it cannot be written.
    """
    _refuse_what_is_there(folder)
    try:
        target = folder.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        with _scaffold(target) as scaffold:
            _copy(files("octavo") / "templates" / "init", scaffold)
            written = tuple(sorted(p.relative_to(scaffold).as_posix() for p in scaffold.rglob("*") if p.is_file()))
            _put(scaffold, target)
    except OSError as error:
        raise MachineError(f"{folder} cannot be written: {error.strerror or error}") from error
    return written


def _refuse_what_is_there(folder: Path) -> None:
    if folder.is_dir():
        try:
            names = sorted(entry.name + ("/" if entry.is_dir() else "") for entry in folder.iterdir())
        except OSError as error:
            raise MachineError(f"{folder} cannot be read: {error.strerror or error}") from error
        if names:
            more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
            message = f"{folder} is not empty; it holds {', '.join(names[:_LISTED])}{more}"
            raise UsageError(message, "name a folder that is empty or does not exist yet")
    elif folder.exists() or folder.is_symlink():
        raise UsageError(f"{folder} is not a folder", "name a folder that is empty or does not exist yet")


@contextmanager
def _scaffold(target: Path) -> Iterator[Path]:
    """A folder beside the target, so that moving it there is one step; gone in the end whatever happens."""
    scaffold = target.parent / f".{target.name}.{os.getpid()}.new"
    scaffold.mkdir()
    try:
        yield scaffold
    finally:
        shutil.rmtree(scaffold, ignore_errors=True)


def _copy(source: Traversable, folder: Path) -> None:
    for entry in source.iterdir():
        if entry.is_dir():
            inner = folder / entry.name
            inner.mkdir()
            _copy(entry, inner)
        else:
            (folder / _NAMES.get(entry.name, entry.name)).write_bytes(entry.read_bytes())


def _put(scaffold: Path, target: Path) -> None:
    """Move the finished tree to its place.

    An empty folder that exists stays the folder it is, since a shell may stand in it: its entries are moved one by one,
    and taken out again where one cannot be moved.
    """
    if not target.is_dir():
        scaffold.rename(target)
        return
    moved: list[Path] = []
    try:
        for entry in sorted(scaffold.iterdir()):
            place = target / entry.name
            if place.exists():
                raise FileExistsError(f"{place.name} appeared meanwhile")
            entry.rename(place)
            moved.append(place)
    except BaseException:
        for place in moved:
            if place.is_dir():
                shutil.rmtree(place)
            else:
                place.unlink()
        raise
