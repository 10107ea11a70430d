"""Names of people in sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from octavo.lint.library import Entry
from octavo.model.people import fold_family

NAMES = (
    "author", "editor", "translator", "container-author", "collection-editor", "original-author", "compiler",
    "contributor", "director", "editorial-director", "interviewer", "recipient", "reviewed-author",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """A person as an entry has it: in which field, and at which place of the list."""

    entry: Entry
    field: str
    family: str
    given: str

    @property
    def written(self) -> str:
        """The name as a reader of the bibliography would find it."""
        return f"{self.family}, {self.given}" if self.given else self.family


def people_of(entry: Entry, fields: Sequence[str] = NAMES) -> Iterator[Person]:
    """Everybody whom an entry names, in the order of the fields."""
    for field in fields:
        value = entry.field(field)
        if not isinstance(value, Sequence) or isinstance(value, str):
            continue
        for one in value:
            if not isinstance(one, Mapping):
                continue
            particle = " ".join(str(one[key]) for key in ("non-dropping-particle", "dropping-particle") if one.get(key))
            family = str(one.get("family") or one.get("literal") or "").strip()
            if family:
                yield Person(entry, field, f"{particle} {family}".strip(), str(one.get("given") or "").strip())


def family_keys(entry: Entry, field: str) -> frozenset[str]:
    """Who wrote an entry, by family names however they are spelled."""
    return frozenset(fold_family(person.family) for person in people_of(entry, (field,)))
