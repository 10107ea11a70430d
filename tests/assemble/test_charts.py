"""What a chart gets that its author left open: types, sizes, and signs that paper without colour can show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from octavo.assemble.chart_defaults import completed
from octavo.model.chart import ChartSpec, Json
from octavo.model.data import Cell, DataColumn, Kind, Rows
from octavo.model.source import SourceFile
from octavo.read.charts import read_chart

DOCS = Path(__file__).resolve().parents[2] / "docs" / "charts.md"
HEAD = "title: T\nalt: A\ndata: d\nspec:\n"
ROWS = Rows(
    (
        DataColumn("year", Kind.INTEGER),
        DataColumn("day", Kind.DATE),
        DataColumn("country", Kind.TEXT),
        DataColumn("share.of", Kind.NUMBER),
    ),
    tuple((2000 + year, None, name, Decimal("1.5")) for year in range(3) for name in ("Armenia", "Russia", "Tonga")),
)


def chart(text: str, rows: Rows = ROWS) -> Mapping[str, Json]:
    return completed(read(HEAD + text), rows, 300.0)


def read(text: str) -> ChartSpec:
    findings: list = []
    spec = read_chart(SourceFile("data/charts/c.yaml", text), findings)
    assert not findings
    return spec


def channel(whole: Mapping[str, Json], name: str) -> Mapping[str, Json]:
    encoding = whole["encoding"]
    assert isinstance(encoding, dict)
    found = encoding[name]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("field", "kind"), [("year", "quantitative"), ("day", "temporal"), ("country", "nominal"), ("x", None)]
)
def test_a_channel_without_a_type_has_that_of_its_column(field: str, kind: str | None) -> None:
    text = f"  mark: bar\n  transform: [{{calculate: '1', as: x}}]\n  encoding: {{x: {{field: {field}}}}}\n"
    assert channel(chart(text), "x").get("type") == kind


def test_a_type_of_the_author_stays() -> None:
    text = "  mark: bar\n  encoding: {x: {field: year, type: ordinal}, y: {field: year, aggregate: count}}\n"
    assert channel(chart(text), "x")["type"] == "ordinal"
    assert "type" not in channel(chart(text), "y")


@pytest.mark.parametrize(("mark", "sign"), [("line", "strokeDash"), ("point", "shape"), ("{type: line}", "strokeDash")])
def test_what_colour_alone_would_tell_apart_has_a_sign_too(mark: str, sign: str) -> None:
    whole = chart(f"  mark: {mark}\n  encoding: {{color: {{field: country, title: null}}}}\n")
    colour, other = channel(whole, "color"), channel(whole, sign)
    assert other["field"] == "country"
    # A legend is one where field, title, and what else it is made from agree.
    assert [colour[key] for key in ("title", "type", "legend")] == [other[key] for key in ("title", "type", "legend")]


def test_signs_of_the_author_stay() -> None:
    text = "  mark: line\n  encoding: {color: {field: country}, strokeDash: {field: year, type: ordinal}}\n"
    assert channel(chart(text), "strokeDash")["field"] == "year"
    red = "  mark: bar\n  encoding: {color: {field: country, scale: {range: [red, blue]}}}\n"
    assert channel(chart(red), "color")["scale"] == {"range": ["red", "blue"]}


def test_a_column_with_a_dot_in_its_name_is_one_column() -> None:
    whole = chart("  mark: bar\n  encoding: {y: {field: share.of}}\n")
    assert channel(whole, "y") == {"field": r"share\.of", "type": "quantitative"}


def test_a_chart_is_as_high_as_the_names_at_its_side_need() -> None:
    text = "  mark: bar\n  encoding: {y: {field: country}, x: {field: year}}\n"
    many = Rows(ROWS.columns, tuple(_row(f"Country {number}") for number in range(20)))
    assert chart(text)["height"] == 75
    assert chart(text, many)["height"] == 330
    assert chart("  mark: bar\n  encoding: {x: {field: country}, y: {field: year}}\n")["height"] == 150
    fixed = completed(read(f"height: 1in\n{HEAD}{text}"), many, 300.0)
    assert fixed["height"] == pytest.approx(72)


def _row(name: str) -> tuple[Cell, ...]:
    return 2000, None, name, Decimal(1)


def test_a_long_legend_stands_in_columns() -> None:
    text = "  mark: bar\n  encoding: {color: {field: country}}\n"
    many = Rows(ROWS.columns, tuple(_row(f"A country with a long name {number}") for number in range(5)))
    assert channel(chart(text), "color")["legend"] == {}
    assert channel(chart(text, many), "color")["legend"] == {"columns": 2}
    assert (chart(text)["height"], chart(text, many)["height"]) == (150, 150 + 2 * 11)
    assert (
        channel(chart("  mark: bar\n  encoding: {color: {field: country, legend: null}}\n"), "color")["legend"] is None
    )


def test_the_example_of_the_page_can_be_read() -> None:
    example = re.search(r"```yaml\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    assert example
    spec = read(example[1])
    assert spec.sources[0].locator == "p. 17"
    assert {use.name for use in spec.uses} == {"year", "amount", "country"}


def test_the_page_names_all_keys_and_marks() -> None:
    from octavo.read.chart_words import MARKS

    page = DOCS.read_text("utf-8")
    source = Path(read_chart.__code__.co_filename).read_text("utf-8")
    keys = set(re.findall(r'(?:fields\.\w+\(|\(fields, )"(\w+)"', source))
    assert {"title", "alt", "remark", "spec", "height"} <= keys
    assert {name for name in (*MARKS, *keys) if f"`{name}`" not in page} == set()
