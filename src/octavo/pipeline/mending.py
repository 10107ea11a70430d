"""A project into one whose findings are fixed, as far as fixes are known."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from octavo.adapters.store import publish
from octavo.errors import MachineError
from octavo.lint.fixes import ROUNDS, apply_edits, choose_fixes, edits_of
from octavo.model.finding import Fix
from octavo.pipeline.lint import Linted, LintRequest, lint
from octavo.read.files import read_source

# Folders whose files fixes can change; the others are looked at where they stand.
_COPIED = ("chapters", "bibliography", "data")
_EDITED = (".md", ".yaml", ".yml", ".json", ".bib")
# Where finished editions are.
_EDITIONS = "build"


@dataclass(frozen=True, slots=True)
class Change:
    """A file before and after."""

    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class Mended:
    """What is left to find, how many fixes were applied, and the files they changed, by path.

    ``settled`` is false where there were still fixes to apply after the last round.
    """

    linted: Linted
    fixed: int
    changes: Mapping[str, Change]
    settled: bool = True


def mend(root: Path, request: LintRequest, *, unsafe: bool, write: bool) -> Mended:
    """Apply fixes, the safe ones or all, lint again, until none is left or ten rounds are over.

    All of it happens in a copy, so that the project gets all changes or none; without ``write`` it gets none.
    Raises what `octavo.pipeline.lint.lint` raises, and MachineError where a file cannot be written, or was changed
    meanwhile.
    """
    of_text = _of_text(root, request)
    linted = lint(root, of_text)
    fixes = _fixes(linted, unsafe)
    if not fixes:
        return Mended(linted if request == of_text else lint(root, request), 0, {})
    fixed, left = 0, linted
    with _copy_of(root) as copy:
        before = {file: (copy / file).read_bytes() for file in linted.sources if (copy / file).is_file()}
        repeated = _for_the_copy(root, of_text, linted)
        for _ in range(ROUNDS):
            _apply(copy, left, fixes)
            fixed += len(fixes)
            left = lint(copy, repeated)
            fixes = _fixes(left, unsafe)
            if not fixes:
                break
        after = {file: (copy / file).read_bytes() for file in before}
    changes = {file: Change(before[file], after[file]) for file in sorted(before) if before[file] != after[file]}
    if write and changes:
        _write(root, changes)
        linted = lint(root, request)
    return Mended(linted, fixed, changes, not fixes)


def _fixes(linted: Linted, unsafe: bool) -> tuple[Fix, ...]:
    known = (one for one in linted.findings if one.fix and all(edit.file in linted.sources for edit in one.fix.edits))
    return choose_fixes(known, unsafe=unsafe)


@contextmanager
def _copy_of(root: Path) -> Iterator[Path]:
    with TemporaryDirectory(prefix="octavo-") as folder:
        copy = Path(folder)
        for entry in sorted(root.iterdir()):
            if entry.name.startswith(".") or entry.name == _EDITIONS:
                continue
            with suppress(OSError):
                if entry.is_file():
                    shutil.copyfile(entry, copy / entry.name)
                elif entry.name in _COPIED:
                    shutil.copytree(entry, copy / entry.name, copy_function=_copy, ignore_dangling_symlinks=True)
                else:
                    (copy / entry.name).symlink_to(entry.resolve(), target_is_directory=True)
        yield copy


def _copy(source: str, target: str) -> None:
    # What cannot be read was told by the first run.
    with suppress(OSError):
        if not os.path.isfile(source):
            return
        if source.endswith(_EDITED):
            shutil.copyfile(source, target)
            return
        # Data can be large, and no fix changes them: a second name will do where the disk is the same.
        try:
            os.link(source, target, follow_symlinks=True)
        except OSError:
            shutil.copyfile(source, target)


def _of_text(root: Path, request: LintRequest) -> LintRequest:
    """The request without finished editions, which no fix can change."""
    build = (root / _EDITIONS).resolve()
    paths = [
        name
        for name in request.paths
        if not any(place.exists() and place.resolve().is_relative_to(build) for place in (Path(name), root / name))
    ]
    select = [code for code in request.select if not code.startswith("EDN")]
    # Where nothing else was asked for, the request stays as it is: an empty list would mean everything.
    if (request.paths and not paths) or (request.select and not select):
        return request
    return replace(request, paths=tuple(paths), select=tuple(select), editions=False)


def _for_the_copy(root: Path, request: LintRequest, linted: Linted) -> LintRequest:
    """The request with paths that mean the same in the copy."""
    base = root.resolve()
    paths = []
    for name in request.paths:
        for place in (Path(name), root / name):
            path = place.resolve()
            if path.exists() and path.is_relative_to(base):
                paths.append(path.relative_to(base).as_posix())
                break
    baseline = linted.settings.baseline if request.baseline is None else request.baseline
    return replace(request, paths=tuple(paths), baseline=str((root / baseline).resolve()) if baseline else "")


def _apply(copy: Path, linted: Linted, fixes: tuple[Fix, ...]) -> None:
    for file, edits in edits_of(fixes).items():
        source = read_source(copy, file, [])
        if source is None or source.text != linted.sources[file].text:
            raise MachineError(f"{file} was changed while it was looked at", "run the command again")
        path = copy / file
        path.write_bytes(apply_edits(path.read_bytes(), edits))


def _write(root: Path, changes: Mapping[str, Change]) -> None:
    for file, change in changes.items():
        if (root / file).read_bytes() != change.before:
            raise MachineError(f"{file} was changed while it was fixed", "run the command again")
    # A link stays a link, and a file keeps who may read it.
    places = {(root / file).resolve(): change for file, change in changes.items()}
    modes = {path: path.stat().st_mode & 0o7777 for path in places}
    publish({path: change.after for path, change in places.items()})
    for path, mode in modes.items():
        path.chmod(mode)
