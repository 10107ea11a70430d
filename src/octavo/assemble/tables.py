"""A table specification and its data into a ComposedTable, and that into the Markdown that stands for it in a chapter.

Pandoc reads the pieces of Markdown alone: caption, heads, labels, cells with notes.  The other cells are put in when it
has done so (`cite.tables`), so that a table of some thousand rows costs it no time.
"""

from __future__ import annotations

from collections.abc import Sequence

from octavo.assemble.body import Body
from octavo.assemble.columns import Column, Composer
from octavo.assemble.datasets import DataFault, Datasets, digest
from octavo.assemble.formats import locale_of
from octavo.assemble.slots import Slots
from octavo.model.data import Cell, Rows
from octavo.model.finding import Finding
from octavo.model.limits import Limits
from octavo.model.table import Align, ComposedTable, TableSpec


def compose(
    spec: TableSpec, datasets: Datasets, language: str, findings: list[Finding], limits: Limits | None = None
) -> ComposedTable | None:
    """Make a table in a language (BCP 47); None where something is wrong with it, which is told at its specification.

    Of a specification that is broken a finding was told when it was read.
    """
    if spec.broken:
        return None
    try:
        rows = datasets.rows(spec.query)
    except DataFault as fault:
        findings.append(fault.finding(spec.query.location))
        return None
    composer = Composer(spec, rows, locale_of(language), findings)
    if not rows.rows:
        hint = "look at the conditions of the query, or at the file"
        composer.tell("DAT109", "empty-result", "the data have no rows", spec.query.location, hint)
        return None
    before = len(findings)
    columns = composer.columns()
    if len(findings) == before:
        composer.check_cells(columns)
    ordered = composer.sorted_rows()
    most = (limits or Limits()).rows
    if len(ordered) > most:
        message = f"the table has {len(ordered)} rows, more than {most}"
        hint = "take fewer: `limit: 20`, or raise `limits: rows` in publication.yaml"
        composer.tell("LIM104", "table-too-large", message, spec.query.location, hint)
    if len(findings) > before:
        return None
    slots = Slots()
    body = Body(composer, columns, ordered)
    if len(findings) > before:
        return None
    head = body.head(slots)
    groups, foot = body.groups(slots)
    body.check_notes()
    if len(findings) > before:
        return None
    return ComposedTable(
        name=spec.name,
        language=language,
        caption=spec.title.text,
        head=head,
        groups=groups,
        foot=foot,
        align=tuple("right" if column.align is Align.DECIMAL else column.align.value for column in columns),
        slots=slots.texts,
        remark=spec.remark.text if spec.remark else "",
        sources=spec.sources,
        path=spec.path,
        digest=digest(_used(rows, spec, columns, ordered)),
    )


def _used(rows: Rows, spec: TableSpec, columns: Sequence[Column], ordered: Sequence[tuple[Cell, ...]]) -> Rows:
    """The part of the data that a table shows."""
    shown = sorted({column.index for column in columns} | ({rows.index(spec.group)} if spec.group else set()))
    return Rows(tuple(rows.columns[at] for at in shown), tuple(tuple(row[at] for at in shown) for row in ordered))


def table_markdown(table: ComposedTable, place: int) -> str:
    """What stands for a table in a chapter: its identifier, its caption, and its pieces in the order of reading.

    ``place`` counts the tables of the chapter, from 0.
    """
    lines = [
        f"::: {{#tbl:{table.name} .octavo-data-table octavo-place={place}}}",
        f"[{table.caption}]{{.octavo-piece}}",
    ]
    lines += [f"\n[{slot}]{{.octavo-piece}}" for slot in table.slots]
    if table.remark:
        lines.append(f"\n::: {{.octavo-remark}}\n{table.remark}\n:::")
    return "\n" + "\n".join([*lines, ":::"]) + "\n"
