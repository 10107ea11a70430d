"""The schema for editors says what the reading takes."""

from __future__ import annotations

import json
from pathlib import Path

from octavo.model.source import SourceFile
from octavo.read.publication import read_publication
from octavo.read.schema import publication_schema

STORED = Path(__file__).resolve().parents[2] / "docs" / "publication.schema.json"


def test_the_stored_schema_is_that_of_the_reading() -> None:
    assert json.loads(STORED.read_text(encoding="utf-8")) == publication_schema(), "run `make schema`"


def test_each_key_of_the_schema_is_known_to_the_reading() -> None:
    for key in publication_schema()["properties"]:
        findings: list = []
        read_publication(
            SourceFile("publication.yaml", f"title: T\n{key}: !!null\n" if key != "title" else "title: T\n"), findings
        )
        assert not [finding for finding in findings if finding.code == "CFG101"]


def test_a_key_outside_of_the_schema_is_not() -> None:
    findings: list = []
    read_publication(SourceFile("publication.yaml", "title: T\nsubtitel: x\n"), findings)
    assert [finding.hint for finding in findings] == ["did you mean 'subtitle'?"]
