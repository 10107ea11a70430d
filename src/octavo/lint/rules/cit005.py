"""A reference back to an earlier note is typed by hand.

`Ibid.` and `op. cit.` hold only as long as no note comes between; when one does, the reader is sent to the wrong
source. A citation says the same, and the style prints `Ibid.` where it is due. The fix cites the source of the note
before, or for `op. cit.` the one source of that author that the chapter has cited.

Bad:

    Exports doubled.[^first] Imports did not.[^second]

    [^first]: [@alpha-2020, p. 5].

    [^second]: Ibid., p. 7.

Good:

    Exports doubled [@alpha-2020, p. 5]. Imports did not [@alpha-2020, p. 7].
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from octavo.lint.chapter import Call, CallKind, ChapterText
from octavo.lint.library import Library
from octavo.lint.rule import ChapterRule, Context, Defect, Fixing
from octavo.model.finding import Severity
from octavo.model.lazy import lazy
from octavo.model.source import Span

_POINT = lazy(r"[\s\u2060]*(?:\.|,|;|\Z|\(|[*_]*[.,])")
# Words that mean nothing else, wherever they stand.
_PLAIN = ("ibid", "ibidem", "op. cit", "loc. cit", "a. a. o", "a.a.o", "ebd", "ebenda", "указ. соч")
_LOCATOR = lazy(
    r"[.,;*_\s]*(?P<locator>(?:pp?\.|с\.|стр\.|S\.|at)\s*)?(?P<pages>\d{1,5}(?:\s?[-–]+\s?\d{1,5})?)?[.\s]*\Z",
    re.IGNORECASE,
)
_NAME = lazy(r"[^\W\d_][\w'’-]+")
_LEAD = lazy(
    r"(?:(?:see|cf\.?|vgl\.?|siehe|voir|см\.?|ср\.?)(?:\s+(?:also|auch|aussi|также))?[\s,]+)?[*_]*", re.IGNORECASE
)


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """Notes one by one in the order of their calls, then brackets in the text."""
    words = _pattern(chapter.language.ibid)
    notes = "\n".join(body.of(chapter.text) for body in chapter.notes).lower()
    if any(word.split()[0].lower() in notes for word in chapter.language.ibid):
        yield from _in_notes(chapter, context, words)
    for text in chapter.texts:
        for match in re.finditer(rf"\((?:{_alternatives((*_PLAIN, 'там же'))})\b", text, re.IGNORECASE):
            if not chapter.in_note(match.start()):
                span = Span(match.start() + 1, match.end())
                yield chapter.defect(span, f"'{span.of(text)}' is typed by hand", "cite the source: [@key, p. 5]")


def _alternatives(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return lazy(rf"(?<![\w\"“«„'’])(?:{_alternatives(words)})(?!\w)", re.IGNORECASE)


@dataclass(slots=True)
class _History:
    """What was cited so far: the one source of the note before, and the sources of each author."""

    last: str = ""
    by_author: dict[str, set[str]] = field(default_factory=dict)

    def cite(self, keys: list[str], library: Library) -> None:
        self.last = keys[0] if len(keys) == 1 else ""
        for key in keys:
            for family in _families(library, key):
                self.by_author.setdefault(family, set()).add(key)


def _families(library: Library, key: str) -> list[str]:
    entry = library.entries.get(key)
    authors = entry.field("author") if entry is not None else None
    if not isinstance(authors, (list, tuple)):
        return []
    return [str(one["family"]) for one in authors if isinstance(one, Mapping) and one.get("family")]


def _in_notes(chapter: ChapterText, context: Context, words: re.Pattern[str]) -> Iterator[Defect]:
    bodies = {one.label: one.body for one in chapter.scan.definitions}
    inline = {one.span: one.body for one in chapter.scan.inline_notes}
    keys = _keys_of_notes(chapter)
    history = _History()
    by_citation: dict[int, list[str]] = {}
    for citation, item in chapter.cited:
        by_citation.setdefault(citation.span.start, []).append(item.key)
    told: set[Span] = set()
    for call in chapter.calls:
        if call.inside:
            continue
        body = _body(call, bodies, inline)
        if body is None:
            cited = by_citation.get(call.span.start, [])
            if cited:
                history.cite(list(dict.fromkeys(cited)), context.library)
            continue
        cited = keys.get(body, [])
        found = _typed(chapter, body, words)
        if found is not None and body not in told:
            told.add(body)
            yield _defect(chapter, body, found, history)
        if cited or found is None:
            history.cite(list(dict.fromkeys(cited)), context.library)
    for body in chapter.notes:
        if body not in told:
            found = _typed(chapter, body, words)
            if found is not None:
                told.add(body)
                yield _defect(chapter, body, found, _History())


def _body(call: Call, bodies: Mapping[str, Span], inline: Mapping[Span, Span]) -> Span | None:
    if call.kind is CallKind.REFERENCE:
        return bodies.get(call.label, Span(call.span.end, call.span.end))
    return inline.get(call.span) if call.kind is CallKind.INLINE else None


def _keys_of_notes(chapter: ChapterText) -> dict[Span, list[str]]:
    """The keys that are cited in each note."""
    found: dict[Span, list[str]] = {}
    for citation, item in chapter.cited:
        at = bisect_right(chapter.notes, citation.span.start, key=lambda span: span.start)
        for body in chapter.notes[max(0, at - 2) : at]:
            if citation.span.start < body.end:
                found.setdefault(body, []).append(item.key)
    return found


def _typed(chapter: ChapterText, body: Span, words: re.Pattern[str]) -> Span | None:
    """The words that refer back in a note."""
    for match in words.finditer(chapter.text, body.start, body.end):
        plain = " ".join(match[0].lower().split()) in _PLAIN
        before = chapter.text[body.start : match.start()].strip()
        begins = not before or before[-1] in ";." or _LEAD.fullmatch(before + " ") is not None
        behind = _POINT.match(chapter.text, match.end(), body.end)
        if plain or (begins and behind is not None):
            return Span(*match.span())
    return None


def _defect(chapter: ChapterText, body: Span, found: Span, history: _History) -> Defect:
    text = chapter.text
    word = found.of(text)
    message = f"'{word}' is typed by hand"
    before, behind = text[body.start : found.start], _LOCATOR.match(text, found.end, body.end)
    start = found.start - len(before) + len(before.rstrip("*_"))
    lead = before.rstrip("*_").strip(" ,\n")
    key = ""
    if lead and not _LEAD.fullmatch(lead + " "):
        names = _NAME.findall(lead) if len(lead) < 60 else []
        sources = {key for name in names for key in history.by_author.get(name, ())}
        key = next(iter(sources)) if len(sources) == 1 else ""
        start = body.start + len(before) - len(before.lstrip())
    elif word.lower().startswith(("ibid", "там", "ebd")):
        key = history.last
    if not key or behind is None or (behind["locator"] and not behind["pages"]):
        return chapter.defect(found, message, "cite the source: [@key, p. 5]")
    locator = f", {_label(behind)} {behind['pages']}" if behind["pages"] else ""
    citation = f"[@{key}{locator}]"
    end = body.start + len(body.of(text).rstrip())
    point = "." if text[end - 1] == "." else ""
    return chapter.defect(found, message, f"cite the source: {citation}", (Span(start, end), citation + point))


def _label(match: re.Match[str]) -> str:
    label = (match["locator"] or "").strip()
    if label in ("", "at"):
        return "pp." if re.search(r"\D", match["pages"]) else "p."
    return label


RULE = ChapterRule("CIT005", "ibid-typed-by-hand", Severity.WARNING, Fixing.UNSAFE, check=check)
