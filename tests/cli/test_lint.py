"""``octavo lint`` on the command line: forms, files, fixes, baseline, exit codes."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from lint_samples import CHAPTER, CONFIGURATION, FRONT, LIBRARY, SOURCES, write
from octavo.cli import lint as command
from octavo.cli.main import main
from octavo.lint import report

FAULTY = FRONT + "Exports doubled.[^ghost]\n\n<!-- octavo: ignore CIT001 -->\n\nImports fell.\n"
MENDED = FRONT + "Exports doubled.[^ghost]\n\n\nImports fell.\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings = CONFIGURATION + "lint: {select: [NTE101, CIT001, SUP]}\n"
    root = write(tmp_path / "p", {"publication.yaml": settings, SOURCES: LIBRARY, CHAPTER: FAULTY})
    monkeypatch.chdir(root)
    return root


def octavo(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def test_findings_go_to_standard_output_with_their_counts(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = octavo(capsys, "lint")
    assert code == 1
    assert err == ""
    assert out == (
        "chapters/01-sample.md:5:17: error NTE101 undefined-note: the note 'ghost' is not defined\n"
        "  5 | Exports doubled.[^ghost]\n"
        "    |                 ^^^^^^^^\n"
        "  hint: define it: [^ghost]: ...\n"
        "chapters/01-sample.md:7:1: warning SUP101 useless-suppression: this comment suppresses nothing: "
        "nothing here is found as CIT001\n"
        "  7 | <!-- octavo: ignore CIT001 -->\n"
        "    | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "  hint: take the comment away\n"
        "1 error, 1 warning; 1 fixable with `--fix`\n"
    )
    assert octavo(capsys, "lint", "--quiet")[1] == out.rpartition("1 error, ")[0]


def test_nothing_found_is_said_briefly(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert octavo(capsys, "lint", "--select", "CIT001") == (0, "No findings.\n", "")
    assert octavo(capsys, "lint", "--select", "CIT001", "--quiet") == (0, "", "")


def test_the_exit_code_is_that_of_the_weight_asked_for(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert octavo(capsys, "lint", "--ignore", "NTE", "--fail-on", "error")[0] == 0
    assert octavo(capsys, "lint", "--ignore", "NTE", "--fail-on", "info")[0] == 1
    assert octavo(capsys, "lint", "--ignore", "NTE")[0] == 1


@pytest.mark.parametrize("form", ["json", "sarif", "gitlab"])
def test_what_programs_read_is_whole_and_alone(project: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    code, out, err = octavo(capsys, "lint", "--format", form)
    assert (code, err) == (1, "")
    assert json.loads(out)
    assert json.loads(octavo(capsys, "lint", "--format", form, "--select", "CIT001")[1]) is not None


def test_a_report_can_be_written_into_a_file(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = octavo(capsys, "lint", "--format", "json", "--output", "reports/lint.json")
    assert (code, out, err) == (1, "1 error, 1 warning; 1 fixable with `--fix`\n", "")
    assert [one["code"] for one in json.loads((project / "reports/lint.json").read_text("utf-8"))] == [
        "NTE101",
        "SUP101",
    ]
    octavo(capsys, "lint", "--output", "lint.txt", "--quiet")
    assert "hint: take the comment away" in (project / "lint.txt").read_text("utf-8")


def test_forms_for_code_hosts_have_paths_from_here(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.parent)
    assert "file=p/chapters/01-sample.md," in octavo(capsys, "-C", "p", "lint", "--format", "github")[1]
    assert '"uri": "p/chapters/01-sample.md"' in octavo(capsys, "-C", "p", "lint", "--format", "sarif")[1]
    assert '"file": "chapters/01-sample.md"' in octavo(capsys, "-C", "p", "lint", "--format", "json")[1]
    monkeypatch.chdir("/")
    assert "file=" in octavo(capsys, "-C", str(project), "lint", "--format", "github")[1]


def test_a_wrong_configuration_is_told_in_every_form(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project, {"publication.yaml": CONFIGURATION + "lint: {ignore: [NTE999]}\n"})
    code, out, _ = octavo(capsys, "lint", "--format", "json")
    assert code == 2
    assert [(one["code"], one["file"]) for one in json.loads(out)] == [("CFG110", "publication.yaml")]
    code, out, _ = octavo(capsys, "lint")
    assert code == 2
    assert "CFG110" in out


def test_fixes_are_applied_and_what_is_left_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = octavo(capsys, "lint", "--fix")
    assert code == 1
    assert err == "Fixed 1 finding in 1 file.\n"
    assert "NTE101" in out
    assert "SUP101" not in out
    assert out.endswith("1 error, 0 warnings\n")
    assert (project / CHAPTER).read_text("utf-8") == MENDED
    assert octavo(capsys, "lint", "--fix", "--ignore", "NTE") == (0, "No findings.\n", "Fixed nothing.\n")


def test_a_diff_shows_the_fixes_and_writes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = octavo(capsys, "lint", "--diff", "--fix")
    assert code == 1
    assert err == "Would fix 1 finding in 1 file.\n"
    assert out.startswith(f"--- a/{CHAPTER}\n+++ b/{CHAPTER}\n@@ ")
    assert "\n-<!-- octavo: ignore CIT001 -->\n" in out
    assert (project / CHAPTER).read_text("utf-8") == FAULTY
    assert octavo(capsys, "lint", "--diff", "--select", "NTE101") == (0, "", "Nothing to fix.\n")
    octavo(capsys, "lint", "--diff", "--output", "fixes.patch")
    subprocess.run(["git", "apply", "fixes.patch"], cwd=project, check=True)
    assert (project / CHAPTER).read_text("utf-8") == MENDED


def test_a_baseline_is_written_and_read(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = octavo(capsys, "lint", "--write-baseline")
    assert code == 0
    assert out.startswith("Recorded 2 findings in lint-baseline.json.\n")
    assert "lint: {baseline: lint-baseline.json}" in out
    assert octavo(capsys, "lint")[0] == 1
    assert octavo(capsys, "lint", "--baseline", "lint-baseline.json") == (0, "No findings.\n", "")
    settings = (project / "publication.yaml").read_text("utf-8")
    write(project, {"publication.yaml": settings.replace("lint: {", "lint: {baseline: lint-baseline.json, ")})
    assert octavo(capsys, "lint") == (0, "No findings.\n", "")
    assert octavo(capsys, "lint", "--no-baseline")[0] == 1
    write(project, {CHAPTER: FAULTY.replace("[^ghost]", "")})
    code, out, _ = octavo(capsys, "lint")
    assert code == 1
    assert "lint-baseline.json:4:5: warning SUP102 stale-baseline-entry" in out
    assert octavo(capsys, "lint", "--write-baseline") == (0, "Recorded 1 finding in lint-baseline.json.\n", "")


def test_wrong_usage_is_told_with_exit_code_2(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = octavo(capsys, "lint", "--write-baseline=x.json", "--fix")
    assert (code, out) == (2, "")
    assert "a baseline is written" in err
    code, _, err = octavo(capsys, "lint", "--baseline", "missing.json")
    assert code == 2
    assert "there is no baseline missing.json" in err
    code, _, err = octavo(capsys, "lint", f"--write-baseline={CHAPTER}")
    assert code == 2
    assert (project / CHAPTER).read_text("utf-8") == FAULTY
    with pytest.raises(SystemExit) as caught:
        main(["lint", "--format", "sarf"])
    assert caught.value.code == 2
    assert "did you mean 'sarif'?" in capsys.readouterr().err


def test_the_forms_of_the_command_line_are_those_that_there_are() -> None:
    assert command._FORMATS == report.FORMATS
    assert command._FOR_PEOPLE == report.READ_BY_PEOPLE


@pytest.mark.parametrize("arguments", [["lint"], ["lint", "--fix"], ["lint", "--format", "sarif"], ["rule"]])
def test_the_linter_loads_nothing_that_is_heavy(project: Path, arguments: list[str]) -> None:
    heavy = ("jinja2", "lxml", "pikepdf", "pypandoc", "rich", "weasyprint")
    program = (
        "import sys\nfrom octavo.cli.main import main\n"
        f"main({arguments!r})\nprint([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", program], cwd=project, capture_output=True, text=True, check=True)
    assert result.stderr.splitlines()[-1] == "[]"


ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command ``octavo`` on the path, as after its installation."""
    program = tmp_path / "bin" / "octavo"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m octavo "$@"\n', "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))


@pytest.mark.usefixtures("installed")
def test_the_action_annotates_and_fails(project: Path) -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    step = action["runs"]["steps"][-1]
    defaults = {name: given["default"] for name, given in action["inputs"].items()}
    assert set(step["env"].values()) == {f"${{{{ inputs.{name} }}}}" for name in ("project", "arguments")}

    def run(**given: str) -> subprocess.CompletedProcess[str]:
        values = {name.upper(): value for name, value in (defaults | given).items() if name != "python-version"}
        program = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        return subprocess.run(
            program, cwd=project.parent, env=os.environ | values, capture_output=True, text=True, check=False
        )

    result = run(project="p")
    assert result.returncode == 1
    assert result.stdout.startswith("::error file=p/chapters/01-sample.md,line=5,")
    assert run(project="p", arguments="--select CIT001 --quiet").returncode == 0


@pytest.mark.usefixtures("installed")
def test_the_hooks_of_pre_commit_run(project: Path) -> None:
    lint, fix = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert subprocess.run(shlex.split(fix["entry"]), cwd=project, capture_output=True, check=False).returncode == 1
    assert (project / CHAPTER).read_text("utf-8") == MENDED
    assert subprocess.run(shlex.split(lint["entry"]), cwd=project, capture_output=True, check=False).returncode == 1
    for hook in (lint, fix):
        assert all(
            re.search(hook["files"], name) for name in ("publication.yaml", CHAPTER, SOURCES, "bibliography/a.bib")
        )
        assert not re.search(hook["files"], "docs/chapters/a.md")
        assert hook["pass_filenames"] is False
