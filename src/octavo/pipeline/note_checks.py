"""Chapters into what is wrong with their notes and keys: the linter's rules that a build cannot pass over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from octavo.lint.choice import matches
from octavo.lint.data import DataView
from octavo.lint.engine import as_finding
from octavo.lint.library import Entry, Library
from octavo.lint.registry import load_rule
from octavo.lint.rule import ChapterRule, Context
from octavo.lint.view import view_expanded
from octavo.model.chapter import ExpandedChapter
from octavo.model.finding import Finding, Severity
from octavo.model.publication import Publication
from octavo.model.reference import Source

_RULES = ("nte101", "nte102", "nte103", "nte107", "nte108", "cit001")


def check_notes(
    chapters: list[ExpandedChapter], publication: Publication, sources: Mapping[str, Source]
) -> dict[str, list[Finding]]:
    """The findings of each chapter by its slug, as the macros left it.

    The author's settings silence warnings alone: a note that is not there has no number, and one that is called twice
    has two, whatever the linter was told.
    """
    library = Library({key: Entry(source, None) for key, source in sources.items()})
    context = Context(publication, library, {}, DataView())
    rules = [rule for rule in map(load_rule, _RULES) if isinstance(rule, ChapterRule)]
    found: dict[str, list[Finding]] = {}
    for chapter in chapters:
        text = view_expanded(chapter)
        told = [as_finding(rule, defect) for rule in rules for defect in rule.check(text, context)]
        found[chapter.slug] = [
            _weighed(one)
            for one in told
            if _weighed(one).severity is Severity.ERROR or not matches(one.code, publication.lint.ignore)
        ]
    return found


def _weighed(finding: Finding) -> Finding:
    """A text with a note of two numbers can be read, but not be numbered."""
    return replace(finding, severity=Severity.ERROR) if finding.code == "NTE107" else finding
