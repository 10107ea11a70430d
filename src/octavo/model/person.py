"""People."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """An author or editor as printed, given name first."""

    name: str
    affiliation: str = ""
    orcid: str = ""
    email: str = ""
