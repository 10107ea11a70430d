"""Abbreviations that an earlier chapter of the book spelled out, spelled out where a paper uses them first.

What is a definition, and what each use is called, is told by `octavo.assemble.abbreviation_forms`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from octavo.assemble.abbreviation_forms import (
    Definition,
    Use,
    choose,
    find_definitions,
    find_names,
    find_own,
    find_uses,
    introduced,
    same_name,
    spelled,
)
from octavo.model.chapter import ABSTRACT_CLASS, ExpandedChapter
from octavo.model.finding import Finding, Severity
from octavo.model.lazy import lazy
from octavo.model.markup import Scan
from octavo.model.rewriting import Rewrite, rewrite
from octavo.model.source import Span

# What stands for text that is no prose, and for what joins no words.
_OBJECT, _NOTHING = "\N{OBJECT REPLACEMENT CHARACTER}", "\N{WORD JOINER}"
_ATTRIBUTES = lazy(r"\{[#.=-][^{}\n]*\}|\{\w[\w-]*=[^{}\n]*\}")
_FENCES = lazy(r"^[ >]*:{3,}.*$", re.MULTILINE)
_ABSTRACT = lazy(rf"::: \{{\.{ABSTRACT_CLASS}\}}\n(.*?)\n:::\n\n", re.DOTALL)


def spell_out(
    chapter: ExpandedChapter,
    before: Sequence[ExpandedChapter],
    scan: Callable[[str], Scan],
    findings: list[Finding],
) -> ExpandedChapter:
    """The chapter of a paper with the abbreviations spelled out that it leaves to earlier chapters of the book.

    ``before`` are those chapters in reading order.  An abbreviation that the chapter introduces itself is left alone.
    Its first use in the running text becomes ``Full Name (ABBR)``; where the text has the name in full further up, the
    abbreviation is put behind it there.  The abstract, which is read alone, is a text of its own.  Notes, and what
    tables and charts made from data print, are changed only where no use in the text stands before them.  Headings,
    code, addresses, keys and tables written in Markdown are never changed.

    A definition counts that stands in a chapter of the same language.  Where there are two that differ, the last one is
    taken, and a warning says so.
    """
    known = _known(before, chapter.chapter.front.language)
    prose = _prose(chapter) if known else ""
    changes: list[Rewrite] = []
    for part in _parts(chapter) if known else ():
        text = _only(prose, part)
        own = find_own(text)
        for short, definitions in known.items():
            if short in own:
                continue
            uses = list(_first(chapter, find_uses(text, short)))
            if uses and any(not same_name(one.name, definitions[-1].name) for one in definitions):
                findings.append(_ambiguous(chapter, uses[0], definitions))
            for use in uses:
                definition = choose(definitions, use)
                named = _named_before(chapter, text, use, definition)
                span, words = introduced(named) if named is not None else spelled(text, use, definition)
                if not any(one.span.start < span.end and span.start < one.span.end for one in changes):
                    changes.append(Rewrite(span, words))
    return rewrite(chapter, changes, scan)


def _known(before: Sequence[ExpandedChapter], language: str) -> dict[str, list[Definition]]:
    """The definitions of each abbreviation, in reading order."""
    known: dict[str, list[Definition]] = {}
    wanted = _primary(language)
    for chapter in before:
        if _primary(chapter.chapter.front.language) == wanted:
            for found in find_definitions(_prose(chapter), wanted):
                known.setdefault(found.short, []).append(found)
    return known


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def _prose(chapter: ExpandedChapter) -> str:
    """The text of a chapter with all that is no prose masked, at the same offsets."""
    scan, text = chapter.scan, chapter.text
    parts = [(one.span, _OBJECT) for one in scan.literals]
    parts += [(one.span, _OBJECT) for one in scan.citations]
    parts += [(one.span, _OBJECT) for one in scan.headings]
    parts += [(one.span, _NOTHING) for one in scan.references]
    parts += [(one.span, _NOTHING) for one in scan.targets]
    parts += [(Span(one.span.start, one.body.start), _NOTHING) for one in scan.definitions]
    parts += [(Span(*found.span()), _NOTHING) for found in _ATTRIBUTES.finditer(text)]
    parts += [(Span(*found.span()), _OBJECT) for found in _FENCES.finditer(text)]
    parts += [(span, _OBJECT) for span in scan.tables]
    pieces, done = [], 0
    for span, mark in sorted(parts, key=lambda part: (part[0].start, -part[0].end)):
        if span.start >= done:
            pieces += [text[done : span.start], mark * (span.end - span.start)]
            done = span.end
    return "".join([*pieces, text[done:]])


def _parts(chapter: ExpandedChapter) -> Iterator[Span]:
    """The abstract, where there is one, and all behind it."""
    abstract = _ABSTRACT.search(chapter.text) if chapter.chapter.front.abstract else None
    if abstract is not None:
        yield Span(*abstract.span(1))
    yield Span(abstract.end() if abstract is not None else 0, len(chapter.text))


def _only(prose: str, part: Span) -> str:
    """The prose of a part, at the same offsets."""
    return "\n" * part.start + prose[part.start : part.end]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a use stands: ``apart`` in a note, a table or a chart; ``read_at`` is the place of the note's call."""

    use: Use
    apart: bool
    read_at: int


def _first(chapter: ExpandedChapter, uses: Iterator[Use]) -> Iterator[Use]:
    """The first use in the text, and the first one apart from it where none of the text stands before that."""
    places = [_place(chapter, use) for use in uses]
    text = min((one for one in places if not one.apart), key=lambda one: one.read_at, default=None)
    apart = min((one for one in places if one.apart), key=lambda one: one.read_at, default=None)
    if apart is not None and (text is None or apart.read_at < text.read_at):
        yield apart.use
    if text is not None:
        yield text.use


def _named_before(chapter: ExpandedChapter, text: str, use: Use, definition: Definition) -> Use | None:
    """The first place where the text has the name in full, if a reader of the use has passed it."""
    place = _place(chapter, use)
    names = (one for one in find_names(text, definition, use) if not _place(chapter, one).apart)
    return next((one for one in names if one.span.start < place.read_at), None)


def _place(chapter: ExpandedChapter, use: Use) -> _Place:
    at = use.span.start
    definition = next((one for one in chapter.scan.definitions if use.span in one.span), None)
    if definition is not None:
        calls = [one.span.start for one in chapter.scan.references if one.label == definition.label]
        return _Place(use, True, min(calls, default=at))
    aside = any(use.span in one.span for one in chapter.scan.inline_notes)
    return _Place(use, aside or _is_made(chapter, at), at)


def _is_made(chapter: ExpandedChapter, at: int) -> bool:
    """Whether a table or chart made from data prints what stands at a place: between its fence and that fence's end."""
    fence = None
    for found in _FENCES.finditer(chapter.text, 0, at):
        fence = found[0]
    return fence is not None and (
        ".octavo-data-table" in fence or ".octavo-chart" in fence or ".octavo-remark" in fence
    )


def _ambiguous(chapter: ExpandedChapter, use: Use, definitions: Sequence[Definition]) -> Finding:
    names = list(dict.fromkeys(one.name for one in definitions))
    message = (
        f"{use.short} stands for {' and for '.join(names)}; in the paper it is spelled out as {definitions[-1].name}"
    )
    hint = f"spell out {use.short} in this chapter"
    return Finding("EXT131", "ambiguous-abbreviation", message, chapter.locate(use.span), hint, Severity.WARNING)
