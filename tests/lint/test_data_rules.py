"""Rules about tables, charts and the numbers beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_samples import CHAPTER, lint_files, places

DATA = "data/trade.csv"
TABLE = "data/tables/trade.yaml"
ROWS = "partner,exports,share\nCuba,197.1,0.918\nIran,17.6,0.082\n"
SPECIFICATION = "title: Exports\ndata: trade\nsource: alpha-2020\n"
CHECKED = "---\ntitle: A sample\n---\n\n{text}\n"


def found(root: Path, text: str, specification: str = SPECIFICATION) -> list[str]:
    files = {DATA: ROWS, TABLE: specification, CHAPTER: CHECKED.format(text=text)}
    return places(lint_files(root, files, "DAT"))


def test_a_table_or_chart_without_source_is_told(tmp_path: Path) -> None:
    chart = "title: Exports\nalt: Two bars.\ndata: trade\n"
    chart += "spec:\n  mark: bar\n  encoding: {x: {field: partner}, y: {field: exports}}\n"
    files = {DATA: ROWS, TABLE: "title: Exports\ndata: trade\n", "data/charts/bars.yaml": chart}
    assert places(lint_files(tmp_path, files, "DAT201")) == ["DAT201 1:8 Exports", "DAT201 1:8 Exports"]


def test_a_table_with_source_is_not(tmp_path: Path) -> None:
    assert found(tmp_path, "Words.") == []


@pytest.mark.parametrize(
    ("stated", "told"),
    [("214.7", []), ("214.8", []), ("215", []), ("214.9", ["DAT202 4:65 214.9"]), ("417.5", ["DAT202 4:65 417.5"])],
)
def test_parts_have_to_sum_to_what_is_stated(stated: str, told: list[str], tmp_path: Path) -> None:
    totals = f"totals: {{label: Together, columns: [exports], stated: {{exports: {stated}}}}}\n"
    assert found(tmp_path, "Words.", SPECIFICATION + totals) == told


CASES = {
    "as printed": ("Exports were 197.1 million in [@tbl:trade].", []),
    "rounded": ("Exports were about 197 million in [@tbl:trade].", []),
    "as a per cent": ("Cuba took 91.8 per cent in [@tbl:trade].", []),
    "figures changed places": ("Exports were 179.1 million in [@tbl:trade].", ["DAT203 6:14 179.1"]),
    "over a line end": ("Exports in [@tbl:trade]\nwere 17.9 million.", ["DAT203 7:6 17.9"]),
    "made by a macro": ('Exports were {{ value("trade.exports", partner="Cuba") }} in [@tbl:trade].', []),
    "no table": ("Exports were 5 million.", ["DAT203 5:1 <!-- octavo: checked -->"]),
    "a page of a source": ("Exports were 17.6 million in [@tbl:trade] [@alpha-2020, p. 99].", []),
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_numbers_of_a_checked_paragraph_stand_in_its_tables(case: str, tmp_path: Path) -> None:
    text, told = CASES[case]
    assert found(tmp_path, f"<!-- octavo: checked -->\n{text}\n\nOther paragraphs say 12345.") == told


def test_numbers_follow_the_language(tmp_path: Path) -> None:
    text = "<!-- octavo: checked -->\nEs waren 1.197,1 und 1.179,1 in [@tbl:trade].\n"
    chapter = f"---\ntitle: A\nlanguage: de\n---\n\n{text}"
    files = {DATA: "partner,exports\nCuba,1197.1\n", TABLE: SPECIFICATION, CHAPTER: chapter}
    assert places(lint_files(tmp_path, files, "DAT203")) == ["DAT203 7:22 1.179,1"]
