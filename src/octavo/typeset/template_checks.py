"""A project's own templates into findings, before anything is typeset with them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, meta

from octavo.model.finding import Finding
from octavo.model.source import Location, SourceFile, Span
from octavo.model.suggest import did_you_mean
from octavo.typeset.docx_styles import REFERENCE, check_reference, check_styles
from octavo.typeset.templates import BASE

FOLDER = "templates"
_MARKUP = (".html", ".xhtml")
_SUFFIXES = (*_MARKUP, ".css", ".toml", ".docx")


def paper_templates(root: Path) -> frozenset[str]:
    """The names of the templates that a paper can have: those of the package, and every HTML file of the project's."""
    own = root / FOLDER
    found = {path.relative_to(BASE).as_posix() for path in (BASE / "paper").glob("*.html")}
    return frozenset(found | {path.relative_to(own).as_posix() for path in own.rglob("*.html") if path.is_file()})


def check_templates(root: Path, named: Collection[str] = ()) -> Iterator[Finding]:
    """Templates that are not UTF-8, whose syntax is broken, that extend what is not there, or that nothing uses.

    ``named`` are those that profiles of papers name.
    """
    base = {path.relative_to(BASE).as_posix() for path in BASE.rglob("*") if path.suffix in _SUFFIXES}
    base.add(REFERENCE.removeprefix(f"{FOLDER}/"))
    yield from check_styles(root)
    yield from check_reference(root)
    folder = root / FOLDER
    own = sorted(path for path in folder.rglob("*") if path.suffix in _SUFFIXES and path.is_file())
    names = {path.relative_to(folder).as_posix() for path in own}
    known = names | base | {f"base/{name}" for name in base}
    used = set(named)
    for path in own:
        if path.suffix in (".toml", ".docx"):
            continue
        name = path.relative_to(folder).as_posix()
        if not path.resolve().is_relative_to(root.resolve()):
            message = f"{FOLDER}/{name} is a link that leads out of the project"
            yield Finding("SRC104", "file-outside", message, Location(f"{FOLDER}/{name}"), "put the file itself there")
            continue
        try:
            text = path.read_bytes().decode("utf-8")
        except OSError as error:
            message = f"cannot read {FOLDER}/{name}: {error.strerror or error}"
            yield Finding("SRC101", "unreadable-file", message, Location(f"{FOLDER}/{name}"), "check who may read it")
        except UnicodeDecodeError as error:
            file = SourceFile(f"{FOLDER}/{name}", path.read_bytes()[: error.start].decode("utf-8"))
            at = file.locate(Span(len(file.text), len(file.text)))
            message = f"byte 0x{error.object[error.start]:02x} at position {error.start} (from 0) is not UTF-8"
            yield Finding("SRC102", "not-utf-8", message, at, "save the file in the encoding UTF-8")
        else:
            if path.suffix in _MARKUP:
                yield from _check(SourceFile(f"{FOLDER}/{name}", text), known, used)
    for name in sorted(names - base - used):
        hint = (
            did_you_mean(name, base) or f"the names are those of the base templates: {', '.join(sorted(base)[:4])} ..."
        )
        message = f"nothing uses the template '{name}'"
        yield Finding("TPL103", "unknown-template", message, Location(f"{FOLDER}/{name}"), hint)


def _check(file: SourceFile, known: set[str], used: set[str]) -> Iterator[Finding]:
    try:
        tree = Environment(autoescape=True).parse(file.text)
    except TemplateSyntaxError as error:
        hint = "expressions are written {{ name }}, statements {% if name %} ... {% endif %}"
        message = error.message or "malformed template"
        yield Finding("TPL102", "template-error", message, place_in(file, error.lineno), hint)
        return
    for name in meta.find_referenced_templates(tree):
        used.add(name or "")
        if name is not None and name not in known:
            hint = did_you_mean(name, known) or "base templates are named base/print/chapter.html and so on"
            start = max(file.text.find(name), 0)
            at = file.locate(Span(start, start + len(name)))
            yield Finding("TPL102", "template-error", f"there is no template '{name}'", at, hint)


def place_in(file: SourceFile, line: int, name: str = "") -> Location:
    """The place of a name, or else of the first expression or statement, on a line of a template."""
    start = file.offset(max(line, 1))
    text = file.text[start:].partition("\n")[0]
    word = re.search(rf"\b{re.escape(name)}\b", text) if name else None
    mark = word or re.search(r"\{[{%]", text)
    length = len(name) if word else 0
    first = start + mark.start() if mark else start
    return file.locate(Span(first, first + length))
