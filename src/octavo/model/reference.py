"""Sources of the bibliography."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from octavo.model.source import Location

# Prefixes of keys that name places of the publication: ``[@sec:trade]``.
CROSS_REFERENCES = ("sec", "fig", "tbl", "eq", "note")

Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]


@dataclass(frozen=True, slots=True)
class Source:
    """One work of the bibliography: ``data`` is its item in CSL JSON (CSL 1.0.2), ``language`` a tag or empty.

    ``location`` is the place of its key; ``places`` are those of the values of its fields, as they stand in the file.
    """

    key: str
    data: Mapping[str, Json]
    location: Location
    places: Mapping[str, Location] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The language of the work as the bibliography gives it, or empty."""
        language = self.data.get("language")
        return language if isinstance(language, str) else ""


@dataclass(frozen=True, slots=True)
class Bibliography:
    """All sources by key."""

    sources: Mapping[str, Source]


def is_cross_reference(key: str) -> bool:
    """Whether a key names a place of the publication and no source."""
    prefix, colon, _ = key.partition(":")
    return bool(colon) and prefix in CROSS_REFERENCES
