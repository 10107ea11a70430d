"""``octavo tables``: what is made from the data, and whether it is still what its author has seen."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from octavo.cli.findings import print_findings
from octavo.cli.options import add_connect
from octavo.model.snapshot import State

_DONE = {State.MISSING: "kept", State.STALE: "updated", State.LEFT_OVER: "deleted"}


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--check", action="store_true", help="fail where one differs, and print the difference")
    choice.add_argument("--update", action="store_true", help="take all as they are now")
    add_connect(parser)
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """List, check or update."""
    from octavo.pipeline.tables import check_tables

    root: Path = arguments.project
    checked = check_tables(root, arguments.connect, update=arguments.update)
    print_findings(checked.warnings, root, sys.stdout)
    if arguments.check:
        print_findings(checked.stale, root, sys.stdout)
        for one in checked.compared:
            for line in one.difference:
                print(line)
        return 1 if checked.stale else 0
    for one in checked.compared:
        state = one.state.value
        if arguments.update:
            state = _DONE.get(one.state, state)
        print(f"{state:9} {one.path}")
    return 0
