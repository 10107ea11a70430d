"""The baseline of a project: read, taken off what was found, and written anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from octavo.errors import UsageError
from octavo.lint.baseline import DEFAULT_FILE, STALE, Entry, merge, parse, record, stale, subtract, write
from octavo.lint.engine import as_finding
from octavo.model.finding import Finding
from octavo.model.source import SourceFile
from octavo.read.files import read_source

if TYPE_CHECKING:
    from octavo.pipeline.lint import Linted

_ANEW = "`octavo lint --write-baseline` writes one"


def against_baseline(root: Path, linted: Linted, name: str) -> Linted:
    """What was found without what the baseline has, and with the entries of it that no longer hold.

    ``name`` is a path, in the project where it is relative.  Raises UsageError where no baseline stands there.
    """
    source, entries = _read(root, name)
    judged = [entry for entry in entries if _is_judged(entry, linted)]
    kept, left = subtract(linted.findings, linted.sources, judged)
    rule = next((rule for rule in linted.rules if rule.code == STALE), None)
    if rule is None or not left:
        return replace(linted, findings=kept)
    weighed = replace(rule, severity=linted.settings.severity.get(STALE, rule.severity))
    findings = [*kept, *(as_finding(weighed, defect) for defect in stale(left, source))]
    return replace(
        linted,
        findings=tuple(sorted(findings, key=Finding.sort_key)),
        sources={**linted.sources, source.path: source},
    )


def write_baseline(root: Path, linted: Linted, name: str = "") -> tuple[Path, int]:
    """Record what was found; the path that was written and how many findings it holds.

    What stands in the baseline already is kept where this run, of some rules or files, had nothing to say on it.
    Raises UsageError where something that is no baseline stands there, MachineError where it cannot be written.
    """
    from octavo.adapters.store import publish

    name = name or linted.settings.baseline or DEFAULT_FILE
    path = root / name
    old: tuple[Entry, ...] = ()
    if path.exists():
        try:
            _, old = _read(root, name)
        except UsageError as error:
            raise UsageError(f"{name} stands there and is no baseline", "name another file") from error
    entries = merge(old, record(linted.findings, linted.sources), lambda entry: _is_judged(entry, linted))
    publish({path: write(entries).encode("utf-8")})
    return path, sum(entry.count for entry in entries)


def _read(root: Path, name: str) -> tuple[SourceFile, tuple[Entry, ...]]:
    path = root / name
    if not path.exists():
        raise UsageError(f"there is no baseline {name}", _ANEW)
    faults: list[Finding] = []
    # It is named by who runs the command, and may stand anywhere.
    source = read_source(path.parent, path.name, faults)
    if source is None or faults:
        raise UsageError(f"{name} is no baseline: {faults[0].message}", _ANEW)
    try:
        return _named(root, SourceFile(name, source.text)), parse(source.text)
    except ValueError as error:
        raise UsageError(f"{name} is no baseline: {error}", _ANEW) from error


def _named(root: Path, source: SourceFile) -> SourceFile:
    """The file under its path in the project, where it stands in it."""
    path, base = (root / source.path).resolve(), root.resolve()
    return SourceFile(path.relative_to(base).as_posix(), source.text) if path.is_relative_to(base) else source


def _is_judged(entry: Entry, linted: Linted) -> bool:
    """Whether the run would have found what an entry records: its rule ran, and its file was looked at."""
    from octavo.lint.registry import all_rules

    ran = entry.code in {rule.code for rule in linted.rules} or entry.code not in all_rules()
    return ran and (linted.wanted is None or not entry.file or entry.file in linted.wanted)
