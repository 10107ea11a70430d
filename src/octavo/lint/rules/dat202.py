"""The parts of a table do not sum to the total that is stated.

Totals are computed from the rows. Where the source of the figures gives a total too, the specification can state it,
`totals: {stated: {exports: 214.7}}`; then a row that is missing, or a figure that was copied wrongly, is found. Parts
that are rounded may miss the total by half of their last digit each.

Bad:

    data/trade.csv:
    partner,exports
    Cuba,197.1
    Iran,17.6

    data/tables/trade.yaml:
    title: Exports
    data: trade
    source: alpha-2020
    totals: {label: Together, columns: [exports], stated: {exports: 417.5}}

Good:

    data/trade.csv:
    partner,exports
    Cuba,197.1
    Iran,17.6

    data/tables/trade.yaml:
    title: Exports
    data: trade
    source: alpha-2020
    totals: {label: Together, columns: [exports], stated: {exports: 214.7}}
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from octavo.lint.data import DataView
from octavo.lint.numbers import digits_of, number_of
from octavo.lint.rule import Context, DataRule, Defect
from octavo.model.finding import Severity


def check(data: DataView, context: Context) -> Iterator[Defect]:
    """Sums of columns beside what the specification says they come to."""
    for name, spec in data.tables.items():
        stated = spec.totals.stated if spec.totals is not None else ()
        rows = data.rows(spec.query) if stated and not spec.broken else None
        for column, text, location in stated if rows is not None else ():
            at = rows.index(column) if rows is not None else -1
            parts = [number_of(row[at]) for row in rows.rows] if rows is not None and at >= 0 else []
            present = [part for part in parts if part is not None]
            total = number_of(text)
            if total is None or not present:
                continue
            rounding = sum(Decimal(1).scaleb(-digits_of(number)) for number in [total, *present]) / 2
            if abs(sum(present, Decimal(0)) - total) > rounding:
                message = f"'{column}' of the table '{name}' sums to {sum(present, Decimal(0)):f}, stated is {text}"
                yield Defect(location, message, "look for a row that is missing, or a figure that was copied wrongly")


RULE = DataRule("DAT202", "total-differs", Severity.ERROR, check=check)
