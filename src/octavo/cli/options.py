"""Options that several commands share."""

from __future__ import annotations

import argparse

from octavo.adapters.clock import processors


def add_editions(parser: argparse.ArgumentParser, what: str = "EDITION") -> None:
    """Names of editions (or of what else is made), and how much is printed and done at a time."""
    parser.add_argument("editions", metavar=what, nargs="*", help="as named in publication.yaml (default: all)")
    add_connect(parser)
    add_jobs(parser)
    volume = parser.add_mutually_exclusive_group()
    volume.add_argument("--quiet", action="store_true", help="print findings alone")
    volume.add_argument("--verbose", action="store_true", help="print each step")


def add_jobs(parser: argparse.ArgumentParser) -> None:
    """How much is done at a time."""
    parser.add_argument("--jobs", metavar="N", type=_positive, default=processors(), help="processes at a time")


def add_connect(parser: argparse.ArgumentParser) -> None:
    """Databases that queries may ask; without it they reach the files of the publication alone."""
    parser.add_argument(
        "--connect",
        metavar="NAME",
        action="append",
        default=[],
        help="let queries ask this database of publication.yaml",
    )


def _positive(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no number from 1")
    return number
