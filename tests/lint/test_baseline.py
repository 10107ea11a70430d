"""Baselines: an old manuscript fails on new findings only, and hears of those that are no more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lint_samples import CHAPTER, CONFIGURATION, FRONT, LIBRARY, SOURCES, write
from octavo.errors import UsageError
from octavo.lint.baseline import Entry, parse
from octavo.lint.baseline import write as written
from octavo.model.finding import Severity
from octavo.pipeline.baselines import write_baseline
from octavo.pipeline.lint import Linted, LintRequest, lint

BASELINE = "lint-baseline.json"
OLD = "Exports doubled.[^ghost] Imports fell [@gamma].\n\nAgain.[^ghost]\n"
NAMED = CONFIGURATION + f"lint: {{baseline: {BASELINE}, select: [NTE101, CIT001, SUP]}}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path, {"publication.yaml": NAMED, SOURCES: LIBRARY, CHAPTER: FRONT + OLD})


def recorded(root: Path, *select: str, paths: tuple[str, ...] = ()) -> str:
    path, _ = write_baseline(root, lint(root, LintRequest(paths, select, baseline="")))
    return path.read_text("utf-8")


def told(linted: Linted) -> list[str]:
    return [f"{one.code} {one.location}" for one in linted.findings]


def change(root: Path, text: str) -> list[str]:
    write(root, {CHAPTER: FRONT + text})
    return told(lint(root, LintRequest()))


def test_what_is_in_the_baseline_is_not_told(project: Path) -> None:
    recorded(project)
    assert told(lint(project, LintRequest())) == []
    assert len(told(lint(project, LintRequest(baseline="")))) == 3


def test_the_text_is_sorted_and_always_the_same(project: Path) -> None:
    text = recorded(project)
    assert recorded(project) == text
    assert text.splitlines()[:3] == ["{", '  "version": 1,', '  "findings": [']
    entries = [json.loads(line.strip().rstrip(",")) for line in text.splitlines()[3:-2]]
    assert [(entry["code"], entry["context"], entry["count"]) for entry in entries] == [
        ("CIT001", "Exports doubled.[^ghost] Imports fell [⟪@gamma⟫].", 1),
        ("NTE101", "Again.⟪[^ghost]⟫", 1),
        ("NTE101", "Exports doubled.⟪[^ghost]⟫ Imports fell [@gamma].", 1),
    ]
    assert not any(character.isdigit() for entry in entries for character in entry["context"])
    assert written(parse(text)) == text
    assert parse(written(())) == ()


def test_lines_may_move_and_break_anew(project: Path) -> None:
    recorded(project)
    assert change(project, "A new paragraph.\n\n" + OLD.replace("Imports fell", "Imports\nfell")) == []


def test_a_new_finding_is_told(project: Path) -> None:
    recorded(project)
    assert change(project, OLD + "\nNew.[^ghost]\n") == ["NTE101 chapters/01-sample.md:9:5"]


def test_findings_that_are_alike_are_counted(project: Path) -> None:
    write(project, {CHAPTER: FRONT + "Same.[^ghost]\n\nSame.[^ghost]\n"})
    assert '"count": 2' in recorded(project)
    assert change(project, "Same.[^ghost]\n\n" * 3) == ["NTE101 chapters/01-sample.md:9:6"]


def test_an_entry_that_no_longer_holds_is_told_at_its_line(project: Path) -> None:
    recorded(project)
    assert change(project, OLD.replace("Again.[^ghost]", "Again.")) == [f"SUP102 {BASELINE}:5:5"]
    linted = lint(project, LintRequest())
    assert linted.findings[0].severity is Severity.WARNING
    assert "NTE101 in chapters/01-sample.md" in linted.findings[0].message
    assert BASELINE in linted.sources
    recorded(project)
    assert told(lint(project, LintRequest())) == []


def test_the_entries_of_a_chapter_that_is_no_more_are_told(project: Path) -> None:
    write(project, {"chapters/02-more.md": FRONT + "More.[^ghost]\n"})
    recorded(project)
    (project / "chapters/02-more.md").unlink()
    assert told(lint(project, LintRequest())) == [f"SUP102 {BASELINE}:7:5"]


def test_a_part_of_the_rules_or_files_says_nothing_of_the_rest(project: Path) -> None:
    write(project, {"chapters/02-more.md": FRONT + "More.[^ghost]\n"})
    text = recorded(project)
    write(project, {CHAPTER: FRONT + "Clean.\n"})
    assert told(lint(project, LintRequest(paths=("chapters/02-more.md",)))) == []
    assert [one[:6] for one in told(lint(project, LintRequest(select=("CIT001", "SUP102"))))] == ["SUP102"]
    assert told(lint(project, LintRequest(select=("CIT001",)))) == []
    # What such a run records leaves the other entries as they are.
    write(project, {CHAPTER: FRONT + OLD})
    assert recorded(project, paths=("chapters/02-more.md",)) == text
    assert recorded(project, "CIT001") == text


def test_the_weight_of_stale_entries_can_be_set(project: Path) -> None:
    recorded(project)
    settings = NAMED.replace("SUP]", "SUP], severity: {SUP102: error}")
    write(project, {"publication.yaml": settings, CHAPTER: FRONT + "Clean.\n"})
    assert {one.severity for one in lint(project, LintRequest()).findings} == {Severity.ERROR}


def test_an_entry_that_someone_laid_out_anew_is_still_one(project: Path) -> None:
    text = json.dumps(json.loads(recorded(project)), indent=4)
    write(project, {BASELINE: text})
    assert told(lint(project, LintRequest())) == []
    assert change(project, "Clean.\n") == [f"SUP102 {BASELINE}:1:1"] * 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"version": 2, "findings": []}',
        '{"version": 1, "findings": [1]}',
        '{"version": 1, "findings": [{"code": "NTE101"}]}',
        '{"version": 1, "findings": [{"code": "a", "file": "b", "context": "c", "count": true}]}',
        "[" * 100_000,
    ],
)
def test_what_is_no_baseline_is_refused_and_never_written_over(project: Path, text: str) -> None:
    write(project, {BASELINE: text})
    with pytest.raises(UsageError, match="is no baseline"):
        lint(project, LintRequest())
    with pytest.raises(UsageError, match="is no baseline"):
        recorded(project)
    assert (project / BASELINE).read_text("utf-8") == text


def test_a_chapter_is_no_place_for_a_baseline(project: Path) -> None:
    with pytest.raises(UsageError, match="is no baseline"):
        write_baseline(project, lint(project, LintRequest(baseline="")), CHAPTER)
    with pytest.raises(UsageError, match="is no baseline"):
        write_baseline(project, lint(project, LintRequest(baseline="")), "chapters")
    assert (project / CHAPTER).read_text("utf-8") == FRONT + OLD


def test_a_baseline_that_is_not_there_is_told(project: Path) -> None:
    with pytest.raises(UsageError, match="there is no baseline") as caught:
        lint(project, LintRequest())
    assert "--write-baseline" in caught.value.hint


def test_entries_are_sorted_by_file_code_and_context() -> None:
    entries = (Entry("b", "NTE101", "x"), Entry("a", "NTE102", "x"), Entry("a", "NTE101", "y", 2))
    assert parse(written(entries)) == tuple(sorted(entries))
    assert written(entries) == written(sorted(entries))
