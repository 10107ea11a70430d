"""The forms of a report: a module for each, with ``render(findings, sources, rules)``, loaded when it is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol, cast

from octavo.lint.rule import Rule
from octavo.model.finding import Finding, Fix
from octavo.model.source import SourceFile

# What people read, then what programs read.
READ_BY_PEOPLE = ("text", "concise")
FORMATS = (*READ_BY_PEOPLE, "json", "github", "sarif", "junit", "gitlab")


class Render(Protocol):
    """Findings, the texts that they point into and the rules that ran, into a whole report."""

    def __call__(self, findings: Sequence[Finding], sources: Mapping[str, SourceFile], rules: Sequence[Rule]) -> str:
        """The report, with a line end after its last line."""
        ...


def renderer(name: str) -> Render:
    """The function that makes a report of a form, one of `FORMATS`."""
    return cast(Render, importlib.import_module(f"{__name__}.{name}").render)


def below(
    folder: str, findings: Sequence[Finding], sources: Mapping[str, SourceFile]
) -> tuple[list[Finding], dict[str, SourceFile]]:
    """Findings and texts with the paths that they have from somewhere above the project, by the path of its folder."""
    if not folder:
        return list(findings), dict(sources)
    moved = {f"{folder}/{path}": SourceFile(f"{folder}/{path}", source.text) for path, source in sources.items()}
    return [_below(folder, finding) for finding in findings], moved


def _below(folder: str, finding: Finding) -> Finding:
    at, fix = finding.location, finding.fix
    location = replace(at, file=f"{folder}/{at.file}") if at else None
    edits = (replace(edit, file=f"{folder}/{edit.file}") for edit in fix.edits) if fix else ()
    return replace(finding, location=location, fix=Fix(tuple(edits), fix.safe) if fix else None)
