"""Chart specifications and their rows into ComposedCharts: drawn in one language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from octavo.adapters.vega import ChartJob, Drawn, draw_charts, drawing_manifest
from octavo.assemble.chart_defaults import completed
from octavo.assemble.chart_locale import date_words, number_signs
from octavo.assemble.chart_theme import theme
from octavo.assemble.datasets import DataFault, Datasets, digest
from octavo.model.chart import ChartSpec, ComposedChart, Json
from octavo.model.data import Cell, Rows
from octavo.model.finding import Finding
from octavo.model.keeping import NOTHING_KEPT, Keeper
from octavo.model.suggest import did_you_mean

# More marks than that are a grey area, and no reader counts them.
MAX_ROWS = 5_000
# Shorter words stand in any sentence.
_QUOTED = 3
_POINTS = 72 / 25.4
_SIZE = re.compile(r'<svg\b[^>]*?\bwidth="([\d.]+)"[^>]*?\bheight="([\d.]+)"')


@dataclass(frozen=True, slots=True)
class ReadyChart:
    """A chart with its data in one language, that only has to be drawn."""

    spec: ChartSpec
    language: str
    job: ChartJob
    rows: Rows


def compose_charts(
    charts: Sequence[tuple[ChartSpec, str]],
    datasets: Datasets,
    measure: float,
    findings: list[Finding],
    keeper: Keeper = NOTHING_KEPT,
) -> tuple[ComposedChart, ...]:
    """Draw charts, each in a language (BCP 47), as wide as the text, ``measure`` in millimetres.

    What is wrong with one is told at its specification, and the result lacks it.  Raises MachineError.
    """
    ready = prepare_charts(charts, datasets, measure, findings)
    return finish_charts(ready, draw_ready(ready, keeper), findings)


def prepare_charts(
    charts: Sequence[tuple[ChartSpec, str]], datasets: Datasets, measure: float, findings: list[Finding]
) -> tuple[ReadyChart, ...]:
    """Ask for the data of charts; see :func:`compose_charts`."""
    ready = []
    for spec, language in dict.fromkeys(charts):
        rows = None if spec.broken else _rows(spec, datasets, findings)
        if rows is None or not _columns_are_known(spec, rows, findings):
            continue
        whole = completed(spec, rows, measure * _POINTS)
        data = {"values": list(_values(rows))}
        job = ChartJob({**whole, "data": data}, theme(), number_signs(language), date_words(language))
        ready.append(ReadyChart(spec, language, job, rows))
    return tuple(ready)


def draw_ready(ready: Sequence[ReadyChart], keeper: Keeper = NOTHING_KEPT) -> tuple[Drawn, ...]:
    """Draw prepared charts, but for those that ``keeper`` has; nothing of this process is touched meanwhile.

    Raises MachineError where the drawing program or a font is missing.
    """
    manifests = [drawing_manifest(one.job) for one in ready]
    found: dict[int, Drawn] = {}
    for index, one in enumerate(ready):
        kept = keeper.recall("chart", f"{one.spec.name} ({one.language})", manifests[index])
        if kept is not None:
            found[index] = Drawn(kept.decode())
    missing = [index for index in range(len(ready)) if index not in found]
    for index, drawn in zip(missing, draw_charts([ready[index].job for index in missing]), strict=True):
        found[index] = drawn
        if drawn.svg and not drawn.warnings:
            one = ready[index]
            keeper.keep("chart", f"{one.spec.name} ({one.language})", manifests[index], drawn.svg.encode())
    return tuple(found[index] for index in range(len(ready)))


def finish_charts(
    ready: Sequence[ReadyChart], drawings: Sequence[Drawn], findings: list[Finding]
) -> tuple[ComposedChart, ...]:
    """The charts whose drawings came out well; of the others it is told what is wrong."""
    composed = (_composed(one, drawn, findings) for one, drawn in zip(ready, drawings, strict=True))
    return tuple(chart for chart in composed if chart is not None)


def _rows(spec: ChartSpec, datasets: Datasets, findings: list[Finding]) -> Rows | None:
    try:
        rows = datasets.rows(spec.query)
    except DataFault as fault:
        findings.append(fault.finding(spec.query.location))
        return None
    at = spec.query.location
    if not rows.rows:
        hint = "look at the conditions of the query, or at the file"
        findings.append(Finding("DAT109", "empty-result", "the data have no rows", at, hint))
        return None
    if len(rows.rows) > MAX_ROWS:
        message = f"the data have {len(rows.rows)} rows, more than the {MAX_ROWS} that a chart can show"
        hint = "sum them up in the query: `SELECT ..., sum(...) FROM ... GROUP BY ...`"
        findings.append(Finding("CHT104", "too-many-marks", message, at, hint))
        return None
    return rows


def _columns_are_known(spec: ChartSpec, rows: Rows, findings: list[Finding]) -> bool:
    known = {*rows.names, *spec.made}
    missing = [use for use in spec.uses if use.name not in known]
    for use in missing:
        hint = did_you_mean(use.name, known) or f"columns: {', '.join(rows.names)}"
        # Names of Vega-Lite differ by their capitals.
        near = [name for name in known if name.casefold() == use.name.casefold()]
        hint = f"did you mean '{near[0]}'?" if near else hint
        message = f"the data have no column '{use.name}'"
        findings.append(Finding("DAT110", "unknown-column", message, use.location, hint))
    return not missing


def _values(rows: Rows) -> Iterator[Mapping[str, Json]]:
    for row in rows.rows:
        yield {name: _json(cell) for name, cell in zip(rows.names, row, strict=True)}


def _json(cell: Cell) -> Json:
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    if isinstance(cell, (date, datetime, time)):
        return cell.isoformat()
    return cell


def _composed(one: ReadyChart, drawn: Drawn, findings: list[Finding]) -> ComposedChart | None:
    spec = one.spec
    faults = [drawn.error] if drawn.error else list(drawn.warnings)
    for fault in faults:
        message = f"the chart cannot be drawn as it is written: {fault}"
        hint = "see the documentation of Vega-Lite for this mark and its channels"
        # Vega-Lite names no places; what it quotes is looked for where it was written.
        places = [word.location for word in spec.words if len(word.name) >= _QUOTED and word.name in fault]
        at = places[0] if places else spec.spec_location
        findings.append(Finding("CHT105", "chart-not-drawn", message, at, hint))
    size = _SIZE.search(drawn.svg)
    if faults or size is None:
        return None
    width, height = float(size[1]), float(size[2])
    # A pixel of the drawing is a point of the page.
    svg = drawn.svg.replace(f'width="{size[1]}"', f'width="{width:g}pt"', 1)
    svg = svg.replace(f'height="{size[2]}"', f'height="{height:g}pt"', 1)
    return ComposedChart(
        name=spec.name,
        language=one.language,
        path=spec.path,
        svg=svg,
        width=width,
        height=height,
        rows=one.rows,
        digest=digest(one.rows),
    )
