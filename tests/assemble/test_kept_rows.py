"""Answers that were kept are the answers, to the last digit and type, and only for the data that gave them."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.assemble import datasets as module
from octavo.assemble.datasets import DataFault, Datasets
from octavo.assemble.kept_rows import keep_answers, recall_answers
from octavo.cache.store import Store
from octavo.model.data import Catalogue, DataColumn, DataFile, DataFormat, Kind, Query, Rows
from octavo.model.source import Location

CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.datetimes(),
    st.times(),
)
CATALOGUE = Catalogue((DataFile("ships", "data/ships.csv", DataFormat.CSV),))


class Memory:
    """A keeper that forgets nothing, whatever the manifest."""

    data = b""

    def recall(self, kind: str, name: str, manifest: object) -> bytes | None:
        return self.data

    def keep(self, kind: str, name: str, manifest: object, data: bytes) -> None:
        self.data = data


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_cells_come_back_as_they_were(cells: list[tuple[object, object]]) -> None:
    columns = (DataColumn("Ä", Kind.OTHER), DataColumn("b", Kind.DATE))
    answers = {"FROM x": Rows(columns, tuple(cells))}  # type: ignore[arg-type]
    keeper = Memory()
    keep_answers(keeper, {}, answers)
    found = recall_answers(keeper, {})
    assert found == answers
    assert [list(map(type, row)) for row in found["FROM x"].rows] == [list(map(type, row)) for row in cells]


def test_each_type_is_among_those_that_are_tried() -> None:
    cells = (None, True, 3, "x", Decimal("1.50"), date(2020, 1, 2), datetime(2020, 1, 2, 3), time(4, 5))
    rows = Rows(tuple(DataColumn(str(at), Kind.OTHER) for at in range(len(cells))), (cells,))
    keeper = Memory()
    keep_answers(keeper, {}, {"q": rows})
    assert str(recall_answers(keeper, {})["q"].rows) == str(rows.rows)


def ask(root: Path, query: Query) -> Rows:
    """The answer of one command, which keeps it for the next."""
    store = Store(root / "build/cache")
    datasets = Datasets.of(root, CATALOGUE, lambda name, sql: pytest.fail("nobody is asked"), store)
    try:
        return datasets.rows(query)
    finally:
        datasets.close()
        store.close()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/ships.csv").write_text("year,tonnes\n2020,12.50\n2021,7.25\n")
    return tmp_path


SUM = Query("sum", "SELECT sum(tonnes) AS tonnes FROM ships", Location("data/tables/sum.yaml"))


def test_the_same_data_are_not_read_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = ask(root, SUM)
    assert first.rows == ((Decimal("19.75"),),)
    monkeypatch.setattr(module, "Database", lambda *_: pytest.fail("the database was opened"))
    assert ask(root, SUM) == first


def test_other_data_give_another_answer(root: Path) -> None:
    ask(root, SUM)
    (root / "data/ships.csv").write_text("year,tonnes\n2020,12.50\n2021,7.26\n")
    assert ask(root, SUM).rows == ((Decimal("19.76"),),)


def test_a_fault_is_told_each_time(root: Path) -> None:
    broken = Query("sum", "SELECT sum(tonne) FROM ships", Location("data/tables/sum.yaml"))
    for _ in range(2):
        with pytest.raises(DataFault, match="tonne"):
            ask(root, broken)
