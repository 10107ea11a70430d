"""The look of charts: that of the page, in black and greys that can be told from one another.

All lengths are points, as the sizes of type on the page are.
"""

from __future__ import annotations

from collections.abc import Mapping

from octavo.model.chart import CHART_FONT, Json

SIZE = 7.5
_INK, _SOFT, _GRID = "#000000", "#595959", "#cccccc"
# Neighbours differ in lightness by a third of the scale, so that print and photocopies keep them apart.
GREYS = ("#333333", "#a6a6a6", "#6e6e6e", "#d4d4d4", "#000000", "#8c8c8c", "#bfbfbf", "#555555")
# Thin lines and small signs in light grey are not seen at all.
INKS = ("#000000", "#7a7a7a", "#404040", "#939393", "#000000", "#7a7a7a")
DASHES = ([1, 0], [4, 2], [1, 1.5], [6, 1.5, 1, 1.5], [2.5, 2.5], [8, 2])
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")

_AXIS: Mapping[str, Json] = {
    "domainColor": _INK,
    "domainWidth": 0.5,
    "gridColor": _GRID,
    "gridWidth": 0.4,
    "labelColor": _INK,
    "labelFont": CHART_FONT,
    "labelFontSize": SIZE,
    "labelFontWeight": "normal",
    "labelPadding": 3,
    "tickColor": _INK,
    "tickSize": 3,
    "tickWidth": 0.5,
    "titleColor": _SOFT,
    "titleFont": CHART_FONT,
    "titleFontSize": SIZE,
    "titleFontWeight": "normal",
    "titlePadding": 5,
}
_ABOVE: Mapping[str, Json] = {
    "titleAngle": 0,
    "titleAlign": "left",
    "titleAnchor": "end",
    "titleBaseline": "bottom",
    "titleX": 0,
    "titleY": -6,
}


def theme() -> dict[str, Json]:
    """The configuration of Vega-Lite (its ``config``) that all charts share."""
    # No scale of values has a line of its own or marks: the grid says where its numbers belong.
    return {
        "background": None,
        "font": CHART_FONT,
        "padding": 0,
        "view": {"stroke": None},
        "axis": _AXIS,
        "axisX": {"grid": False},
        # The title of an upright axis is read without turning the page.
        "axisY": {"domain": False, "grid": False, "ticks": False, **_ABOVE},
        "axisQuantitative": {"domain": False, "grid": True, "ticks": False, "tickCount": 5},
        "axisXQuantitative": {"labelFlush": True},
        "axisXTemporal": {"labelFlush": True},
        "axisTemporal": {"grid": False, "ticks": True, "domain": True},
        "axisDiscrete": {"labelAngle": 0},
        "axisXDiscrete": {"ticks": False},
        "legend": {
            "labelColor": _INK,
            "labelFont": CHART_FONT,
            "labelFontSize": SIZE,
            "orient": "bottom",
            "direction": "horizontal",
            "offset": 8,
            "padding": 0,
            "columnPadding": 12,
            "rowPadding": 2,
            "symbolSize": 45,
            "symbolStrokeWidth": 1.2,
            "labelLimit": 0,
            "titleColor": _SOFT,
            "titleFont": CHART_FONT,
            "titleFontSize": SIZE,
            "titleFontWeight": "normal",
            "titleOrient": "left",
        },
        "header": {
            "labelColor": _INK,
            "labelFont": CHART_FONT,
            "labelFontSize": SIZE,
            "labelFontWeight": "bold",
            "title": None,
        },
        "range": {
            "category": list(GREYS),
            "ordinal": ["#e0e0e0", "#222222"],
            "ramp": ["#efefef", "#1a1a1a"],
            "heatmap": ["#efefef", "#1a1a1a"],
            "diverging": ["#1a1a1a", "#f2f2f2", "#8c8c8c"],
        },
        "mark": {"color": GREYS[0]},
        "scale": {"barBandPaddingInner": 0.3},
        "bar": {"color": "#6e6e6e", "stroke": "#ffffff", "strokeWidth": 0.4},
        "area": {"color": "#a6a6a6", "line": False},
        "arc": {"stroke": "#ffffff", "strokeWidth": 1},
        "rect": {"color": "#a6a6a6"},
        "line": {"color": _INK, "strokeWidth": 1.2, "strokeCap": "butt"},
        "trail": {"color": _INK},
        "point": {"color": _INK, "filled": True, "size": 18, "opacity": 1},
        "circle": {"color": GREYS[0], "size": 18, "opacity": 1},
        "square": {"color": GREYS[0], "size": 18, "opacity": 1},
        "rule": {"color": _INK, "strokeWidth": 0.6},
        "tick": {"color": _INK, "thickness": 0.8},
        "text": {"color": _INK, "font": CHART_FONT, "fontSize": SIZE},
        "errorbar": {"rule": {"strokeWidth": 0.8}},
        "boxplot": {"box": {"color": "#a6a6a6"}, "median": {"color": _INK, "strokeWidth": 1}},
        "style": {"guide-label": {"font": CHART_FONT}, "guide-title": {"font": CHART_FONT}},
    }
