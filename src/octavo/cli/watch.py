"""``octavo watch [EDITION...]``: make editions at each save, until it is interrupted."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from octavo.cli.options import add_editions

if TYPE_CHECKING:
    from octavo.pipeline.workshop import Outcome


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    add_editions(parser)
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Build now and at each save; the exit code is 0 when Ctrl-C or SIGTERM ends that."""
    from octavo.adapters.signals import end_is_interrupt
    from octavo.cli.console import progress_of
    from octavo.pipeline.watch import check_request, saved_in
    from octavo.pipeline.workshop import Workshop

    root: Path = arguments.project
    quiet: bool = arguments.quiet
    check_request(root, arguments.editions)
    end_is_interrupt()
    try:
        workshop = Workshop(root, arguments.editions, arguments.jobs, arguments.connect)
        with workshop, closing(saved_in(root)) as saves:
            for saved in saves:
                if saved and not quiet:
                    print(f"Saved: {', '.join(sorted(saved))}", file=sys.stderr, flush=True)
                with progress_of(quiet=quiet, verbose=arguments.verbose) as progress:
                    outcome = workshop.build(progress)
                _tell(root, outcome, quiet=quiet)
                workshop.tidy()
    except KeyboardInterrupt:
        if not quiet:
            print("The watch has ended; the editions stand as they are.", file=sys.stderr)
    return 0


def _tell(root: Path, outcome: Outcome, *, quiet: bool) -> None:
    from octavo.cli.console import table
    from octavo.cli.findings import print_findings

    print_findings(outcome.findings, root, sys.stdout)
    if outcome.problem:
        print(f"octavo: {outcome.problem}", file=sys.stderr)
        if outcome.hint:
            print(f"  hint: {outcome.hint}", file=sys.stderr)
    if not quiet:
        if outcome.artifacts is not None:
            sys.stdout.write(table(outcome.artifacts))
            print(f"Built in {outcome.seconds:.1f} s; waiting for the next save.", file=sys.stderr)
        else:
            print("Not built: the editions stand as they were; waiting for the next save.", file=sys.stderr)
    sys.stdout.flush()
    sys.stderr.flush()
