"""Files that would read, load or take what they should not: bibliographies, styles, data, links and names."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from octavo.cli.main import main
from publications import (
    CONFIGURATION,
    SOURCES,
    STANDING,
    Fault,
    chapter,
    check_fault,
    hints,
    put_editions,
    standing,
    told,
)
from publications import write_publication as write

FIRST = "chapters/01-first.md"
BIB = "bibliography/more.bib"
SECONDS = 30
SECRET = "a secret of the machine"


def bib(name: str, text: str, place: str, code: str, hint: str) -> Fault:
    return Fault(name, {BIB: text}, f"{BIB}:{place}", code, hint)


def style(name: str, body: str, hint: str) -> Fault:
    head = '<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0"><info/>\n'
    path = "bibliography/styles/own.csl"
    whole = {"publication.yaml": CONFIGURATION + "bibliography: {style: own}\n", path: f"{head}{body}</style>"}
    return Fault(name, whole, f"{path}:2:1", "CSL102", hint)


def data(name: str, content: str | bytes, place: str, hint: str, file: str = "data/trade.csv") -> Fault:
    table = {"data/tables/trade.yaml": "title: T\ndata: trade\n", FIRST: chapter('{{ table("trade") }}\n')}
    return Fault(name, {file: content, **table}, f"{file}:{place}", "DAT108", hint)


def swollen() -> bytes:
    """A workbook of some hundred kilobytes that unpacks to some hundred megabytes."""
    target, book = io.BytesIO(), io.BytesIO()
    sheet = Workbook()
    sheet.active["A1"] = "year"
    sheet.save(book)
    with ZipFile(book) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/media/x.bin", b"\0" * 220_000_000)
    return target.getvalue()


_STRINGS = "".join(f"@string{{a{i} = {' # '.join([f'a{i - 1}'] * 10)}}}\n" for i in range(1, 9))
_MACROS = "".join(f'<macro name="a{i}">' + f'<text macro="a{i - 1}"/>' * 10 + "</macro>" for i in range(1, 9))
_LAYOUT = '<citation><layout>\n<text macro="{}"/></layout></citation>'
FAULTS = [
    bib("texts of texts", "@string{a0 = {aaaaaaaaaa}}\n" + _STRINGS, "5:14", "LIM107", "write the text out"),
    bib("joined texts", "@book{x, title = {" + "a" * 200_000 + "}}\n", "1:18", "LIM107", "write the text out"),
    bib("a circle", "@book{x, crossref={y}}\n@book{y, crossref={x}}\n", "2:19", "BIB010", "take one"),
    bib("an entry that leads to itself", "@inbook{x, crossref={x}}\n", "1:21", "BIB010", "take one"),
    bib("a circle of data", "@xdata{x, xdata={y}}\n@xdata{y, xdata={z,x}}\n", "2:17", "BIB010", "take one"),
    bib("braces", "@book{x, title=" + "{" * 50_000 + "}" * 50_000 + "}\n", "1:55", "LIM101", "take some"),
    bib("a program", "@book{x, title={T}, url={javascript:alert(1)}}\n", "1:25", "BIB011", "https://"),
    Fault(
        "a program in YAML",
        {"bibliography/sources.yaml": SOURCES + "  URL: 'java\tscript:x'\n"},
        "bibliography/sources.yaml:11:8",
        "BIB011",
        "https://",
    ),
    Fault(
        "endless YAML",
        {"bibliography/more.yaml": f"- id: {'x' * 6_000_000}\n"},
        "bibliography/more.yaml:1:1",
        "LIM108",
        "several files",
    ),
    style(
        "macros in a circle",
        '<macro name="a"><text macro="b"/></macro><macro name="b"><text macro="a"/></macro>'
        + _LAYOUT.format("a").replace("\n", ""),
        "CSL 1.0.2",
    ),
    style(
        "macros of macros",
        f'<macro name="a0"><text variable="title"/></macro>{_MACROS}' + _LAYOUT.format("a8").replace("\n", ""),
        "CSL 1.0.2",
    ),
    data("a quotation that is not closed", 'a,b\n1,"2\n3,4\n', "3:1", ""),
    data("a giant field", f'a,b\n1,"{"x" * 3_000_000}"\n', "2:1", ""),
    data("a workbook that swells", swollen(), "1:1", "", "data/trade.xlsx"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_file_that_takes_without_end_is_refused(
    fault: Fault, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start = time.monotonic()
    check_fault(fault, tmp_path, main, lambda: capsys.readouterr().out)
    assert time.monotonic() - start < SECONDS


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret"
    path.write_text(f"---\ntitle: {SECRET}\n---\n\n{SECRET}\n")
    return path


LINKS = {
    "chapters/03-x.md": "SRC104",
    "bibliography/x.yaml": "SRC104",
    "bibliography/x.bib": "SRC104",
    "bibliography/x.json": "SRC104",
    "data/x.csv": "DAT102",
    "data/queries/x.sql": "SRC104",
    "data/tables/x.yaml": "SRC104",
    "data/charts/x.yaml": "SRC104",
    "templates/print/chapter.html": "SRC104",
}


def test_links_out_of_the_project_are_not_followed(
    tmp_path: Path, secret: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write(tmp_path / "book")
    put_editions(root)
    for number, name in enumerate(LINKS):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        # Links lead out in all the ways there are, at once or by another one.
        path.symlink_to([secret, Path(os.path.relpath(secret, path.parent))][number % 2])
    for command in ("build", "lint"):
        assert main(["-C", str(root), command]) == 1
        output = capsys.readouterr().out
        # The linter looks at neither templates nor the rows of data.
        unread = ("templates/", "data/x", "data/queries/") if command == "lint" else ()
        expected = {(f"{name}:1:1", code) for name, code in LINKS.items() if not name.startswith(unread)}
        assert expected <= set(told(output)), output
        assert SECRET not in output
    assert standing(root) == STANDING


def test_a_style_behind_a_link_is_not_read(tmp_path: Path, secret: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write(tmp_path / "book", {"publication.yaml": CONFIGURATION + "bibliography: {style: own}\n"})
    (root / "bibliography/styles").mkdir()
    (root / "bibliography/styles/own.csl").symlink_to(secret)
    assert main(["-C", str(root), "build"]) == 1
    output = capsys.readouterr().out
    assert told(output) == [("bibliography/styles/own.csl:1:1", "SRC104")]
    assert SECRET not in output


def test_the_configuration_itself_is_no_link(tmp_path: Path, secret: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write(tmp_path / "book", {"publication.yaml": None})
    (root / "publication.yaml").symlink_to(secret)
    assert main(["-C", str(root), "build"]) == 2
    output = capsys.readouterr().out
    assert told(output) == [("publication.yaml:1:1", "SRC104")]
    assert SECRET not in output


def test_a_link_within_the_project_is_followed(tmp_path: Path) -> None:
    write(tmp_path, {"shared/third.md": chapter("Three.\n", "The third")})
    (tmp_path / "chapters/03-third.md").symlink_to("../shared/third.md")
    assert main(["-C", str(tmp_path), "build", "ebook", "--quiet"]) == 0


def test_devices_and_pipes_are_not_opened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write(tmp_path)
    put_editions(root)
    os.mkfifo(root / "chapters/03-pipe.md")
    (root / "chapters/04-zero.md").symlink_to("/dev/zero")
    (root / "chapters/05-circle.md").symlink_to("05-circle.md")
    os.mkfifo(root / "bibliography/x.yaml")
    start = time.monotonic()
    assert main(["-C", str(root), "build"]) == 1
    assert time.monotonic() - start < SECONDS
    assert told(capsys.readouterr().out) == [
        ("chapters/03-pipe.md:1:1", "SRC101"),
        ("chapters/04-zero.md:1:1", "SRC104"),
        ("chapters/05-circle.md:1:1", "SRC101"),
    ]
    assert standing(root) == STANDING


def test_a_name_cannot_write_into_the_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = chapter("A [@nosuch].\n")
    root = write(
        tmp_path, {"chapters/03-a\n::error::b.md": bad, "chapters/04-\x1b[31m.md": bad, "data/\x9b.csv": "a\n1\n"}
    )
    put_editions(root)
    for command in (["build"], ["lint"], ["lint", "--format", "github"], ["lint", "--format", "concise"]):
        assert main(["-C", str(root), *command]) == 1
        output = capsys.readouterr().out
        assert "SRC105" in output
        assert not {"\x1b", "\x9b"} & set(output), command
        assert not any(line.startswith("::error::b") for line in output.splitlines()), command
    assert standing(root) == STANDING


def test_a_name_that_is_not_utf_8_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write(tmp_path)
    try:
        (root / os.fsdecode(b"chapters/03-caf\xe9.md")).write_text(chapter("x\n"))
    except OSError:
        pytest.skip("this file system takes names of UTF-8 alone")
    assert main(["-C", str(root), "build"]) == 1
    assert ("chapters/03-caf\\udce9.md:1:1", "SRC105") in told(capsys.readouterr().out)


@pytest.mark.parametrize("name", ["build", "build/print", "build/.lock", "build/ebook/tiny.epub"])
def test_nothing_is_written_through_a_link(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write(tmp_path / "book")
    outside = tmp_path / "outside"
    outside.mkdir()
    target = outside / "file" if name in ("build/.lock", "build/ebook/tiny.epub") else outside
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    if name.endswith("epub"):
        target.write_text("mine")
    (root / name).symlink_to(target)
    code = main(["-C", str(root), "build", "--quiet"])
    if name.endswith("epub"):
        # The edition takes the place of the link.
        assert code == 0
        assert target.read_text() == "mine"
        assert not (root / name).is_symlink()
        return
    assert code == 3
    error = capsys.readouterr().err
    assert "leads out of" in error
    assert "link" in hints(error)[0]
    assert list(outside.iterdir()) == []
