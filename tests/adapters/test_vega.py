"""Charts as they are drawn: without the network, in any time zone, with their text as outlines."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from octavo.adapters.vega import ChartJob, draw_charts
from octavo.assemble.chart_locale import date_words, number_signs
from octavo.assemble.chart_theme import theme
from octavo.model.chart import Json

DATA: Json = {"values": [{"day": f"2020-0{month}-01", "sum": 1000.5 * month} for month in range(1, 7)]}
LINE: Mapping[str, Json] = {
    "data": DATA,
    "mark": "line",
    "width": 300,
    "height": 150,
    "encoding": {"x": {"field": "day", "type": "temporal"}, "y": {"field": "sum", "type": "quantitative"}},
}


def job(spec: Mapping[str, Json], language: str = "en-GB") -> ChartJob:
    return ChartJob(spec, theme(), number_signs(language), date_words(language))


def test_a_chart_has_outlines_and_no_text_that_would_need_its_fonts() -> None:
    (drawn,) = draw_charts([job(LINE)])
    assert not drawn.error
    assert not drawn.warnings
    assert "<text" not in drawn.svg
    assert "font-family" not in drawn.svg
    assert len(re.findall(r"<use ", drawn.svg)) > 30
    used = set(re.findall(r'<use [^>]*href="#(g\d+)"', drawn.svg))
    assert used == set(re.findall(r'<path id="(g\d+)"', drawn.svg))


def test_the_same_chart_has_the_same_bytes_in_every_time_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    (first,) = draw_charts([job(LINE)])
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert draw_charts([job(LINE)]) == (first,)


def test_numbers_and_months_are_those_of_the_language() -> None:
    spec = {
        **LINE,
        "encoding": {
            "x": {"field": "day", "type": "temporal", "axis": {"format": "%B"}},
            "y": {"field": "sum", "type": "quantitative", "axis": {"format": ",.1f"}},
        },
    }
    english, russian = draw_charts([job(spec), job(spec, "ru")])
    assert english.svg != russian.svg
    assert number_signs("ru")["decimal"] == ","
    assert date_words("ru")["months"][3] == "апрель"  # type: ignore[index]


@pytest.mark.parametrize("address", ["https://example.org/a.csv", "http://127.0.0.1/a.csv"])
def test_a_chart_loads_nothing(address: str) -> None:
    (drawn,) = draw_charts([job({**LINE, "data": {"url": address}})])
    assert "not allowed" in drawn.error
    assert not drawn.svg


def test_a_drawing_leads_to_no_address() -> None:
    mark = {"type": "bar", "color": "url(https://example.org/a.svg)", "stroke": "URL('//example.org/b')"}
    (drawn,) = draw_charts([job({**LINE, "mark": mark})])
    assert drawn.svg
    assert "example.org" not in drawn.svg


def test_a_fault_of_one_chart_is_told_of_it_alone() -> None:
    broken = {**LINE, "transform": [{"calculate": "datum.sum +* 2", "as": "twice"}]}
    dropped = {**LINE, "encoding": {"x": {"type": "quantitative"}}}
    first, second, third, fourth = draw_charts([job(LINE), job(broken), job(dropped), job(LINE)])
    assert first == fourth
    assert second.error == "Unexpected token *"
    assert any("Dropping" in warning for warning in third.warnings)


def test_a_chart_that_takes_all_memory_or_never_ends_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("octavo.adapters.vega._SECONDS", 3)
    encoding = {"x": {"field": "sum", "bin": {"step": 0.0005}, "type": "quantitative"}, "y": {"aggregate": "count"}}
    endless = {**LINE, "mark": "bar", "encoding": encoding}
    _, drawn, last = draw_charts([job(LINE), job(endless), job(LINE)])
    assert drawn.error == "it is not drawn after 3 seconds" or "memory" in drawn.error
    assert last.svg
