"""A baseline: findings that were there on a day, so that an old manuscript fails on new ones only.

A finding is known again by its code, its file and the words around it, not by the number of its line.  What is wrong
with a finished edition is never taken into a baseline: the edition can be built anew.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from octavo.lint.context import context_of
from octavo.lint.rule import Defect
from octavo.model.finding import Finding
from octavo.model.source import Location, SourceFile, Span

DEFAULT_FILE = "lint-baseline.json"
STALE = "SUP102"
_NEVER = (STALE, "EDN")
_VERSION = 1


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A finding of a baseline, as often as it was there."""

    file: str
    code: str
    context: str
    count: int = 1

    @property
    def key(self) -> tuple[str, str, str]:
        """By what a finding is known again."""
        return self.file, self.code, self.context


def record(findings: Iterable[Finding], sources: Mapping[str, SourceFile]) -> tuple[Entry, ...]:
    """The entries for findings, sorted by file, code and context."""
    counts = Counter(_key(finding, sources) for finding in findings if not finding.code.startswith(_NEVER))
    return tuple(sorted(Entry(*key, count) for key, count in counts.items()))


def write(entries: Iterable[Entry]) -> str:
    """The text of a baseline, one entry to a line: the same for the same findings."""
    lines = [
        json.dumps(
            {"code": entry.code, "file": entry.file, "context": entry.context, "count": entry.count}, ensure_ascii=False
        )
        for entry in sorted(entries)
    ]
    listed = "".join(f"\n    {line}," for line in lines).rstrip(",")
    closing = "\n  ]" if lines else "]"
    return f'{{\n  "version": {_VERSION},\n  "findings": [{listed}{closing}\n}}\n'


def parse(text: str) -> tuple[Entry, ...]:
    """The entries of a baseline, sorted.  Raises ValueError where the text is none, or is of another version."""
    try:
        whole = json.loads(text)
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error
    if not isinstance(whole, dict) or whole.get("version") != _VERSION or not isinstance(whole.get("findings"), list):
        raise ValueError(f"it has no list of findings of version {_VERSION}")
    return tuple(sorted(_entry(item) for item in whole["findings"]))


def subtract(
    findings: Sequence[Finding], sources: Mapping[str, SourceFile], entries: Iterable[Entry]
) -> tuple[tuple[Finding, ...], tuple[Entry, ...]]:
    """The findings that are not in a baseline, and what is left of the baseline: entries that no longer hold."""
    left = Counter({entry.key: entry.count for entry in entries})
    kept = []
    for finding in findings:
        key = _key(finding, sources)
        if left[key] > 0 and not finding.code.startswith(_NEVER):
            left[key] -= 1
        else:
            kept.append(finding)
    return tuple(kept), tuple(Entry(*key, count) for key, count in sorted(left.items()) if count > 0)


def stale(entries: Iterable[Entry], source: SourceFile) -> Iterator[Defect]:
    """A defect for each entry that no longer holds, at its line of the baseline."""
    places = _places(source)
    for entry in entries:
        times = f" {entry.count} times" if entry.count > 1 else ""
        message = f"the baseline has {entry.code} in {entry.file or 'the publication'}{times}, which is no longer found"
        at = places.get(entry.key, Location(source.path))
        yield Defect(at, message, "write the baseline anew: `octavo lint --write-baseline`")


def merge(old: Iterable[Entry], new: Iterable[Entry], judged: Callable[[Entry], bool]) -> tuple[Entry, ...]:
    """New entries, and the old ones on which the run had nothing to say."""
    return tuple(sorted([*(entry for entry in old if not judged(entry)), *new]))


def _key(finding: Finding, sources: Mapping[str, SourceFile]) -> tuple[str, str, str]:
    return finding.location.file if finding.location else "", finding.code, context_of(finding, sources)


def _entry(item: object) -> Entry:
    if isinstance(item, dict):
        code, file, context, count = (item.get(name) for name in ("code", "file", "context", "count"))
        if isinstance(code, str) and isinstance(file, str) and isinstance(context, str) and type(count) is int:
            return Entry(file, code, context, count)
    raise ValueError("an entry lacks code, file, context or count")


def _places(source: SourceFile) -> dict[tuple[str, str, str], Location]:
    """The lines of entries, as long as each has one to itself."""
    places = {}
    start = 0
    for line in source.text.split("\n"):
        written = line.strip().removesuffix(",")
        if written.startswith("{") and written.endswith("}"):
            begin = start + line.index("{")
            with suppress(ValueError, RecursionError):
                places[_entry(json.loads(written)).key] = source.locate(Span(begin, begin + len(written)))
        start += len(line) + 1
    return places
