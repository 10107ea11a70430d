"""Names of people as they are printed, into the parts that catalogues ask for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from octavo.model.lazy import lazy
from octavo.model.publication import Person

# What stands before a family name and belongs to it, in small letters; an author who writes them large gets them so.
_PARTICLES = frozenset(
    re.findall(
        r"\w+",
        "aan af al bin da das de degli del della den der des di do dos du el ibn la las le los op ten ter van vom von "
        "zu zum zur ал аль бен бин ван вон да де дель ден дер ди дос ду дю ибн ла ле фон цу эль",
    )
)
# Between the two family names of one person.
_AND = frozenset(("y", "i"))
_SUFFIXES = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "esq.", "phd", "мл.", "ст.", "младший", "старший"))
# Words that only the name of a body holds, and those that are family names too and tell a body among three words.
_BODY = lazy(
    r"\b(?:the|academy|agency|association|authors|bureau|commission|committee|consortium|council|department|editors"
    r"|foundation|institute?|laboratory|ministry|organi[sz]ation|universit(?:y|ät|é|ies)"
    r"|авторы|академия|ассоциация|бюро|институт|комиссия|комитет|министерство|организация|редакция|университет"
    r"|інстытут|міністэрства|універсітэт)\b",
    re.IGNORECASE,
)
_BODY_OF_THREE = lazy(
    r"\b(?:bank|board|cent(?:er|re)|chamber|college|company|group|office|press|project|school|service|society|team|union"
    r"|банк|группа|коллектив|общество|совет|союз|фонд|центр|цэнтр)\b",
    re.IGNORECASE,
)
_INITIALS = lazy(r"(?:[^\W\d_]\.-?)+|[A-ZА-ЯЁІЎ]")
_ORCID = lazy(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NameParts:
    """The parts of a name, as CSL 1.0.2 tells them apart: either ``literal``, or ``family`` and what goes with it.

    ``particle`` stands before the family name and never without it (*van der*).
    """

    literal: str = ""
    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""

    @property
    def filed(self) -> str:
        """The name as a catalogue files it, family name first."""
        if self.literal:
            return self.literal
        family = f"{self.particle} {self.family}".strip()
        return ", ".join(part for part in (family, self.given, self.suffix) if part)


def split_name(name: str) -> NameParts:
    """The parts of a name, given name first, or family name first with a comma or before initials.

    A single word and the name of a body (*The Octavo authors*) stay whole.
    """
    name = " ".join(name.split())
    before, comma, after = (part.strip() for part in name.partition(","))
    if comma and after.casefold() in _SUFFIXES:
        parts = split_name(before)
        return NameParts(before) if parts.literal else _with_suffix(parts, after)
    if _BODY.search(name) or (name.count(" ") > 1 and _BODY_OF_THREE.search(name)):
        return NameParts(name)
    if comma:
        given, _, suffix = (part.strip() for part in after.partition(","))
        if given.casefold() in _SUFFIXES:
            given, suffix = suffix, given
        particle, family = _split_particle(before.split())
        return NameParts("", family, given, particle, suffix) if given and family else NameParts(name)
    words = name.split(" ")
    suffix = words.pop() if len(words) > 2 and words[-1].casefold() in _SUFFIXES else ""
    if len(words) < 2:
        return NameParts(name)
    if all(_INITIALS.fullmatch(word) for word in words[1:]) and not _INITIALS.fullmatch(words[0]):
        return NameParts("", words[0], " ".join(words[1:]), "", suffix)
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _PARTICLES:
        start -= 1
    if start > 2 and words[start - 1] in _AND:
        start -= 2
    particle, family = _split_particle(words[start:])
    return NameParts("", family, " ".join(words[:start]), particle, suffix)


def orcid_of(person: Person) -> str:
    """The ORCID iD of a person as an address, or empty where what is given is none (ISO 7064, MOD 11-2)."""
    match = _ORCID.fullmatch(person.orcid.strip())
    if match is None:
        return ""
    digits = match[1].upper().replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return f"https://orcid.org/{match[1].upper()}" if digits[-1] == ("X" if check == 10 else str(check)) else ""


def _split_particle(words: list[str]) -> tuple[str, str]:
    """Particles in small letters are told apart; one that is written large is a part of the family name."""
    start = 0
    while start < len(words) - 1 and words[start] in _PARTICLES:
        start += 1
    return " ".join(words[:start]), " ".join(words[start:])


def _with_suffix(parts: NameParts, suffix: str) -> NameParts:
    return NameParts("", parts.family, parts.given, parts.particle, suffix)
