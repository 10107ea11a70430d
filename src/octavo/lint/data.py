"""The data of a publication as rules look at them: the specifications, and rows where a rule needs some."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from octavo.model.chart import ChartSpec
    from octavo.model.data import Query, Rows
    from octavo.model.table import TableSpec


def _no_rows(query: Query) -> Rows | None:
    return None


@dataclass(frozen=True, slots=True)
class DataView:
    """Specifications by name.

    ``rows`` answers a query, or gives None where it fails, which the making of the table tells.  It opens a database,
    so that it is called only when a rule needs it.
    """

    tables: Mapping[str, TableSpec] = field(default_factory=dict)
    charts: Mapping[str, ChartSpec] = field(default_factory=dict)
    rows: Callable[[Query], Rows | None] = field(default=_no_rows, compare=False)

    def query_of(self, identifier: str) -> Query | None:
        """What a table or chart with an identifier (``tbl:name``, ``fig:name``) is made from."""
        prefix, _, name = identifier.partition(":")
        spec = self.tables.get(name) if prefix == "tbl" else self.charts.get(name) if prefix == "fig" else None
        return spec.query if spec is not None else None
