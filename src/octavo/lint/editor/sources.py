"""A source into the short and the plain form in which an editor shows it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from octavo.model.reference import Json, Source

# The tags of rich text that CSL JSON allows.
_TAG = re.compile(r"</?(?:i|b|sup|sub|span)(?: [^<>]*)?>")
_NAMES = ("author", "editor", "translator", "director", "composer", "interviewer", "container-author")


def short_form(source: Source) -> str:
    """Who and when: ``Able and Baker 2020``; the title where there is no name."""
    names = [_family(one) for one in _people(source)]
    if len(names) > 2:
        names = [f"{names[0]} et al."]
    who = " and ".join(names) or _text(source, "title")
    return " ".join(part for part in (who, _year(source)) if part)


def plain_form(source: Source) -> str:
    """Who, what, where and when, as no style prints it; what is not there is left out."""
    place = ": ".join(part for part in (_text(source, "publisher-place"), _text(source, "publisher")) if part)
    volume = _text(source, "volume")
    issue = _text(source, "issue")
    within = ", ".join(
        part
        for part in (
            _text(source, "container-title"),
            f"vol. {volume}" if volume else "",
            f"no. {issue}" if issue else "",
            f"pp. {_text(source, 'page')}" if _text(source, "page") else "",
        )
        if part
    )
    doi = _text(source, "DOI")
    parts = [
        ", ".join(_whole(one) for one in _people(source)),
        _text(source, "title"),
        within,
        ", ".join(part for part in (place, _year(source)) if part),
    ]
    address = f"https://doi.org/{doi}" if doi else _text(source, "URL")
    # A point behind an address would be taken for its last letter.
    told = [f"{part.rstrip('.')}." for part in parts if part] + [address]
    return " ".join(part for part in told if part) or source.key


def search_words(source: Source) -> str:
    """What an author may type to find a source: its key, its names, its title."""
    return " ".join([source.key, *(_family(one) for one in _people(source)), _year(source), _text(source, "title")])


def _people(source: Source) -> list[Mapping[str, Json]]:
    for name in _NAMES:
        value = source.data.get(name)
        if isinstance(value, (list, tuple)) and value:
            return [one for one in value if isinstance(one, Mapping)]
    return []


def _family(person: Mapping[str, Json]) -> str:
    return str(person.get("family") or person.get("literal") or "")


def _whole(person: Mapping[str, Json]) -> str:
    parts = (person.get("given"), person.get("non-dropping-particle"), person.get("family"))
    return str(person.get("literal") or " ".join(str(part) for part in parts if part))


def _text(source: Source, name: str) -> str:
    value = source.data.get(name)
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        return ""
    return " ".join(_TAG.sub("", str(value)).split())


def _year(source: Source) -> str:
    """The year, or the date in the author's words."""
    date = source.data.get("issued")
    if not isinstance(date, Mapping):
        return ""
    parts = date.get("date-parts")
    if isinstance(parts, (list, tuple)) and parts and isinstance(parts[0], (list, tuple)) and parts[0]:
        return str(parts[0][0])
    return str(date.get("literal") or date.get("raw") or "")
