"""The specification of a DOCX's styles, the package's and a project's own over it, into styles and findings."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 - it is a class

from lxml import etree

from octavo.model.docx_style import ALIGNMENTS, WordStyle, changed, style_keys
from octavo.model.finding import Finding
from octavo.model.source import Location, SourceFile, Span
from octavo.model.suggest import did_you_mean
from octavo.typeset.templates import BASE

FILE = "templates/docx/styles.toml"
REFERENCE = "templates/docx/reference.docx"
Value = str | float | bool
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_COLOR = re.compile(r"[0-9A-Fa-f]{6}")
_NAMES = {bool: "true or false", str: "a text", float: "a number", int: "a whole number"}


def read_styles(root: Path | None, changes: Mapping[str, Mapping[str, Value]] | None = None) -> tuple[WordStyle, ...]:
    """All styles in the order of the specification; ``changes`` are put over them: properties by the name of a style.

    The project's specification is known to be right: :func:`check_styles` has looked at it.
    """
    own = root / FILE if root is not None else None
    layers: list[Mapping[str, Mapping[str, Value]]] = [_base()]
    if own is not None and own.is_file():
        layers.append(tomllib.loads(own.read_text(encoding="utf-8")))
    layers.append(changes or {})
    styles: dict[str, WordStyle] = {}
    for layer in layers:
        for name, values in layer.items():
            styles[name] = changed(styles.get(name) or WordStyle(name), dict(values))
    return tuple(styles.values())


def _base() -> Mapping[str, Mapping[str, Value]]:
    return tomllib.loads((BASE / "docx/styles.toml").read_text(encoding="utf-8"))


def check_reference(root: Path) -> Iterator[Finding]:
    """A project's own reference document that is none."""
    path = root / REFERENCE
    if not path.is_file():
        return
    try:
        with ZipFile(path) as archive:
            styles = etree.fromstring(archive.read("word/styles.xml"))
            archive.read("word/document.xml")
        reason = "" if etree.QName(styles).localname == "styles" else "it has no styles"
    except (OSError, BadZipFile, ZlibError, KeyError, etree.XMLSyntaxError, RuntimeError, NotImplementedError) as fault:
        reason = str(fault).strip("'\"")
    if reason:
        message = f"{REFERENCE} is no document of Word: {reason}"
        hint = "save it anew as .docx, or delete it and change the styles in templates/docx/styles.toml"
        yield Finding("TPL105", "broken-reference", message, Location(REFERENCE), hint)


def check_styles(root: Path) -> Iterator[Finding]:
    """What is wrong in a project's specification of styles."""
    path = root / FILE
    if not path.is_file():
        return
    try:
        file = SourceFile(FILE, path.read_bytes().decode("utf-8"))
    except OSError as error:
        yield Finding("SRC101", "unreadable-file", f"cannot read {FILE}: {error.strerror}", Location(FILE), "")
        return
    except UnicodeDecodeError:
        hint = "save the file in the encoding UTF-8"
        yield Finding("SRC102", "not-utf-8", f"{FILE} is not UTF-8", Location(FILE), hint)
        return
    try:
        told = tomllib.loads(file.text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line = int(place[1]) if place and place[1] else file.text.count("\n") + 1
        message = f"this is no TOML: {_PLACE.sub('', str(error))}"
        hint = 'a style begins with ["Its Name"], a property is written as size = 11'
        yield _finding(file, line, "", message, hint)
        return
    names = {*_base(), *told}
    for name, values in told.items():
        line = _line(file, name)
        if not isinstance(values, dict):
            yield _finding(file, line, name, f"'{name}' stands in no style", 'begin a style with ["Its Name"] above it')
            continue
        for key, value in values.items():
            yield from _check(file, line, key, value, names)


def _check(file: SourceFile, line: int, key: str, value: object, names: set[str]) -> Iterator[Finding]:
    kinds = style_keys()
    at = _line(file, key, line)
    if key not in kinds:
        hint = did_you_mean(key, kinds) or f"known: {', '.join(sorted(kinds))}"
        yield _finding(file, at, key, f"a style has no property '{key}'", hint)
        return
    kind = kinds[key]
    fits = isinstance(value, bool) is (kind is bool) and isinstance(value, (int, float) if kind is float else kind)
    if not fits:
        yield _finding(file, at, key, f"'{key}' must be {_NAMES[kind]}", "see docs/docx.md")
    elif key == "align" and value not in ALIGNMENTS:
        hint = did_you_mean(str(value), ALIGNMENTS) or f"one of: {', '.join(ALIGNMENTS)}"
        yield _finding(file, at, str(value), f"'{value}' is no alignment", hint)
    elif key == "color" and not _COLOR.fullmatch(str(value)):
        yield _finding(file, at, str(value), f"'{value}' is no colour", "write six hexadecimal digits, as in 1a1a1a")
    elif key in ("based_on", "next") and value not in names:
        hint = did_you_mean(str(value), names) or "name a style of this file or of the package"
        yield _finding(file, at, str(value), f"there is no style '{value}'", hint)
    elif key == "size" and not 1 <= float(str(value)) <= 1638:
        yield _finding(file, at, key, f"{value} points is no size of type", "write a number from 1 to 1638")
    elif key == "level" and not 1 <= int(str(value)) <= 9:
        yield _finding(file, at, key, f"there is no outline level {value}", "write a number from 1 to 9")


def _line(file: SourceFile, name: str, begin: int = 1) -> int:
    """The line that begins with a name, bare or quoted, from some line on; that line itself where none does."""
    pattern = re.compile(rf"\s*\[?\s*[\"']?{re.escape(name)}[\"']?\s*[\]=.]")
    for number, text in enumerate(file.text.split("\n")[begin - 1 :], begin):
        if pattern.match(text):
            return number
    return begin


def _finding(file: SourceFile, line: int, word: str, message: str, hint: str) -> Finding:
    start = file.offset(line)
    found = file.text.find(word, start) if word else start
    at = file.locate(Span(found, found + len(word))) if found >= 0 else file.locate(Span(start, start))
    return Finding("TPL104", "wrong-style", message, at, hint)
