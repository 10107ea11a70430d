"""A finding into what stays the same when lines move: the words around it, and a fingerprint made of them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping

from octavo.model.finding import Finding
from octavo.model.lazy import lazy
from octavo.model.source import SourceFile

# How many characters of context stand on each side, and how many are looked at to find them.
_WIDTH = 40
_REACH = 400
_BLANK_LINE = lazy(r"\n[ \t]*\n")
_SPACE = lazy(r"\s+")


def context_of(finding: Finding, sources: Mapping[str, SourceFile]) -> str:
    """The marked text between ``⟪`` and ``⟫`` with some words of its block before and behind.

    White space counts as one blank, so that lines may be broken anew.  A finding without a place in a known text has
    its message for a context.
    """
    at = finding.location
    source = sources.get(at.file) if at else None
    if at is None or source is None:
        return finding.message
    start = source.offset(at.line, at.column)
    end = max(start, source.offset(at.end_line, at.end_column))
    before = _BLANK_LINE.split(source.text[max(0, start - _REACH) : start])[-1]
    after = _BLANK_LINE.split(source.text[end : end + _REACH])[0]
    marked = _SPACE.sub(" ", source.text[start : start + _REACH if end - start > 2 * _REACH else end])
    if len(marked) > 2 * _WIDTH:
        marked = f"{marked[:_WIDTH]}…{_SPACE.sub(' ', source.text[max(start, end - _REACH) : end])[-_WIDTH:]}"
    left = _SPACE.sub(" ", before).lstrip()[-_WIDTH:]
    right = _SPACE.sub(" ", after).rstrip()[:_WIDTH]
    return f"{left}⟪{marked}⟫{right}"


def fingerprints(findings: Iterable[Finding], sources: Mapping[str, SourceFile]) -> tuple[str, ...]:
    """A fingerprint for each finding, of code, file and context; findings that are alike are told by their order."""
    seen: Counter[tuple[str, str, str]] = Counter()
    made = []
    for finding in findings:
        file = finding.location.file if finding.location else ""
        key = (finding.code, file, context_of(finding, sources))
        parts = (*key, str(seen[key])) if seen[key] else key
        seen[key] += 1
        made.append(hashlib.sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32])
    return tuple(made)
