"""Charts through the public commands: what a reader sees of them, and what an author hears of a wrong one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pypdfium2
import pytest

from octavo.adapters.epubcheck import check
from octavo.cli.main import main
from publications import Fault, chapter, check_fault, hints, told
from publications import write_publication as write

TRADE = "year,country,sum\n2019,Armenia,10.5\n2019,Russia,20\n2020,Armenia,12\n2020,Russia,25\n"
CHART = """\
title: Trade with *two* countries
alt: Trade grows from 30 to 37 million dollars.
data: trade
spec:
  mark: bar
  encoding:
    x: {field: year, type: ordinal, title: null}
    y: {field: sum, title: USD million}
    color: {field: country, title: null}
remark: Without services.
source: alpha-2020, p. 5
"""
FILES: Mapping[str, str] = {
    "chapters/01-first.md": chapter('Figure [-@fig:trade] says so [@beta-2021].\n\n{{ chart("trade") }}\n\nMore.\n'),
    "data/trade.csv": TRADE,
    "data/charts/trade.yaml": CHART,
}


@dataclass(frozen=True, slots=True)
class Built:
    """Both editions: the pages as text, the chapter of the EPUB, and the drawing in it."""

    root: Path
    pages: tuple[str, ...]
    chapter: str
    drawing: str


def read(root: Path) -> Built:
    pdf = pypdfium2.PdfDocument(root / "build/print/tiny.pdf")
    pages = tuple(" ".join(page.get_textpage().get_text_range().split()) for page in pdf)
    pdf.close()
    with ZipFile(root / "build/ebook/tiny.epub") as archive:
        drawings = [name for name in archive.namelist() if name.endswith(".svg")]
        assert len(drawings) == 1
        text = archive.read("EPUB/text/chapter-first.xhtml").decode()
        return Built(root, pages, text, archive.read(drawings[0]).decode())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = write(tmp_path_factory.mktemp("charts"), FILES)
    assert main(["-C", str(root), "build", "--quiet"]) == 0
    return read(root)


def paths_on(page: pikepdf.Page) -> int:
    """How many paths are drawn on a page, in its forms too."""
    streams = [page.Contents.read_bytes() if "/Contents" in page else b""]
    forms = dict(page.Resources.get("/XObject", {}))
    streams += [form.read_bytes() for form in forms.values() if form.get("/Subtype") == "/Form"]
    return sum(len(re.findall(rb"(?:^|\s)[fSB]\*?(?=\s|$)", stream)) for stream in streams)


def test_print_has_the_chart_as_a_figure_of_vectors_with_its_text_alternative(built: Built) -> None:
    page = next(index for index, text in enumerate(built.pages) if "Figure 1.1. Trade with two countries" in text)
    text = built.pages[page]
    assert "Figure 1.1 says so" in text
    assert "Without services. Source: Ann Able, Alpha" in text.replace("Able, Ann", "Ann Able")
    with pikepdf.open(built.root / "build/print/tiny.pdf") as pdf:
        assert paths_on(pdf.pages[page]) > 20
        assert not [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]
        alternatives = [str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
    assert alternatives == ["Trade grows from 30 to 37 million dollars."]


def test_the_epub_has_the_chart_as_a_drawing_without_text_that_needs_fonts(built: Built) -> None:
    figure = re.search(r"<figure .*?</figure>", built.chapter, re.DOTALL)
    assert figure
    assert 'alt="Trade grows from 30 to 37 million dollars."' in figure[0]
    assert "Trade with <em>two</em> countries" in figure[0]
    assert built.drawing.startswith("<svg ")
    assert "<text" not in built.drawing
    assert check(built.root / "build/ebook/tiny.epub") == ()


def test_one_cell_changes_the_chart_in_both_editions_and_makes_its_snapshot_stale(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write(tmp_path, {**FILES, "publication.yaml": "title: T\nslug: tiny\ndate: 2026-01-01\n"})
    command = ["-C", str(root), "tables"]
    assert main([*command, "--check"]) == 1
    assert told(capsys.readouterr().out) == [("data/charts/trade.yaml:1:1", "DAT132")]
    assert main([*command, "--update"]) == 0
    assert main([*command, "--check"]) == 0
    assert main(["-C", str(root), "build", "--quiet"]) == 0
    before = read(root).drawing, (root / "build/print/tiny.pdf").read_bytes()

    (root / "data/trade.csv").write_text(TRADE.replace("2020,Russia,25", "2020,Russia,26"), encoding="utf-8")
    capsys.readouterr()
    assert main([*command, "--check"]) == 1
    output = capsys.readouterr().out
    assert ("data/charts/trade.yaml:1:1", "DAT131") in told(output)
    assert '-  ["2020", "Russia", "25"]' in output
    assert '+  ["2020", "Russia", "26"]' in output
    assert re.search(r'\+ "drawing": "sha256:', output)
    assert main(["-C", str(root), "build", "--quiet"]) == 0
    after = read(root).drawing, (root / "build/print/tiny.pdf").read_bytes()
    assert before[0] != after[0]
    assert before[1] != after[1]
    assert main([*command, "--update"]) == 0
    assert main([*command, "--check"]) == 0


def test_the_same_data_give_the_same_bytes(tmp_path: Path) -> None:
    editions = []
    for name in ("one", "two"):
        root = write(tmp_path / name, {**FILES, "publication.yaml": "title: T\nslug: tiny\ndate: 2026-01-01\n"})
        assert main(["-C", str(root), "build", "--quiet"]) == 0
        editions.append([(root / f"build/{path}").read_bytes() for path in ("print/tiny.pdf", "ebook/tiny.epub")])
    assert editions[0] == editions[1]


def with_chart(old: str, new: str) -> Mapping[str, str]:
    assert CHART.count(old) == 1
    return {**FILES, "data/charts/trade.yaml": CHART.replace(old, new)}


PLACE = "data/charts/trade.yaml"
FAULTS = (
    Fault("an unknown key", with_chart("remark", "remrak"), f"{PLACE}:10:1", "CFG101", "'remark'"),
    Fault("an unknown word", with_chart("encoding", "encodings"), f"{PLACE}:6:3", "CHT101", "'encoding'"),
    Fault(
        "data of its own",
        with_chart("  mark: bar", "  mark: bar\n  data: {url: 'https://example.org/a.csv'}"),
        f"{PLACE}:6:3",
        "CHT101",
        "beside `spec`",
    ),
    Fault("an unknown mark", with_chart("bar", "barr"), f"{PLACE}:5:9", "CHT102", "'bar'"),
    Fault("a mark of the network", with_chart("bar", "image"), f"{PLACE}:5:9", "CHT102", "one of: arc"),
    Fault("an unknown type", with_chart("ordinal", "ordnal"), f"{PLACE}:7:28", "CHT102", "'ordinal'"),
    Fault("an unknown column", with_chart("field: sum", "field: summ"), f"{PLACE}:8:16", "DAT110", "'sum'"),
    Fault("a column in other capitals", with_chart("field: sum", "field: Sum"), f"{PLACE}:8:16", "DAT110", "'sum'"),
    Fault(
        "no alternative text",
        with_chart("alt: Trade grows from 30 to 37 million dollars.\n", ""),
        f"{PLACE}:1:1",
        "CHT103",
        "alt",
    ),
    Fault("an unknown dataset", with_chart("data: trade", "data: trades"), f"{PLACE}:3:7", "DAT103", "'trade'"),
    Fault(
        "an empty result",
        with_chart("data: trade", "query: SELECT * FROM trade WHERE year > 2050"),
        f"{PLACE}:3:8",
        "DAT109",
        "conditions",
    ),
    Fault(
        "too many rows",
        with_chart("data: trade", "query: SELECT year, country, range AS sum FROM trade, range(2000)"),
        f"{PLACE}:3:8",
        "CHT104",
        "GROUP BY",
    ),
    Fault(
        "what Vega-Lite refuses",
        with_chart("title: USD million", 'title: USD, axis: {format: "zz%"}'),
        f"{PLACE}:8:48",
        "CHT105",
        "Vega-Lite",
    ),
    Fault(
        "what Vega-Lite would leave out in silence",
        with_chart("field: year, type: ordinal", "type: ordinal"),
        f"{PLACE}:4:1",
        "CHT105",
        "Vega-Lite",
    ),
    Fault("a height that is none", with_chart("data:", "height: 2m\ndata:"), f"{PLACE}:3:9", "CFG102", "60mm"),
    Fault(
        "an unknown chart",
        {**FILES, "chapters/01-first.md": chapter('One [@alpha-2020; @beta-2021].\n\n{{ chart("trad") }}\n')},
        "chapters/01-first.md:7:4",
        "CHT106",
        "'trade'",
    ),
    Fault(
        "a chart in a sentence",
        {**FILES, "chapters/01-first.md": chapter('See {{ chart("trade") }} here.\n')},
        "chapters/01-first.md:5:8",
        "DAT117",
        "[@fig:name]",
    ),
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_told_at_its_place(fault: Fault, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write(tmp_path, fault.files)
    assert main(["-C", str(root), "tables", "--check"]) == 1
    output = capsys.readouterr().out
    assert told(output) == [(fault.place, fault.code)], output
    assert any(fault.hint in hint for hint in hints(output)), output
    assert "Traceback" not in output


def test_a_build_tells_of_the_sources_of_a_chart_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = with_chart("alpha-2020", "alpha-2021")
    fault = Fault("an unknown source", files, f"{PLACE}:11:9", "CIT001", "alpha-2020")
    check_fault(fault, tmp_path, main, lambda: capsys.readouterr().out)
