"""Finished editions among what is linted."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_samples import CHAPTER, CONFIGURATION, FRONT, LIBRARY, SOURCES, lint_files, write
from octavo.errors import FindingsError
from octavo.lint.registry import all_rules
from octavo.lint.rule import EditionRule
from octavo.model.edition import Artifact
from octavo.model.finding import Finding, Severity
from octavo.model.source import Location
from octavo.pipeline import commands
from octavo.pipeline.lint import Linted, LintRequest, lint

EDITIONS = "editions:\n  print: {format: pdf}\n  ebook: {format: epub}\n"
TEXT = f"{FRONT}Exports doubled.[^a]\n\n[^a]: By the figures.\n"
AT_THE_NOTE = Location(CHAPTER, 5, 17, 5, 21)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "build/print").mkdir(parents=True)
    (tmp_path / "build/print/sample.pdf").write_bytes(b"%PDF")
    return write(tmp_path, {"publication.yaml": CONFIGURATION + EDITIONS, SOURCES: LIBRARY, CHAPTER: TEXT})


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The names with which editions were opened; in each the same two things are found."""
    calls: list[tuple[str, ...]] = []

    def verify(root: Path, names: tuple[str, ...], jobs: int) -> tuple[tuple[Artifact, ...], tuple[Finding, ...]]:
        calls.append(tuple(names))
        first = Finding("EDN101", "number-differs", "print: note 1 prints 2", AT_THE_NOTE)
        second = Finding("EDN110", "missing-edition", "there is no build/ebook/sample.epub")
        return (), (first, second)

    monkeypatch.setattr(commands, "verify", verify)
    return calls


def codes(linted: Linted) -> list[str]:
    return sorted(one.code for one in linted.findings if one.code.startswith("EDN"))


def test_the_codes_are_those_of_the_comparison() -> None:
    names = {rule.code: rule.name for rule in all_rules().values() if isinstance(rule, EditionRule)}
    assert names == {
        "EDN101": "number-differs",
        "EDN102": "note-differs",
        "EDN103": "broken-note-link",
        "EDN104": "wrong-back-reference",
        "EDN105": "markup-left",
    }


def test_editions_stay_closed_unless_they_are_asked_for(project: Path, opened: list[tuple[str, ...]]) -> None:
    for request in (LintRequest(), LintRequest(paths=(str(project),)), LintRequest(select=("NTE",))):
        assert codes(lint(project, request)) == []
    assert opened == []


@pytest.mark.parametrize(
    ("request_", "names", "told"),
    [
        (LintRequest(editions=True), ("print", "ebook"), ["EDN101", "EDN110"]),
        (LintRequest(editions=True, select=("NTE",)), ("print", "ebook"), ["EDN101", "EDN110"]),
        (LintRequest(select=("EDN101",)), ("print", "ebook"), ["EDN101"]),
        (LintRequest(select=("EDN",)), ("print", "ebook"), ["EDN101", "EDN110"]),
        (LintRequest(editions=True, ignore=("EDN101",)), ("print", "ebook"), ["EDN110"]),
        (LintRequest(paths=("build",)), ("print", "ebook"), ["EDN101", "EDN110"]),
        (LintRequest(paths=("build/print",)), ("print",), ["EDN101", "EDN110"]),
        (LintRequest(paths=("build/print/sample.pdf",)), ("print",), ["EDN101", "EDN110"]),
    ],
)
def test_editions_are_opened_when_asked_for(
    project: Path,
    opened: list[tuple[str, ...]],
    request_: LintRequest,
    names: tuple[str, ...],
    told: list[str],
) -> None:
    assert codes(lint(project, request_)) == told
    assert opened == [names]


def test_naming_an_edition_tells_of_nothing_else(project: Path, opened: list[tuple[str, ...]]) -> None:
    (project / CHAPTER).write_text(TEXT + "\nA ghost.[^ghost]\n", "utf-8")
    assert {one.code for one in lint(project, LintRequest(paths=("build",))).findings} == {"EDN101", "EDN110"}


def test_comments_and_settings_hold_for_editions_too(project: Path, opened: list[tuple[str, ...]]) -> None:
    settings = "lint:\n  severity: {EDN101: warning}\n"
    (project / "publication.yaml").write_text(CONFIGURATION + EDITIONS + settings, "utf-8")
    weighed = lint(project, LintRequest(editions=True, select=("EDN101",)))
    assert [one.severity for one in weighed.findings] == [Severity.WARNING]
    (project / CHAPTER).write_text(TEXT.replace("[^a]\n", "[^a] <!-- octavo: ignore EDN101 -->\n", 1), "utf-8")
    assert codes(lint(project, LintRequest(editions=True, select=("EDN",)))) == ["EDN110"]


def test_a_comment_about_closed_editions_is_not_useless(project: Path, opened: list[tuple[str, ...]]) -> None:
    (project / CHAPTER).write_text(TEXT.replace("[^a]\n", "[^a] <!-- octavo: ignore EDN101 -->\n", 1), "utf-8")
    assert lint(project, LintRequest(select=("EDN", "SUP"))).findings[0].code == "EDN110"
    assert not [one for one in lint(project, LintRequest()).findings if one.code.startswith("SUP")]


def test_what_hinders_the_comparison_is_told_once(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def verify(root: Path, names: tuple[str, ...], jobs: int) -> tuple[tuple[Artifact, ...], tuple[Finding, ...]]:
        at = Location(CHAPTER, 9, 9, 9, 17)
        ghost = Finding("NTE101", "undefined-note", "the note 'ghost' is not defined", at)
        raise FindingsError([ghost, Finding("IMG101", "missing-image", "there is no such image", at)])

    monkeypatch.setattr(commands, "verify", verify)
    (project / CHAPTER).write_text(TEXT + "\nA ghost.[^ghost]\n", "utf-8")
    found = [one.code for one in lint(project, LintRequest(editions=True)).findings if one.location]
    assert found.count("NTE101") == 1
    assert found.count("IMG101") == 1


def test_editions_that_were_not_built_are_told(tmp_path: Path) -> None:
    linted = lint_files(tmp_path, {"publication.yaml": CONFIGURATION + EDITIONS, CHAPTER: TEXT}, "EDN")
    assert {one.code for one in linted.findings} == {"EDN110"}
    assert len(linted.findings) == 2


def test_a_run_that_opened_editions_says_so(project: Path, opened: list[tuple[str, ...]]) -> None:
    assert lint(project, LintRequest(paths=("build/print",))).looked_further
    assert not lint(project, LintRequest(select=("NTE",))).looked_further
