"""The folder ``data/`` into the Material that chapters are assembled with."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from octavo.adapters.postgres import PostgresError, ask_postgres
from octavo.assemble.context import Material
from octavo.assemble.datasets import Ask, DataFault, Datasets
from octavo.errors import UsageError
from octavo.model.data import Catalogue, Cell
from octavo.model.finding import Finding
from octavo.model.keeping import NOTHING_KEPT, Keeper
from octavo.model.publication import Connection, Publication
from octavo.model.suggest import did_you_mean
from octavo.read.charts import read_charts
from octavo.read.data import read_catalogue
from octavo.read.pieces import checked_chart, checked_table
from octavo.read.tables import read_tables


@contextmanager
def open_material(
    root: Path,
    publication: Publication,
    sources: Collection[str],
    connect: Sequence[str],
    findings: list[Finding],
    keeper: Keeper = NOTHING_KEPT,
) -> Iterator[Material]:
    """The data of a project and what is made from them; databases outside are those that ``connect`` names.

    ``sources`` are the keys of the bibliography, ``keeper`` has the answers of earlier builds.

    Raises UsageError where it names one that the configuration does not have.
    """
    known = {one.name: one for one in publication.data.connections}
    for name in connect:
        if name not in known:
            hint = did_you_mean(name, known) or "name it under `data: connections:` in publication.yaml"
            raise UsageError(f"there is no connection '{name}'", hint)
    catalogue = read_catalogue(root, publication.data.connections, findings)
    datasets = Datasets.of(root, catalogue, _asking(known, frozenset(connect)), keeper)
    tables = {spec.name: checked_table(spec, sources, findings) for spec in read_tables(root, findings)}
    charts = {spec.name: checked_chart(spec, sources, findings) for spec in read_charts(root, findings)}
    try:
        yield Material(datasets, tables, publication.data.currency, charts, publication.limits)
    finally:
        datasets.close()


def no_material(root: Path) -> Material:
    """What chapters are assembled with where their data are of no weight; nothing is opened."""
    return Material(Datasets.of(root, Catalogue(), _asking({}, frozenset())))


def _asking(known: dict[str, Connection], allowed: frozenset[str]) -> Ask:
    def ask(name: str, sql: str) -> tuple[Sequence[str], Sequence[Sequence[Cell]]]:
        connection = known.get(name)
        if connection is None:
            hint = did_you_mean(name, known) or "name it under `data: connections:` in publication.yaml"
            raise DataFault("DAT119", "unknown-connection", f"there is no connection '{name}'", hint)
        if name not in allowed:
            message = f"the query asks the database '{name}', which this command may not reach"
            raise DataFault("DAT120", "closed-connection", message, f"run it with `--connect {name}`")
        try:
            return ask_postgres(connection.variable, sql)
        except PostgresError as error:
            raise DataFault("DAT121", "connection-failed", f"the database '{name}': {error}", error.hint) from error

    return ask
