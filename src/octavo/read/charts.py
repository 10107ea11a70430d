"""Files of ``data/charts/`` into chart specifications."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from octavo.model.chart import ChartSpec, Json
from octavo.model.finding import Finding
from octavo.model.source import Location, SourceFile, Span
from octavo.model.table import Text
from octavo.read.chart_spec import SpecReader
from octavo.read.fields import Fields
from octavo.read.files import read_source
from octavo.read.lengths import length_of
from octavo.read.tables import check_name, read_query, read_sources, read_text, specification_paths
from octavo.read.yaml_tree import parse_yaml

FOLDER = "data/charts"
# Below, no scale has room; above, a caption has none on a page of A3.
_LOWEST, _HIGHEST = 15.0, 350.0


def read_charts(root: Path, findings: list[Finding]) -> tuple[ChartSpec, ...]:
    """All chart specifications of a project, by name; all that is wrong in them is added to ``findings``."""
    specs = []
    for path in specification_paths(root, FOLDER):
        source = read_source(root, path, findings)
        if source is not None:
            specs.append(read_chart(source, findings))
    return tuple(specs)


def read_chart(source: SourceFile, findings: list[Finding]) -> ChartSpec:
    """One specification.  ``broken`` says that it has errors."""
    before = len(findings)
    value = parse_yaml(source, Span(0, len(source.text)), findings)
    fields = Fields(value, "the chart", findings, Location(source.path), told=value is None and len(findings) > before)
    name = Path(source.path).stem
    check_name(name, source.path, findings)
    title = read_text(fields, "title", required=True) or Text(name, fields.location)
    alt = fields.text("alt")
    if not alt and value is not None:
        message = "the chart has no alternative text"
        hint = "add `alt: ...`: what the chart shows, in a sentence or two for those who do not see it"
        findings.append(Finding("CHT103", "missing-alternative-text", message, fields.location, hint))
    query = read_query(name, fields, source, findings)
    height = _height(fields, findings)
    reader = SpecReader(findings)
    written = fields.value("spec")
    spec: Mapping[str, Json] = reader.read(written) if written is not None else {}
    if written is None and value is not None:
        message, hint = "the chart needs 'spec'", "add `spec:` with `mark` and `encoding` below it"
        findings.append(Finding("CFG103", "missing-key", message, fields.location, hint))
    remark, sources = read_text(fields, "remark"), read_sources(fields, findings)
    fields.close()
    return ChartSpec(
        name=name,
        path=source.path,
        location=fields.location,
        title=title,
        alt=alt,
        query=query,
        spec=spec,
        spec_location=fields.location_of_key("spec"),
        height=height,
        uses=tuple(reader.uses),
        made=frozenset(reader.made),
        words=tuple(reader.words),
        remark=remark,
        sources=sources,
        broken=len(findings) > before,
    )


def _height(fields: Fields, findings: list[Finding]) -> float | None:
    text = fields.text("height")
    if not text:
        return None
    height = length_of(text)
    if height is not None and _LOWEST <= height <= _HIGHEST:
        return height
    message = f"'{text}' is no height of a chart"
    hint = f"write a length from {_LOWEST:.0f} to {_HIGHEST:.0f} mm, such as `60mm`"
    findings.append(Finding("CFG102", "wrong-value", message, fields.location_of("height"), hint))
    return None
