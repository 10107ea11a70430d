"""A Work into the files with which reference managers and bibliographies take it over."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from octavo.model.epub import plain
from octavo.model.lazy import lazy
from octavo.model.names import NameParts, split_name
from octavo.model.tex import ESCAPES, babel_name, escape_tex
from octavo.model.work import Work, WorkKind

_DOI = lazy(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_ISBN_URN = "urn:isbn:"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


SUFFIXES = ("bib", "csl.json", "ris")


def cite_this(work: Work) -> Mapping[str, bytes]:
    """The files about a work, by their suffix: ``bib``, ``csl.json`` and ``ris``."""
    made = (bibtex(work), csl_json(work), ris(work))
    return {suffix: text.encode() for suffix, text in zip(SUFFIXES, made, strict=True)}


def bibtex(work: Work) -> str:
    """A work as one entry of BibTeX; what only BibLaTeX knows (``langid``, ``pagetotal``) others pass over."""
    year, month, day = _date(work)
    address = _address(work)
    language = babel_name(work.language)
    fields = {
        "author": " and ".join(_bibtex_name(split_name(person.name)) for person in work.authors),
        "title": _bibtex_title(_title(work)),
        "booktitle": _bibtex_title(plain(work.container)),
        "publisher": _tex(work.publisher),
        "address": _tex(work.place),
        "year": year,
        "month": _MONTHS[int(month) - 1] if month else "",
        "day": str(int(day)) if day else "",
        "isbn": _tex(_isbn(work)),
        "doi": _braceless(_doi(work)),
        "url": _braceless(address),
        "langid": language,
        "language": "" if language else _tex(work.language),
        "pagetotal": str(work.pages or ""),
        "keywords": _tex(", ".join(_keywords(work))),
        "abstract": _tex(work.abstract),
        "note": _tex(work.note),
    }
    kind = "book" if work.kind is WorkKind.BOOK else "inproceedings"
    lines = [
        f"  {name} = {value if name == 'month' else f'{{{value}}}'}," for name, value in fields.items() if value.strip()
    ]
    return "\n".join((f"@{kind}{{{_key(work)},", *lines, "}")) + "\n"


def csl_json(work: Work) -> str:
    """A work as a list of one item of CSL JSON (the schema of CSL 1.0.2)."""
    parts = [int(part) for part in _date(work) if part]
    item: dict[str, object] = {
        "id": _key(work),
        "type": "book" if work.kind is WorkKind.BOOK else "paper-conference",
        "title": _title(work),
        "title-short": plain(work.title) if work.subtitle else "",
        "author": [_csl_name(split_name(plain(person.name))) for person in work.authors],
        "container-title": plain(work.container),
        "publisher": plain(work.publisher),
        "publisher-place": plain(work.place),
        "issued": {"date-parts": [parts]} if parts else {},
        "ISBN": _isbn(work),
        "DOI": _doi(work),
        "URL": _address(work),
        "language": work.language,
        "number-of-pages": str(work.pages or ""),
        "keyword": ", ".join(_keywords(work)),
        "abstract": plain(work.abstract),
        "note": plain(work.note),
    }
    return json.dumps([{key: value for key, value in item.items() if value}], ensure_ascii=False, indent=1) + "\n"


def ris(work: Work) -> str:
    """A work as one record of RIS: lines of two letters, two blanks, a hyphen and a blank, each ended by CR and LF."""
    return "".join(f"{tag}  - {plain(value)}\r\n" for tag, value in _ris_lines(work))


def _ris_lines(work: Work) -> Iterator[tuple[str, str]]:
    year, month, day = _date(work)
    yield "TY", "BOOK" if work.kind is WorkKind.BOOK else "CPAPER"
    yield "ID", _key(work)
    for person in work.authors:
        name = split_name(plain(person.name))
        # A name without a comma would be taken apart at its last blank; an asterisk ends a list of names.
        yield "AU", (f"{name.literal}," if " " in name.literal else name.filed).replace("*", "")
    optional = (
        ("TI", _title(work)),
        ("T2", work.container),
        ("PB", work.publisher),
        ("CY", work.place),
        ("PY", year),
        ("DA", f"{year}/{month}/{day}/" if year else ""),
        ("SN", _isbn(work)),
        ("DO", _doi(work)),
        ("UR", _address(work)),
        ("LA", work.language),
        *(("KW", keyword.replace("*", "")) for keyword in work.keywords),
        ("AB", work.abstract),
        ("N1", work.note),
    )
    yield from ((tag, value) for tag, value in optional if plain(value))
    yield "ER", ""


def _key(work: Work) -> str:
    return re.sub(r"[^A-Za-z0-9:.-]+", "-", work.key).strip("-") or "work"


def _title(work: Work) -> str:
    title, subtitle = plain(work.title), plain(work.subtitle)
    if not subtitle:
        return title
    return f"{title}{' ' if title.endswith(('?', '!', ':', '.')) else ': '}{subtitle}"


def _date(work: Work) -> tuple[str, str, str]:
    year, month, day = (*work.date.split("-"), "", "", "")[:3]
    return year, month, day


def _keywords(work: Work) -> list[str]:
    return [keyword for keyword in map(plain, work.keywords) if keyword]


def _doi(work: Work) -> str:
    match = _DOI.fullmatch(work.identifier.strip())
    return match[1] if match else ""


def _address(work: Work) -> str:
    identifier = plain(work.identifier)
    if _doi(work):
        return ""
    return identifier.replace(" ", "%20") if identifier.lower().startswith(("http://", "https://")) else ""


def _isbn(work: Work) -> str:
    identifier = plain(work.identifier)
    named = identifier[len(_ISBN_URN) :] if identifier.lower().startswith(_ISBN_URN) else ""
    return re.sub(r"^ISBN[\s:]*", "", plain(work.isbn), flags=re.IGNORECASE) or named


def _csl_name(name: NameParts) -> dict[str, str]:
    if name.literal:
        return {"literal": name.literal}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {key: value for key, value in parts.items() if value}


def _bibtex_name(name: NameParts) -> str:
    if name.literal:
        return f"{{{_tex(name.literal)}}}"
    family = f"{name.particle} {_guarded(name.family)}".strip()
    return ", ".join(part for part in (family, _guarded(name.suffix), _guarded(name.given)) if part)


def _guarded(part: str) -> str:
    """A part of a name, in braces where BibTeX would take it apart."""
    text = _tex(part)
    unsafe = "," in part or " and " in f" {part} ".lower() or any(word[:1].islower() for word in part.split()[:-1])
    return f"{{{text}}}" if unsafe else text


def _bibtex_title(text: str) -> str:
    """A title whose capitals behind the first letter are kept by styles that would make them small."""
    balanced = _balanced(text)
    words = []
    for index, word in enumerate(text.split(" ")):
        shown = _tex_word(word, balanced=balanced)
        closed = not balanced or _balanced(word)
        if closed and any(char.isupper() for char in (word if index else word[1:])):
            # A group that begins with a command would be one letter to BibTeX, and made small like any.
            shown = f"{{{{{shown}}}}}" if shown.startswith("\\") else f"{{{shown}}}"
        words.append(shown)
    return " ".join(words)


def _tex(text: str) -> str:
    return _tex_word(plain(text), balanced=_balanced(text))


def _tex_word(text: str, *, balanced: bool) -> str:
    """Text as TeX reads it back; braces that do not match are symbols, since BibTeX counts even escaped ones."""
    return escape_tex(text, ESCAPES if balanced else {**ESCAPES, "{": r"$\lbrace$", "}": r"$\rbrace$"})


def _balanced(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0


def _braceless(address: str) -> str:
    """An address, which BibTeX takes as it is, but for braces and blanks."""
    return re.sub(r"[{}\s\\]", lambda match: quote(match[0]), address)
