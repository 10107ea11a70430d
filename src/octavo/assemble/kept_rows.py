"""Answers of queries as they are kept between builds, so that a build whose data are the same opens no database."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from octavo.adapters.data_files import states
from octavo.adapters.tools import own_state, packages_state
from octavo.model.data import Catalogue, Cell, DataColumn, Kind, Query, Rows
from octavo.model.keeping import Keeper, Manifest

Answers = Mapping[str, Rows]
"""Rows by the text of the query, or the name of the dataset, that they answer."""

_KIND, _NAME = "data", "answers"
# More cells are read from their file as quickly as from here.
_MOST_CELLS = 100_000
_READERS: Mapping[str, Callable[[str], Cell]] = {
    "decimal": Decimal,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}


def data_manifest(root: Path, catalogue: Catalogue) -> Manifest:
    """What all answers depend on: every file of ``data/`` and every query with a name."""
    return {
        "files": json.dumps(states(root, catalogue.files)),
        "queries": json.dumps([[query.name, query.sql] for query in catalogue.queries]),
        "tools": f"{own_state()} {packages_state()}",
    }


def asked(query: Query) -> str:
    """What a query is known by among the answers."""
    return query.sql or f"FROM {query.dataset}"


def recall_answers(keeper: Keeper, manifest: Manifest) -> dict[str, Rows]:
    """The answers that earlier builds got from the same data."""
    data = keeper.recall(_KIND, _NAME, manifest)
    return {} if data is None else {name: _rows(*entry) for name, entry in json.loads(data).items()}


def keep_answers(keeper: Keeper, manifest: Manifest, answers: Answers) -> None:
    """Keep answers, but for those that are too long to be worth it."""
    document = {
        name: (
            [[column.name, column.kind.value] for column in rows.columns],
            [[*map(_plain, row)] for row in rows.rows],
        )
        for name, rows in answers.items()
        if len(rows.rows) * len(rows.columns) <= _MOST_CELLS
    }
    keeper.keep(_KIND, _NAME, manifest, json.dumps(document, ensure_ascii=False).encode())


def _rows(columns: list[list[str]], rows: list[list[object]]) -> Rows:
    return Rows(
        tuple(DataColumn(name, Kind(kind)) for name, kind in columns),
        tuple(tuple(map(_cell, row)) for row in rows),
    )


def _plain(cell: Cell) -> object:
    """A cell as JSON has it; what JSON has no form for stands in a pair with the name of its type."""
    if cell is None or isinstance(cell, (bool, int, str)):
        return cell
    return [type(cell).__name__.lower(), str(cell) if isinstance(cell, Decimal) else cell.isoformat()]


def _cell(value: object) -> Cell:
    if isinstance(value, list):
        kind, text = value
        return _READERS[kind](text)
    assert value is None or isinstance(value, (bool, int, str))
    return value
