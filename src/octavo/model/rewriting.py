"""Changes of a chapter's expanded text, with its way back into the author's file kept."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from octavo.model.chapter import ExpandedChapter, TextMap
from octavo.model.lazy import lazy
from octavo.model.markup import Scan
from octavo.model.source import Span

_SPECIAL = lazy(r"([\\`*_\[\]<>#$^~|@!{}&])")
_SPACE = lazy(r"\s+")


@dataclass(frozen=True, slots=True, order=True)
class Rewrite:
    """A text that is put in the place of a span of a chapter's expanded text; the span may be empty."""

    span: Span
    text: str


def literal(text: str) -> str:
    """Text as Markdown that prints just it."""
    return _SPECIAL.sub(r"\\\1", _SPACE.sub(" ", text))


def rewrite(chapter: ExpandedChapter, rewrites: Sequence[Rewrite], scan: Callable[[str], Scan]) -> ExpandedChapter:
    """The chapter with all changes made at once and scanned anew; what was put in points at what it stands for.

    Raises ValueError where changes overlap.
    """
    if not rewrites:
        return chapter
    pieces: list[str] = []
    made = _MapBuilder(chapter.map)
    done = 0
    for one in sorted(rewrites):
        if one.span.start < done:
            raise ValueError(f"changes of {chapter.slug} overlap at {one.span.start}")
        pieces += [chapter.text[done : one.span.start], one.text]
        made.keep(done, one.span.start)
        made.put(len(one.text), one.span.start)
        done = one.span.end
    pieces.append(chapter.text[done:])
    made.keep(done, len(chapter.text))
    text = "".join(pieces)
    return replace(chapter, text=text, scan=scan(text), map=made.build())


class _MapBuilder:
    """Puts a map together from pieces of another one."""

    def __init__(self, old: TextMap) -> None:
        self._old = old
        self._length = 0
        self._runs: list[tuple[int, int, bool]] = []

    def keep(self, start: int, end: int) -> None:
        """The text of ``[start, end)`` follows as it was."""
        if end <= start:
            return
        old = self._old
        first = max(bisect_right(old.expanded, start) - 1, 0)
        self._runs.append((self._length, old.to_source(start), old.copied[first]))
        for at in range(bisect_right(old.expanded, start), bisect_left(old.expanded, end)):
            self._runs.append((self._length + old.expanded[at] - start, old.origin[at], old.copied[at]))
        self._length += end - start

    def put(self, length: int, at: int) -> None:
        """Text follows that stands for what is at a place of the old one."""
        if length:
            self._runs.append((self._length, self._old.to_source(at), False))
            self._length += length

    def build(self) -> TextMap:
        """The map."""
        runs = self._runs or [(0, self._old.to_source(0), False)]
        expanded, origin, copied = zip(*runs, strict=True)
        return TextMap(expanded, origin, copied)
