"""Findings one to a line, for searching and for editors: ``path:line:column: severity CODE name: message``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from octavo.lint.report.text import heading
from octavo.lint.rule import Rule
from octavo.model.finding import Finding
from octavo.model.source import SourceFile


def render(findings: Sequence[Finding], sources: Mapping[str, SourceFile], rules: Sequence[Rule]) -> str:
    """One line for each finding."""
    return "".join(f"{' '.join(heading(finding).splitlines())}\n" for finding in findings)
