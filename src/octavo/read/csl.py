"""The values of one entry of a bibliography, as they are written, into an item of CSL JSON.

Types and variables are those of CSL 1.0.2 (appendices III and IV) and of its JSON schema.  What is none of them, or has
the wrong form, is a finding: a style would pass over it in silence, or Pandoc stop at it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from octavo.model.finding import Finding
from octavo.model.lazy import lazy
from octavo.model.reference import Json
from octavo.model.source import Location
from octavo.model.suggest import did_you_mean
from octavo.read.yaml_tree import Value


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TYPES = _words(
    """article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection
    dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case
    legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
    personal_communication post post-weblog regulation report review review-book software song speech standard thesis
    treaty webpage"""
)
NAMES = _words(
    """author chair collection-editor compiler composer container-author contributor curator director editor
    editorial-director editor-translator executive-producer guest host illustrator interviewer narrator organizer
    original-author performer producer recipient reviewed-author script-writer series-creator translator"""
)
DATES = _words("accessed available-date event-date issued original-date submitted")
TEXTS = _words(
    """DOI ISBN ISSN PMCID PMID URL abstract annote archive archive-place archive_collection archive_location authority
    call-number chapter-number citation-key citation-label citation-number collection-number collection-title
    container-title container-title-short dimensions division edition event event-place event-title first-page
    first-reference-note-number genre issue journalAbbreviation jurisdiction keyword language license locator medium
    note number number-of-pages number-of-volumes original-publisher original-publisher-place original-title page
    page-first part part-title printing publisher publisher-place references reviewed-genre reviewed-title scale
    section shortTitle source status supplement supplement-number title title-short version volume volume-title
    volume-title-short year-suffix"""
)
_OTHERS = _words("id type categories custom")
_KNOWN = NAMES | DATES | TEXTS | _OTHERS
_NAME_PARTS = _words(
    """family given dropping-particle non-dropping-particle suffix comma-suffix static-ordering parse-names
    literal"""
)
_DATE_PARTS = _words("date-parts season circa literal raw")
_DATE = lazy(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


class Item:
    """One entry on its way into an item of CSL JSON."""

    def __init__(self, entry: Value, findings: list[Finding]) -> None:
        self._entry = entry
        self._findings = findings

    def read(self) -> dict[str, Json] | None:
        """The item; what is wrong with a field is told and left out.  None where the entry has no key to cite by."""
        data = self._entry.data
        identifier = data.get("id") if isinstance(data, Mapping) else None
        if not isinstance(data, Mapping) or identifier is None or identifier.data in (None, ""):
            at = self._entry.location
            self._tell("BIB003", "entry-without-key", "an entry needs an `id`", at, "add `id: key`")
            return None
        if isinstance(identifier.data, (tuple, Mapping)):
            self._tell("BIB007", "wrong-field", "an `id` must be text", identifier.location, "write `id: key`")
            return None
        item: dict[str, Json] = {"id": str(identifier.data), "type": self._type(data, str(identifier.data))}
        for name, value in data.items():
            if name in ("id", "type") or value.data is None:
                continue
            read = self._field(name, value)
            if read is not None:
                item[name] = read
        return item

    def _type(self, data: Mapping[str, Value], key: str) -> str:
        value = data.get("type")
        if value is None or value.data is None:
            hint = "such as `type: book`"
            self._tell("BIB004", "entry-without-type", f"'{key}' needs a `type`", self._entry.keys["id"], hint)
        elif not isinstance(value.data, str) or value.data not in TYPES:
            name = value.data if isinstance(value.data, str) else ""
            hint = did_you_mean(name, TYPES) or "one of CSL's types, such as book, chapter, article-journal, webpage"
            message = f"there is no type '{name}' of sources" if name else "a `type` must be text"
            self._tell("BIB006", "unknown-type", message, value.location, hint)
        else:
            return value.data
        return "document"

    def _field(self, name: str, value: Value) -> Json:
        if name not in _KNOWN:
            hint = did_you_mean(name, _KNOWN) or "what no style knows goes under `custom:` or into `note:`"
            at = self._entry.keys[name]
            self._tell("BIB008", "unknown-field", f"CSL has no field '{name}'", at, hint)
            return None
        if name in DATES:
            return self._date(name, value)
        if name in NAMES:
            return self._people(name, value)
        if name in TEXTS:
            return self._text(name, value)
        # `custom` and `categories` are the author's own: no style reads them.
        return None

    def _text(self, name: str, value: Value) -> Json:
        if isinstance(value.data, (str, int)) and not isinstance(value.data, bool):
            return value.data
        if name == "keyword" and isinstance(value.data, tuple) and all(isinstance(v.data, str) for v in value.data):
            return ", ".join(str(item.data) for item in value.data)
        hint = f"write `{name}: ...`, with quotation marks where it holds brackets or is true or false"
        self._wrong(f"'{name}' must be text or a number", value.location, hint)
        return None

    def _date(self, name: str, value: Value) -> Json:
        """``2021-03`` and the like become date parts; other text is printed as it stands."""
        if isinstance(value.data, Mapping):
            if self._strangers(name, value, _DATE_PARTS):
                return None
            parts = value.data.get("date-parts")
            if parts is None or _are_date_parts(parts):
                return _json(value)
        elif isinstance(value.data, (str, int)) and not isinstance(value.data, bool):
            match = _DATE.fullmatch(str(value.data))
            if match is None:
                return {"literal": str(value.data)}
            return {"date-parts": [[int(part) for part in match.groups() if part]]}
        hint = "write 2026, 2026-03, 2026-03-31 or `date-parts: [[2026, 3, 31]]`"
        self._wrong(f"'{name}' must be a date", value.location, hint)
        return None

    def _people(self, name: str, value: Value) -> Json:
        """Names written as text (``Family, Given``) become CSL names."""
        people: list[Json] = []
        for person in value.data if isinstance(value.data, tuple) else (value,):
            if isinstance(person.data, str):
                family, comma, given = person.data.partition(",")
                whole: dict[str, Json] = {"literal": person.data}
                people.append({"family": family.strip(), "given": given.strip()} if comma else whole)
            elif isinstance(person.data, Mapping):
                if not self._strangers(name, person, _NAME_PARTS):
                    people.append({key: _name_part(part) for key, part in person.data.items()})
            else:
                hint = 'write `[{family: Able, given: Ann}]` or `["Able, Ann"]`'
                self._wrong(f"'{name}' must be a list of names", person.location, hint)
        return people

    def _strangers(self, name: str, value: Value, known: frozenset[str]) -> bool:
        """Tell of the parts of a name or a date that are not known; whether there are any."""
        strangers = [key for key in value.keys if key not in known]
        for key in strangers:
            hint = did_you_mean(key, known) or f"known here: {', '.join(sorted(known))}"
            self._tell("BIB008", "unknown-field", f"'{name}' has no part '{key}'", value.keys[key], hint)
        return bool(strangers)

    def _wrong(self, message: str, at: Location, hint: str) -> None:
        self._tell("BIB007", "wrong-field", message, at, hint)

    def _tell(self, code: str, rule: str, message: str, at: Location, hint: str) -> None:
        self._findings.append(Finding(code, rule, message, at, hint))


def _json(value: Value) -> Json:
    data = value.data
    if isinstance(data, tuple):
        return [_json(item) for item in data]
    if isinstance(data, Mapping):
        return {key: _json(item) for key, item in data.items()}
    return data


def _name_part(value: Value) -> Json:
    """Parts of names are text; `static-ordering` and its like are flags."""
    if isinstance(value.data, bool):
        return value.data
    return "" if value.data is None or isinstance(value.data, (tuple, Mapping)) else str(value.data)


def _are_date_parts(value: Value) -> bool:
    """One date or two (a range), each of one to three numbers; a number may be written as text."""
    dates = value.data
    return isinstance(dates, tuple) and 1 <= len(dates) <= 2 and all(_is_date(date) for date in dates)


def _is_date(value: Value) -> bool:
    parts = value.data
    return isinstance(parts, tuple) and 1 <= len(parts) <= 3 and all(re.fullmatch(r"-?\d+", str(p.data)) for p in parts)
