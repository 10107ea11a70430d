"""A NumberedManuscript into the lists of figures and of tables that its front matter holds."""

from __future__ import annotations

from dataclasses import dataclass

from octavo.model.edition import NumberedManuscript, Target, TargetKind
from octavo.model.publication import ListSettings
from octavo.model.words import Words

# Two or three are found by leafing through; the Chicago Manual (17th ed., 1.39) asks whether a list is of use.
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Listed:
    """A caption as a list has it; ``language`` is empty where it is that of the publication."""

    target: Target
    language: str


@dataclass(frozen=True, slots=True)
class CaptionList:
    """One list: ``name`` is its anchor, ``term`` that of the EPUB structural vocabulary (1.1, "Navigation")."""

    name: str
    term: str
    title: str
    entries: tuple[Listed, ...]


def caption_lists(
    settings: ListSettings, manuscript: NumberedManuscript, language: str, words: Words
) -> tuple[CaptionList, ...]:
    """The list of figures and the list of tables, in this order, of what has a numbered caption.

    A list that the publication does not ask for is made where it has three entries; an empty one never is.
    """
    languages = {chapter.slug: chapter.language for chapter in manuscript.chapters}
    kinds = (
        (TargetKind.FIGURE, settings.figures, "list-of-figures", "loi", words.list_of_figures),
        (TargetKind.TABLE, settings.tables, "list-of-tables", "lot", words.list_of_tables),
    )
    lists = []
    for kind, asked, name, term, title in kinds:
        entries = tuple(
            Listed(target, "" if languages[target.chapter] == language else languages[target.chapter])
            for target in manuscript.targets.values()
            if target.kind is kind and target.label
        )
        if entries and (len(entries) >= _LEAST if asked is None else asked):
            lists.append(CaptionList(name, term, title, entries))
    return tuple(lists)
