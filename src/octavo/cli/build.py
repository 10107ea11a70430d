"""``octavo build [EDITION...]``: make editions, verified before they take their place."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from octavo.cache.replay import Run, remember, run_key
from octavo.cli.findings import findings_text
from octavo.cli.options import add_editions

if TYPE_CHECKING:
    from octavo.cache.store import Use

# What is kept, as it is told.
_KINDS = {
    "chapter": "text",
    "references": "references",
    "chart": "chart",
    "layout": "layout",
    "pages": "pages",
    "picture": "picture",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    add_editions(parser)
    parser.add_argument("--explain", action="store_true", help="print what was made again, and why")
    parser.add_argument("--no-cache", dest="cache", action="store_false", help="make everything anew")
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Build, then print warnings and the closing table."""
    root: Path = arguments.project
    if (root / "publication.yaml").is_file():
        # The renderer loads in a process of its own while the rest is loaded here.
        from octavo.render.pool import warm_up

        warm_up()
    from octavo.cli.console import progress_of, table
    from octavo.pipeline.commands import build

    # A build makes many objects and drops few before its end, so that looking for dropped ones is time lost.
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    try:
        with progress_of(quiet=arguments.quiet, verbose=arguments.verbose) as progress:
            jobs: int = arguments.jobs
            built = build(root, arguments.editions, jobs, progress, arguments.connect, cache=arguments.cache)
    finally:
        # DuckDB complains when the interpreter ends and cannot let its types go.
        gc.unfreeze()
    findings = findings_text(built.findings, root, colours=sys.stdout.isatty())
    sys.stdout.write(findings)
    if not arguments.quiet:
        sys.stdout.write(table(built.artifacts))
    if arguments.explain:
        sys.stdout.write(explanation(built.uses))
    elif arguments.began is not None and not arguments.connect:
        # A database may say something else at any time.
        closing = "" if arguments.quiet else table(built.artifacts, timed=False)
        run_ = Run(0, sys.stdout.encoding, findings + closing)
        outputs = map(str, built.outputs)
        remember(str(root), run_key(sys.argv[1:]), built.inputs, run_, arguments.began, outputs)
    return 0


def explanation(uses: Iterable[Use]) -> str:
    """What was made, with the reason, and how much was not."""
    told = [use for use in uses if use.kind in _KINDS]
    made = [use for use in told if not use.kept]
    width = max((len(use.name) for use in made), default=0)
    lines = [f"made  {_KINDS[use.kind]:<10}  {use.name:<{width}}  {use.reason}\n" for use in made]
    return "".join([*lines, f"{len(made)} made, {len(told) - len(made)} kept\n"])
