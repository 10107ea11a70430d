"""The process behind a preview: builds at each save, and tells what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from octavo.errors import ConfigurationError
from octavo.model.preview import Finished, News, Progressed, Standing
from octavo.pipeline.preview.shown import default_editions, show, show_standing
from octavo.pipeline.publication import load_publication
from octavo.pipeline.watch import saved_in
from octavo.pipeline.workshop import Outcome, Workshop


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What is built: the project, its editions (none for those that a preview begins with), and how."""

    root: Path
    names: tuple[str, ...]
    jobs: int
    connect: tuple[str, ...] = ()


def build_and_tell(request: BuildRequest, tell: Callable[[News], None]) -> None:
    """Build now and at each save until the process is interrupted."""
    names = request.names or _first_names(request.root)
    standing = show_standing(request.root, names)
    if standing is not None:
        tell(Standing(standing))
    del standing
    with (
        Workshop(request.root, names, request.jobs, request.connect) as workshop,
        closing(saved_in(request.root)) as saves,
    ):
        for _ in saves:
            tell(Progressed("Beginning", 0, 1))
            outcome = workshop.build(lambda step, done, total: tell(Progressed(step, done, total)))
            tell(_finished(request.root, outcome))
            workshop.tidy()


def _first_names(root: Path) -> Sequence[str]:
    """What a preview begins with; all editions while the configuration cannot be read."""
    try:
        return default_editions(load_publication(root)[0].editions)
    except ConfigurationError:
        return ()


def _finished(root: Path, outcome: Outcome) -> Finished:
    if outcome.artifacts is None:
        return Finished(None, outcome.findings, outcome.problem, outcome.hint, outcome.seconds)
    try:
        return Finished(show(root, outcome.artifacts), outcome.findings, seconds=outcome.seconds)
    except Exception as error:  # someone may have taken away meanwhile what was built
        problem = f"the editions cannot be shown: {error}"
        return Finished(None, outcome.findings, problem, "save once more", outcome.seconds)
