"""Abbreviations in running text: where they are defined, where they are used, and how a use is spelled out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from octavo.model.lazy import lazy
from octavo.model.rewriting import literal
from octavo.model.source import Span

_UPPER = "A-ZÀ-ÖØ-ÞА-ЯЁЄІЇҐЎ"
_SHORT = rf"[{_UPPER}][\w&]*(?:-[\w&]+)*"
_INTRODUCED = (
    r"(?i:(?:далее|далее по тексту|здесь и далее|в дальнейшем|сокр\.|сокращ[её]нно|hereafter|hereinafter|henceforth"
    r"|further|abbreviated(?: as| to)?|or|im Folgenden|nachfolgend|kurz|ci-après)(?!\w)\s*[–—:,-]?\s*)?"
)
_BEHIND = lazy(rf"\(\s*{_INTRODUCED}[«„“\"'‘]?(?P<short>{_SHORT})[»“”\"'’]?\s*\)")
_BEFORE = lazy(rf"(?<!\w)(?P<short>{_SHORT})\s+\((?:the\s+)?(?P<name>[^()]{{4,150}})\)")
_WORD = lazy(r"[^\W\d_]+(?:[-‑'’][^\W\d_]+)*|\d+")
# A name does not reach over these; emphasis and line ends are within it.
_CLAUSE = lazy(r"[.;:!?,()\[\]«»„“”\"\N{OBJECT REPLACEMENT CHARACTER}|]|\n[ \t>]*\n")
_CLOSING = "*_ \n\t»“”\"'’"
_SMALL = frozenset(
    [
        *("a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "per", "the", "to", "with"),
        *("de", "del", "des", "di", "du", "e", "en", "et", "i", "la", "le", "les", "pour", "sur", "y", "na", "z"),
        *("der", "die", "für", "im", "und", "von", "zu", "zur"),
        *("в", "во", "для", "и", "из", "к", "на", "о", "об", "от", "по", "при", "с", "у", "за"),
    ]
)
_FEWEST_CAPITALS = 2
_LONGEST = 12
# Languages whose nouns do not change with their place in a sentence, so that a name can stand anywhere.
_UNINFLECTED = ("en", "fr", "es", "it", "pt", "nl")
_NOMINATIVE = lazy(r"(?:[ыи]й|[ая]я|[ое]е|[ыи]е)\Z")
_VOWEL = lazy(r"(?!eu|uni|one\b|u[bcfhjkqrst][aeiou])[aeiou]", re.IGNORECASE)
_START = lazy(
    r"(?:\A|\n[ \t>]*\n|\n[ \t>]*(?:[-*+]|\d+[.)])\s"
    r"|[.!?…][\"'’”»)\]\N{WORD JOINER}\N{OBJECT REPLACEMENT CHARACTER}]*\s)"
    r"[\s\"'“„«‘(*_\N{WORD JOINER}]*\Z"
)
_ARTICLE = lazy(r"(?<!\w)(?P<article>an?)\s+\Z", re.IGNORECASE)
_BARE = lazy(
    r"(?<!\w)(?:about|across|after|against|along|and|are|as|at|before|behind|between|beyond|but|by|for|from|if|in|inside"
    r"|into|is|near|of|on|onto|or|outside|over|since|than|that|through|to|toward|towards|under|until|upon|via|was|were"
    r"|when|where|whether|which|while|with|within|without)\s+\Z",
    re.IGNORECASE,
)
_NOUN_ENDS = lazy(
    r"\s*(?:\Z|[^\w\s]|(?:a|again|alone|also|an|and|are|as|at|because|before|but|by|can|could|did|do|does|for|from|had|has"
    r"|have|he|her|his|in|into|is|it|its|may|might|must|not|now|of|on|only|or|shall|she|should|since|so|still|than|that"
    r"|the|their|then|there|these|they|this|through|to|too|under|until|was|we|were|when|where|which|while|who|will|with"
    r"|within|would)\b)"
)


@dataclass(frozen=True, slots=True)
class Definition:
    """What an abbreviation is short for: ``short`` without the ending of a plural, ``plural`` whether the name is one.

    ``article`` says whether "the" stood before the name; ``language`` is a primary subtag (BCP 47).
    """

    short: str
    name: str
    plural: bool = False
    article: bool = False
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Use:
    """An abbreviation in the text; ``ending`` is that of a plural or a possessive: ``s``, ``'s``, ``s'`` or empty."""

    short: str
    span: Span
    ending: str = ""


def find_definitions(prose: str, language: str) -> Iterator[Definition]:
    """``Full Name (ABBR)``, ``Full Name (hereafter ABBR)`` and ``ABBR (Full Name)``, in the order of the text.

    The letters of the abbreviation have to be the initials of the words, in their order; small words and the parts of a
    word behind a hyphen may be passed over, and a word may give letters of its inside too (``EurAsian``), as long as
    half of all are initials.
    """
    for found in _candidates(prose):
        short, plural = _stem(found["short"])
        name = _name_before(prose, found.start(), short) if "name" not in found.groupdict() else _whole(found, short)
        if name is not None:
            text = _as_within(" ".join(re.sub(r"[*_]", "", name.of(prose)).split()), prose, name.start)
            article = re.search(r"\bthe\s+\Z", prose[max(0, name.start - 5) : name.start], re.IGNORECASE) is not None
            yield Definition(short, text, plural, article, language)


def find_own(prose: str) -> frozenset[str]:
    """The abbreviations that a text introduces itself, even where their letters are no initials of their words.

    ``Minsk Motor Plant (MMZ)`` keeps the letters of another language; one word before has to begin with the first.
    """
    own = {one.short for one in find_definitions(prose, "")}
    for found in _BEHIND.finditer(prose):
        short, _ = _stem(found["short"])
        words = [word[0] for word in _words_before(prose, found.start())][-len(short) - 3 :]
        if _is_short(found["short"]) and any(word[:1].casefold() == short[0].casefold() for word in words):
            own.add(short)
    return frozenset(own)


def find_uses(prose: str, short: str) -> Iterator[Use]:
    """Where a text uses an abbreviation; what is joined to it by a hyphen makes another word of it."""
    pattern = rf"(?<![\w&/@#-]){re.escape(short)}(?P<ending>s['’](?!\w)|['’]s|s)?(?![\w&/-]|['’]\w)"
    for found in re.finditer(pattern, prose):
        yield Use(short, Span(*found.span()), found["ending"] or "")


def find_names(prose: str, definition: Definition, use: Use) -> Iterator[Use]:
    """Where a text has the name in full that a use is short for; the abbreviation is not in the plural there."""
    words = r"\s+".join(map(re.escape, definition.name.split()))
    for found in re.finditer(rf"(?<![\w-]){words}(?![\w-]|['’]\w)", prose, re.IGNORECASE):
        yield Use(use.short, Span(*found.span()), "s" if definition.plural else "")


def introduced(name: Use) -> tuple[Span, str]:
    """An abbreviation put behind a name that stands in the text: the empty span, and what is put there."""
    return Span(name.span.end, name.span.end), f" ({name.short}{name.ending})"


def choose(definitions: Sequence[Definition], use: Use) -> Definition:
    """The definition that a use is spelled out by: the last; in its number or in the nominative where there is one."""
    last = definitions[-1]
    alike = [one for one in definitions if same_name(one.name, last.name)]
    if last.language in _UNINFLECTED:
        plural = use.ending.startswith("s")
        return next((one for one in reversed(alike) if one.plural == plural), last)
    return next((one for one in reversed(alike) if _NOMINATIVE.search(one.name.partition(" ")[0])), last)


def same_name(one: str, other: str) -> bool:
    """Whether two names are one, but for the endings of its words."""
    pairs = list(zip(words := one.casefold().split(), others := other.casefold().split(), strict=False))
    return len(words) == len(others) and all(_same_word(a, b) for a, b in pairs)


def spelled(prose: str, use: Use, definition: Definition) -> tuple[Span, str]:
    """What a use becomes, and the span that it takes the place of: an article before it may have to change.

    In languages whose nouns change with their place in the sentence the abbreviation keeps its place, and the name
    stands behind it.
    """
    short = use.short + use.ending
    nested = _is_nested(prose, use.span.start)
    opening, closing = ("\\[", "\\]") if nested else ("(", ")")
    if definition.language not in _UNINFLECTED:
        return use.span, f"{short} {opening}{literal(definition.name)}{closing}"
    name = definition.name
    plural = use.ending.startswith("s")
    if definition.plural != plural:
        name = _inflect(name, plural=plural)
    apostrophe = use.ending.strip("s")
    if apostrophe:
        name += apostrophe if plural and name.endswith("s") else f"{apostrophe}s"
    name = literal(name)
    start, text = use.span.start, f"{name} {opening}{short}{closing}"
    before = prose[max(0, start - 200) : start]
    starts = _START.search(before) is not None
    if definition.language == "en":
        article = _ARTICLE.search(before)
        if article is not None:
            wanted = "an" if _VOWEL.match(name) else "a"
            begin = start - len(before) + article.start("article")
            return Span(begin, use.span.end), (wanted.title() if article["article"][0] == "A" else wanted) + " " + text
        noun = bool(apostrophe) or _NOUN_ENDS.match(prose, use.span.end) is not None
        if definition.article and name[0].isupper() and not plural and (starts or (noun and _BARE.search(before))):
            return use.span, f"{'The' if starts else 'the'} {text}"
    return use.span, text[0].upper() + text[1:] if starts else text


# Definitions --------------------------------------------------------------------------------------------------------


def _candidates(prose: str) -> list[re.Match[str]]:
    found = [one for one in (*_BEHIND.finditer(prose), *_BEFORE.finditer(prose)) if _is_short(one["short"])]
    return sorted(found, key=lambda one: one.start())


def _is_short(text: str) -> bool:
    return len(text) <= _LONGEST and sum(char.isupper() for char in text) >= _FEWEST_CAPITALS and text[0].isupper()


def _stem(short: str) -> tuple[str, bool]:
    plural = short.endswith("s") and short[-2:-1].isupper()
    return (short[:-1], True) if plural else (short, False)


def _words_before(prose: str, at: int) -> list[tuple[str, int, int]]:
    """The words of the clause that ends before a place, closing marks passed over."""
    end = len(prose[:at].rstrip(_CLOSING))
    start = max((found.end() for found in _CLAUSE.finditer(prose, max(0, end - 300), end)), default=max(0, end - 300))
    return [(found[0], *found.span()) for found in _WORD.finditer(prose, start, end)]


def _name_before(prose: str, at: int, short: str) -> Span | None:
    words = _words_before(prose, at)
    best: tuple[int, int] | None = None
    for first in range(len(words) - 1, max(-1, len(words) - 2 * len(short) - 6), -1):
        cost = _cost([word for word, _, _ in words[first:]], short)
        if cost is not None and (best is None or cost < best[0]):
            best = cost, first
    return None if best is None else Span(words[best[1]][1], words[-1][2])


def _as_within(name: str, prose: str, at: int) -> str:
    """A name as it stands within a sentence: its first word may have a capital for beginning one."""
    first, _, rest = name.partition(" ")
    lowered = first.lower()
    if rest != rest.lower() or lowered == first or not _START.search(prose[max(0, at - 200) : at]):
        return name
    return f"{lowered} {rest}" if re.search(rf"(?<!\w){re.escape(lowered)}(?!\w)", prose) else name


def _whole(found: re.Match[str], short: str) -> Span | None:
    fits = _cost(_WORD.findall(found["name"]), short) is not None
    return Span(*found.span("name")) if fits else None


def _cost(words: Sequence[str], short: str) -> int | None:
    """How many capitals of an abbreviation come from the inside of words; None where it does not fit them."""
    parts: list[tuple[str, bool]] = []
    for number, word in enumerate(words):
        for place, part in enumerate(re.split(r"[-‑]", word)):
            parts.append((part.casefold(), place > 0 or (number > 0 and part.casefold() in _SMALL)))
    if not words or words[0].casefold() in _SMALL:
        return None
    letters = [char for char in short if char.isalnum()]

    @cache
    def cost(part: int, letter: int) -> int | None:
        if part == len(parts):
            return 0 if letter == len(letters) else None
        word, optional = parts[part]
        found = [cost(part + 1, letter)] if optional else []
        if letter < len(letters) and word.startswith(letters[letter].casefold()):
            at, inner, taken = 1, 0, letter + 1
            found.append(cost(part + 1, taken))
            while taken < len(letters) and (at := word.find(letters[taken].casefold(), at) + 1) > 0:
                inner += letters[taken].isupper()
                taken += 1
                rest = cost(part + 1, taken)
                found.append(None if rest is None else rest + inner)
        return min((one for one in found if one is not None), default=None)

    inside = cost(0, 0)
    return inside if inside is not None and inside * 2 <= sum(char.isupper() for char in letters) else None


def _same_word(one: str, other: str) -> bool:
    shortest, longest = sorted((len(one), len(other)))
    common = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), shortest)
    return common >= max(longest - 3, min(4, shortest) if shortest > 4 else min(3, shortest))


# Forms --------------------------------------------------------------------------------------------------------------


def _inflect(name: str, *, plural: bool) -> str:
    """A name in the other number: its noun is the word before the first small one (``ministry of trade``)."""
    words = name.split(" ")
    at = next((place for place, word in enumerate(words) if place and word in _SMALL), len(words)) - 1
    words[at] = _to_plural(words[at]) if plural else _to_singular(words[at])
    return " ".join(words)


def _to_plural(word: str) -> str:
    if re.search(r"[^aeiou]y\Z", word):
        return f"{word[:-1]}ies"
    return f"{word}es" if re.search(r"(?:s|x|z|ch|sh)\Z", word) else f"{word}s"


def _to_singular(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if re.search(r"(?:ss|x|z|ch|sh)es\Z", word):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _is_nested(prose: str, at: int) -> bool:
    start = max(prose.rfind("\n\n", 0, at), 0)
    return prose.count("(", start, at) > prose.count(")", start, at)
