"""Names of people, compared however they are written."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from octavo.model.lazy import lazy

# Names and titles are looked at again and again.
_REMEMBERED = 4096
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
_INITIAL = lazy(r"[^\W\d_]{1,2}\.(?:-[^\W\d_]{1,2}\.)?\Z|[^\W\d_]\Z")
# An initial can have two letters, where one of Cyrillic has two in Latin: Zh., Sh., Yu.
_INITIAL_LETTERS = 2
_PARTICLES = frozenset(
    [
        *("al", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "la", "le", "ten", "ter"),
        *("van", "von", "zu", "zur"),
    ]
)
_ARTICLES = frozenset(["The", "Das", "Der", "Die", "Les", "Le", "La"])


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


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its parts; ``given`` is empty where it has one part alone, as that of an institution."""

    family: str
    given: str = ""

    def csl(self) -> dict[str, str]:
        """The name as CSL JSON has it (CSL 1.0.2, "Name Variables")."""
        return {"family": self.family, "given": self.given} if self.given else {"literal": self.family}


def split_name(name: str) -> Name:
    """A printed name in its parts.

    The given name stands first (``Boris L. Zalessky``), or else behind a comma or as initials (``Zalessky, B. L.``,
    ``Залесский Б. Л.``).  Particles such as ``van`` go with the family name.  A name with other words in small letters,
    or one word alone, is that of an institution.
    """
    family, comma, given = (part.strip() for part in name.partition(","))
    if comma and family and given:
        return Name(family, given)
    words = name.replace(".", ". ").split()
    initials = [bool(_INITIAL.match(word)) for word in words]
    if len(words) < 2 or all(initials):
        return Name(name.strip())
    if initials[-1] and not initials[0]:
        first = initials.index(True)
        return Name(" ".join(words[:first]), " ".join(words[first:]))
    at = len(words) - 1
    while at > 1 and words[at - 1].casefold() in _PARTICLES:
        at -= 1
    if words[0] in _ARTICLES or any(word[0].islower() and word not in _PARTICLES for word in words):
        return Name(name.strip())
    return Name(" ".join(words[at:]), " ".join(words[:at]))


def same_person(one: str, other: str) -> bool:
    """Whether two printed names can be those of one person, in either order of their parts and in either script."""
    return any(_same(a, b) for a in _readings(one) for b in _readings(other))


def _readings(name: str) -> list[Name]:
    """A name as it is read at first, and the other way round where nothing tells which part is the family name."""
    read = split_name(name)
    if not read.given or "," in name or any(map(_INITIAL.match, read.given.split())):
        return [read]
    first, _, rest = name.strip().partition(" ")
    return [read, Name(first, rest.strip())]


def _same(one: Name, other: Name) -> bool:
    if fold_family(one.family) != fold_family(other.family):
        return False
    pairs = zip(given_parts(one.given), given_parts(other.given), strict=False)
    return all(
        fits((a,), (b,)) or (min(len(a), len(b)) <= _INITIAL_LETTERS and _first(a) == _first(b)) for a, b in pairs
    )
