"""Exceptions that end a command, each with the exit code that it stands for.

A fault in the author's text is a finding, never an exception; these are for usage, machines and bugs.
"""

from __future__ import annotations

from collections.abc import Sequence

from octavo.model.finding import Finding


class OctavoError(Exception):
    """Base of all exceptions that a command turns into a message."""

    exit_code = 4

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(OctavoError):
    """Wrong usage or configuration outside of any file of the project."""

    exit_code = 2


class ConfigurationError(OctavoError):
    """The configuration cannot be used; the findings say where and why."""

    exit_code = 2

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("the configuration has errors")
        self.findings = tuple(findings)


class FindingsError(OctavoError):
    """The publication has findings that stop the command."""

    exit_code = 1

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("the publication has errors")
        self.findings = tuple(findings)


class MachineError(OctavoError):
    """The machine lacks something: a program, a library, a permission, space."""

    exit_code = 3


class InternalError(OctavoError):
    """A fault of ours."""

    exit_code = 4
