"""The part of Vega-Lite that a chart may be written in.

What is left out would load something (``url``), belongs to screens (``params``, ``tooltip``), or is the house's own to
decide (``config``).  Grouping and choosing rows can be done in the query, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum


class Role(Enum):
    """What a value is to the chart: a plain one, words, a column that is read, or the name of one that is made."""

    VALUE = "value"
    WORDS = "words"
    COLUMN = "column"
    MADE = "made"


@dataclass(frozen=True, slots=True)
class Word:
    """What may stand in one place: a scalar where ``scalar`` allows it, a mapping of ``keys``, or a list of ``items``.

    ``choices`` are all the texts that a scalar can be; empty where it is free.
    """

    scalar: bool = True
    keys: Mapping[str, Word] = field(default_factory=dict)
    items: Word | None = None
    choices: frozenset[str] = frozenset()
    role: Role = Role.VALUE


def _keys(words: Mapping[str, Word], *, scalar: bool = False) -> Word:
    return Word(scalar, words)


def _one_of(text: str) -> Word:
    return Word(choices=frozenset(text.split()))


def _plain(text: str) -> dict[str, Word]:
    return dict.fromkeys(text.split(), _VALUES)


def _list(word: Word) -> Word:
    return Word(False, items=word)


_VALUE = Word()
_VALUES = Word(items=Word(items=_VALUE))
_WORDS = Word(role=Role.WORDS)
_LINES = Word(items=_WORDS, role=Role.WORDS)
_COLUMN = Word(role=Role.COLUMN)
_COLUMNS = _list(_COLUMN)
_MADE = Word(items=Word(role=Role.MADE), role=Role.MADE)
_OPERATION = _one_of(
    "argmax argmin average count distinct max mean median min missing product q1 q3 stderr stdev stdevp sum valid "
    "variance variancep"
)
_WINDOW = Word(
    choices=_OPERATION.choices
    | _one_of("row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value").choices
)

MARKS = _one_of("arc area bar boxplot circle errorband errorbar line point rect rule square text tick trail").choices
_MARK_VALUES = (
    "align angle baseline clip color cornerRadius cornerRadiusEnd cornerRadiusTopLeft cornerRadiusTopRight dx dy "
    "extent fill fillOpacity filled fontSize innerRadius interpolate limit opacity orient outerRadius padAngle radius "
    "radius2 radiusOffset rule shape size stroke strokeCap strokeDash strokeOpacity strokeWidth tension theta "
    "thickness ticks width height x x2 xOffset y y2 yOffset"
)
_PART = {**_plain(_MARK_VALUES), "fontStyle": _WORDS, "fontWeight": _VALUE}
_MARK = Word(
    True,
    {
        **_PART,
        "type": Word(choices=MARKS),
        "text": _LINES,
        "point": _keys(_PART, scalar=True),
        "line": _keys(_PART, scalar=True),
        **dict.fromkeys(("box", "median", "outliers", "rule", "ticks", "band", "borders"), _keys(_PART, scalar=True)),
    },
    choices=MARKS,
)

_AXIS = _keys(
    {
        "title": _LINES,
        "format": _WORDS,
        "formatType": _one_of("number time"),
        "labelExpr": _WORDS,
        **_plain(
            "bandPosition domain domainOpacity grid gridDash gridOpacity labelAlign labelAngle labelBaseline "
            "labelBound labelFlush labelLimit labelOffset labelOverlap labelPadding labelSeparation labels maxExtent "
            "minExtent offset orient position tickBand tickCount tickExtra tickMinStep tickOffset tickRound tickSize "
            "ticks titleAlign titleAnchor titleAngle titleBaseline titleLimit titlePadding titleX titleY translate "
            "values zindex"
        ),
    },
    scalar=True,
)
_LEGEND = _keys(
    {
        "title": _LINES,
        "format": _WORDS,
        "formatType": _one_of("number time"),
        "labelExpr": _WORDS,
        **_plain(
            "clipHeight columnPadding columns direction labelAlign labelLimit labelOffset labelOverlap legendX legendY "
            "offset orient padding rowPadding symbolDash symbolLimit symbolOffset symbolOpacity symbolSize symbolType "
            "tickCount tickMinStep titleAlign titleAnchor titleLimit titleOrient titlePadding values zindex"
        ),
    },
    scalar=True,
)
_SCALE = _keys(
    {
        "type": _one_of(
            "linear log pow sqrt symlog time utc ordinal band point quantile quantize threshold bin-ordinal"
        ),
        **_plain(
            "align base bins clamp constant domain domainMax domainMid domainMin exponent nice padding paddingInner "
            "paddingOuter range rangeMax rangeMin reverse round scheme zero"
        ),
    },
    scalar=True,
)
_SORT = Word(
    True,
    {
        "field": _COLUMN,
        "op": _OPERATION,
        "order": _one_of("ascending descending"),
        "encoding": _VALUE,
    },
    items=_VALUE,
)
_BIN = _keys(_plain("anchor base binned divide extent maxbins minstep nice step steps"), scalar=True)
_CHANNEL = {
    "field": _COLUMN,
    "type": _one_of("quantitative temporal ordinal nominal"),
    "aggregate": _OPERATION,
    "bin": _BIN,
    "timeUnit": _VALUE,
    "title": _LINES,
    "scale": _SCALE,
    "axis": _AXIS,
    "legend": _LEGEND,
    "sort": _SORT,
    "stack": _VALUE,
    "impute": _keys(_plain("value method keyvals frame")),
    "format": _WORDS,
    "formatType": _one_of("number time"),
    "bandPosition": _VALUE,
    "band": _VALUE,
    "datum": _VALUE,
    "value": _VALUES,
}
_CHANNELS = (
    "x y x2 y2 xError yError xError2 yError2 xOffset yOffset theta theta2 radius radius2 color fill stroke opacity "
    "fillOpacity strokeOpacity strokeWidth strokeDash size shape angle text"
)
_SEVERAL = Word(False, _CHANNEL, items=_keys(_CHANNEL))
_ENCODING = _keys({**dict.fromkeys(_CHANNELS.split(), _keys(_CHANNEL)), "detail": _SEVERAL, "order": _SEVERAL})

_PREDICATE = _keys(
    {
        "field": _COLUMN,
        "timeUnit": _VALUE,
        **_plain("equal lt lte gt gte range oneOf valid"),
    },
    scalar=True,
)
_SORTED = _list(_keys({"field": _COLUMN, "order": _one_of("ascending descending")}))
_STEP: Mapping[str, Word] = {"op": _OPERATION, "field": _COLUMN, "as": _MADE}
_TRANSFORM = _keys(
    {
        "filter": _PREDICATE,
        "calculate": _WORDS,
        "aggregate": _list(_keys(_STEP)),
        "joinaggregate": _list(_keys(_STEP)),
        "window": _list(_keys({**_STEP, "op": _WINDOW, "param": _VALUE})),
        "stack": _COLUMN,
        "fold": _COLUMNS,
        "bin": _BIN,
        "regression": _COLUMN,
        "loess": _COLUMN,
        "density": _COLUMN,
        "on": _COLUMN,
        "field": _COLUMN,
        "groupby": _COLUMNS,
        "sort": _SORTED,
        "as": _MADE,
        **_plain("frame ignorePeers offset method order extent bandwidth cumulative counts steps minsteps maxsteps"),
    }
)
_RESOLVED = _keys(dict.fromkeys((*_CHANNELS.split(), "detail"), _one_of("shared independent")))
_VIEW = {"mark": _MARK, "encoding": _ENCODING, "transform": _list(_TRANSFORM)}
_LAYER = _keys(_VIEW)

SPEC = _keys(
    {
        **_VIEW,
        "layer": _list(_LAYER),
        "resolve": _keys(dict.fromkeys(("scale", "axis", "legend"), _RESOLVED)),
    }
)
"""All that may stand under ``spec``."""

ELSEWHERE: Mapping[str, str] = {
    "data": "the data are those of the chart: `data` or `query` beside `spec`",
    "url": "a chart shows data of the project alone",
    "config": "the look of charts is that of the publication",
    "title": "write `title` beside `spec`: it becomes the caption",
    "height": "write `height` beside `spec`",
    "width": "a chart is as wide as the text",
    "params": "a chart on paper takes no input",
    "tooltip": "a chart on paper takes no input",
    "facet": "make one chart for each",
    "row": "make one chart for each",
    "column": "make one chart for each",
    "lookup": "join the datasets in a query",
    "expr": "compute the value in the query",
}
"""Words of Vega-Lite that have no place in a chart here, and what to do instead."""


def names(word: Word) -> Iterable[str]:
    """What can be written in a place, for suggestions."""
    return word.keys or word.choices
