"""What the macros of one chapter have at hand, and what they leave behind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from octavo.assemble.datasets import Datasets
from octavo.model.chart import ChartSpec
from octavo.model.data import UsedValue
from octavo.model.finding import Finding
from octavo.model.limits import Limits
from octavo.model.source import Location, SourceFile, Span
from octavo.model.table import ComposedTable, TableSpec

_PREFIXES = {"table": "tbl", "chart": "fig"}
_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")


@dataclass(frozen=True, slots=True)
class Material:
    """The data of a publication, and the specifications of what is made from them, by name."""

    datasets: Datasets
    tables: Mapping[str, TableSpec] = field(default_factory=dict)
    currency: str = ""
    charts: Mapping[str, ChartSpec] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)


@dataclass(slots=True)
class ChapterContext:
    """One chapter while its macros are expanded.

    ``source`` and ``body`` are its file and the part of it that holds the text.
    """

    material: Material
    source: SourceFile
    body: Span
    language: str
    findings: list[Finding]
    tables: list[ComposedTable] = field(default_factory=list)
    values: list[UsedValue] = field(default_factory=list)
    charts: list[ChartSpec] = field(default_factory=list)

    def at(self, offset: int, name: str = "") -> Location:
        """The place of a name at an offset of the body."""
        start = self.body.start + offset
        end = start + len(name) if self.source.text.startswith(name, start) else start
        return self.source.locate(Span(start, end))

    def tell(self, code: str, rule: str, message: str, location: Location, hint: str) -> None:
        """Add a finding."""
        self.findings.append(Finding(code, rule, message, location, hint))

    def stands_alone(self, name: str, offset: int) -> bool:
        """Whether the line of a call holds nothing but expressions; else there is a finding."""
        line = self.source.line_text(self.source.position(self.body.start + offset)[0])
        if not _EXPRESSION.sub("", line).strip() and not line.startswith("    "):
            return True
        reference = f"[@{_PREFIXES[name]}:name]"
        hint = f'write {{{{ {name}("name") }}}} on a line of its own; {reference} refers to it in a sentence'
        message = f"{name}() stands in the middle of a line"
        self.tell("DAT117", "not-on-its-own-line", message, self.at(offset, name), hint)
        return False
