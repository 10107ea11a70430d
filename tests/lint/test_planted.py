"""A publication in which every defect stands once: exactly these findings, in the same places in every form of report.

`tests/cases/lint/expected.txt` is accepted anew with ``OCTAVO_ACCEPT=1``.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from octavo.cli.main import main
from octavo.lint.registry import all_rules
from octavo.lint.rule import EditionRule
from octavo.model.finding import Finding
from octavo.model.source import Location
from octavo.pipeline.lint import Linted, LintRequest, lint

CASES = Path(__file__).resolve().parents[1] / "cases" / "lint"
EXPECTED = CASES / "expected.txt"
# The network is asked only by who wants it; a baseline has a publication of its own in test_baseline.py.
ELSEWHERE = {"BIB120", "SUP102"}
Place = tuple[str, int, int, int, int]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(CASES / "planted", tmp_path_factory.mktemp("planted") / "here")


@pytest.fixture(scope="module")
def linted(project: Path) -> Linted:
    return lint(project, LintRequest())


def location(finding: Finding) -> Location:
    assert finding.location is not None
    return finding.location


def line(finding: Finding, linted: Linted) -> str:
    at = location(finding)
    source = linted.sources[at.file]
    marked = source.text[source.offset(at.line, at.column) : source.offset(at.end_line, at.end_column)]
    name = f"{finding.severity.value} {finding.code} {finding.rule}"
    return f"{at}-{at.end_line}:{at.end_column} {name} {json.dumps(marked, ensure_ascii=False)}\n"


def test_exactly_the_planted_defects_are_found(linted: Linted) -> None:
    told = "".join(line(finding, linted) for finding in linted.findings)
    if os.environ.get("OCTAVO_ACCEPT"):
        EXPECTED.write_text(told, "utf-8")
    assert told == EXPECTED.read_text("utf-8")


def test_every_rule_about_text_has_its_defect(linted: Linted) -> None:
    rules = {code for code, rule in all_rules().items() if not isinstance(rule, EditionRule)}
    assert {finding.code for finding in linted.findings} == rules - ELSEWHERE


@pytest.mark.parametrize("code", sorted({line.split()[2] for line in EXPECTED.read_text("utf-8").splitlines()}))
def test_a_rule_that_runs_alone_finds_the_same(code: str, project: Path, linted: Linted) -> None:
    # Whether a comment is of use can be said only of rules that run.
    select = (code, "NTE101") if code == "SUP101" else (code,)
    alone = lint(project, LintRequest(select=select)).findings
    assert [one for one in alone if one.code == code] == [one for one in linted.findings if one.code == code]


def report(project: Path, form: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(project)
    assert main(["lint", "--format", form]) == 1
    return capsys.readouterr().out


def places(linted: Linted) -> list[tuple[str, Place]]:
    found = []
    for finding in linted.findings:
        at = location(finding)
        found.append((finding.code, (at.file, at.line, at.column, at.end_line, at.end_column)))
    return sorted(found)


def test_json(
    project: Path, linted: Linted, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = json.loads(report(project, "json", capsys, monkeypatch))
    keys = ("file", "line", "column", "end_line", "end_column")
    assert sorted((one["code"], tuple(one[key] for key in keys)) for one in told) == places(linted)


def test_sarif(
    project: Path, linted: Linted, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (run,) = json.loads(report(project, "sarif", capsys, monkeypatch))["runs"]
    told = []
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        region = place["region"]
        span = tuple(region[key] for key in ("startLine", "startColumn", "endLine", "endColumn"))
        told.append((result["ruleId"], (place["artifactLocation"]["uri"], *span)))
    assert sorted(told) == places(linted)


def test_text_and_concise(
    project: Path, linted: Linted, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = sorted(f"{location(one)} {one.code}" for one in linted.findings)
    for form in ("text", "concise"):
        text = report(project, form, capsys, monkeypatch)
        told = re.findall(r"^(\S+:\d+:\d+): \w+ ([A-Z]{3}\d{3}) ", text, re.MULTILINE)
        assert sorted(" ".join(one) for one in told) == expected


def test_gitlab(
    project: Path, linted: Linted, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = json.loads(report(project, "gitlab", capsys, monkeypatch))
    found = []
    for one in told:
        begin, end = (one["location"]["positions"][key] for key in ("begin", "end"))
        span = (begin["line"], begin["column"], end["line"], end["column"])
        found.append((one["check_name"][:6], (one["location"]["path"], *span)))
    assert sorted(found) == places(linted)


def test_junit(
    project: Path, linted: Linted, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = ET.fromstring(report(project, "junit", capsys, monkeypatch))
    told = [re.findall(r"\b([A-Z]{3}\d{3})\b", ET.tostring(case, "unicode"))[0] for case in root.iter("testcase")]
    assert sorted(told) == sorted(one.code for one in linted.findings)


def test_github(
    project: Path, linted: Linted, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = report(project, "github", capsys, monkeypatch)
    # Ten of each weight are annotations, which is all that GitHub shows; the others are lines of the log.
    for one in linted.findings:
        assert f"{location(one).file}" in text
        assert one.code in text
    assert text.index("::error ") < text.index("::warning ") < text.index("::notice ")
