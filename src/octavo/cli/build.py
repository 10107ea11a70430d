"""``octavo build [EDITION...]``: make editions, verified before they take their place."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path

from octavo.cli.findings import print_findings
from octavo.cli.options import add_editions


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    add_editions(parser)
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Build, then print warnings and the closing table."""
    root: Path = arguments.project
    if (root / "publication.yaml").is_file():
        # The renderer loads in a process of its own while the rest is loaded here.
        from octavo.render.pool import warm_up

        warm_up()
    from octavo.cli.console import print_table, progress_of
    from octavo.pipeline.commands import build

    # A build makes many objects and drops few before its end, so that looking for dropped ones is time lost.
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    try:
        with progress_of(quiet=arguments.quiet, verbose=arguments.verbose) as progress:
            built = build(root, arguments.editions, arguments.jobs, progress, arguments.connect)
    finally:
        # DuckDB complains when the interpreter ends and cannot let its types go.
        gc.unfreeze()
    print_findings(built.findings, root, sys.stdout)
    if not arguments.quiet:
        print_table(built.artifacts)
    return 0
