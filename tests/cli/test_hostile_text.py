"""Text that would read, run or take what it should not: one finding each, soon, and the editions stand."""

from __future__ import annotations

import json
import time
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest

from octavo.adapters.pandoc import pandoc_path
from octavo.cli.main import main
from publications import (
    CONFIGURATION,
    SOURCES,
    STANDING,
    Fault,
    chapter,
    check_fault,
    check_faults,
    put_editions,
    standing,
    told,
)
from publications import write_publication as write

FIRST = "chapters/01-first.md"
SECONDS = 40


def text(name: str, body: str, place: str, code: str, hint: str) -> Fault:
    return Fault(name, {FIRST: chapter(body)}, f"{FIRST}:{place}", code, hint)


def front(name: str, lines: str, place: str, code: str, hint: str) -> Fault:
    return Fault(name, {FIRST: f"---\ntitle: X\n{lines}---\n\nx\n"}, f"{FIRST}:{place}", code, hint)


TEN = "\\{0}" * 10
FRACTIONS = "\\frac{1}{" * 50 + "x" + "}" * 50


def macro_bomb() -> str:
    steps = [f"\\newcommand{{\\{name}}}{{{TEN.format(before)}}}" for before, name in pairwise("abcdefghij")]
    return "\n".join(["\\newcommand{\\a}{xxxxxxxxxx}", *steps])


ATTRIBUTE, CHARACTER = "what it looks like", "no reader would see it"
FAULTS = [
    front("a bibliography of Pandoc's", "bibliography: /etc/passwd\n", "3:1", "CFG101", "known here"),
    front("a style of Pandoc's", "csl: http://127.0.0.1:9/x.csl\n", "3:1", "CFG101", ""),
    front("abbreviations of Pandoc's", "citation-abbreviations: /etc/passwd\n", "3:1", "CFG101", ""),
    front("a key of YAML", "<<: {bibliography: /etc/passwd}\n", "3:1", "CFG101", ""),
    front("an object of Python", "subtitle: !!python/object/apply:os.system [id]\n", "3:11", "CFG102", "subtitle: ..."),
    front("a control by its number", 'subtitle: "a\\x1bb"\n', "3:11", "SRC103", CHARACTER),
    front("a mark of ours by its number", 'subtitle: "a\\ue010b"\n', "3:11", "SRC103", CHARACTER),
    text("metadata in the body", "x\n\n---\nbibliography: /etc/passwd\n...\n\ny [@root]\n", "11:4", "CIT001", ""),
    text("a control by its number", "a&#1;b\n", "5:2", "SRC103", CHARACTER),
    text("an escape by its number", "a&#x1b;[31mb\n", "5:2", "SRC103", CHARACTER),
    text("a control of a terminal by its number", "a&#155;31mb\n", "5:2", "SRC103", CHARACTER),
    text("a mark of ours by its number", "a&#xe010;b\n", "5:2", "SRC103", CHARACTER),
    text("half a character by its number", "a&#xd800;b\n", "5:2", "SRC103", CHARACTER),
    text("divisions", "<div>\n" * 50 + "x\n" + "</div>\n" * 50, "45:1", "LIM101", "take some away"),
    text("fenced divisions", "::: {.a}\n" * 50 + "x\n" + ":::\n" * 50, "45:1", "LIM101", "take some away"),
    text("spans", "<span>" * 50 + "x" + "</span>" * 50, "5:241", "LIM101", "take some away"),
    text("quotations", "> " * 41 + "x\n", "5:1", "LIM101", "take some"),
    text("quotations without blanks", ">" * 50 + "x\n", "5:1", "LIM101", "take some"),
    text("lists", "".join("    " * depth + "- a\n\n" for depth in range(45)), "85:1", "LIM101", "take blanks"),
    text("a table of 5,001 rows", "| a |\n|---|\n" + "| 1 |\n" * 5_001, "5:1", "LIM104", "split it"),
    text("a table of 300 columns", f"|{' a |' * 300}\n|{'---|' * 300}\n", "5:1", "LIM104", "split it"),
    text("braces in a formula", f"${'{' * 60}x{'}' * 60}$\n", "5:1", "LIM105", "part it"),
    text("fractions", f"$$ {FRACTIONS} $$\n", "5:1", "LIM105", "part it"),
    text("a long formula", f"${'x+' * 3_000}x$\n", "5:1", "LIM105", "part it"),
    text("a circle of notes", "A[^a].\n\n[^a]: x[^a]\n", "7:8", "NTE108", "join the two"),
    text("a style", '[x]{style="position:fixed"}\n', "5:5", "ATT101", ATTRIBUTE),
    text("a style that loads", '[x]{.a style="background:url(file:///etc/passwd)"}\n', "5:8", "ATT101", ATTRIBUTE),
    text("a style of a division", '::: {style="height:1e9mm"}\nx\n:::\n', "5:6", "ATT101", ATTRIBUTE),
    text("a style of a heading", '# A {style="columns:1000000"}\n', "5:6", "ATT101", ATTRIBUTE),
    text("a style of a tag", '<span style="font-size:1e9pt">x</span>\n', "5:7", "ATT101", ATTRIBUTE),
    text("a span of a billion", "[x]{colspan=1000000000}\n", "5:5", "ATT101", ATTRIBUTE),
    text("a handler", '[x]{onclick="alert(1)"}\n', "5:5", "ATT101", ATTRIBUTE),
    text("an attachment", "[x](https://example.org/a){rel=attachment}\n", "5:28", "ATT101", ATTRIBUTE),
    text("a link of a span", '[x]{href="javascript:alert(1)"}\n', "5:5", "ATT101", ATTRIBUTE),
    text("a mark of ours", "[x]{.octavo-piece}\n", "5:5", "ATT101", "another name"),
    text("a call of ours", "[x]{.note-call note=second/cite-1}\n", "5:5", "ATT101", "another name"),
    text("a program by its address", "<javascript:alert(1)>\n", "5:1", "REF103", "https://"),
    text("a program in capitals", "[x](JaVaScRiPt:alert(1))\n", "5:5", "REF103", "https://"),
    text("a program by numbers", "[x](java&#115;cript:alert(1))\n", "5:5", "REF103", "https://"),
    text("a program behind a label", "[x][y]\n\n[y]: vbscript:x\n", "7:6", "REF103", "https://"),
    text("a page of its own", "[x](data:text/html,x)\n", "5:5", "REF103", "https://"),
    text("a file of the reader", "[x](file:///etc/passwd)\n", "5:5", "REF103", "https://"),
    text("a text of Jinja with a mark", '{{ "\\ue000" }}\n', "5:1", "TPL101", "expressions"),
]


def test_text_is_refused_before_it_does_harm(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # A call of ours has an attribute that is none, and is told twice.
    faults = [fault for fault in FAULTS if fault.name != "a call of ours"]
    start = time.monotonic()
    check_faults(faults, tmp_path, main, lambda: capsys.readouterr().out)
    assert time.monotonic() - start < SECONDS


def test_a_bomb_of_tex_macros_is_a_formula_that_cannot_be_set(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bomb = text("", f"{macro_bomb()}\n\n$\\j$\n", "16:1", "MTH101", "TeX")
    start = time.monotonic()
    check_faults([bomb], tmp_path, main, lambda: capsys.readouterr().out)
    assert time.monotonic() - start < SECONDS


def test_front_matter_has_an_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    long = front("", f"subtitle: {'x' * 300_000}\n", "2:1", "LIM108", "several files")
    check_fault(long, tmp_path, main, lambda: capsys.readouterr().out)


def test_limits_have_settings_with_bounds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = {FIRST: chapter("> > > x\n\n| a |\n|---|\n| 1 |\n| 2 |\n\n$x+y+z$\n")}
    write(tmp_path, {**body, "publication.yaml": CONFIGURATION + "limits: {levels: 2, rows: 1, formula: 5}\n"})
    assert main(["-C", str(tmp_path), "build"]) == 1
    places = told(capsys.readouterr().out)
    assert places == [(f"{FIRST}:5:1", "LIM101"), (f"{FIRST}:7:1", "LIM104"), (f"{FIRST}:12:1", "LIM105")]
    write(tmp_path, {"publication.yaml": CONFIGURATION + "limits: {levels: 5000, rows: -1, seconds: long, x: 1}\n"})
    assert main(["-C", str(tmp_path), "build"]) == 2
    codes = [code for _, code in told(capsys.readouterr().out)]
    assert codes == ["CFG102", "CFG102", "CFG102", "CFG101"]


def test_a_chapter_that_takes_too_long_is_named_and_the_editions_stand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "pandoc"
    slow.write_text(f'#!/bin/sh\ngrep -qs slowly c*.md && sleep 60\nexec "{pandoc_path()}" "$@"\n')
    slow.chmod(0o755)
    monkeypatch.setattr("octavo.adapters.pandoc.pandoc_path", lambda: str(slow))
    root = write(
        tmp_path / "book",
        {
            "publication.yaml": CONFIGURATION + "limits: {seconds: 2}\n",
            "chapters/02-second.md": chapter("It goes slowly.\n"),
            FIRST: chapter("It is fast.\n"),
        },
    )
    put_editions(root)
    start = time.monotonic()
    assert main(["-C", str(root), "build"]) == 1
    assert time.monotonic() - start < SECONDS
    output = capsys.readouterr().out
    assert told(output) == [("chapters/02-second.md:1:1", "LIM103")]
    assert "within 2 seconds" in output
    assert standing(root) == STANDING


def test_controls_of_terminals_do_not_reach_an_edition(tmp_path: Path) -> None:
    write(tmp_path, {FIRST: chapter("One\x9b31m word\x7f and one[^n].\n\n[^n]: A\x85remark\x9f.\n")})
    assert main(["-C", str(tmp_path), "build", "--quiet"]) == 0
    notes = json.loads((tmp_path / "build/ebook/notes.json").read_text("utf-8"))
    assert "\x9f" not in notes["notes"][0]["text"]
    with ZipFile(tmp_path / "build/ebook/tiny.epub") as archive:
        whole = "".join(archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith("html"))
    assert "One31m word and one" in whole
    assert not set(whole) & {*map(chr, range(0x20)), *map(chr, range(0x7F, 0x85)), *map(chr, range(0x86, 0xA0))} - {
        "\n", "\t"
    }  # fmt: skip


def test_what_slips_past_the_check_is_taken_out_of_the_editions(tmp_path: Path) -> None:
    """Macros can write what is not to be seen in the chapter."""
    hidden = '{{ "[x]{onc" ~ "lick=alert(1) sty" ~ "le=position:fixed no" ~ "te=first/one cla" ~ "ss=kept}" }}'
    body = f"{hidden}\n\nText[^one].\n\n[^one]: A note.\n"
    sources = SOURCES.replace("title: Alpha", 'title: \'<a href="javascript:x">A</a><script>y</script><img src="/z">\'')
    write(tmp_path, {FIRST: chapter(body + "\nA source [@alpha-2020].\n"), "bibliography/sources.yaml": sources})
    assert main(["-C", str(tmp_path), "build", "--quiet"]) == 0
    with ZipFile(tmp_path / "build/ebook/tiny.epub") as archive:
        whole = "".join(archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith("html"))
    assert 'class="kept"' in whole
    for gone in ("onclick", "position", "<script", "<img src", 'href="javascript'):
        assert gone not in whole
