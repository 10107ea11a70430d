"""A finding: one diagnostic about what an author wrote or what came out of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from octavo.model.source import Location, Span


class Severity(Enum):
    """How much a finding weighs: errors stop a build, warnings and infos do not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Text that takes the place of a span of a file; the span counts code points of its `SourceFile` text."""

    file: str
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that mend a defect together; a ``safe`` one changes nothing that the author could have meant."""

    edits: tuple[Edit, ...]
    safe: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """One diagnostic: ``code`` as in ``NTE101``, ``rule`` its name that names the defect, and what to do (``hint``)."""

    code: str
    rule: str
    message: str
    location: Location | None = None
    hint: str = ""
    severity: Severity = Severity.ERROR
    fix: Fix | None = None

    @property
    def fixable(self) -> bool:
        """Whether a fix is known, safe or not."""
        return self.fix is not None

    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Findings are told file by file, from top to bottom."""
        at = self.location or Location("")
        return at.file, at.line, at.column, self.code, self.message


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any of the findings stops a build."""
    return any(finding.severity is Severity.ERROR for finding in findings)
