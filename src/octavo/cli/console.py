"""Progress and the closing table: live on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from octavo.model.edition import Artifact
from octavo.pipeline.editions import Progress


@contextmanager
def progress_of(*, quiet: bool, verbose: bool) -> Iterator[Progress]:
    """What is told while a command runs."""
    if quiet:
        yield lambda what, done, total: None
    elif sys.stderr.isatty():
        with _live() as progress:
            yield progress
    else:
        yield _plain(verbose=verbose)


@contextmanager
def _live() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description:<44.44}"), BarColumn(20), MofNCompleteColumn(), TimeElapsedColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("", total=1)
        yield lambda what, done, total: bars.update(task, description=what, completed=done, total=total)


def _plain(*, verbose: bool) -> Progress:
    """One line for each step, or for each unit where asked; on standard error, for standard output is for results."""
    seen: set[str] = set()

    def tell(what: str, done: int, total: int) -> None:
        edition, colon, _ = what.partition(":")
        step = what if verbose or not colon else f"Making {edition}"
        if step not in seen:
            seen.add(step)
            print(step, file=sys.stderr, flush=True)

    return tell


def table(artifacts: Sequence[Artifact], what: str = "edition", *, timed: bool = True) -> str:
    """The closing table: edition (or ``what`` else was made), pages, notes, size, seconds, path.

    What had nothing to do took no time.
    """
    rows = [(what, "pages", "notes", "size", "seconds", "path")]
    for artifact in artifacts:
        pages = "–" if artifact.pages is None else str(artifact.pages)
        seconds = f"{artifact.seconds:.1f}" if timed else "–"
        row = (artifact.edition, pages, str(artifact.notes), _size(artifact.size), seconds, artifact.path)
        rows.append(row)
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = []
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        cells += [row[column].rjust(widths[column]) for column in range(1, 5)]
        lines.append("  ".join([*cells, row[5]]) + "\n")
    return "".join(lines)


def _size(size: int) -> str:
    return f"{size / 1024:.0f} KiB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MiB"
