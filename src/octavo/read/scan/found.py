"""What was found, in the author's offsets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from octavo.model.markup import (
    Citation,
    Heading,
    Identifier,
    InlineNote,
    Literal,
    LiteralKind,
    NoteDefinition,
    NoteReference,
    Scan,
    Target,
)
from octavo.read.scan import patterns

if TYPE_CHECKING:
    from octavo.model.source import Span
    from octavo.read.scan.view import View


class _Placed(Protocol):
    @property
    def span(self) -> Span: ...


_Part = TypeVar("_Part", bound=_Placed)


class Found:
    """Collects the parts of a `Scan`."""

    __slots__ = (
        "citations",
        "definitions",
        "headings",
        "identifiers",
        "inline_notes",
        "literals",
        "references",
        "tables",
        "targets",
    )

    def __init__(self) -> None:
        self.literals: list[Literal] = []
        self.references: list[NoteReference] = []
        self.inline_notes: list[InlineNote] = []
        self.definitions: list[NoteDefinition] = []
        self.citations: list[Citation] = []
        self.headings: list[Heading] = []
        self.identifiers: list[Identifier] = []
        self.targets: list[Target] = []
        self.tables: list[Span] = []

    def literal(self, kind: LiteralKind, view: View, start: int, end: int) -> None:
        """Add a literal."""
        self.literals.append(Literal(kind, view.span(start, end)))

    def attributes(self, view: View, start: int, end: int) -> None:
        """Add the identifier in attributes, the last where there are several, as Pandoc takes it."""
        last = None
        for match in patterns.ATTRIBUTE.finditer(view.text, start + 1, end - 1):
            if match["name"] is not None:
                last = match
        if last is not None:
            self.identifiers.append(Identifier(view.span(*last.span()), last["name"]))

    def scan(self) -> Scan:
        """All of it, in the order of the text."""
        return Scan(
            literals=_ordered(self.literals),
            references=_ordered(self.references),
            inline_notes=_ordered(self.inline_notes),
            definitions=_ordered(self.definitions),
            citations=_ordered(self.citations),
            headings=_ordered(self.headings),
            identifiers=_ordered(self.identifiers),
            targets=_ordered(self.targets),
            tables=tuple(sorted(self.tables)),
        )


def _ordered(parts: list[_Part]) -> tuple[_Part, ...]:
    return tuple(sorted(parts, key=lambda part: (part.span.start, -part.span.end)))
