"""Bibliographies in each format that authors bring."""

from __future__ import annotations

import json
from pathlib import Path

from octavo.model.finding import Finding
from octavo.read.bibliography import read_bibliography

BIBTEX = """\
@book{darwin,
  author = {Darwin, Charles},
  title = {On the Origin of Species},
  publisher = {John Murray},
  year = {1859},
  langid = {english},
}
"""


def write(folder: Path, name: str, text: str) -> Path:
    (folder / "bibliography").mkdir(exist_ok=True)
    (folder / "bibliography" / name).write_text(text, encoding="utf-8")
    return folder


def test_csl_yaml_with_dates_and_names_written_short(tmp_path: Path) -> None:
    text = "- id: a\n  type: book\n  title: A\n  author: ['Darwin, Charles']\n  issued: 1859-11\n  language: en\n"
    findings: list[Finding] = []
    (source,) = read_bibliography(write(tmp_path, "a.yaml", text), findings).sources.values()
    assert not findings
    assert source.data["author"] == [{"family": "Darwin", "given": "Charles"}]
    assert source.data["issued"] == {"date-parts": [[1859, 11]]}
    assert source.language == "en"


def test_csl_json(tmp_path: Path) -> None:
    item = {"id": "a", "type": "book", "title": "A", "issued": {"date-parts": [[1859]]}}
    findings: list[Finding] = []
    (source,) = read_bibliography(write(tmp_path, "a.json", json.dumps([item])), findings).sources.values()
    assert not findings
    assert dict(source.data) == item


def test_bibtex_knows_the_line_of_an_entry(tmp_path: Path) -> None:
    findings: list[Finding] = []
    (source,) = read_bibliography(write(tmp_path, "a.bib", "% a comment\n" + BIBTEX), findings).sources.values()
    assert not findings
    assert source.key == "darwin"
    assert str(source.data["title"]).casefold() == "on the origin of species"
    assert str(source.location) == "bibliography/a.bib:2:7"


def test_all_files_make_one_bibliography_and_a_key_stands_once(tmp_path: Path) -> None:
    write(tmp_path, "a.bib", BIBTEX)
    write(tmp_path, "b.yaml", "- id: darwin\n  type: book\n  title: Again\n- id: other\n  type: book\n  title: O\n")
    findings: list[Finding] = []
    sources = read_bibliography(tmp_path, findings).sources
    assert set(sources) == {"darwin", "other"}
    (finding,) = findings
    assert (finding.code, str(finding.location)) == ("BIB001", "bibliography/b.yaml:1:3")
