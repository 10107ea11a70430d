"""Sources of the bibliography."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from octavo.model.source import Location

Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]


@dataclass(frozen=True, slots=True)
class Source:
    """One work of the bibliography: ``data`` is its item in CSL JSON (CSL 1.0.2), ``language`` a tag or empty."""

    key: str
    data: Mapping[str, Json]
    location: Location

    @property
    def language(self) -> str:
        """The language of the work as the bibliography gives it, or empty."""
        language = self.data.get("language")
        return language if isinstance(language, str) else ""


@dataclass(frozen=True, slots=True)
class Bibliography:
    """All sources by key."""

    sources: Mapping[str, Source]
