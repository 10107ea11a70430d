"""``octavo lint [PATH...]``: find the defects of notes, citations, sources and quotation."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from octavo.cli.findings import print_findings
from octavo.model.finding import Severity

_WEIGHTS = (Severity.INFO, Severity.WARNING, Severity.ERROR)


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("paths", metavar="PATH", nargs="*", help="chapters, bibliographies or folders (default: all)")
    parser.add_argument("--select", metavar="CODES", type=_codes, default=(), help="run these rules alone: NTE1,CIT001")
    parser.add_argument("--ignore", metavar="CODES", type=_codes, default=(), help="leave these rules out")
    parser.add_argument(
        "--fail-on", choices=[one.value for one in _WEIGHTS], help="the least weight that makes the exit code 1"
    )
    parser.set_defaults(func=run)


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code.strip().upper() for code in text.split(",") if code.strip())


def run(arguments: argparse.Namespace) -> int:
    """Lint, then print what was found."""
    from octavo.pipeline.lint import LintRequest, lint

    root: Path = arguments.project
    linted = lint(root, LintRequest(tuple(arguments.paths), arguments.select, arguments.ignore))
    print_findings(linted.findings, root, sys.stdout)
    least = Severity(arguments.fail_on) if arguments.fail_on else linted.settings.fail_on
    return int(any(_WEIGHTS.index(one.severity) >= _WEIGHTS.index(least) for one in linted.findings))
