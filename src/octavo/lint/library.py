"""The sources of a bibliography as rules look at them: entries whose fields have places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from octavo.lint.rule import Defect
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

    def defect(
        self, name: str, message: str, hint: str = "", *, part: str = "", replacement: str | None = None
    ) -> Defect:
        """A defect of a field, at ``part`` of its value where that is found; ``replacement`` mends the part."""
        span = self.find(name, part) if part else self.span(name)
        if span is None or self.file is None:
            return Defect(self.location(name), message, hint)
        mends = replacement is not None and bool(part)
        edits = (Edit(self.file.path, span, replacement),) if mends and replacement is not None else ()
        return Defect(self.file.locate(span), message, hint, edits)


@dataclass(frozen=True, slots=True)
class Library:
    """All entries by their keys, in the order of the files."""

    entries: Mapping[str, Entry]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries.values())

    def __contains__(self, key: object) -> bool:
        return key in self.entries
