"""Comments that silence findings, and settings that choose rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_samples import CONFIGURATION, LIBRARY, SOURCES, lint_files, lint_text, places
from octavo.errors import ConfigurationError, UsageError
from octavo.model.finding import Severity
from octavo.pipeline.lint import LintRequest, lint

GHOST = "A claim.[^ghost]"
FOUND = "NTE101"
USELESS = "SUP101"

SILENCED = {
    "on the line": f"{GHOST} <!-- octavo: ignore NTE101 -->\n",
    "alone, for the next line": f"<!-- octavo: ignore NTE101 -->\n{GHOST}\n",
    "on the next line": f"Words. <!-- octavo: ignore-next-line NTE101 -->\n{GHOST}\n",
    "in a region": f"<!-- octavo: ignore-start NTE101 -->\n\nWords.\n\n{GHOST}\n\n<!-- octavo: ignore-end NTE101 -->\n",
    "in a region without an end": f"<!-- octavo: ignore-start NTE101 -->\n\nWords.\n\n{GHOST}\n",
    "in the file": f"{GHOST}\n\n<!-- octavo: ignore-file NTE101 -->\n",
    "by the beginning of its code": f"{GHOST} <!-- octavo: ignore NTE1 -->\n",
    "with other codes": f"{GHOST} <!-- octavo: ignore NTE101, CIT001 -->\n",
    "with a reason": f"{GHOST} <!-- octavo: ignore NTE101: it is shown as it is -->\n",
    "in a comment of two lines": f"{GHOST} <!--\noctavo: ignore NTE101 -->\n",
}
TOLD = {
    "for another code": (f"{GHOST} <!-- octavo: ignore NTE102 -->\n", [FOUND, USELESS]),
    "without a code": (f"{GHOST} <!-- octavo: ignore -->\n", [FOUND, USELESS]),
    "for a code that cannot be": (f"{GHOST} <!-- octavo: ignore ghost -->\n", [FOUND, USELESS]),
    "with a verb that is none": (f"{GHOST} <!-- octavo: ignore-line NTE101 -->\n", [FOUND, USELESS]),
    "two lines above": (f"<!-- octavo: ignore NTE101 -->\nWords.\n{GHOST}\n", [FOUND, USELESS]),
    "after the end of a region": (
        f"<!-- octavo: ignore-start NTE101 -->\n\n{GHOST}\n\n<!-- octavo: ignore-end NTE101 -->\n\n{GHOST}\n",
        [FOUND],
    ),
    "an end without a region": (f"{GHOST}\n\n<!-- octavo: ignore-end NTE101 -->\n", [FOUND, USELESS]),
    "in code": (f"{GHOST} `<!-- octavo: ignore NTE101 -->`\n", [FOUND]),
}


@pytest.mark.parametrize("text", SILENCED.values(), ids=SILENCED)
def test_a_comment_silences(text: str, tmp_path: Path) -> None:
    assert places(lint_text(tmp_path, text, "NTE101", "NTE102", "SUP")) == []


@pytest.mark.parametrize(("text", "codes"), TOLD.values(), ids=TOLD)
def test_a_comment_does_not_silence(text: str, codes: list[str], tmp_path: Path) -> None:
    findings = lint_text(tmp_path, text, "NTE101", "NTE102", "SUP").findings
    assert sorted(finding.code for finding in findings) == sorted(codes)


def test_a_comment_for_a_rule_that_did_not_run_is_left_alone(tmp_path: Path) -> None:
    assert places(lint_text(tmp_path, f"{GHOST} <!-- octavo: ignore NTE101 -->\n", "NTE2", "SUP")) == []


def test_a_comment_in_a_bibliography_silences(tmp_path: Path) -> None:
    bad = "- id: gamma-2020\n  type: book\n  title: A «title\n"
    silenced = "- id: gamma-2020\n  type: book\n  # octavo: ignore BIB109: the title has it so\n  title: A «title\n"
    assert [one.code for one in lint_files(tmp_path, {SOURCES: LIBRARY + bad}, "BIB109").findings] == ["BIB109"]
    assert lint_files(tmp_path, {SOURCES: LIBRARY + silenced}, "BIB109", "SUP101").findings == ()


def configured(root: Path, settings: str, *select: str) -> list[str]:
    files = {"publication.yaml": CONFIGURATION + settings, "chapters/02-more.md": f"---\ntitle: B\n---\n\n{GHOST}\n"}
    return [finding.code for finding in lint_files(root, files, *select).findings]


@pytest.mark.parametrize(
    ("settings", "codes"),
    [
        ("lint: {select: [NTE1]}\n", [FOUND]),
        ("lint: {ignore: [NTE, CIT002]}\n", []),
        ("lint: {per_file: {'chapters/02*': [NTE101]}, ignore: [CIT002]}\n", []),
        ("lint: {per_file: {'chapters/01*': [NTE101]}, ignore: [CIT002]}\n", [FOUND]),
    ],
)
def test_settings_choose_rules(settings: str, codes: list[str], tmp_path: Path) -> None:
    assert configured(tmp_path, settings) == codes


def test_what_the_command_line_selects_weighs_more(tmp_path: Path) -> None:
    assert configured(tmp_path, "lint: {ignore: [NTE101]}\n", "NTE101") == [FOUND]


def test_a_rule_can_weigh_otherwise(tmp_path: Path) -> None:
    files = {
        "publication.yaml": f"{CONFIGURATION}lint: {{severity: {{NTE101: info}}}}\n",
        "chapters/02-more.md": f"---\ntitle: B\n---\n\n{GHOST}\n",
    }
    assert [one.severity for one in lint_files(tmp_path, files, "NTE101").findings] == [Severity.INFO]


@pytest.mark.parametrize(
    ("settings", "place", "hint"),
    [
        ("lint: {ignore: [NTE999]}\n", "5:17", "`octavo rule` lists"),
        ("lint: {severity: {NTE101: grave}}\n", "5:27", "one of: error, warning, info"),
        ("lint: {options: {NTE303: {word: 5}}}\n", "5:33", "did you mean 'words'?"),
        ("lint: {options: {NTE303: {words: many}}}\n", "5:34", "the default is 120"),
        ("lint: {options: {NTE203: {place: afer}}}\n", "5:34", "did you mean 'after'?"),
        ("lint: {ingore: [NTE101]}\n", "5:8", "did you mean 'ignore'?"),
    ],
)
def test_wrong_settings_are_told_at_their_place(settings: str, place: str, hint: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as error:
        configured(tmp_path, settings)
    (finding,) = error.value.findings
    at = finding.location
    assert at is not None
    assert f"{at.line}:{at.column}" == place
    assert hint in finding.hint


def test_an_unknown_code_on_the_command_line_is_wrong_usage(tmp_path: Path) -> None:
    lint_files(tmp_path, {})
    with pytest.raises(UsageError, match="NTE999"):
        lint(tmp_path, LintRequest(select=("NTE999",)))
