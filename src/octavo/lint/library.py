"""The sources of a bibliography as rules look at them: entries whose fields have places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from octavo.lint.rule import Defect
from octavo.lint.written import align, breaks_plain_text
from octavo.model.finding import Edit
from octavo.model.reference import Json, Source
from octavo.model.source import Location, SourceFile, Span


@dataclass(frozen=True, slots=True)
class Entry:
    """One source and the file in which it stands."""

    source: Source
    file: SourceFile | None

    @property
    def key(self) -> str:
        """The key by which it is cited."""
        return self.source.key

    @property
    def type(self) -> str:
        """Its type in CSL (CSL 1.0.2, appendix III)."""
        return str(self.source.data.get("type", ""))

    def text(self, name: str) -> str:
        """A field as text; empty where it is missing or is no text."""
        value = self.source.data.get(name)
        return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""

    def field(self, name: str) -> Json:
        """A field as CSL JSON has it."""
        return self.source.data.get(name)

    def location(self, name: str) -> Location:
        """The place of a field's value, or of the key."""
        return self.source.places.get(name, self.source.location)

    def span(self, name: str) -> Span | None:
        """The range of a field's value in its file as written, quotation marks included; None where it is unknown."""
        at = self.source.places.get(name)
        if at is None or self.file is None:
            return None
        start = self.file.offset(at.line, at.column)
        return Span(start, max(start, self.file.offset(at.end_line, at.end_column)))

    def find(self, name: str, part: str) -> Span | None:
        """Where a part of a field's value stands in the file; None where it is not there once, letter by letter."""
        span = self.span(name)
        if span is None or self.file is None or not part:
            return None
        written = span.of(self.file.text)
        at = written.find(part)
        if at < 0 or written.find(part, at + 1) >= 0:
            return None
        return Span(span.start + at, span.start + at + len(part))

    def part(self, name: str, start: int, end: int) -> Span | None:
        """Where the characters ``start`` to ``end`` of a field's text stand in the file, escapes and marks included.

        None where the file writes them in a way that is not understood; ``start`` equal to ``end`` is a place between.
        """
        span = self.span(name)
        if span is None or self.file is None:
            return None
        places = align(span.of(self.file.text), self.text(name))
        if not places or not 0 <= start <= end <= len(places):
            return None
        if start == end:
            at = places[start][0] if start < len(places) else places[-1][1]
            return Span(span.start + at, span.start + at)
        return Span(span.start + places[start][0], span.start + places[end - 1][1])

    def defect(
        self, name: str, message: str, hint: str = "", *, part: str = "", replacement: str | None = None
    ) -> Defect:
        """A defect of a field, at ``part`` of its value where that is found; ``replacement`` mends the part."""
        span = self.find(name, part) if part else self.span(name)
        if span is None or self.file is None:
            return Defect(self.location(name), message, hint)
        mends = replacement is not None and bool(part) and not self._breaks(name, span, replacement)
        edits = (Edit(self.file.path, span, replacement),) if mends and replacement is not None else ()
        return Defect(self.file.locate(span), message, hint, edits)

    def defect_at(
        self, name: str, start: int, end: int, message: str, hint: str = "", *edits: tuple[int, int, str]
    ) -> Defect:
        """A defect at the characters ``start`` to ``end`` of a field's text; each edit replaces characters likewise.

        Where the place of the characters, or of an edit, is not known, the whole field is told and nothing is mended.
        """
        span = self.part(name, start, end) or self.span(name)
        if span is None or self.file is None:
            return Defect(self.location(name), message, hint)
        made = []
        for first, last, text in edits:
            at = self.part(name, first, last)
            if at is None or self._breaks(name, at, text):
                return Defect(self.file.locate(span), message, hint)
            made.append(Edit(self.file.path, at, text))
        return Defect(self.file.locate(span), message, hint, tuple(made))

    def _breaks(self, name: str, at: Span, text: str) -> bool:
        """Whether the file could no longer be read with a text in the place of a span."""
        whole = self.span(name)
        if whole is None or self.file is None or not self.file.path.endswith((".yaml", ".yml")):
            return False
        source = self.file.text
        after = f"{source[whole.start : at.start]}{text}{source[at.end : whole.end]}"
        return breaks_plain_text(whole.of(source), after)


def _no_style() -> str:
    return ""


def _no_answers(addresses: Sequence[str], timeout: int, parallel: int) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Library:
    """All entries by their keys, in the order of the files.

    ``style`` gives the text of the citation style (CSL 1.0.2), empty where there is none; ``answers`` asks addresses
    on the network, each for so many seconds and so many at a time, and gives what is wrong with those that do not
    answer.  Both cost time, so that they are called only when a rule needs them.
    """

    entries: Mapping[str, Entry]
    style: Callable[[], str] = field(default=_no_style, compare=False)
    answers: Callable[[Sequence[str], int, int], Mapping[str, str]] = field(default=_no_answers, compare=False)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries.values())

    def __contains__(self, key: object) -> bool:
        return key in self.entries
