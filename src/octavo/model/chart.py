"""Charts that are drawn from data: how they are specified, and how they come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from octavo.model.data import Query, Rows
from octavo.model.source import Location
from octavo.model.table import SourceKey, Text

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]
"""A value of JSON."""

CHART_FONT = "PT Sans"
"""The family that all text of charts is set in."""


@dataclass(frozen=True, slots=True)
class FieldUse:
    """A column of the data that a chart names, or other words of it, and where."""

    name: str
    location: Location


@dataclass(frozen=True, slots=True, eq=False)
class ChartSpec:
    """A chart as its file in ``data/charts/`` describes it.

    ``alt`` is plain text.  ``spec`` is the part of Vega-Lite that the author wrote: marks and encodings, no data.
    ``uses`` are the columns that it names, ``made`` the names that its transformations add, ``words`` its formats and
    expressions.  ``height`` is that of the
    drawing in millimetres, or None where it follows from the data.  Of ``broken`` a finding has been told already.
    """

    name: str
    path: str
    location: Location
    title: Text
    alt: str
    query: Query
    spec: Mapping[str, Json]
    spec_location: Location
    height: float | None = None
    uses: tuple[FieldUse, ...] = ()
    made: frozenset[str] = frozenset()
    words: tuple[FieldUse, ...] = ()
    remark: Text | None = None
    sources: tuple[SourceKey, ...] = ()
    broken: bool = False


@dataclass(frozen=True, slots=True)
class ComposedChart:
    """A chart that is drawn, in one language: SVG whose text is outlines, and the data behind it with their hash.

    ``width`` and ``height`` are points.
    """

    name: str
    language: str
    path: str
    svg: str
    width: float
    height: float
    rows: Rows
    digest: str
