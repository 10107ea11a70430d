"""``octavo doctor``: what of all that Octavo needs is on this machine, and the commands that bring the rest."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from octavo.errors import MachineError

if TYPE_CHECKING:
    from octavo.adapters.machine import Part

HEADINGS = ("Part", "State", "Version", "Where or why")


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--format", choices=("text", "json"), default="text", help="form of the answer (default: text)")
    parser.set_defaults(func=run)


def take_inventory() -> Sequence[Part]:
    """All parts; what looks for them is loaded for this command alone, since every other one begins here too."""
    from octavo.adapters import inventory

    return inventory.take_inventory()


def run(arguments: argparse.Namespace) -> int:
    """Tell all parts; the exit code is 0, or 3 where a part that is not optional is missing."""
    parts = take_inventory()
    if arguments.format == "json":
        print(as_json(parts))
    elif sys.stdout.isatty():
        _print_table(parts)
    else:
        print(as_text(parts))
    return 0 if is_complete(parts) else MachineError.exit_code


def is_complete(parts: Iterable[Part]) -> bool:
    """Whether nothing is missing that a build needs."""
    return all(part.found or part.optional for part in parts)


def remedies(parts: Iterable[Part]) -> tuple[str, ...]:
    """The commands that mend what is missing, each once."""
    return tuple(dict.fromkeys(part.remedy for part in parts if not part.found and part.remedy))


def closing_lines(parts: Sequence[Part]) -> list[str]:
    """What stands below the table: the verdict, and the commands."""
    missing = [part.name for part in parts if not part.found and not part.optional]
    if missing:
        lines = [f"{len(missing)} of {len(parts)} parts missing: {', '.join(missing)}."]
    else:
        lines = ["Everything that a build needs is here."]
    commands = remedies(parts)
    if commands:
        lines += ["", "To bring what is missing, run:"]
        lines += [f"  {line}" for command in commands for line in command.splitlines()]
    return lines


def as_text(parts: Sequence[Part]) -> str:
    """The table in plain text, for logs and pipes."""
    rows = [HEADINGS, *(_row(part) for part in parts)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS) - 1)]
    lines = []
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        lines.append("  ".join((*cells, row[-1])).rstrip())
    return "\n".join([*lines, "", *closing_lines(parts)])


def as_json(parts: Sequence[Part]) -> str:
    """The parts as JSON: ``{"ok": bool, "parts": [{name, state, version, detail, optional, command}]}``."""
    records = [
        {
            "name": part.name,
            "state": _state(part),
            "version": part.version,
            "detail": part.detail,
            "optional": part.optional,
            "command": part.remedy,
        }
        for part in parts
    ]
    return json.dumps({"ok": is_complete(parts), "parts": records}, ensure_ascii=False, indent=2)


def _state(part: Part) -> str:
    return "ok" if part.found else "missing"


def _row(part: Part) -> tuple[str, str, str, str]:
    name = f"{part.name} (for tests)" if part.optional else part.name
    return name, _state(part), part.version, part.detail


def _print_table(parts: Sequence[Part]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in HEADINGS:
        table.add_column(heading, overflow="fold")
    for part in parts:
        name, state, version, detail = _row(part)
        colour = "green" if part.found else "yellow" if part.optional else "red"
        table.add_row(Text(name), Text(state, style=colour), Text(version), Text(detail, style="dim"))
    console = Console()
    console.print(table)
    for line in closing_lines(parts):
        # A command must stay on one line, so that it can be copied.
        console.print(Text(line), soft_wrap=True)
