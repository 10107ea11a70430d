"""The page of reliability and SECURITY.md: the tests and settings that they name are there."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from octavo.model.limits import BOUNDS, Limits

ROOT = Path(__file__).resolve().parents[1]
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_each_test_that_the_page_names_exists() -> None:
    rows = _TEST.findall((ROOT / "docs/reliability.md").read_text("utf-8"))
    assert len(rows) > 40
    for path, name in rows:
        assert f"\ndef {name}(" in (ROOT / path).read_text("utf-8"), f"{path}::{name}"


def test_each_attack_has_its_row() -> None:
    page = (ROOT / "docs/reliability.md").read_text("utf-8")
    named = {name for _, name in _TEST.findall(page)}
    for path in sorted((ROOT / "tests/cli").glob("test_hostile_*.py")):
        tests = set(re.findall(r"^def (test_\w+)\(", path.read_text("utf-8"), re.MULTILINE))
        assert tests & named, path


def test_the_page_of_configuration_has_all_limits_with_their_defaults_and_bounds() -> None:
    page = (ROOT / "docs/publication.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `limits\.(\w+)` \| (.*)\|$", page, re.MULTILINE))
    assert set(rows) == {field.name for field in fields(Limits)} == set(BOUNDS)
    for field in fields(Limits):
        least, most = BOUNDS[field.name]
        assert rows[field.name].split("|")[-1].strip() == f"`{getattr(Limits(), field.name)}`"
        assert f"{least:,} to {most:,}" in rows[field.name], field.name
        assert least <= getattr(Limits(), field.name) <= most
