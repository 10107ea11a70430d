"""A finding: one diagnostic about what an author wrote or what came out of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from octavo.model.source import Location


class Severity(Enum):
    """How much a finding weighs: errors stop a build, warnings and infos do not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One diagnostic: ``code`` as in ``NTE101``, ``rule`` its name that names the defect, and what to do (``hint``)."""

    code: str
    rule: str
    message: str
    location: Location | None = None
    hint: str = ""
    severity: Severity = Severity.ERROR
    fixable: bool = False

    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Findings are told file by file, from top to bottom."""
        at = self.location or Location("")
        return at.file, at.line, at.column, self.code, self.message


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any of the findings stops a build."""
    return any(finding.severity is Severity.ERROR for finding in findings)
