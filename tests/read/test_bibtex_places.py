"""Where the fields of BibTeX entries stand."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from octavo.model.finding import Finding
from octavo.read.bibliography import read_bibliography
from octavo.read.bibtex_places import bibtex_places

SAMPLE = """\
@string{minsk = "Minsk"}
@comment{ @book{none, title = {Nothing}} }
@book{able-2020,
  author    = {Able, Ann and Baker, {Bob {C.}}},
  title     = "A {B}ook with \\"o in it",
  year      = 2020,
  address   = minsk # " and Brest",
  url       = {https://example.org/a{b}c},
}

@article(baker-2021, journal = {Journal of Trade}, number = 3, date = {2021-05-03}, urldate={2021-06-01})
"""


def written(text: str) -> dict[str, dict[str, str]]:
    return {entry.key: {name: span.of(text) for name, span in entry.fields.items()} for entry in bibtex_places(text)}


def test_each_field_has_its_place_under_its_name_in_csl() -> None:
    found = written(SAMPLE)
    assert found["able-2020"] == {
        "author": "{Able, Ann and Baker, {Bob {C.}}}",
        "title": '"A {B}ook with \\"o in it"',
        "issued": "2020",
        "publisher-place": 'minsk # " and Brest"',
        "URL": "{https://example.org/a{b}c}",
    }
    assert found["baker-2021"] == {
        "container-title": "{Journal of Trade}",
        "issue": "3",
        "issued": "{2021-05-03}",
        "accessed": "{2021-06-01}",
    }


def test_a_number_is_an_issue_of_a_journal_and_a_volume_of_a_series() -> None:
    assert written("@article{a, number = 5}")["a"] == {"issue": "5"}
    assert written("@book{a, number = 5}")["a"] == {"collection-number": "5"}
    assert written("@techreport{a, number = 5}")["a"] == {"number": "5"}


def test_the_key_has_its_place() -> None:
    keys = [(entry.key, entry.key_span.of(SAMPLE)) for entry in bibtex_places(SAMPLE)]
    assert ("able-2020", "able-2020") in keys
    assert ("baker-2021", "baker-2021") in keys


@pytest.mark.parametrize(
    "text", ["@book{a, title = {open", '@book{a, title = "open', "@book{", "@book{a,", "@book{a, =", "@", "{}}@b{c,d={"]
)
def test_what_is_broken_raises_nothing(text: str) -> None:
    for entry in bibtex_places(text):
        assert all(span.end <= len(text) for span in entry.fields.values())


def test_long_broken_files_are_read_in_time() -> None:
    start = time.perf_counter()
    for text in ("@a{k,t={" * 50_000, '@a{k,t="' * 50_000, "@a{k,t={}," + "x = {}," * 50_000, "@a{" * 100_000):
        list(bibtex_places(text))
    assert time.perf_counter() - start < 5


def test_sources_of_a_file_point_to_their_fields(tmp_path: Path) -> None:
    (tmp_path / "bibliography").mkdir()
    (tmp_path / "bibliography/a.bib").write_text("@book{able,\n  title = {Exports},\n  year = 2020\n}\n", "utf-8")
    findings: list[Finding] = []
    source = read_bibliography(tmp_path, findings).sources["able"]
    assert not findings
    assert source.location.line == 1
    title = source.places["title"]
    assert (title.line, title.column, title.end_column) == (2, 11, 20)
    assert source.places["issued"].line == 3
