"""Editions and papers, opened again together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from octavo.errors import UsageError
from octavo.model.edition import Artifact
from octavo.model.finding import Finding, Severity
from octavo.model.publication import Publication
from octavo.model.suggest import did_you_mean
from octavo.pipeline.publication import load_publication

_PAPERS = "build/extracts"


def prove(
    root: Path, names: Sequence[str], jobs: int, connect: Sequence[str] = ()
) -> tuple[tuple[Artifact, ...], tuple[Finding, ...]]:
    """Compare the editions and papers that are named with what the sources give now; without a name, all of them.

    Without a name, a paper that was never made is a warning: editions are not wrong for want of it.  Raises what
    `pipeline.commands.verify` and `pipeline.paper_proofs.verify_papers` raise, and UsageError for an unknown name.
    """
    publication, _ = load_publication(root)
    editions = [edition.name for edition in publication.editions]
    papers = [paper.name for paper in publication.extracts.papers]
    for name in names:
        if name not in editions and name not in papers:
            hint = did_you_mean(name, [*editions, *papers]) or _known(publication)
            raise UsageError(f"there is no edition{' or paper' if papers else ''} '{name}'", hint)
    # An edition of the same name comes first: papers stand in a folder of their own, and can be renamed.
    asked_editions = [name for name in editions if name in names or not names]
    asked_papers = [name for name in papers if (name in names and name not in editions) or not names]
    missing = [name for name in asked_papers if not names and not (root / _PAPERS / name).is_dir()]
    artifacts: list[Artifact] = []
    findings: list[Finding] = []
    if asked_editions:
        from octavo.pipeline.commands import verify

        made, found = verify(root, asked_editions, jobs, connect)
        artifacts += made
        findings += found
    there = [name for name in asked_papers if name not in missing]
    if there:
        from octavo.pipeline.paper_proofs import verify_papers

        made, found = verify_papers(root, there, jobs, connect)
        artifacts += made
        findings += found
    return tuple(artifacts), (*findings, *_not_made(missing))


def _not_made(names: Sequence[str]) -> list[Finding]:
    if not names:
        return []
    some = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    message = f"{len(names)} paper{' was' if len(names) == 1 else 's were'} never made: {some}"
    return [Finding("EDN110", "missing-edition", message, None, "run `octavo extract`", Severity.WARNING)]


def _known(publication: Publication) -> str:
    names = [edition.name for edition in publication.editions]
    names += [paper.name for paper in publication.extracts.papers]
    return f"known: {', '.join(names)}"
