"""Finished editions among what is linted: which are asked for, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from octavo.errors import FindingsError
from octavo.lint.choice import matches
from octavo.model.finding import Finding
from octavo.model.publication import Publication

_CODES = "EDN"


def asked_editions(
    root: Path, publication: Publication, paths: Sequence[str], select: Sequence[str], wanted: bool
) -> tuple[str, ...]:
    """The names of the editions that are to be opened.

    All are where ``wanted`` or a selected code of theirs says so; else those whose file, or whose folder within
    ``build/``, is named.
    """
    known = tuple(edition.name for edition in publication.editions)
    if wanted or any(code.startswith(_CODES) for code in select):
        return known
    base = root.resolve()
    named: set[str] = set()
    for name in paths:
        for path in {Path(name).resolve(), (root / name).resolve()}:
            if path.is_relative_to(base) and path.relative_to(base).parts[:1] == ("build",):
                inside = path.relative_to(base).parts[1:]
                named.update(known if not inside else inside[:1])
    return tuple(name for name in known if name in named)


def edition_findings(
    root: Path, names: Sequence[str], jobs: int, select: Sequence[str], ignore: Sequence[str]
) -> tuple[list[Finding], list[Finding]]:
    """What is wrong with editions, compared with the plan that the sources give now; and what leaves no plan.

    Codes that are selected or ignored count where they are those of editions.  Raises what a build raises for faults
    of the configuration and of the machine.
    """
    # The only way by which linting loads what reads and makes editions.
    from octavo.pipeline.commands import verify

    try:
        _, findings = verify(root, names, jobs)
    except FindingsError as error:
        return [], list(error.findings)
    codes = [code for code in select if code.startswith(_CODES)] or [_CODES]
    told = [one for one in findings if matches(one.code, codes) and not matches(one.code, ignore)]
    return told, []
