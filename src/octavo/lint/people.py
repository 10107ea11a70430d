"""Names of people in sources, compared however they are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from octavo.lint.library import Entry
from octavo.model.lazy import lazy

# Names and titles are looked at again and again.
_REMEMBERED = 4096
NAMES = (
    "author", "editor", "translator", "container-author", "collection-editor", "original-author", "compiler",
    "contributor", "director", "editorial-director", "interviewer", "recipient", "reviewed-author",
)  # fmt: skip
# Cyrillic letters as most systems have them (BGN/PCGN); what other systems write is brought to it by `_SLAVIC`.
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "e", "ж": "zh", "з": "z",
    "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch",
    "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia",
}  # fmt: skip
# Names whose letters come from Cyrillic, by their endings: there, and only there, systems of transliteration compete.
_SLAVIC_END = lazy(
    r"(?:[sc]k(?:y|i|ii|ij|iy|yi|yy|aya|aia|aja)|[^aeiou][oe](?:v|w|ff?)a?|[iy]?[ey]va?|vi?c[hz]|vitch|enk?o|chuk"
    r"|n(?:yi|yj|yy|iy|ij)|nik)\Z"
)
_SLAVIC = tuple(
    (lazy(pattern), to)
    for pattern, to in (
        (r"shch|sch|szcz", "sch"), (r"tch|cz", "ch"), (r"tz", "ts"), (r"kh", "h"), (r"ck", "k"), (r"x", "ks"),
        (r"w", "v"), (r"ff?\Z", "v"), (r"(?<![aeiou])[yj](?=[aou])", "i"), (r"[jy]", "i"), (r"\Aie", "e"), (r"ie", "e"),
        (r"(.)\1+", r"\1"),
    )
)  # fmt: skip
_INITIALS = lazy(r"\s*([^\W\d_])\s*(?:\.|(?=\s|-|\Z))")
_GIVEN = lazy(r"[\s.-]*([^\s.-]+)|[\s.-]+\Z")
_NOT_LETTERS = lazy(r"[\W\d_]+")


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


@lru_cache(_REMEMBERED)
def fold_letters(name: str) -> str:
    """A name in lower case without accents, marks and blanks; Cyrillic in Latin letters."""
    lowered = "".join(_CYRILLIC.get(char, char) for char in unicodedata.normalize("NFC", name.casefold()))
    plain = unicodedata.normalize("NFKD", lowered)
    return _NOT_LETTERS.sub("", "".join(char for char in plain if not unicodedata.combining(char)))


@lru_cache(_REMEMBERED)
def fold_family(family: str) -> str:
    """A family name as one key for all its spellings; systems of transliteration are made one for Slavic names."""
    folded = fold_letters(family)
    if not _SLAVIC_END.search(folded):
        return folded
    for pattern, to in _SLAVIC:
        folded = pattern.sub(to, folded)
    return folded


@lru_cache(_REMEMBERED)
def given_parts(given: str) -> tuple[str, ...]:
    """The given names in lower case; initials are single letters: ``B.L.`` is two."""
    parts, at = [], 0
    while at < len(given):
        initial = _INITIALS.match(given, at)
        if initial:
            parts.append(fold_letters(initial[1])[:1] or initial[1].casefold())
            at = initial.end()
            continue
        word = _GIVEN.match(given, at)
        if word is None or word[1] is None:
            break
        parts.append(fold_letters(word[1]))
        at = word.end()
    return tuple(part for part in parts if part)


def fits(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether given names can be those of one person: initials of the others, or fewer of them."""
    return all(_same_given(a, b) for a, b in zip(one, other, strict=False))


def _same_given(one: str, other: str) -> bool:
    if len(one) == 1 or len(other) == 1:
        return _first(one) == _first(other)
    return one == other or _fold_given(one) == _fold_given(other)


def _first(name: str) -> str:
    return "e" if re.match(r"[yji]?e", name) and len(name) > 1 else name[:1].replace("y", "i").replace("j", "i")


@lru_cache(_REMEMBERED)
def _fold_given(name: str) -> str:
    """``Evgeny``, ``Yevgeniy`` and ``Evgenii``; ``Sergei`` and ``Sergey``."""
    name = re.sub(r"\A[yji]e", "e", name)
    return re.sub(r"(?:[iyj]+)\Z", "i", re.sub(r"kh", "h", re.sub(r"x", "ks", name)))
