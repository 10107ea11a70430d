"""``octavo verify [NAME...]``: open finished editions and papers and compare them with the note plan."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from octavo.cli.findings import print_findings
from octavo.cli.options import add_editions
from octavo.model.finding import has_errors


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    add_editions(parser, "NAME")
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Verify, then print what differs, or that nothing does."""
    from octavo.pipeline.proofs import prove

    root: Path = arguments.project
    artifacts, findings = prove(root, arguments.editions, arguments.jobs, arguments.connect)
    print_findings(findings, root, sys.stdout)
    if has_errors(findings):
        return 1
    if not arguments.quiet:
        for artifact in artifacts:
            plural = "" if artifact.pages == 1 else "s"
            pages = "" if artifact.pages is None else f" on {artifact.pages} page{plural}"
            print(f"{artifact.edition}: {artifact.notes} notes{pages}, all as in the note plan ({artifact.path})")
    return 0
