"""All functions and filters that a chapter may use over the data, bound to that chapter.

A macro takes the offset of its call as ``octavo_at`` (see ``assemble.calls``).  One that prints blocks, such as a
table, returns their Markdown and leaves what it made in the context.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from octavo.assemble.chart_calls import chart_function
from octavo.assemble.context import ChapterContext
from octavo.assemble.tables import compose, table_markdown
from octavo.assemble.values import Function, Values
from octavo.model.suggest import did_you_mean


@dataclass(frozen=True, slots=True)
class Functions:
    """What is put into the environment of a chapter; ``show`` prints what no filter has printed."""

    functions: Mapping[str, Function] = field(default_factory=dict)
    filters: Mapping[str, Function] = field(default_factory=dict)
    show: Function = lambda value: value


NO_FUNCTIONS = Functions()


def functions_of(context: ChapterContext) -> Functions:
    """The functions of one chapter."""
    values = Values(context)
    functions = {**values.functions, "table": _table(context), "chart": chart_function(context)}
    return Functions(functions, values.filters, values.show)


def _table(context: ChapterContext) -> Function:
    """``table("name")``: the table of ``data/tables/name.yaml``."""

    def table(name: object, /, *, octavo_at: int = 0) -> str:
        known = context.material.tables
        spec = known.get(str(name))
        location = context.at(octavo_at, "table")
        if spec is None:
            hint = did_you_mean(str(name), known) or f"write data/tables/{name}.yaml"
            context.tell("DAT118", "unknown-table", f"there is no table '{name}'", location, hint)
            return ""
        if not context.stands_alone("table", octavo_at):
            return ""
        composed = compose(spec, context.material.datasets, context.language, context.findings, context.material.limits)
        if composed is None:
            # References to it lead somewhere, so that its own fault is all that is told.
            return f"\n[]{{#tbl:{spec.name}}}\n"
        context.tables.append(composed)
        return table_markdown(composed, len(context.tables) - 1)

    return table
