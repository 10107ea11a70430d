"""Values in sentences: which row they come from, how one counts with them, how they are printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.assemble.context import ChapterContext, Material
from octavo.assemble.datasets import DataFault, Datasets
from octavo.assemble.functions import functions_of
from octavo.assemble.macros import expand
from octavo.model.data import Query
from octavo.model.finding import Finding
from octavo.model.source import Location, SourceFile, Span
from octavo.read.data import read_catalogue
from octavo.read.scanner import scan

DATA = """\
partner,year,exports,Share of all,day,note
Cuba,2019,10.1,0.5,2019-12-31,a *b* [@c] $d$
Cuba,2020,10.2,0.25,2020-12-31,
Peru,2020,-4,0.75,2020-12-31,x|y
"""


def expanded(text: str, root: Path, language: str = "en-GB") -> tuple[str, list[Finding], ChapterContext]:
    """A text with its macros expanded, over the data above."""
    (root / "data/queries").mkdir(parents=True, exist_ok=True)
    (root / "data/trade.csv").write_text(DATA)
    (root / "data/queries/sums.sql").write_text("SELECT year, sum(exports) AS exports\nFROM trade GROUP BY year")
    findings: list[Finding] = []
    source = SourceFile("chapters/01.md", text)

    def nobody(name: str, sql: str) -> tuple[list[str], list[list[int]]]:
        return (["n"], [[len(sql)]]) if name == "stats" else ([], [])

    datasets = Datasets.of(root, read_catalogue(root, (), findings), nobody)
    context = ChapterContext(Material(datasets, currency="USD"), source, Span(0, len(text)), language, findings)
    result, _ = expand(source, context.body, scan(text).literals, {}, findings, functions_of(context))
    datasets.close()
    return result, findings, context


CUBA = 'value("trade.exports", partner="Cuba", year={})'
OLD, NEW = CUBA.format(2019), CUBA.format(2020)

PRINTED = (
    (OLD, "10.1"),
    ('value("trade.year", exports=10.1)', "2019"),
    ('value("TRADE.Exports", Partner="Peru")', "\N{MINUS SIGN}4"),
    ('value("trade.exports", {"Share of all": 0.25})', "10.2"),
    ('value("trade.exports", partner="Cuba", year="2019")', "10.1"),
    ('value("trade.exports", partner="Cuba", day="2020-12-31")', "10.2"),
    ('value("trade.day", exports=10.1)', "31 December 2019"),
    ('value("trade.day", exports=10.1) | date("year")', "2019"),
    ('value("trade.note", exports=10.1)', "a \\*b\\* \\[\\@c\\] \\$d\\$"),
    ('value("sums.exports", year=2020)', "6.2"),
    ('total("trade.exports", partner="Cuba")', "20.3"),
    ('total("trade.exports")', "16.3"),
    (f"difference({OLD}, {NEW})", "0.1"),
    (f"growth({OLD}, {NEW}) | percent(2)", "0.99%"),
    (f"share({OLD}, total('trade.exports')) | percent", "62.0%"),
    (f"{OLD} + {NEW}", "20.3"),
    (f"({NEW} - {OLD}) * 10", "1"),
    (f"({OLD} * 1000) | int", "10100"),
    (f"({OLD} * 1000) | count", "10,100"),
    ('"rising" if ' + f"{NEW} > {OLD}" + ' else "falling"', "rising"),
    (f"[{OLD}, {NEW}] | max", "10.2"),
    (f"{OLD} | round", "10"),
    (f"{OLD} | number(2)", "10.10"),
    (f"{OLD} | number(sign=true)", "+10.1"),
    (f'{OLD} | number(unit="million")', "10.1 million"),
    (f"{OLD} | money", "US\\$10.10"),
    (f'{OLD} | money("EUR", 0)', "€10"),
    (f'{OLD} | money(unit="billion")', "US\\$10.1 billion"),
    ("3 | ordinal", "3rd"),
    ("0.5 | percent", "50%"),
    ("50 | percent(of=100)", "50%"),
    ("[1, 2, 3] | count", "3"),
)


@pytest.mark.parametrize(("expression", "expected"), PRINTED)
def test_an_expression_prints_its_value(expression: str, expected: str, tmp_path: Path) -> None:
    result, findings, _ = expanded(f"{{{{ {expression} }}}}", tmp_path)
    assert not findings
    assert result == expected


def test_a_chapter_in_russian_has_numbers_in_russian(tmp_path: Path) -> None:
    text = f'{{{{ {OLD} }}}}; {{{{ {OLD} | money(unit="million") }}}}; {{{{ value("trade.day", exports=10.1) }}}}'
    result, _, _ = expanded(text, tmp_path, "ru")
    assert " ".join(result.split()) == "10,1; 10,1 миллиона \\$; 31 декабря 2019 г."


def test_each_value_of_a_sentence_is_remembered_with_its_place(tmp_path: Path) -> None:
    text = f"One {{{{ {OLD} }}}}\nand {{{{ growth({OLD},\n {NEW}) | percent }}}}{{% if {NEW} > 3 %}}!{{% endif %}}"
    _, _, context = expanded(text, tmp_path)
    assert [(used.query, str(used.cell), used.location.line, used.location.column) for used in context.values] == [
        ('trade.exports, partner="Cuba", year=2019', "10.1", 1, 8),
        ('trade.exports, partner="Cuba", year=2019', "10.1", 2, 15),
        ('trade.exports, partner="Cuba", year=2020', "10.2", 3, 2),
        ('trade.exports, partner="Cuba", year=2020', "10.2", 3, 71),
    ]


def test_what_follows_from_a_fault_is_not_told_again(tmp_path: Path) -> None:
    text = (
        '{{ (share(value("trade.exprts"), 3) * 2 + 1) | round(1) | percent }}{% if value("trade.x") > 1 %}{% endif %}'
    )
    result, findings, _ = expanded(text, tmp_path)
    assert [finding.code for finding in findings] == ["VAL102", "VAL102"]
    assert result == ""


def test_no_attribute_of_a_value_can_be_reached(tmp_path: Path) -> None:
    _, findings, _ = expanded(f"{{{{ {OLD}.amount }}}}", tmp_path)
    assert [finding.code for finding in findings] == ["TPL101"]
    _, findings, _ = expanded("{{ value.__globals__ }}", tmp_path)
    assert [finding.code for finding in findings] == ["TPL101"]


def test_an_answer_from_outside_is_a_dataset_like_others(tmp_path: Path) -> None:
    _, _, context = expanded("", tmp_path)
    datasets = context.material.datasets
    query = Query("t", "SELECT 1", Location("data/tables/t.yaml"), connection="stats")
    assert datasets.rows(query).rows == ((8,),)
    datasets.close()


def test_a_query_may_read_files_and_queries(tmp_path: Path) -> None:
    _, _, context = expanded("", tmp_path)
    datasets = context.material.datasets
    sql = "WITH t AS (FROM sums) SELECT t.year, count(*) FROM t JOIN trade USING (year) GROUP BY 1 ORDER BY 1"
    assert datasets.rows(Query("t", sql, Location("x"))).rows == ((2019, 1), (2020, 2))
    with pytest.raises(DataFault, match="no dataset 'tade'"):
        datasets.dataset("tade")
    datasets.close()
