"""The files and folders that linting a project reads, so that a run can be told again while none of them changes."""

from __future__ import annotations

from pathlib import Path

import yaml

from octavo.pipeline.lint import Linted, LintRequest
from octavo.read.bibliography import bibliography_paths
from octavo.read.chapters import chapter_paths
from octavo.read.publication import FILE

# New files in them are read too.
_FOLDERS = ("chapters", "bibliography", "bibliography/styles", "data", "data/tables", "data/charts", "data/queries")


def lint_inputs(root: Path, request: LintRequest, linted: Linted) -> list[str]:
    """All paths, relative to the current folder; some may not be there, and are read as soon as they are."""
    named = [FILE, *_FOLDERS, *chapter_paths(root), *bibliography_paths(root)]
    named += [path.relative_to(root).as_posix() for folder in _FOLDERS for path in sorted((root / folder).glob("*.*"))]
    baseline = linted.settings.baseline if request.baseline is None else request.baseline
    if baseline:
        named.append(baseline)
    # A path on the command line is meant from here or from the project; packages that were changed stand beside PyYAML.
    here = [*request.paths, str(Path(yaml.__file__).parent.parent)]
    return [*(str(root / name) for name in [*dict.fromkeys(named), *request.paths]), *here]
