"""A table or a chart names no source.

A reader cannot check figures whose origin is not told, and an editor sends them back. The key `source` of the
specification names entries of the bibliography, which are printed below the table. A title or a remark that cites a
source, or refers to a table that has one, will do as well.

Bad:

    data/trade.csv:
    partner,exports
    Cuba,197.1

    data/tables/trade.yaml:
    title: Exports
    data: trade

Good:

    data/trade.csv:
    partner,exports
    Cuba,197.1

    data/tables/trade.yaml:
    title: Exports
    data: trade
    source: alpha-2020, p. 5
"""

from __future__ import annotations

from collections.abc import Iterator

from octavo.lint.data import DataView
from octavo.lint.rule import Context, DataRule, Defect
from octavo.model.finding import Severity
from octavo.model.lazy import lazy

_CITES = lazy(r"(?<!\w)@\w")


def check(data: DataView, context: Context) -> Iterator[Defect]:
    """Specifications without a key of a source."""
    for kind, specs in (("table", data.tables), ("chart", data.charts)):
        for name, spec in specs.items():
            texts = " ".join(text.text for text in (spec.title, spec.remark) if text is not None)
            if not spec.sources and not spec.broken and not _CITES.search(texts):
                hint = "add `source: KEY`, with a locator behind a comma"
                yield Defect(spec.title.location, f"the {kind} '{name}' names no source", hint)


RULE = DataRule("DAT201", "table-without-source", Severity.WARNING, check=check)
