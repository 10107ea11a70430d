"""What an author leaves open in a chart, filled in from the data and from what paper can show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from octavo.assemble.chart_theme import DASHES, INKS, SHAPES
from octavo.model.chart import ChartSpec, Json
from octavo.model.data import Kind, Rows

_Tree: TypeAlias = dict[str, Json]
_TYPES = {
    Kind.INTEGER: "quantitative",
    Kind.NUMBER: "quantitative",
    Kind.DATE: "temporal",
}
_DISCRETE = ("nominal", "ordinal")
_COLOURS = ("color", "fill", "stroke")
_PATH = re.compile(r"([.\[\]'\"\\])")
_COLUMN_KEYS = ("field", "stack", "regression", "loess", "density", "on")
# What two channels have to share to share a legend.
_SHARED = ("field", "type", "title", "legend", "sort")
# The height of a chart over its width, and of a row of bars with what stands above and below all of them, in points.
_SHAPE = 0.5
_ROW, _AROUND = 15.0, 30.0
_HIGHEST_ROWS = 34
# A character of a legend on an average, what stands beside each label, and the size of a line's symbol, in points.
_CHARACTER, _BESIDE, _LONG_SYMBOL = 4.1, 24.0, 350
# The height of a line of a legend: of squares and points, and of dashes.
_LINE, _LONG_LINE = 11.0, 20.0
_POINTS = 72 / 25.4


def completed(spec: ChartSpec, rows: Rows, width: float) -> _Tree:
    """The specification with types, sizes, and signs that tell categories apart without colour; ``width`` in points."""
    whole = _unit(spec.spec, rows, width)
    layers = whole.get("layer")
    if isinstance(layers, list):
        whole["layer"] = [_unit(layer, rows, width) for layer in layers if isinstance(layer, Mapping)]
    height = spec.height * _POINTS if spec.height else _height(whole, rows, width) + _more_lines(whole, rows)
    return {
        **whole,
        "width": width,
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
    }


def _unit(view: Mapping[str, Json], rows: Rows, width: float) -> _Tree:
    """One mark with its encodings."""
    found: _Tree = {key: _escaped(value, rows) for key, value in view.items()}
    encoding = found.get("encoding")
    if not isinstance(encoding, dict):
        return found
    mark = view.get("mark")
    kind = str(mark.get("type") if isinstance(mark, Mapping) else mark)
    channels = {name: _channel(name, value, kind, rows, width) for name, value in encoding.items()}
    found["encoding"] = _apart(channels, kind)
    return found


def _channel(name: str, value: Json, mark: str, rows: Rows, width: float) -> Json:
    if not isinstance(value, dict):
        return value
    channel = dict(value)
    column = _column(channel, rows)
    if column >= 0 and not channel.keys() & {"type", "aggregate", "bin", "timeUnit"}:
        channel["type"] = _TYPES.get(rows.columns[column].kind, "nominal")
    if name in _COLOURS and channel.get("legend", {}) is not None:
        channel["legend"] = {**_legend(channel, mark, rows, width), **_mapping(channel.get("legend"))}
    return channel


def _legend(channel: Mapping[str, Json], mark: str, rows: Rows, width: float) -> _Tree:
    """A legend that is no wider than the chart; lines are long enough for their dashes to be seen."""
    if channel.get("type") == "quantitative":
        # A run of colours is a gradient, of which neither a reader nor every printer can tell the steps.
        return {"type": "symbol", "tickCount": 4}
    size: _Tree = {"symbolSize": _LONG_SYMBOL} if mark == "line" else {}
    column = _column(channel, rows)
    if column < 0:
        return size
    labels = {str(row[column]) for row in rows.rows}
    widest = max(map(len, labels), default=0) * _CHARACTER + _BESIDE + (10 if size else 0)
    columns = max(1, int(width / widest))
    return {**size, "columns": columns} if len(labels) > columns else size


def _column(channel: Mapping[str, Json], rows: Rows) -> int:
    """The place of the column of the data that a channel shows, or -1."""
    return rows.index(str(channel.get("field", "")).replace("\\", ""))


def _mapping(value: Json) -> _Tree:
    return dict(value) if isinstance(value, Mapping) else {}


def _apart(channels: _Tree, mark: str) -> _Tree:
    """Lines differ by dashes and points by shapes where the author tells them apart by colour alone."""
    colour = _mapping(channels.get("color"))
    if colour.get("type") not in _DISCRETE or mark not in ("line", "trail", "point"):
        return channels
    shared = {key: value for key, value in colour.items() if key in _SHARED}
    found = dict(channels)
    scale = colour.get("scale")
    if scale is None or (isinstance(scale, Mapping) and not scale.keys() & {"range", "scheme"}):
        found["color"] = {**colour, "scale": {**_mapping(scale), "range": list(INKS)}}
    domain = {key: value for key, value in _mapping(scale).items() if key == "domain"}
    if mark == "line" and "strokeDash" not in channels:
        found["strokeDash"] = {**shared, "scale": {**domain, "range": [list(dash) for dash in DASHES]}}
    elif mark == "point" and "shape" not in channels:
        found["shape"] = {**shared, "scale": {**domain, "range": list(SHAPES)}}
    return found


def _escaped(value: Json, rows: Rows) -> Json:
    """Names of columns with dots and brackets, which Vega-Lite would take for a path."""
    if isinstance(value, Mapping):
        return {
            key: _PATH.sub(r"\\\1", item)
            if key in _COLUMN_KEYS and isinstance(item, str) and item in rows.names
            else _escaped(item, rows)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [_escaped(item, rows) for item in value]
    return value


def _height(whole: Mapping[str, Json], rows: Rows, width: float) -> float:
    """Half the width; a chart whose rows are named at its side is as high as they need."""
    upright = _mapping(_mapping(whole.get("encoding")).get("y"))
    column = _column(upright, rows)
    if upright.get("type") not in _DISCRETE or column < 0:
        return width * _SHAPE
    names = {row[column] for row in rows.rows}
    return min(len(names), _HIGHEST_ROWS) * _ROW + _AROUND


def _more_lines(whole: Mapping[str, Json], rows: Rows) -> float:
    """What a legend of several lines takes, so that it does not take it from the marks."""
    layers = whole.get("layer")
    views = [whole, *(layers if isinstance(layers, list) else ())]
    more = 0.0
    for view in views:
        colour = _mapping(_mapping(_mapping(view).get("encoding")).get("color"))
        legend = _mapping(colour.get("legend"))
        columns, column = legend.get("columns"), _column(colour, rows)
        if isinstance(columns, int) and columns > 0 and column >= 0:
            lines = -(-len({row[column] for row in rows.rows}) // columns)
            more = max(more, (lines - 1) * (_LONG_LINE if "symbolSize" in legend else _LINE))
    return more
