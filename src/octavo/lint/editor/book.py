"""What an editor can ask of the whole book: its notes with their numbers, its sources, its targets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from octavo.lint.chapter import ChapterText
from octavo.lint.library import Library
from octavo.model.editing import Remark
from octavo.model.notes import MAIN, Note, NotePlan
from octavo.model.publication import Numbering
from octavo.model.reference import Source
from octavo.model.source import Span

# How much of a note is shown.
_BEGINNING = 200
_SERIES = {
    Numbering.CONTINUOUS.value: "",
    Numbering.PART.value: " of its part",
    Numbering.CHAPTER.value: " of its chapter",
}
_KINDS = {"sec": "section", "fig": "figure", "tbl": "table", "eq": "equation", "note": "note"}
# How far before its attributes a title may begin.
_REACH = 500
_SPACE = re.compile(r"\s+")
_BRACKETED = re.compile(r"\[([^\[\]]*)\](?:\([^()\n]*\))?\{[^{}]*\Z")
_MARK = re.compile(r"^(?:#+|(?:[Tt]able)?:)\s*")


@dataclass(frozen=True, slots=True)
class Goal:
    """What a cross-reference can lead to: ``name`` as in ``sec:trade``, what it is, and its title or first words."""

    name: str
    kind: str
    title: str
    chapter: str


@dataclass(frozen=True, slots=True)
class Book:
    """What is known beside the text at hand.

    ``plan`` has the notes of all chapters in reading order.  ``cite`` gives the full citation of a source in a
    language, or nothing where it is not known yet, and whether more can be expected.
    """

    library: Library
    plan: NotePlan
    goals: Mapping[str, Goal]
    cite: Callable[[Source, str], tuple[str, bool]]

    def note_at(self, chapter: ChapterText, offset: int) -> Note | None:
        """The note whose call begins at an offset of a chapter."""
        here = chapter.locate(Span(offset, offset))
        for note in self.plan.of_chapter(chapter.slug):
            at = note.location
            if (at.file, at.line, at.column) == (chapter.path, here.line, here.column):
                return note
        return None


def numbered(note: Note, plan: NotePlan) -> str:
    """What the reader will see: ``Note 12``; in a series of its own that is said too."""
    series = _SERIES.get(plan.numbering, "") if note.series == MAIN else " of its table"
    return f"Note {note.label}{series}"


def beginning(text: str) -> str:
    """The first words of a text on one line."""
    folded = _SPACE.sub(" ", text).strip()
    return folded if len(folded) <= _BEGINNING else f"{folded[:_BEGINNING].rsplit(' ', 1)[0]} …"


def remark_on_goal(goal: Goal) -> Remark:
    """What is said of a place of the publication."""
    return Remark(f"{goal.kind.capitalize()} in {goal.chapter}" if goal.kind != "chapter" else "Chapter", goal.title)


def goals_of(chapter: ChapterText) -> Iterator[Goal]:
    """The chapter itself, and all that has an identifier in it; notes are told by the plan."""
    yield Goal(f"sec:{chapter.slug}", "chapter", chapter.front.title or chapter.slug, chapter.slug)
    for one in chapter.scan.identifiers:
        kind = _KINDS.get(one.name.partition(":")[0], "place")
        yield Goal(one.name, kind, beginning(_named(chapter, one.span.start)), chapter.slug)


def _named(chapter: ChapterText, offset: int) -> str:
    """The words that the attributes at an offset belong to: those in brackets before them, or the lines before them."""
    block = chapter.block_at(offset)
    text = chapter.text[max(block.span.start if block else 0, offset - _REACH) : offset]
    match = _BRACKETED.search(text)
    return match[1] if match else _MARK.sub("", text.rpartition("{")[0].strip())
