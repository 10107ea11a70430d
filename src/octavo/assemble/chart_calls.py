"""``chart("name")`` in a chapter into the Markdown that stands for the figure; it is drawn when all are known."""

from __future__ import annotations

from collections.abc import Callable

from octavo.assemble.context import ChapterContext
from octavo.model.chart import ChartSpec
from octavo.model.suggest import did_you_mean


def chart_function(context: ChapterContext) -> Callable[..., object]:
    """The macro of one chapter: the chart of ``data/charts/name.yaml``."""

    def chart(name: object, /, *, octavo_at: int = 0) -> str:
        known = context.material.charts
        spec = known.get(str(name))
        if spec is None:
            hint = did_you_mean(str(name), known) or f"write data/charts/{name}.yaml"
            location = context.at(octavo_at, "chart")
            context.tell("CHT106", "unknown-chart", f"there is no chart '{name}'", location, hint)
            return ""
        if not context.stands_alone("chart", octavo_at):
            return ""
        context.charts.append(spec)
        return chart_markdown(spec, len(context.charts) - 1)

    return chart


def chart_markdown(spec: ChartSpec, place: int) -> str:
    """What Pandoc reads of a chart: identifier, caption and remark; ``place`` counts the charts of a chapter from 0."""
    lines = [
        f"::: {{#fig:{spec.name} .octavo-chart octavo-place={place}}}",
        f"[{spec.title.text}]{{.octavo-piece}}",
    ]
    if spec.remark is not None:
        lines.append(f"\n::: {{.octavo-remark}}\n{spec.remark.text}\n:::")
    return "\n" + "\n".join([*lines, ":::"]) + "\n"
