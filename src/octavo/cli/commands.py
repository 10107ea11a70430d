"""The commands that there are, each a module of this folder that is loaded when it runs, and not before.

A module has ``configure(parser)``, which adds its options and sets ``func``, and ``run(arguments)``, which returns the
exit code.
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Sequence

COMMANDS = {
    "build": "make editions, each compared with the note plan",
    "watch": "make editions at each save",
    "serve": "show the publication in the browser while one writes",
    "extract": "make chapters into the papers that publication.yaml declares",
    "verify": "open finished editions and papers, and compare them with the note plan",
    "tables": "compare tables, charts and values with their snapshots",
    "lint": "find the defects of notes, citations, sources and quotation",
    "rule": "print the page of a rule of the linter, or list all rules",
    "init": "make a small publication to write over",
    "doctor": "say what is missing on this machine, and how to mend it",
}


def add_commands(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> None:
    """Add all commands to the command line; only those that ``arguments`` name get their options."""
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, meaning in COMMANDS.items():
        command = commands.add_parser(name, help=meaning, description=f"{meaning[0].upper()}{meaning[1:]}.")
        if name in arguments:
            importlib.import_module(f"octavo.cli.{name}").configure(command)
