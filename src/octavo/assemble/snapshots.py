"""What is made from the data into Snapshots, and those compared with the ones that are kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from difflib import unified_diff
from hashlib import sha256

from octavo.assemble.values import plain_of
from octavo.model.chapter import ExpandedChapter
from octavo.model.finding import Finding
from octavo.model.snapshot import Compared, Snapshot, State
from octavo.model.source import Location
from octavo.model.table import ComposedTable, TableRow

VALUES = "data/values.snapshot.json"
SUFFIX = ".snapshot.json"
# Of a table that is all new, nobody reads more.
_MOST_LINES = 200

Json = str | int | None | Sequence["Json"] | Mapping[str, "Json"]


def snapshot_text(content: Mapping[str, Json]) -> str:
    """JSON in which each key, and each entry of a list, has a line of its own, so that differences can be read."""
    lines = []
    for key, value in content.items():
        if isinstance(value, Sequence) and not isinstance(value, str) and value:
            entries = ",\n".join(f"  {_dumped(entry)}" for entry in value)
            lines.append(f" {_dumped(key)}: [\n{entries}\n ]")
        else:
            lines.append(f" {_dumped(key)}: {_dumped(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _dumped(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def kept_at(specification: str) -> str:
    """Where the snapshot of a specification is kept: beside it."""
    return specification.removesuffix(".yaml") + SUFFIX


def table_snapshot(table: ComposedTable) -> Snapshot:
    """All that a table prints."""
    groups = [row for group in table.groups for row in group]
    content: dict[str, Json] = {
        "table": table.name,
        "title": table.caption,
        "head": [_printed(row, table) for row in table.head],
        "rows": [_printed(row, table) for row in (*groups, *table.foot)],
        "remark": table.remark,
        "source": [", ".join(filter(None, (one.key, one.locator))) for one in table.sources],
        "data": table.digest,
    }
    return Snapshot(kept_at(table.path), snapshot_text(content), f"table '{table.name}'", Location(table.path))


def _printed(row: TableRow, table: ComposedTable) -> list[str]:
    return [cell.text if cell.slot < 0 else table.slots[cell.slot] for cell in row.cells]


def values_snapshot(chapters: Iterable[ExpandedChapter]) -> Snapshot | None:
    """All values that stand in sentences, once for each chapter; None where no chapter has any."""
    entries: dict[tuple[str, str], str] = {}
    for chapter in chapters:
        for used in chapter.values:
            entries.setdefault((chapter.slug, used.query), plain_of(used.cell))
    if not entries:
        return None
    found = sha256("\n".join(entries.values()).encode()).hexdigest()
    content: dict[str, Json] = {
        "values": [[slug, query, value] for (slug, query), value in entries.items()],
        "data": f"sha256:{found}",
    }
    return Snapshot(VALUES, snapshot_text(content), "values in sentences", Location(VALUES))


def changed_values(chapters: Iterable[ExpandedChapter], kept: str) -> list[Finding]:
    """A finding at each call whose value is another one than that which is kept."""
    try:
        before = {(slug, query): value for slug, query, value in json.loads(kept)["values"]}
    except (ValueError, KeyError, TypeError):
        return []
    findings = []
    for chapter in chapters:
        for used in chapter.values:
            now = plain_of(used.cell)
            then = before.get((chapter.slug, used.query), now)
            if then != now:
                message = f"{used.query} was {then}, and is {now}"
                hint = "read the sentence again, then run `octavo tables --update`"
                findings.append(Finding("VAL109", "stale-value", message, used.location, hint))
    return findings


def compared(snapshots: Sequence[Snapshot], kept: Mapping[str, str]) -> tuple[Compared, ...]:
    """Each snapshot with its state, then those that are kept and of nothing any more; ``kept`` holds texts by path."""
    found = [_compared(one, kept.get(one.path)) for one in snapshots]
    paths = {one.path for one in snapshots}
    found += [Compared(path, path, Location(path), State.LEFT_OVER) for path in sorted(kept) if path not in paths]
    return tuple(found)


def _compared(snapshot: Snapshot, kept: str | None) -> Compared:
    state = State.MISSING if kept is None else State.FRESH if kept == snapshot.text else State.STALE
    lines: tuple[str, ...] = ()
    if state is State.STALE:
        before, now = (kept or "").splitlines(), snapshot.text.splitlines()
        lines = tuple(unified_diff(before, now, snapshot.path, "as the data are now", lineterm="", n=1))
        if len(lines) > _MOST_LINES:
            lines = (*lines[:_MOST_LINES], f"... and {len(lines) - _MOST_LINES} lines more")
    return Compared(snapshot.path, snapshot.subject, snapshot.location, state, lines)


def stale_findings(all_compared: Iterable[Compared]) -> list[Finding]:
    """What `octavo tables --check` fails with."""
    hint = "look at the difference, then run `octavo tables --update`"
    findings = []
    for one in all_compared:
        if one.state is State.STALE:
            message = f"{one.subject}: the data give something else than {one.path}"
            findings.append(Finding("DAT131", "stale-snapshot", message, one.location, hint))
        elif one.state is State.MISSING:
            message = f"{one.subject}: there is no {one.path}"
            findings.append(
                Finding("DAT132", "missing-snapshot", message, one.location, "run `octavo tables --update`")
            )
        elif one.state is State.LEFT_OVER:
            message = f"{one.path} is the snapshot of nothing that is there"
            hint_left = "run `octavo tables --update`, which deletes it"
            findings.append(Finding("DAT133", "snapshot-left-over", message, one.location, hint_left))
    return findings
