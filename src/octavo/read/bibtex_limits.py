"""A BibTeX file into findings about what Pandoc would not get done with.

Texts that are named (``@string``) and joined (``#``) multiply; entries take fields from others (``crossref`` and
``xdata``; BibLaTeX manual, 2.4.1 and 3.13.6), and Pandoc follows them in circles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from octavo.model.finding import Finding
from octavo.model.lazy import lazy
from octavo.model.limits import Limits
from octavo.model.source import SourceFile, Span
from octavo.read.bibtex_places import RawEntry, raw_entries

_MAX_VALUE = 100_000
_BRACE = lazy(r"\\.|[{}]", re.DOTALL)
_PIECE = lazy(r'\{|"|[^\s,#{}()"]+')
_WORD = lazy(r"[^\s,{}\"]+")


def check_bibtex(file: SourceFile, limits: Limits) -> Iterator[Finding]:
    """Texts that grow too long, entries that lead back to themselves, and braces nested too deep."""
    entries = list(raw_entries(file.text))
    yield from _check_depth(file, limits.levels)
    yield from _check_lengths(file, entries)
    yield from _check_circles(file, entries)


def _check_depth(file: SourceFile, most: int) -> Iterator[Finding]:
    depth = 0
    for mark in _BRACE.finditer(file.text):
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
        if depth > most:
            message = f"braces are nested more than {most} levels deep here"
            at = file.locate(Span(*mark.span()))
            yield Finding("LIM101", "nested-too-deep", message, at, "take some away, or close them")
            return


def _check_lengths(file: SourceFile, entries: list[RawEntry]) -> Iterator[Finding]:
    """How long each value is when all names in it are replaced; names stand before they are used."""
    lengths: dict[str, int] = {}
    for entry in entries:
        for name, span in entry.fields.items():
            length = _length(span.of(file.text), lengths)
            if entry.kind == "string":
                lengths[name] = min(length, _MAX_VALUE + 1)
            if length > _MAX_VALUE:
                message = f"'{name}' comes to more than {_MAX_VALUE} characters"
                hint = "write the text out, without names that stand for others"
                yield Finding("LIM107", "text-too-long", message, file.locate(span), hint)
                return


def _length(value: str, lengths: Mapping[str, int]) -> int:
    if "#" not in value and value[:1] in ("{", '"'):
        return len(value)
    return sum(lengths.get(piece.lower(), len(piece)) for piece in _PIECE.findall(value)) + len(value)


def _check_circles(file: SourceFile, entries: list[RawEntry]) -> Iterator[Finding]:
    leads: dict[str, list[tuple[str, Span]]] = {}
    for entry in entries:
        for name in ("crossref", "xdata"):
            span = entry.fields.get(name)
            if span is not None and entry.kind != "string":
                found = leads.setdefault(entry.key, [])
                found += [(word, span) for word in _WORD.findall(span.of(file.text))]
    done: set[str] = set()
    for start in leads:
        path: list[str] = []
        waiting = [(start, 0)]
        while waiting:
            key, step = waiting.pop()
            if step == 0 and key in done:
                continue
            if step == 0:
                path.append(key)
            targets = leads.get(key, [])
            if step == len(targets):
                done.add(path.pop())
                continue
            waiting.append((key, step + 1))
            target, span = targets[step]
            if target in path:
                message = f"'{key}' takes fields from '{target}', which takes them from '{key}'"
                hint = "take one `crossref` or `xdata` away"
                yield Finding("BIB010", "reference-circle", message, file.locate(span), hint)
                return
            waiting.append((target, 0))
