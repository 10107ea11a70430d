"""A chart into its Snapshot: the data that it shows, and the hash of how it is drawn."""

from __future__ import annotations

from hashlib import sha256

from octavo.assemble.snapshots import kept_at, snapshot_text
from octavo.assemble.values import plain_of
from octavo.model.chart import ChartSpec, ComposedChart
from octavo.model.snapshot import Snapshot
from octavo.model.source import Location


def chart_snapshot(spec: ChartSpec, chart: ComposedChart) -> Snapshot:
    """All that a chart shows.

    A drawing also changes with the page, and with another version of what draws it.
    """
    text = snapshot_text(
        {
            "chart": spec.name,
            "title": spec.title.text,
            "alt": spec.alt,
            "columns": chart.rows.names,
            "rows": [[plain_of(cell) for cell in row] for row in chart.rows.rows],
            "remark": spec.remark.text if spec.remark else "",
            "source": [", ".join(filter(None, (one.key, one.locator))) for one in spec.sources],
            "data": chart.digest,
            "drawing": f"sha256:{sha256(chart.svg.encode()).hexdigest()}",
        }
    )
    return Snapshot(kept_at(spec.path), text, f"chart '{spec.name}'", Location(spec.path))
