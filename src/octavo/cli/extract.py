"""``octavo extract [PAPER...]``: make papers, verified before they take their place."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path

from octavo.cli.findings import print_findings
from octavo.cli.options import add_editions
from octavo.model.finding import has_errors


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    add_editions(parser, "PAPER")
    parser.add_argument("--no-cache", dest="cache", action="store_false", help="make everything anew")
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Make papers, then print findings and the closing table; the exit code is 1 where a limit is passed."""
    root: Path = arguments.project
    if (root / "publication.yaml").is_file():
        # The renderer loads in a process of its own while the rest is loaded here.
        from octavo.render.pool import warm_up

        warm_up()
    from octavo.cli.console import progress_of, table
    from octavo.pipeline.extracts import extract

    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    try:
        with progress_of(quiet=arguments.quiet, verbose=arguments.verbose) as progress:
            jobs: int = arguments.jobs
            made = extract(root, arguments.editions, jobs, progress, arguments.connect, cache=arguments.cache)
    finally:
        # DuckDB complains when the interpreter ends and cannot let its types go.
        gc.unfreeze()
    print_findings(made.findings, root, sys.stdout)
    if not arguments.quiet:
        sys.stdout.write(table(made.artifacts, "paper"))
    return 1 if has_errors(made.findings) else 0
