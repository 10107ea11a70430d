"""One cell of one file is changed: the table and the sentence follow in both editions, and the author is told."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest

from octavo.cli.main import main
from publications import chapter, told, write_publication

FILES = {
    "data/trade.csv": "partner,year,exports\nCuba,2019,12.5\nCuba,2020,13.25\nPeru,2020,7\n",
    "data/tables/trade.yaml": """\
title: Exports in 2020
query: |
  SELECT partner, exports FROM trade WHERE year = 2020
columns:
  - {name: partner, header: Partner}
  - {name: exports, header: Exports, unit: "million US\\\\$"}
  - {share_of: exports, header: Share}
totals: {label: All, columns: [exports, share of exports]}
notes:
  - {column: exports, row: {partner: Peru}, text: An estimate.}
source: ["alpha-2020, p. 7", beta-2021]
""",
    "chapters/01-first.md": chapter(
        'As [@tbl:trade] shows, {{ value("trade.exports", partner="Cuba", year=2020) | money("USD", unit="million") }}'
        ' went to Cuba, {{ growth(value("trade.exports", partner="Cuba", year=2019),'
        ' value("trade.exports", partner="Cuba", year=2020)) | percent }} more.\n\n{{ table("trade") }}\n'
    ),
}


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Runs the command in the publication; gives its exit code and what it printed."""
    write_publication(tmp_path, FILES)

    def call(*words: str) -> tuple[int, str]:
        capsys.readouterr()
        code = main(["-C", str(tmp_path), *words])
        return code, capsys.readouterr().out

    return call


def printed(root: Path) -> str:
    """What the chapter's page says, its white space folded."""
    document = pypdfium2.PdfDocument(root / "build/print/tiny.pdf")
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return " ".join(text.split())


def shown(root: Path) -> str:
    """The chapter in the EPUB."""
    with ZipFile(root / "build/ebook/tiny.epub") as archive:
        (name,) = (name for name in archive.namelist() if name.endswith("chapter-first.xhtml"))
        return archive.read(name).decode()


def test_one_changed_cell_changes_the_table_and_the_sentence(
    tmp_path: Path, run: Callable[..., tuple[int, str]]
) -> None:
    assert run("build", "--quiet") == (0, "")
    assert run("tables", "--update")[0] == 0
    assert run("tables", "--check") == (0, "")
    assert "US$13.25 million went to Cuba, 6% more" in printed(tmp_path)

    data = tmp_path / "data/trade.csv"
    data.write_text(data.read_text().replace("13.25", "15"))
    code, output = run("tables", "--check")
    assert code == 1
    assert ("chapters/01-first.md:5:27", "VAL109") in told(output)
    assert ("data/tables/trade.yaml:1:1", "DAT131") in told(output)
    assert 'partner="Cuba", year=2020 was 13.25, and is 15' in output
    assert '-  ["Cuba", "13.25", "65.4%"],\n' in output
    assert '+  ["Cuba", "15", "68.2%"],\n' in output

    assert run("build", "--quiet") == (0, "")
    for text in (printed(tmp_path), re.sub("<[^>]*>", "", shown(tmp_path))):
        assert "US$15 million went to Cuba, 20% more" in text
        assert "13.25" not in text
    assert "Cuba 15 68.2%" in printed(tmp_path)
    assert "All 22 100.0%" in printed(tmp_path)
    assert run("tables", "--update")[0] == 0
    assert run("tables", "--check") == (0, "")


def test_what_was_never_looked_at_is_stale(tmp_path: Path, run: Callable[..., tuple[int, str]]) -> None:
    code, output = run("tables", "--check")
    assert code == 1
    assert told(output) == [("data/tables/trade.yaml:1:1", "DAT132"), ("data/values.snapshot.json:1:1", "DAT132")]
    code, output = run("tables")
    assert code == 0, "a list of states fails nothing"
    assert output.split()[::2] == ["missing", "missing"]


def test_a_snapshot_of_nothing_is_told_and_deleted(tmp_path: Path, run: Callable[..., tuple[int, str]]) -> None:
    run("tables", "--update")
    (tmp_path / "data/tables/trade.yaml").rename(tmp_path / "data/tables/exports.yaml")
    first = tmp_path / "chapters/01-first.md"
    first.write_text(
        first.read_text().replace('table("trade")', 'table("exports")').replace("tbl:trade", "tbl:exports")
    )
    code, output = run("tables", "--check")
    assert code == 1
    assert ("data/tables/trade.snapshot.json:1:1", "DAT133") in told(output)
    assert run("tables", "--update")[0] == 0
    assert not (tmp_path / "data/tables/trade.snapshot.json").exists()


def test_a_snapshot_holds_what_is_printed_and_the_hash_of_the_data(
    tmp_path: Path, run: Callable[..., tuple[int, str]]
) -> None:
    run("tables", "--update")
    kept = json.loads((tmp_path / "data/tables/trade.snapshot.json").read_text())
    assert kept["rows"] == [
        ["Cuba", "13.25", "65.4%"],
        ["Peru", "7^[An estimate.]", "34.6%"],
        ["All", "20.25", "100.0%"],
    ]
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", kept["data"])
    data = tmp_path / "data/trade.csv"
    data.write_text(data.read_text().replace("13.25", "13.250000001"))
    spec = tmp_path / "data/tables/trade.yaml"
    spec.write_text(spec.read_text().replace('US\\\\$"}', 'US\\\\$", digits: 2}'))
    run("tables", "--update")
    again = json.loads((tmp_path / "data/tables/trade.snapshot.json").read_text())
    assert again["rows"][0] == kept["rows"][0]
    assert again["data"] != kept["data"], "a change too small to be printed is one all the same"


def test_the_table_of_an_epub_can_be_read_aloud(tmp_path: Path, run: Callable[..., tuple[int, str]]) -> None:
    assert run("build", "ebook", "--quiet") == (0, "")
    text = shown(tmp_path)
    assert '<th scope="col">Partner</th>' in text
    assert '<th scope="row">Cuba</th>' in text
    assert re.search(r'<figcaption><span class="caption-label">Table.1\.1\.</span> Exports in 2020</figcaption>', text)
    line = "Sources: Ann Able, <em>Alpha</em> (2020), 7; Bob Baker, <em>Beta</em> (2021).</p>"
    assert f'<p class="table-source"><span class="source-label">{line.replace(": ", ":</span> ", 1)}' in text
    assert re.search(r'7<sup class="note-call"><a [^>]*role="doc-noteref"[^>]*>a</a></sup><span class="fill">', text)


def test_a_table_of_five_thousand_rows_is_made_and_one_of_a_hundred_thousand_refused(
    tmp_path: Path, run: Callable[..., tuple[int, str]]
) -> None:
    spec = tmp_path / "data/tables/trade.yaml"
    spec.write_text("title: T\nquery: SELECT range AS n, range * 1.5 AS m FROM range(5000)\n")
    assert run("build", "ebook", "--quiet") == (0, "")
    assert shown(tmp_path).count("<tr>") == 5001
    spec.write_text("title: T\nquery: SELECT range AS n FROM range(100000)\n")
    code, output = run("build", "ebook", "--quiet")
    assert (code, told(output)) == (1, [("data/tables/trade.yaml:2:8", "DAT105")])
    assert "LIMIT" in output


def test_a_long_table_repeats_its_head_on_each_page(tmp_path: Path, run: Callable[..., tuple[int, str]]) -> None:
    spec = tmp_path / "data/tables/trade.yaml"
    spec.write_text(
        "title: T\nquery: SELECT range AS n, 'row' AS word FROM range(90)\n"
        "columns: [{name: n, header: Numerals}, {name: word, header: Letters}]\n"
    )
    assert run("build", "print", "--quiet") == (0, "")
    document = pypdfium2.PdfDocument(tmp_path / "build/print/tiny.pdf")
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    with_rows = [page for page in pages if "\nrow" in page.replace("\r", "") or " row" in page]
    assert len(with_rows) > 2
    assert all("Numerals" in page and "Letters" in page for page in with_rows)


def test_the_space_that_aligns_a_number_never_makes_a_line_of_its_own(
    tmp_path: Path, run: Callable[..., tuple[int, str]]
) -> None:
    long = "a result that is told in so many words that all of its columns are narrow"
    rows = ", ".join(f"('{name}', '{long}', {number})" for name, number in (("Ash", 163), ("Elm", 189.1), ("Oak", 2)))
    spec = tmp_path / "data/tables/trade.yaml"
    spec.write_text(
        f"title: T\nquery: SELECT * FROM (VALUES {rows}) AS trees(tree, words, n)\n"
        "columns: [tree, {name: words, header: Words}, {name: n, header: N}]\n"
    )
    assert run("build", "print", "--quiet") == (0, "")
    document = pypdfium2.PdfDocument(tmp_path / "build/print/tiny.pdf")
    texts = (page.get_textpage() for page in document)
    (text,) = (one for one in texts if "Ash" in one.get_text_bounded())
    places = {}
    for word in ("Ash", "163", "189.1"):
        index, _ = text.search(word).get_next()
        places[word] = text.get_charbox(index)
    document.close()
    assert places["163"][1] == pytest.approx(places["Ash"][1], abs=1)
    assert places["163"][0] == pytest.approx(places["189.1"][0], abs=1), "hundreds stand below hundreds"


def test_the_bytes_of_a_snapshot_do_not_change_by_themselves(
    tmp_path: Path, run: Callable[..., tuple[int, str]]
) -> None:
    run("tables", "--update")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.snapshot.json")}
    run("tables", "--update")
    assert len(before) == 2
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*.snapshot.json")}
