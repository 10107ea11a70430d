"""An abbreviation is used before it is spelled out, or never spelled out.

A reader who meets it for the first time has to guess. `Long Name (ABC)`, `ABC (Long Name)` or a list of abbreviations
spells it out; chapters count in reading order, so an earlier one will do, and so will what the name belongs to, as in
`the car maker ABC`. Each abbreviation is told once, at its first use. Headings, tables and notes use abbreviations
freely, but may spell them out; capitals beside a word with a capital are taken for a part of a name.

Option `known`: abbreviations that need no words. `also`: more of them, beside the usual ones. `uses` (2): from how many
uses on one that is never spelled out is told.

Bad:

    Trade within the QXTU doubled. The Quick Exchange and Trade Union (QXTU) was founded in 2015.

Good:

    Trade within the Quick Exchange and Trade Union (QXTU) doubled. The QXTU was founded in 2015.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from octavo.lint.chapter import ChapterText
from octavo.lint.rule import BookRule, Context, Defect, Mention, Mentions, Option
from octavo.model.finding import Severity
from octavo.model.lazy import lazy

_RUN = lazy(rb"AA+")
_LONGEST = 6
_JOINING = ("_", "@", "#", "/", "\\", ".", "-")
_ROMAN = lazy(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
# Within brackets behind words, alone or at their end: "(hereinafter ABC)".
_OPENED = lazy(r"[^\W\d_][”\"»“’*_]*\s*\((?:[^()]{0,40}[\s“\"«„*_:])?[“\"«„*_]*\Z")
_CLOSED = lazy(r"[”\"»“*_]*\s*[),;]")
_WORDS_BEHIND = lazy(
    r"[”\"»“*_]*\s*\(\W*[^\W\d_][^()]*?\s[^\W\d_]{2}|,?\s+(?:or|that is|i\.e\.|то есть|das heißt|soit)\b"
)
# An entry of a list of abbreviations.
_ENTRY = lazy(r"(?:^|\n)[ \t>]*(?:[-*+|:]|\d+[.)])?\s*[*_]*\Z")
_ENTRY_BEHIND = lazy(r"[*_]*:?[*_]*\s*(?:[—–:=|]|-\s|\n:)")
# What a name belongs to says enough: "the car maker ABC", "ABC, a maker of cars".
_KINDS = (
    r"(?:maker|manufacturer|producer|company|firm|corporation|plant|works|factory|house|bank|agency|group|holding|brand"
    r"|publisher|operator|airline|channel|model|software|programme|program|компани[яиюей]|фирм[аыуе]|завод[ау]?|банк[ау]?"
    r"|агентств[оау]|холдинг[ау]?|групп[аыуе]|Firma|Unternehmen|Bank|Agentur|Gruppe|société|entreprise|banque|groupe)"
)
_KIND = lazy(rf"\b{_KINDS}\s+[“\"«„*_]*\Z")
_KIND_BEHIND = lazy(rf",\s+(?:(?:an?|the|eine?|die|das|une?|la|le)\s+)?(?:[\w-]+\s+){{0,2}}{_KINDS}\b")
_WORD = lazy(r"[^\W\d_]+")
_SMALL = frozenset(
    re.findall(
        r"\w+", "a an and at by for in of on the to der des die für und von zu de du et la le les а в для и к на о с"
    )
)
_WINDOW = 110
# How often an abbreviation is compared with the words around it before it counts as not spelled out.
_TRIES, _TRIES_BRACKETED = 3, 20
_KNOWN = (
    "SVG PNG JSC LLC PLC OJSC CJSC AD AM BC BCE CE PM OK EU UN UK US USA USSR USD EUR GBP RUB BYN CNY GDP GNP VAT NATO "
    "UNESCO UNICEF WHO WTO IMF OECD OPEC BRICS CIS ISO IEC DIN EN GOST CEO CFO IT ICT PR HR TV FM PC CD DVD "
    "USB GPS SMS SIM ID PIN QR AI PDF EPUB HTML XML CSS JSON YAML CSV URL URI HTTP HTTPS FTP DOI ISBN ISSN "
    "ASCII UTF API SQL CPU RAM LED DNA RNA HIV AIDS COVID NASA BBC CNN TASS FIFA UEFA NGO MBA FAQ CV KM KG MW "
    "GW США СССР РФ РБ ООН ЕС СНГ ВВП НДС СМИ МИД МВД ВТО МВФ НАТО ЮНЕСКО ООО ОАО ЗАО ПАО АО УП РУП ИП ГОСТ ТВ "
    "ПК BRD DDR UNO BIP AG KG UG CDU CSU SPD FDP ARD ZDF UE ONU PIB OTAN TVA SNCF SA SARL"
)


def collect(chapter: ChapterText, context: Context) -> Iterator[Mention]:
    """Of each abbreviation, the first use in the chapter, and the first place that spells it out."""
    used: dict[str, tuple[int, int]] = {}
    uses: dict[str, int] = {}
    spelled: dict[str, Mention] = {}
    tries: dict[str, int] = {}
    front = f"{chapter.front.title} {chapter.front.subtitle} {chapter.front.abstract}"
    for text, shape in chapter.shapes:
        for match in _RUN.finditer(shape):
            start, end = match.span()
            if end - start > _LONGEST or not _stands_alone(text, shape, start, end):
                continue
            name = text[start:end]
            if name in spelled or _ROMAN.fullmatch(name):
                continue
            used_here = name in used
            bracketed = text[start - 1] == "(" or text[end : end + 2] == " ("
            if not used_here or tries[name] < (_TRIES_BRACKETED if bracketed else _TRIES):
                tries[name] = tries.get(name, 0) + 1
                if _spells_out(text, start, end):
                    at = 0 if chapter.in_note(start) else start
                    spelled[name] = Mention(at, at + 1, "spelled", name)
                    continue
            if _is_part(text, shape, start, end) or _used_freely(chapter, text, start):
                continue
            uses[name] = uses.get(name, 0) + 1
            if not used_here:
                used[name] = (start, end)
                at_front = front.find(name)
                if at_front >= 0 and _spells_out(front, at_front, at_front + len(name)):
                    spelled[name] = Mention(0, 1, "spelled", name)
    yield from (Mention(*place, str(uses[name]), name) for name, place in used.items())
    yield from spelled.values()


def judge(chapters: Sequence[Mentions], context: Context) -> Iterator[Defect]:
    """First uses that nothing before them explains."""
    known = frozenset(f"{context.text('known')} {context.text('also')}".replace(",", " ").split())
    spelled: dict[str, tuple[int, int]] = {}
    uses: dict[str, int] = {}
    for number, one in enumerate(chapters):
        for mention in one.mentions:
            if mention.kind == "spelled":
                spelled.setdefault(mention.text, (number, mention.start))
            else:
                uses[mention.text] = uses.get(mention.text, 0) + int(mention.kind)
    told: set[str] = set()
    for number, one in enumerate(chapters):
        for mention in one.mentions:
            name = mention.text
            if mention.kind == "spelled" or name in known or name in told:
                continue
            told.add(name)
            place = spelled.get(name)
            if place is None and uses[name] < context.number("uses"):
                continue
            if place is None:
                hint = f"write it out at its first use: Long Name ({name}); or add it to the option 'also' of TXT104"
                yield one.chapter.defect(mention, f"'{name}' is never spelled out", hint)
            elif place > (number, mention.start):
                where = "below" if place[0] == number else f"only in {chapters[place[0]].chapter.path}"
                hint = f"write it out here: Long Name ({name})"
                yield one.chapter.defect(mention, f"'{name}' is used before it is spelled out {where}", hint)


def _stands_alone(text: str, shape: bytes, start: int, end: int) -> bool:
    """Whether capitals are a word, and neither part of one, of a code, nor of a line in capitals."""
    before, behind, next_one = text[start - 1 : start], text[end : end + 1], text[end + 1 : end + 2]
    if before.isalnum() or before in _JOINING or behind.isdigit() or behind == "_":
        return False
    if behind.isalpha() and (behind != "s" or next_one.isalpha()):
        return False
    if (behind in ("-", "–") and next_one.isdigit()) or (behind == "." and next_one.isalnum()):
        return False
    return shape[end : end + 3] != b" AA" and shape[max(0, start - 3) : start] != b"AA "


def _spells_out(text: str, start: int, end: int) -> bool:
    before, behind = text[max(0, start - _WINDOW) : start], text[end : end + _WINDOW]
    behind = behind[1:] if behind.startswith("s") else behind
    if "(" in before[-45:] and _OPENED.search(before) and _CLOSED.match(behind):
        return True
    if _KIND.search(before) or _KIND_BEHIND.match(behind):
        return True
    if _WORDS_BEHIND.match(behind) or (_ENTRY.search(before) and _ENTRY_BEHIND.match(behind)):
        return True
    name = text[start:end]
    return name in _initials(before) or name in _initials(behind)


def _initials(words: str) -> str:
    """The first letters of some words; those that abbreviations pass over are left out."""
    return "".join(word[0].upper() for word in _WORD.findall(words) if word.lower() not in _SMALL)


def _is_part(text: str, shape: bytes, start: int, end: int) -> bool:
    """Whether a word with a capital stands beside capitals, so that they may be a part of a name."""
    if re.match(rb"[ \n-]A", shape[end : end + 2]):
        return True
    before = re.search(r"(\S+)\s\Z", text[max(0, start - 30) : start])
    return before is not None and before[1][0].isupper() and before[1].lower() not in _SMALL


def _used_freely(chapter: ChapterText, text: str, at: int) -> bool:
    """Whether a place stands in a heading, a table or a note."""
    line = text.rfind("\n", 0, at) + 1
    if text.startswith("#", line) or chapter.in_note(at):
        return True
    end = text.find("\n", at)
    return "|" in text[line : end if end >= 0 else len(text)]


OPTIONS = (
    Option("known", _KNOWN, "abbreviations that everyone knows, with blanks between"),
    Option("uses", 2, "from how many uses on an abbreviation that is never spelled out is told"),
    Option("also", "", "abbreviations beside the known ones that the readers know"),
)
RULE = BookRule("TXT104", "unexplained-abbreviation", Severity.WARNING, options=OPTIONS, collect=collect, judge=judge)
