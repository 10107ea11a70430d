"""What is shown, in the JSON that the page reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from octavo.model.finding import Finding
from octavo.model.preview import PagedView, ReadingView, Shown

Form = dict[str, object]


def book_form(shown: Shown) -> Form:
    """All of a publication but its pages and documents themselves."""
    return {
        "title": shown.title,
        "paged": [_paged(view) for view in shown.paged],
        "reading": [_reading(view) for view in shown.reading],
        "notes": [asdict(note) for note in shown.notes],
        "chapters": [asdict(chapter) for chapter in shown.chapters],
    }


def _paged(view: PagedView) -> Form:
    return {
        "edition": view.edition,
        "pages": [asdict(page) for page in view.pages],
        "places": {place.anchor: [place.page, place.top] for place in view.places},
        "outline": [asdict(entry) for entry in view.outline],
    }


def _reading(view: ReadingView) -> Form:
    return {
        "edition": view.edition,
        "documents": [asdict(document) for document in view.documents],
        "anchors": dict(view.anchors),
    }


def finding_forms(findings: Iterable[Finding]) -> list[Form]:
    """Findings in the order in which they are told."""
    return [_finding(finding) for finding in sorted(set(findings), key=Finding.sort_key)]


def _finding(finding: Finding) -> Form:
    return {
        "code": finding.code,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "place": asdict(finding.location) if finding.location else None,
    }
