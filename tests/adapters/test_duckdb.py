"""DuckDB behind its lock, and the formats of data files."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from openpyxl import Workbook

from octavo.adapters.duckdb import Database, DataError
from octavo.adapters.postgres import PostgresError, ask_postgres
from octavo.model.data import DataFile, DataFormat, Kind

ROWS = [("Cuba", 2020, 12.5, date(2020, 1, 31)), ("Peru", 2021, None, date(2021, 2, 28))]
HEAD = ("partner", "year", "exports", "day")


def write(root: Path, kind: DataFormat) -> DataFile:
    """The rows as a file of a format."""
    path = root / f"trade.{kind.value}"
    lines = [HEAD, *ROWS]
    if kind in (DataFormat.CSV, DataFormat.TSV):
        between = "," if kind is DataFormat.CSV else "\t"
        path.write_text("\n".join(between.join("" if cell is None else str(cell) for cell in line) for line in lines))
    elif kind is DataFormat.JSON:
        path.write_text(json.dumps([dict(zip(HEAD, row, strict=True)) for row in ROWS], default=str))
    elif kind is DataFormat.XLSX:
        book = Workbook()
        for line in lines:
            book.active.append(line)
        book.save(path)
    else:
        duckdb.sql(
            "SELECT * FROM (VALUES ('Cuba', 2020, 12.5::DOUBLE, DATE '2020-01-31'),"
            " ('Peru', 2021, NULL, DATE '2021-02-28')) t(partner, year, exports, day)"
        ).write_parquet(str(path))
    return DataFile("trade", path.name, kind)


@pytest.mark.parametrize("kind", DataFormat, ids=lambda kind: kind.value)
def test_a_file_of_each_format_gives_the_same_rows(kind: DataFormat, tmp_path: Path) -> None:
    file = write(tmp_path, kind)
    database = Database(tmp_path, [file])
    database.load(file)
    rows = database.query("FROM trade")
    database.close()
    assert [column.kind for column in rows.columns] == [Kind.TEXT, Kind.INTEGER, Kind.NUMBER, Kind.DATE]
    assert rows.names == HEAD
    assert rows.rows[0] == ("Cuba", 2020, Decimal("12.5"), date(2020, 1, 31))
    assert rows.rows[1][2] is None


@pytest.mark.parametrize(
    "sql",
    [
        "FROM read_csv('{outside}')",
        "FROM read_text('{outside}')",
        "FROM read_blob('{inside}/../{name}')",
        "COPY (SELECT 1) TO '{inside}/made.csv'",
        "ATTACH '{inside}/made.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "SET allowed_directories = ['/']",
        "RESET lock_configuration",
        "EXPORT DATABASE '{inside}/made'",
        "FROM 'https://example.org/x.csv'",
        "FROM glob('{inside}/*')",
    ],
)
def test_the_lock_holds_though_nothing_looked_at_the_query(sql: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    (tmp_path / "data").mkdir()
    file = write(tmp_path / "data", DataFormat.CSV)
    database = Database(tmp_path / "data", [file])
    with pytest.raises(DataError):
        database.query(sql.format(outside=secret, inside=tmp_path / "data", name=secret.name))
    database.close()
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == ["trade.csv"]


def test_rows_from_elsewhere_keep_their_kinds(tmp_path: Path) -> None:
    database = Database(tmp_path, [])
    moment = datetime(2020, 1, 31, 12, 30)
    database.fill(
        "t",
        ["n", "x", "mixed", "flag", "moment", "none"],
        [[1, Decimal("0.1"), "a", True, moment, None], [2**70, 2, 3, False, date(2021, 1, 1), None]],
    )
    rows = database.query("FROM t")
    database.close()
    kinds = [Kind.INTEGER, Kind.NUMBER, Kind.TEXT, Kind.FLAG, Kind.DATE, Kind.TEXT]
    assert [column.kind for column in rows.columns] == kinds
    assert rows.rows[1] == (2**70, Decimal("2.0"), "3", False, datetime(2021, 1, 1), None)


def test_letters_that_no_edition_can_hold_are_replaced(tmp_path: Path) -> None:
    database = Database(tmp_path, [])
    assert database.query("SELECT 'a' || chr(57344) || chr(7) AS x").rows == (("a\ufffd\ufffd",),)
    database.close()


def test_a_database_outside_needs_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STATS", raising=False)
    with pytest.raises(PostgresError, match="STATS is not set"):
        ask_postgres("STATS", "SELECT 1")


def test_the_address_of_a_database_is_never_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATS", "postgresql://me:secret@127.0.0.1:1/stats?connect_timeout=2")
    with pytest.raises(PostgresError) as told:
        ask_postgres("STATS", "SELECT 1")
    assert "secret" not in f"{told.value}{told.value.hint}"
