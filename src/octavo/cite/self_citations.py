"""Which sources of a paper its own authors wrote, for a review that is to know no names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from octavo.model.people import same_person
from octavo.model.publication import Person
from octavo.model.reference import Source

# Those who answer for a work as its authors do.
_ROLES = ("author", "editor", "container-author", "original-author")


def self_citations(authors: Sequence[Person], sources: Iterable[Source]) -> frozenset[str]:
    """The keys of the sources that one of the authors of a paper wrote or edited.

    Names agree where family names do, however they are transliterated, and given names or initials can be those of one
    person; the order of the parts and the script do not matter.  A name in doubt is taken for the author's.
    """
    names = [author.name for author in authors]
    return frozenset(
        source.key for source in sources if any(same_person(one, name) for name in _people(source) for one in names)
    )


def _people(source: Source) -> Iterator[str]:
    """The people of a source as printed names."""
    for role in _ROLES:
        value = source.data.get(role)
        for one in value if isinstance(value, Sequence) and not isinstance(value, str) else ():
            if not isinstance(one, Mapping):
                continue
            particle = " ".join(str(one[key]) for key in ("non-dropping-particle", "dropping-particle") if one.get(key))
            family = f"{particle} {one.get('family') or ''}".strip()
            given = str(one.get("given") or "").strip()
            if family and given:
                yield f"{family}, {given}"
            elif family or one.get("literal"):
                yield family or str(one["literal"])
