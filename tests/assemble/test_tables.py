"""Table specifications into what is printed: heads, groups, sums, shares, notes, alignment."""

from __future__ import annotations

import re
from pathlib import Path

from octavo.assemble.datasets import Datasets
from octavo.assemble.tables import compose
from octavo.model.data import Cell
from octavo.model.finding import Finding
from octavo.model.source import SourceFile
from octavo.model.table import ComposedTable, RowRole
from octavo.read.data import read_catalogue
from octavo.read.tables import read_table

ROOT = Path(__file__).resolve().parents[2]
DATA = """\
partner,region,year,exports,imports
Cuba,Beyond,2020,12.5,
Russia,Union,2020,1000,2000.25
Peru,Beyond,2020,,3
Kazakhstan,Union,2020,200,100.5
"""


def composed(text: str, root: Path, data: str = DATA, language: str = "en-GB") -> ComposedTable:
    """The table of a specification over the data above."""
    (root / "data").mkdir(exist_ok=True)
    (root / "data/trade.csv").write_text(data)
    findings: list[Finding] = []

    def ask(name: str, sql: str) -> tuple[list[str], list[list[Cell]]]:
        raise AssertionError("no database is asked")

    datasets = Datasets.of(root, read_catalogue(root, (), findings), ask)
    spec = read_table(SourceFile("data/tables/trade.yaml", text), findings)
    table = compose(spec, datasets, language, findings)
    datasets.close()
    assert table is not None, findings
    assert not findings
    return table


def rows(table: ComposedTable) -> list[list[str]]:
    """All cells of the body as text."""
    body = [row for group in table.groups for row in group]
    return [
        [table.slots[cell.slot] if cell.slot >= 0 else cell.text for cell in row.cells] for row in (*body, *table.foot)
    ]


def test_the_example_of_the_page_is_made(tmp_path: Path) -> None:
    page = (ROOT / "docs/data.md").read_text(encoding="utf-8")
    (example,) = [block for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL) if "spans:" in block]
    table = composed(example, tmp_path)
    assert rows(table) == [
        ["Union"],
        ["Russia", "1,000.0", "2,000.3", "82.5%"],
        ["Kazakhstan", "200.0", "100.5", "16.5%"],
        ["Together", "1,200.0", "2,100.8", "99.0%"],
        ["Beyond"],
        ["Cuba", "12.5", "–^[An estimate; see @able-2020.]", "1.0%"],
        ["Peru", "", "3.0", ""],
        ["Together", "12.5", "3.0", "1.0%"],
        ["All partners", "1,212.5", "2,103.8", "100.0%"],
    ]
    first, second = table.head
    assert [(cell.columns, cell.rows, cell.scope) for cell in first.cells] == [
        (1, 2, "col"),
        (2, 1, "colgroup"),
        (1, 2, "col"),
    ]
    assert [table.slots[cell.slot] for cell in second.cells] == ["Exports, million US\\$", "Imports, million US\\$"]
    assert table.sources[0].locator == "table 5"


def test_pieces_stand_in_the_order_of_reading(tmp_path: Path) -> None:
    text = (
        "title: T\ndata: trade\ncolumns: [partner, exports, imports]\n"
        "spans: [{header: Span, columns: [exports, imports]}]\n"
        "notes:\n  - {column: exports, text: second}\n  - {column: partner, text: first}\n"
        "  - {column: imports, row: {partner: Peru}, text: fourth}\n"
        "  - {column: partner, row: {partner: Russia}, text: third}\n"
    )
    called = re.findall(r"\^\[(\w+)\]", " ".join(composed(text, tmp_path).slots))
    assert called == ["first", "second", "third", "fourth"]


def test_decimal_signs_stand_below_one_another(tmp_path: Path) -> None:
    table = composed("title: T\ndata: trade\ncolumns: [imports]\n", tmp_path)
    cells = [row.cells[0] for row in table.groups[0]]
    assert [(cell.text, cell.lack, cell.lacks_sign) for cell in cells] == [
        ("", 0, False),
        ("2,000.25", 0, False),
        ("3", 2, True),
        ("100.5", 1, False),
    ]


def test_rows_are_sorted_and_then_limited(tmp_path: Path) -> None:
    table = composed("title: T\ndata: trade\ncolumns: [partner]\nsort: -exports\nlimit: 3\n", tmp_path)
    assert rows(table) == [["Russia"], ["Kazakhstan"], ["Cuba"]]
    table = composed("title: T\ndata: trade\ncolumns: [partner]\nsort: [region, -partner]\n", tmp_path)
    assert rows(table) == [["Peru"], ["Cuba"], ["Russia"], ["Kazakhstan"]]


def test_sums_and_shares_are_those_of_the_rows_that_are_shown(tmp_path: Path) -> None:
    text = (
        "title: T\ndata: trade\ncolumns: [partner, exports, {share_of: exports, digits: 0}]\nsort: -exports\nlimit: 2\n"
        "totals: {label: Sum, columns: [exports, share of exports]}\n"
    )
    assert rows(composed(text, tmp_path)) == [
        ["Russia", "1,000", "83%"],
        ["Kazakhstan", "200", "17%"],
        ["Sum", "1,200", "100%"],
    ]


def test_formats_of_columns(tmp_path: Path) -> None:
    text = (
        "title: T\ndata: trade\ncolumns:\n"
        "  - {name: growth, format: percent, sign: true}\n  - {name: rate, format: percent, of: 100, digits: 2}\n"
        "  - {name: sum, format: money, currency: EUR}\n  - {name: day, date: month}\n"
        "  - {name: year, grouping: false}\n"
        "  - {name: code, format: number}\n"
    )
    data = "growth,rate,sum,day,year,code\n0.125,9.5,1250.5,2020-03-31,2020,007\n-0.5,12,3,2021-01-01,2021,x12\n"
    table = composed(text.replace("format: number", "format: text"), tmp_path, data)
    assert rows(table) == [
        ["+12.5%", "9.50%", "€1,250.50", "March 2020", "2020", "007"],
        ["−50.0%", "12.00%", "€3", "January 2021", "2021", "x12"],
    ]
    russian = composed("title: T\ndata: trade\ncolumns: [exports]\nlimit: 2\n", tmp_path, language="ru")
    assert [" ".join(text.split()) for (text,) in rows(russian)] == ["12,5", "1 000"]


def test_years_are_no_amounts(tmp_path: Path) -> None:
    table = composed("title: T\ndata: trade\ncolumns: [year, exports]\nlimit: 1\n", tmp_path)
    assert rows(table) == [["2020", "12.5"]]
    assert [(cell.align, cell.scope) for cell in table.groups[0][0].cells] == [("left", "row"), ("right", "")]


def test_cells_are_text_and_no_markdown(tmp_path: Path) -> None:
    data = "name,n\n*a* [@b] <i>^x^,1\n"
    table = composed("title: T\ndata: trade\nnotes: [{column: name, row: {n: 1}, text: N}]\n", tmp_path, data)
    assert rows(table) == [["\\*a\\* \\[\\@b\\] \\<i\\>\\^x\\^^[N]", "1"]]


def test_sums_have_a_line_of_their_own_kind(tmp_path: Path) -> None:
    text = (
        "title: T\ndata: trade\ncolumns: [partner, exports]\ngroups: region\ntotals: {label: S, columns: [exports]}\n"
    )
    table = composed(text, tmp_path)
    assert [row.role for group in table.groups for row in group] == [
        RowRole.GROUP, RowRole.DATA, RowRole.DATA, RowRole.GROUP, RowRole.DATA, RowRole.DATA,
    ]  # fmt: skip
    assert [row.role for row in table.foot] == [RowRole.TOTAL]
    assert table.foot[0].cells[0].scope == "row"
