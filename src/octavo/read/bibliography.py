"""Files of ``bibliography/`` into a Bibliography.

CSL YAML, CSL JSON and BibTeX (BibLaTeX) are read; all become items of CSL JSON, whose rich text is the few HTML tags
that CSL allows (``<i>``, ``<b>``, ``<sup>``, ``<sub>``, ``<span class="nocase">``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from octavo.model.addresses import is_running
from octavo.model.finding import Finding, Severity, has_errors
from octavo.model.lazy import lazy
from octavo.model.limits import Limits
from octavo.model.reference import Bibliography, Json, Source
from octavo.model.source import Location, SourceFile, Span
from octavo.read.bibtex_limits import check_bibtex
from octavo.read.bibtex_places import EntryPlaces, bibtex_places
from octavo.read.csl import Item
from octavo.read.files import Reader, read_source
from octavo.read.yaml_tree import parse_yaml

FOLDER = "bibliography"
SUFFIXES = (".yaml", ".yml", ".json", ".bib")
# The keys of entries as they are written in each format.
_ENTRY = lazy(r"@\w+\s*[{(]\s*([^\s,{}()]+)\s*,")
_YAML_KEY = lazy(r"^[ \t]*(?:-[ \t]+)?[{ \t]*id:[ \t]*['\"]?([^\s'\",}\]]+)", re.MULTILINE)
_JSON_KEY = lazy(r'"id"\s*:\s*"?([^\s",}\]]+)')
_OUTSIDE_STRINGS = lazy(r'("[^"\\]*+(?:\\.[^"\\]*+)*")|\t')
_SURROGATES = lazy(r"\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)
_PANDOC_ERROR = lazy(r"(?:Error at )?(?:\S+ )?\(line (\d+), column (\d+)\):?\s*([^\n]*)")


def read_bibliography(root: Path, findings: list[Finding], read: Reader = read_source) -> Bibliography:
    """Read every bibliography of the project; one key in two entries is a finding, and the first entry holds.

    Where a file is broken, the keys that stand in it are known all the same: citing them is no fault of its own.
    """
    sources: dict[str, Source] = {}
    for path in bibliography_paths(root):
        file = read(root, path, findings)
        if file is None:
            continue
        found: list[Finding] = []
        for source in _read_file(file, found):
            first = sources.setdefault(source.key, source)
            if first is not source:
                hint = f"the first is at {first.location}; take one of them away"
                message = f"the key '{source.key}' stands in two entries"
                found.append(Finding("BIB001", "key-defined-twice", message, source.location, hint))
            address = source.data.get("URL")
            if isinstance(address, str) and is_running(address):
                message = f"the address of '{source.key}' is none that a reader should follow: {address[:60]}"
                at = source.places.get("URL", source.location)
                found.append(Finding("BIB011", "refused-address", message, at, "write one that begins with https://"))
        if has_errors(found):
            for key, span in _keys(file):
                sources.setdefault(key, _stand_in(key, file.locate(span)))
        findings += found
    return Bibliography(sources)


def bibliography_paths(root: Path) -> list[str]:
    """The bibliographies of the project, relative to the root, sorted by name."""
    return sorted(
        f"{FOLDER}/{path.name}" for path in (root / FOLDER).glob("*") if path.is_file() and path.suffix in SUFFIXES
    )


def _keys(file: SourceFile) -> Iterator[tuple[str, Span]]:
    pattern = {".bib": _ENTRY, ".json": _JSON_KEY}.get(file.path[file.path.rfind(".") :], _YAML_KEY)
    return ((match[1], Span(match.start(1), match.end(1))) for match in pattern.finditer(file.text))


def _stand_in(key: str, at: Location) -> Source:
    return Source(key, {"id": key, "type": "document", "title": key}, at)


def _read_file(file: SourceFile, findings: list[Finding]) -> Iterator[Source]:
    if file.path.endswith(".bib"):
        yield from _read_bibtex(file, findings)
        return
    if file.path.endswith(".json"):
        # JSON is then read as YAML, which nearly contains it (YAML 1.2, 1.2), so that its values have places too.
        if not _is_json(file, findings):
            return
        file = SourceFile(file.path, _as_yaml(file.text))
    value = parse_yaml(file, Span(0, len(file.text)), findings)
    if value is None:
        return
    data = value.data
    if isinstance(data, Mapping) and "references" in data:
        data = data["references"].data or ()
    if not isinstance(data, tuple):
        message = "a bibliography is a list of entries"
        findings.append(Finding("BIB002", "not-a-list", message, value.location, "begin each entry with `- id: key`"))
        return
    for entry in data:
        item = Item(entry, findings).read()
        if item is not None:
            fields = entry.data if isinstance(entry.data, Mapping) else {}
            places = {name: value.location for name, value in fields.items()}
            yield Source(str(item["id"]), item, entry.keys["id"], places)


def _is_json(file: SourceFile, findings: list[Finding]) -> bool:
    try:
        json.loads(file.text)
    except json.JSONDecodeError as error:
        at = file.locate(Span(error.pos, error.pos))
        message = f"this is not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        hint = "look for a comma, a bracket or a quotation mark before it"
        findings.append(Finding("BIB005", "broken-bibliography", message, at, hint))
    except RecursionError:
        message = "this is no bibliography: it is nested too deep"
        findings.append(Finding("BIB005", "broken-bibliography", message, Location(file.path), "export it anew"))
    else:
        return True
    return False


def _as_yaml(text: str) -> str:
    """JSON without what YAML takes otherwise: tabs between the values, and characters written as two halves."""
    text = _OUTSIDE_STRINGS.sub(lambda match: match[1] or " ", text)
    return _SURROGATES.sub(lambda pair: f"\\U{_joined(pair[1], pair[2]):08x}", text)


def _joined(high: str, low: str) -> int:
    return 0x10000 + (int(high, 16) - 0xD800 << 10) + int(low, 16) - 0xDC00


def _read_bibtex(file: SourceFile, findings: list[Finding]) -> Iterator[Source]:
    places: dict[str, list[EntryPlaces]] = {}
    for entry in bibtex_places(file.text):
        places.setdefault(entry.key, []).append(entry)
    # Only who has BibTeX needs Pandoc to read a bibliography.
    from octavo.adapters.pandoc import PandocLimitError, bibtex_to_csl

    endless = list(check_bibtex(file, Limits()))
    findings += endless
    if endless:
        return
    try:
        items: list[dict[str, Json]] = json.loads(bibtex_to_csl(file.text))
    except PandocLimitError as error:
        hint = "part the file into several, and look for entries that take fields from others"
        findings.append(Finding("LIM103", "too-slow", str(error), Location(file.path), hint))
        return
    except ValueError as error:
        findings.append(_bibtex_finding(file, str(error)))
        return
    if not items and file.text.strip():
        message, hint = "there is no entry in this file", "entries are written `@book{key, title = {...}}`"
        findings.append(Finding("BIB009", "no-entries", message, Location(file.path), hint, severity=Severity.WARNING))
    for item in items:
        key = str(item["id"])
        written = places.get(key, [])
        if written:
            entry = written.pop(0)
            fields = {name: file.locate(span) for name, span in entry.fields.items()}
            yield Source(key, item, file.locate(entry.key_span), fields)
        else:
            yield Source(key, item, Location(file.path))


def _bibtex_finding(file: SourceFile, words: str) -> Finding:
    """Pandoc's complaint, with the place in the file that it names."""
    match = _PANDOC_ERROR.search(words)
    at, message = Location(file.path), " ".join(words.split())
    if match:
        start = file.offset(int(match[1]), int(match[2]))
        at = file.locate(Span(start, start))
        message = match[3] or " ".join(words[match.end() :].split("\n", 2)[1:2]).strip() or message
    hint = "look for a brace or a comma that is missing in this entry or the one before it"
    return Finding("BIB005", "broken-bibliography", f"this is not BibTeX: {message}", at, hint)
