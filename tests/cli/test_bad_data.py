"""Faults of data, specifications and values: each is one finding at its place, with a hint that helps."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.cli.main import main
from publications import Fault, chapter, check_fault

DATA = "partner,year,exports\nCuba,2019,12.5\nCuba,2020,13\nPeru,2020,7.25\n"
SPEC = "data/tables/trade.yaml"


def table(text: str, data: str | bytes = DATA, name: str = "data/trade.csv") -> dict[str, str | bytes | None]:
    """A publication with one table, called in its first chapter."""
    return {name: data, SPEC: text, "chapters/01-first.md": chapter('Text.\n\n{{ table("trade") }}\n')}


def value(expression: str, data: str = DATA) -> dict[str, str | bytes | None]:
    """A publication with one expression, on line 5."""
    return {"data/trade.csv": data, "chapters/01-first.md": chapter(f"It was {expression} then.\n")}


QUERY = "title: Trade\nquery: |\n  SELECT partner,\n    {}\n"

FAULTS = (
    # Specifications
    Fault("unknown key", table("title: T\ndata: trade\ncolums: [year]\n"), f"{SPEC}:3:1", "CFG101", "'columns'"),
    Fault("no title", table("data: trade\n"), f"{SPEC}:1:1", "CFG103", "title"),
    Fault("no data", table("title: T\n"), f"{SPEC}:1:1", "CFG103", "query"),
    Fault("data and query", table("title: T\ndata: trade\nquery: SELECT 1\n"), f"{SPEC}:3:1", "CFG102", "take one"),
    Fault("unknown dataset", table("title: T\ndata: trde\n"), f"{SPEC}:2:7", "DAT103", "did you mean 'trade'?"),
    Fault(
        "unknown column",
        table("title: T\ndata: trade\ncolumns: [partner, exprots]\n"),
        f"{SPEC}:3:20",
        "DAT110",
        "did you mean 'exports'?",
    ),
    Fault(
        "unknown column to sort by", table("title: T\ndata: trade\nsort: -yaer\n"), f"{SPEC}:3:7", "DAT110", "'year'"
    ),
    Fault("unknown group", table("title: T\ndata: trade\ngroups: yaer\n"), f"{SPEC}:3:9", "DAT110", "'year'"),
    Fault("unknown row heads", table("title: T\ndata: trade\nrows: yaer\n"), f"{SPEC}:3:7", "DAT110", "'year'"),
    Fault(
        "texts as numbers",
        table("title: T\ndata: trade\ncolumns:\n  - {name: partner, format: number}\n"),
        f"{SPEC}:4:12",
        "DAT112",
        "`format`",
    ),
    Fault(
        "dates as numbers",
        table("title: T\ndata: trade\ncolumns: [{name: day, format: number}]\n", "day\n2020-01-31\n"),
        f"{SPEC}:3:18",
        "DAT111",
        "`format`",
    ),
    Fault(
        "unknown format",
        table("title: T\ndata: trade\ncolumns: [{name: year, format: percents}]\n"),
        f"{SPEC}:3:32",
        "CFG102",
        "did you mean 'percent'?",
    ),
    Fault(
        "a fraction as a whole number",
        table("title: T\ndata: trade\ncolumns: [partner, {name: exports, format: integer}]\n"),
        f"{SPEC}:3:27",
        "DAT112",
        "mend the data",
    ),
    Fault(
        "money without a currency",
        table("title: T\ndata: trade\ncolumns: [{name: exports, format: money}]\n"),
        f"{SPEC}:3:18",
        "DAT111",
        "currency: USD",
    ),
    Fault(
        "a cell that is too long",
        table("title: T\ndata: trade\n", f"a\n{'x' * 2001}\n"),
        f"{SPEC}:1:1",
        "DAT112",
        "mend the data",
    ),
    Fault(
        "texts in sums",
        table("title: T\ndata: trade\ncolumns: [year, partner]\ntotals: {label: All, columns: [partner]}\n"),
        f"{SPEC}:4:32",
        "DAT111",
        "format: number",
    ),
    Fault(
        "columns apart",
        table("title: T\ndata: trade\nspans: [{header: H, columns: [partner, exports]}]\n"),
        f"{SPEC}:3:9",
        "DAT115",
        "partner, year, exports",
    ),
    Fault(
        "a note to no cell",
        table("title: T\ndata: trade\nnotes: [{column: exports, row: {partner: Chile}, text: N}]\n"),
        f"{SPEC}:3:9",
        "DAT114",
        "`row`",
    ),
    Fault(
        "a note to two cells",
        table("title: T\ndata: trade\nnotes: [{column: exports, row: {partner: Cuba}, text: N}]\n"),
        f"{SPEC}:3:9",
        "DAT114",
        "more columns",
    ),
    Fault(
        "an unknown source",
        table("title: T\ndata: trade\nsource: [alpha-2020, bta-2021]\n"),
        f"{SPEC}:3:22",
        "CIT001",
        "did you mean 'beta-2021'?",
    ),
    Fault(
        "an unknown source in a note",
        table("title: T\ndata: trade\nnotes: [{column: exports, text: 'See @bta-2021.'}]\n"),
        f"{SPEC}:3:33",
        "CIT001",
        "did you mean 'beta-2021'?",
    ),
    Fault(
        "a bracket that is not closed",
        table("title: T\ndata: trade\nnotes: [{column: exports, text: 'See [this.'}]\n"),
        f"{SPEC}:3:33",
        "DAT116",
        "close",
    ),
    # Queries
    Fault("no SQL", table(QUERY.format("FROM")), f"{SPEC}:4:5", "DAT104", "SQL"),
    Fault("unknown column in a query", table(QUERY.format("exprts FROM trade")), f"{SPEC}:4:5", "DAT104", "'exports'"),
    Fault("unknown dataset in a query", table(QUERY.format("year FROM trad")), f"{SPEC}:4:5", "DAT104", "'trade'"),
    Fault(
        "a query without rows", table(QUERY.format("year FROM trade WHERE year = 1")), f"{SPEC}:3:3", "DAT109", "query"
    ),
    Fault("two statements", table("title: T\nquery: SELECT 1; SELECT 2\n"), f"{SPEC}:2:8", "DAT104", "one"),
    Fault("too many rows", table("title: T\nquery: FROM range(100000)\n"), f"{SPEC}:2:8", "DAT105", "limit"),
    Fault("a long table", table("title: T\nquery: FROM range(6000)\n"), f"{SPEC}:2:8", "LIM104", "limits: rows"),
    # What is locked
    *(
        Fault(f"locked: {sql}", table(f'title: T\nquery: "{sql}"\n'), f"{SPEC}:2:8", "DAT106", "locked")
        for sql in (
            "FROM '/etc/passwd'",
            "FROM read_text('/etc/passwd')",
            "FROM '../publication.yaml'",
            "FROM 'https://example.org/data.csv'",
            "INSTALL httpfs",
            "LOAD httpfs",
            "SET threads = 4",
            "ATTACH '/tmp/x.db'",
            "COPY trade TO '/tmp/x.csv'",
            "FROM glob('/etc/*')",
        )
    ),
    Fault("the clock", table("title: T\nquery: SELECT current_date AS d\n"), f"{SPEC}:2:8", "DAT107", "date"),
    Fault("chance", table("title: T\nquery: SELECT random() AS d FROM trade\n"), f"{SPEC}:2:8", "DAT107", "number"),
    Fault(
        "a query that reads itself",
        {
            **table("title: T\ndata: a\n"),
            "data/queries/a.sql": "FROM b",
            "data/queries/b.sql": "FROM a",
        },
        "data/queries/a.sql:1:1",
        "DAT104",
        "circle",
    ),
    Fault(
        "a database that nobody allowed",
        table("title: T\nquery: SELECT 1\nconnection: stats\n")
        | {"publication.yaml": "title: T\nslug: tiny\ndata: {connections: {stats: {variable: STATS}}}\n"},
        f"{SPEC}:2:8",
        "DAT120",
        "--connect stats",
    ),
    # Files
    Fault(
        "two files of one name",
        table("title: T\ndata: trade\n") | {"data/trade.tsv": "a\n1\n"},
        "data/trade.tsv:1:1",
        "DAT101",
        "rename",
    ),
    Fault(
        "a broken workbook",
        table("title: T\ndata: trade\n", b"no", "data/trade.xlsx"),
        "data/trade.xlsx:1:1",
        "DAT108",
        "",
    ),
    Fault(
        "broken JSON", table("title: T\ndata: trade\n", "[{", "data/trade.json"), "data/trade.json:1:1", "DAT108", ""
    ),
    Fault(
        "a row with too few cells",
        table("title: T\ndata: trade\n", "a,b\n1,2\n3\n"),
        "data/trade.csv:3:1",
        "DAT108",
        "as many cells",
    ),
    Fault(
        "Latin letters in another encoding",
        table("title: T\ndata: trade\n", b"a\nM\xfcnchen\n"),
        "data/trade.csv:1:1",
        "DAT108",
        "",
    ),
    Fault(
        "lists as cells",
        table("title: T\ndata: trade\ncolumns: [a]\n", '[{"a": [1, 2]}]', "data/trade.json"),
        f"{SPEC}:3:11",
        "DAT111",
        "query",
    ),
    Fault(
        "a name with a plus",
        table("title: T\ndata: trade\n") | {"data/tables/a+b.yaml": "title: T\ndata: trade\n"},
        "data/tables/a+b.yaml:1:1",
        "DAT122",
        "hyphens",
    ),
    # Calls
    Fault(
        "unknown table",
        {
            "chapters/01-first.md": chapter('{{ table("trde") }}\n'),
            SPEC: "title: T\ndata: trade\n",
            "data/trade.csv": DATA,
        },
        "chapters/01-first.md:5:4",
        "DAT118",
        "did you mean 'trade'?",
    ),
    Fault(
        "a table in a sentence",
        table("title: T\ndata: trade\n") | {"chapters/01-first.md": chapter('See {{ table("trade") }}.\n')},
        "chapters/01-first.md:5:8",
        "DAT117",
        "line of its own",
    ),
    Fault(
        "unknown dataset of a value",
        value('{{ value("trad.exports") }}'),
        "chapters/01-first.md:5:11",
        "VAL101",
        "'trade'",
    ),
    Fault(
        "unknown column of a value",
        value('{{ value("trade.exprts") }}'),
        "chapters/01-first.md:5:11",
        "VAL102",
        "'exports'",
    ),
    Fault(
        "unknown condition",
        value('{{ value("trade.exports", yaer=1) }}'),
        "chapters/01-first.md:5:11",
        "VAL102",
        "'year'",
    ),
    Fault(
        "no row", value('{{ value("trade.exports", partner="Cubb") }}'), "chapters/01-first.md:5:11", "VAL103", "'Cuba'"
    ),
    Fault(
        "two rows",
        value('{{ value("trade.exports", partner="Cuba") }}'),
        "chapters/01-first.md:5:11",
        "VAL104",
        "year=",
    ),
    Fault("an empty cell", value('{{ value("trade.b") }}', "a,b\n1,\n"), "chapters/01-first.md:5:11", "VAL105", "fill"),
    Fault("a sum of texts", value('{{ total("trade.partner") }}'), "chapters/01-first.md:5:11", "VAL106", "numbers"),
    Fault("a share of nothing", value("{{ share(1, 0) }}"), "chapters/01-first.md:5:11", "VAL107", ""),
    Fault("a growth of words", value('{{ growth("a", 2) }}'), "chapters/01-first.md:5:11", "VAL106", "numbers"),
    Fault("money without its currency", value("{{ 5 | money }}"), "chapters/01-first.md:5:15", "VAL108", "filters"),
    Fault("no such currency", value('{{ 5 | money("XXQ") }}'), "chapters/01-first.md:5:15", "VAL108", "filters"),
    Fault("words as per cent", value('{{ "a" | percent }}'), "chapters/01-first.md:5:17", "VAL108", "filters"),
    Fault("an unknown macro", value('{{ valeu("trade.exports") }}'), "chapters/01-first.md:5:11", "TPL101", "'value'"),
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_one_finding_at_its_place(fault: Fault, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check_fault(fault, tmp_path, main, lambda: capsys.readouterr().out)


def test_all_faults_of_a_sentence_are_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from publications import told, write_publication

    text = '{{ growth(value("trade.exports", year=1), value("trade.exprts")) | percent }} and {{ value("trde.x") + 1 }}'
    write_publication(tmp_path, value(text))
    assert main(["-C", str(tmp_path), "build"]) == 1
    places = [(place.rpartition(":")[2], code) for place, code in told(capsys.readouterr().out)]
    assert places == [("18", "VAL103"), ("50", "VAL102"), ("93", "VAL101")]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from publications import told, write_publication

    write_publication(tmp_path, {"secret.csv": DATA, "data/own.csv": DATA})
    (tmp_path / "data/trade.csv").symlink_to(tmp_path / "secret.csv")
    assert main(["-C", str(tmp_path), "build"]) == 1
    assert told(capsys.readouterr().out) == [("data/trade.csv:1:1", "DAT102")]
