"""Chapters and sources into Findings, by the rules that were chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from octavo.lint.chapter import ChapterText
from octavo.lint.choice import Choice
from octavo.lint.rule import (
    BookRule,
    ChapterPlace,
    ChapterRule,
    DataRule,
    Defect,
    Fixing,
    LibraryRule,
    Mention,
    Mentions,
    Rule,
    Surroundings,
)
from octavo.model.finding import Finding, Fix


@dataclass(frozen=True, slots=True)
class ChapterReport:
    """What one chapter gave: its findings, and by code what rules for the whole book collected in it."""

    findings: tuple[Finding, ...]
    mentions: Mapping[str, tuple[Mention, ...]]


def check_chapter(chapter: ChapterText, choice: Choice, around: Surroundings) -> ChapterReport:
    """Run the rules for chapters, and collect what those for the book want."""
    findings: list[Finding] = []
    mentions: dict[str, tuple[Mention, ...]] = {}
    for rule in choice.rules:
        if isinstance(rule, ChapterRule):
            context = around.context(choice.options[rule.code])
            findings.extend(as_finding(rule, defect) for defect in rule.check(chapter, context))
        elif isinstance(rule, BookRule):
            context = around.context(choice.options[rule.code])
            mentions[rule.code] = tuple(rule.collect(chapter, context))
    return ChapterReport(tuple(findings), mentions)


def check_book(
    chapters: Sequence[tuple[ChapterPlace, ChapterReport]], choice: Choice, around: Surroundings
) -> Iterator[Finding]:
    """Run the rules for the book over what was collected, in reading order, and those for sources and data."""
    for rule in choice.rules:
        context = around.context(choice.options[rule.code])
        if isinstance(rule, BookRule):
            collected = [Mentions(place, report.mentions.get(rule.code, ())) for place, report in chapters]
            yield from (as_finding(rule, defect) for defect in rule.judge(collected, context))
        elif isinstance(rule, LibraryRule):
            yield from (as_finding(rule, defect) for defect in rule.check(around.library, context))
        elif isinstance(rule, DataRule):
            yield from (as_finding(rule, defect) for defect in rule.check(around.data, context))


def as_finding(rule: Rule, defect: Defect) -> Finding:
    """A defect with the name and the weight of its rule."""
    fix = Fix(defect.edits, safe=rule.fixing is Fixing.SAFE) if defect.edits else None
    return Finding(rule.code, rule.name, defect.message, defect.location, defect.hint, rule.severity, fix)
