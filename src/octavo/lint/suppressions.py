"""Comments of the author that silence findings, each for certain codes and a certain range of lines.

In chapters ``<!-- octavo: ignore NTE203 -->``, in YAML bibliographies ``# octavo: ignore BIB104``: for the line of the
comment (where it stands alone on its line, the next one).  ``ignore-next-line``, ``ignore-start`` with ``ignore-end``,
and ``ignore-file`` say otherwise.  Behind the codes a colon may begin the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from octavo.lint.choice import matches
from octavo.model.finding import Edit, Finding, Fix, Severity
from octavo.model.lazy import lazy
from octavo.model.source import SourceFile, Span

_COMMAND = lazy(r"octavo:\s*(ignore(?:-[a-z-]+)?)\b([^:]*)(?::.*)?\Z", re.DOTALL)
_CODE = lazy(r"[A-Z]{3}\d{0,3}\b|\S+")
_YAML = lazy(r"(?:^|(?<=[ \t]))#[ \t]*(octavo:[^\n]*)", re.MULTILINE)
_EVER = 10**9
_VERBS = ("ignore", "ignore-next-line", "ignore-start", "ignore-end", "ignore-file")


@dataclass(frozen=True, slots=True)
class Suppression:
    """One code that a comment silences in lines ``first`` to ``last``; ``span`` is the comment, with its marks.

    ``problem`` says why a comment silences nothing whatever is found.
    """

    code: str
    first: int
    last: int
    span: Span
    problem: str = ""


def in_comments(source: SourceFile, comments: Iterable[Span]) -> tuple[Suppression, ...]:
    """The suppressions in the HTML comments of a chapter."""
    texts = [(span, span.of(source.text)[4:-3].strip()) for span in comments]
    return tuple(_read(source, texts))


def in_yaml(source: SourceFile) -> tuple[Suppression, ...]:
    """The suppressions in the comments of a YAML file."""
    if "octavo:" not in source.text:
        return ()
    return tuple(_read(source, [(Span(*match.span()), match[1].strip()) for match in _YAML.finditer(source.text)]))


def _read(source: SourceFile, comments: Sequence[tuple[Span, str]]) -> Iterator[Suppression]:
    open_regions: dict[str, tuple[int, Span]] = {}
    for span, text in comments:
        match = _COMMAND.match(text)
        if match is None:
            continue
        verb, codes = match[1], [code for code in _CODE.findall(match[2].replace(",", " "))]
        if verb not in _VERBS:
            yield Suppression("", 0, 0, span, f"there is no '{verb}'; write one of: {', '.join(_VERBS)}")
            continue
        if not codes:
            yield Suppression("", 0, 0, span, "it names no code")
        first, last = _lines(source, span, verb)
        for code in codes:
            if not re.fullmatch(r"[A-Z]{3}\d{0,3}", code):
                yield Suppression(code, 0, 0, span, f"'{code}' is no code")
            elif verb == "ignore-start":
                open_regions.setdefault(code, (first, span))
            elif verb == "ignore-end":
                begun = open_regions.pop(code, None)
                if begun is None:
                    yield Suppression(code, 0, 0, span, f"no region for {code} is open here")
                else:
                    yield Suppression(code, begun[0], last, begun[1])
            else:
                yield Suppression(code, first, last, span)
    for code, (first, span) in open_regions.items():
        yield Suppression(code, first, _EVER, span)


def _lines(source: SourceFile, span: Span, verb: str) -> tuple[int, int]:
    first, _ = source.position(span.start)
    last, _ = source.position(span.end)
    if verb == "ignore-file":
        return 1, _EVER
    if verb == "ignore-next-line":
        return last + 1, last + 1
    if verb == "ignore" and source.line_text(first).strip() == span.of(source.text).strip():
        return last + 1, last + 1
    return first, last


def apply(
    findings: Iterable[Finding],
    suppressions: Sequence[Suppression],
    source: SourceFile,
    ran: Sequence[str],
    silent: bool,
) -> Iterator[Finding]:
    """The findings of one file that nothing silences, then those about comments that silence nothing.

    ``ran`` are the codes of the rules that ran: a comment for another one may have its use.  ``silent`` leaves out the
    findings about comments.
    """
    used: set[Suppression] = set()
    for finding in findings:
        line = finding.location.line if finding.location else 0
        here = (one for one in suppressions if one.code and one.first <= line <= one.last)
        by = [one for one in here if matches(finding.code, [one.code])]
        if by:
            used.update(by)
        else:
            yield finding
    if silent:
        return
    for one in suppressions:
        if one in used or (not one.problem and not any(matches(code, [one.code]) for code in ran)):
            continue
        message = one.problem or f"nothing here is found as {one.code}"
        shared = sum(other.span == one.span for other in suppressions) > 1
        fix = None if shared or one.problem else _removal(source, one.span)
        at = source.locate(one.span)
        text = f"this comment suppresses nothing: {message}"
        yield Finding("SUP101", "useless-suppression", text, at, "take the comment away", Severity.WARNING, fix)


def _removal(source: SourceFile, span: Span) -> Fix:
    """The comment goes, with its line where it has one to itself, else with the blanks before it."""
    start, end = span.start, span.end
    before = source.text.rfind("\n", 0, start) + 1
    after = source.text.find("\n", end)
    after = len(source.text) if after < 0 else after
    if not source.text[before:start].strip() and not source.text[end:after].strip():
        start, end = before, min(after + 1, len(source.text))
    elif not source.text[end:after].strip():
        start -= len(source.text[before:start]) - len(source.text[before:start].rstrip(" \t"))
    return Fix((Edit(source.path, Span(start, end), ""),))
