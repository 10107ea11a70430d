"""The folder ``data/`` into what the linter's rules look at; nothing of it is loaded where there is none."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from octavo.lint.data import DataView
from octavo.model.finding import Finding
from octavo.model.publication import Publication
from octavo.model.source import SourceFile
from octavo.read.files import read_source

if TYPE_CHECKING:
    from octavo.model.data import Query, Rows


def read_data(
    root: Path, publication: Publication, sources: Collection[str], findings: list[Finding]
) -> tuple[DataView, dict[str, SourceFile]]:
    """The specifications of a project, and the files in which they stand; ``sources`` are the keys of its entries."""
    if not any((root / "data" / folder).is_dir() for folder in ("tables", "charts")):
        return DataView(), {}
    from octavo.read.charts import FOLDER as CHARTS
    from octavo.read.charts import read_charts
    from octavo.read.pieces import checked_chart, checked_table
    from octavo.read.tables import FOLDER as TABLES
    from octavo.read.tables import read_tables, specification_paths

    tables = {spec.name: checked_table(spec, sources, findings) for spec in read_tables(root, findings)}
    charts = {spec.name: checked_chart(spec, sources, findings) for spec in read_charts(root, findings)}
    files = {}
    for path in [*specification_paths(root, TABLES), *specification_paths(root, CHARTS)]:
        # What is wrong with the file was told when the specification was read.
        file = read_source(root, path, [])
        if file is not None:
            files[path] = file
    return DataView(tables, charts, lambda query: _rows(root, publication, query)), files


def _rows(root: Path, publication: Publication, query: Query) -> Rows | None:
    """The answer to a query of files; a database outside is not asked for the sake of a warning."""
    from octavo.assemble.datasets import DataFault
    from octavo.pipeline.material import open_material

    try:
        with open_material(root, publication, (), (), []) as material:
            return material.datasets.rows(query)
    except DataFault:
        return None
