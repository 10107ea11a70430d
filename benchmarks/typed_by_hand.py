"""The reference publication as one would type it: what its macros make stands in the chapters."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from octavo.model.chapter import ExpandedChapter
    from octavo.model.reference import Source
    from octavo.model.table import ComposedTable, TableRow

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("publication.yaml", "chapters", "bibliography", "data", "templates")
_TABLE = re.compile(r"::: \{#tbl:([\w-]+) \.octavo-data-table.*?\n:::\n", re.DOTALL)
_CHART = re.compile(r"::: \{#fig:([\w-]+) \.octavo-chart.*?\n:::\n", re.DOTALL)


def copy_publication(folder: Path) -> None:
    """The reference publication without anything that was built from it."""
    folder.mkdir()
    for name in SOURCES:
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy2
        copy(source, folder / name)


def type_by_hand(folder: Path) -> None:
    """Write the reference publication as one would type it: what the macros make stands in its chapters."""
    from octavo.assemble.charts import compose_charts
    from octavo.assemble.manuscript import assemble, called_charts, measure_of
    from octavo.pipeline.material import open_material
    from octavo.pipeline.publication import load_publication
    from octavo.read.bibliography import read_bibliography
    from octavo.read.chapters import order_chapters, read_chapters
    from octavo.read.scanner import scan

    publication, findings = load_publication(folder)
    chapters = order_chapters(publication, read_chapters(folder, publication, findings), findings)
    sources = read_bibliography(folder, findings).sources
    with open_material(folder, publication, sources, (), findings) as material:
        manuscript = assemble(publication, chapters, scan, material, findings)
        charts = compose_charts(called_charts(manuscript), material.datasets, measure_of(publication), findings)
    (folder / "images").mkdir()
    for chart in charts:
        (folder / "images" / f"{chart.name}.svg").write_text(chart.svg)
    for place in manuscript.places:
        chapter = place.text.chapter
        body = place.text.text[len(place.text.text) - _body_length(place.text) :]
        tables = {table.name: table for table in place.text.tables}
        body = _TABLE.sub(lambda match, tables=tables: _typed_table(tables[match[1]], sources), body)
        body = _CHART.sub(lambda match: _typed_chart(match[0], match[1]), body)
        front = chapter.source.text[: chapter.body.start]
        (folder / chapter.source.path).write_text(front + body)
    shutil.rmtree(folder / "data")


def _body_length(expanded: ExpandedChapter) -> int:
    """How much of the expanded text comes from the body: what stands before it is title and abstract."""
    start = expanded.chapter.body.start
    first = next(at for at, origin in zip(expanded.map.expanded, expanded.map.origin, strict=True) if origin >= start)
    return len(expanded.text) - first


def _typed_table(table: ComposedTable, sources: dict[str, Source]) -> str:
    head = table.head[-1]
    rows = [row for group in table.groups for row in group]
    lines = [_line(head, table), "|" + "|".join("--:" if one == "right" else ":--" for one in table.align) + "|"]
    lines += [_line(row, table) for row in [*rows, *table.foot]]
    named = "; ".join(str(sources[key.key].data.get("title")) for key in table.sources)
    tail = f"\nSource: {named}.\n" if named else ""
    return "\n".join([*lines, "", f": {table.caption} {{#tbl:{table.name}}}", tail])


def _line(row: TableRow, table: ComposedTable) -> str:
    cells: list[str] = []
    for cell in row.cells:
        text = table.slots[cell.slot] if cell.slot >= 0 else cell.text.replace("$", r"\$")
        cells += [text, *[""] * (cell.columns - 1)]
    return "|" + "|".join([*cells, *[""] * (len(table.align) - len(cells))][: len(table.align)]) + "|"


def _typed_chart(block: str, name: str) -> str:
    caption = re.search(r"\[(.*?)\]\{\.octavo-piece", block, re.DOTALL)
    words = caption[1] if caption else name
    return f"![{words}](images/{name}.svg){{#fig:{name}}}\n"
