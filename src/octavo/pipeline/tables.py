"""What is made from the data, compared with the snapshots that are kept beside the specifications."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from octavo.adapters.store import locked, publish, remove
from octavo.assemble.chart_snapshot import chart_snapshot
from octavo.assemble.charts import compose_charts
from octavo.assemble.context import Material
from octavo.assemble.manuscript import assemble, called_charts, measure_of
from octavo.assemble.snapshots import (
    SUFFIX,
    VALUES,
    changed_values,
    compared,
    stale_findings,
    table_snapshot,
    values_snapshot,
)
from octavo.assemble.tables import compose
from octavo.model.chapter import Manuscript
from octavo.model.finding import Finding, has_errors
from octavo.model.publication import Publication
from octavo.model.snapshot import Compared, Snapshot, State
from octavo.pipeline.material import open_material
from octavo.pipeline.project import failure
from octavo.pipeline.publication import load_publication
from octavo.read.bibliography import read_bibliography
from octavo.read.chapters import order_chapters, read_chapters
from octavo.read.files import read_source
from octavo.read.scanner import scan

BUILD = "build"
_FOLDERS = ("data", "data/tables", "data/charts")


@dataclass(frozen=True, slots=True)
class Checked:
    """All that is made from the data with its state, the findings of a check, and the warnings on the way."""

    compared: tuple[Compared, ...]
    stale: tuple[Finding, ...]
    warnings: tuple[Finding, ...]


def check_tables(root: Path, connect: Sequence[str], *, update: bool) -> Checked:
    """Compare all tables, charts and values with their snapshots; ``update`` puts those that are now in their place.

    Raises ConfigurationError, FindingsError, UsageError and MachineError.
    """
    publication, findings = load_publication(root)
    chapters = order_chapters(publication, read_chapters(root, publication, findings), findings)
    bibliography = read_bibliography(root, findings)
    with open_material(root, publication, bibliography.sources, connect, findings) as material:
        manuscript = assemble(publication, chapters, scan, material, findings)
        snapshots = [
            *_snapshots(publication, material, findings),
            *_chart_snapshots(publication, material, manuscript, findings),
        ]
    texts = [place.text for place in manuscript.places]
    if has_errors(findings):
        raise failure(findings)
    values = values_snapshot(texts)
    if values is not None:
        snapshots.append(values)
    kept = _kept(root, findings)
    found = compared(snapshots, kept)
    stale = [*stale_findings(found), *changed_values(texts, kept.get(VALUES, ""))]
    if update:
        with locked(root / BUILD):
            _update(root, snapshots, found)
    return Checked(found, tuple(stale), tuple(findings))


def _snapshots(publication: Publication, material: Material, findings: list[Finding]) -> list[Snapshot]:
    """One of each specification, in the language of the publication, whether a chapter shows it or not."""
    tables = (
        compose(spec, material.datasets, publication.language, findings, material.limits)
        for spec in material.tables.values()
    )
    return [table_snapshot(table) for table in tables if table is not None]


def _chart_snapshots(
    publication: Publication, material: Material, manuscript: Manuscript, findings: list[Finding]
) -> list[Snapshot]:
    """The same of charts, and all others that chapters show are drawn too, so that their faults are told."""
    language = publication.language
    wanted = [*called_charts(manuscript), *((spec, language) for spec in material.charts.values())]
    drawn = compose_charts(wanted, material.datasets, measure_of(publication), findings)
    charts = {chart.name: chart for chart in drawn if chart.language == language}
    return [chart_snapshot(spec, charts[name]) for name, spec in material.charts.items() if name in charts]


def _kept(root: Path, findings: list[Finding]) -> dict[str, str]:
    """The snapshots that are kept, by their paths."""
    kept = {}
    for folder in _FOLDERS:
        for path in sorted((root / folder).glob(f"*{SUFFIX}")):
            source = read_source(root, f"{folder}/{path.name}", findings)
            if source is not None:
                kept[source.path] = source.text
    return kept


def _update(root: Path, snapshots: Sequence[Snapshot], found: Sequence[Compared]) -> None:
    changed = {one.path for one in found if one.state in (State.STALE, State.MISSING)}
    publish({root / one.path: one.text.encode() for one in snapshots if one.path in changed})
    remove([root / one.path for one in found if one.state is State.LEFT_OVER])
