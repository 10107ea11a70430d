"""Layout and writing: what is faster than WeasyPrint's own way must come to the same pages, byte for byte."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from pikepdf import Dictionary, Pdf

from octavo.adapters.fonts import faces, font_face_rules
from octavo.adapters.pdfium import UNMARKED, visible_runs
from octavo.adapters.weasyprint import Changes, Press, quick
from octavo.model.layout import LayoutFacts

_PROSE = "The ministries’ undersecretaries characteristically disapproved of counterrevolutionary enfranchisements. "
_NOTE = '<aside id="note-{0}" class="note">{0} A note of some length, with an address: http://example.org/{1}.</aside>'
_STYLE = """
@page { size: 105mm 148mm; margin: 10% 12mm 15mm; @footnote { border-top: 0.4pt solid #000; padding-top: 2% } }
@page :left { @top-left { content: counter(page) } @top-center { content: string(title); width: 60% } }
@page :right { @top-right { content: counter(page); letter-spacing: 0.1em } }
@page :first { margin-top: 3cm; @top-right { content: none } @bottom-center { content: counter(page, lower-roman) } }
html { font: 10pt/1.3 "PT Serif", Cardo, serif; hyphens: auto; orphans: 2; widows: 2 }
h1 { string-set: title content(); break-before: page; margin: 1ex 0 2ch }
p { text-align: justify; text-indent: 1.4em; margin: 0 }
.note { float: footnote; footnote-policy: line; font-size: 8pt; text-align: left; overflow-wrap: anywhere }
.note::footnote-call { content: attr(data-label) "*"; vertical-align: 3pt; font-size: 70% }
.wide { letter-spacing: 0.2em; word-spacing: 3pt; text-transform: uppercase }
.boxed { box-sizing: border-box; width: 50%; padding: 5%; border: 1pt dotted #888; border-radius: 3pt 10% }
.logical { margin-inline-start: 2em; padding-block: 1em; border-block-end: 2pt double red }
.sized { width: calc(100% - 2em); min-height: 10%; max-width: 80%; height: 2lh; font-variation-settings: "wght" 500 }
.float { float: right; width: 30%; margin: 0 0 1em 1em; background: #eee }
.raised { position: relative; top: -2pt; transform: rotate(3deg); opacity: 0.5; outline: 1pt solid blue }
.figures { font-variant-numeric: oldstyle-nums; font-kerning: none; text-decoration: underline overline line-through }
table { border-collapse: collapse; width: 100% }
td { border: 0.3pt solid #000; padding: 1% }
.apart { border-collapse: separate; border-spacing: 2pt }
.columns { columns: 2; column-gap: 3% }
.absolute { position: absolute; bottom: 0; left: 10%; width: 20%; background: #eee; border-top: 1pt solid }
pre { white-space: pre-wrap; tab-size: 3 }
li::marker { color: #555 }
.folio::after { content: leader(". ") attr(data-folio) }
"""
_BODY = f"""
<h1 id="one">First things, <em>then</em> others</h1>
<p>{_PROSE * 3}A call.<aside id="note-1" class="note" data-label="1">1 {_PROSE}</aside> {_PROSE * 4}</p>
<p class="wide">{_PROSE}</p><p class="figures">0123456789 fi ffl AVAT {_PROSE}</p>
<div class="boxed">{_PROSE}</div><div class="logical">{_PROSE}</div><div class="sized">{_PROSE}</div>
<div class="float">{_PROSE}</div><p>{_PROSE * 6}{"".join(_NOTE.format(i, "long/" * i) for i in range(2, 9))}</p>
<p dir="rtl" lang="he">\u05e9\u05dc\u05d5\u05dd hello \u05e2\u05d5\u05dc\u05dd</p>
<p lang="ru" class="raised">Достопримечательности строительства: α, β, γ и неизвестный знак \U00013000.</p>
<div class="absolute">{_PROSE}</div><div style="position: fixed; top: 0; right: 0; background: red">fixed</div>
<ol><li>one<ul><li>two</li><li><p>{_PROSE}</p></li></ul></li></ol>
<table><thead><tr><th>Year</th><th>Ships</th></tr></thead><tr><td>1921</td><td>{_PROSE}</td></tr></table>
<table class="apart"><tr><td>so\u00adft hyph\u00adens, e\u0301 and x\u0336</td><td>no\u00a0break</td></tr></table>
<pre>a\tb\tc\n\n  indented {_PROSE}</pre><div class="columns"><p>{_PROSE * 3}</p></div>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10" width="4em"><title>A sign</title>
<path d="M1 2 L.5.25e1 Q 3,4 5 6 A2 1 30 0 1 9 9 h-2 v1.5 z" stroke="#000" stroke-width="2%"/>
<rect x="1mm" y="0.1em" width="50%" height="4" rx="1"/>
<g transform="rotate(5) translate(2 3)"><circle r="1.5"/></g></svg>
<p><a href="#one">A line with a folio <span class="folio" data-folio="7"></span></a></p>
<h1 id="two">Second things</h1><p><a href="#one">{_PROSE * 9}</a> Verylongword{"without" * 30}end.</p>
"""


@contextmanager
def without_quick_parts() -> Iterator[None]:
    quick.remove()
    try:
        yield
    finally:
        quick.install()


def pages(press: Press, html: str, notes: list[str]) -> tuple[list[LayoutFacts], list[bytes]]:
    """What is known of a unit, and its bytes, laid out three times and numbered anew."""
    styles = ("", "p { word-spacing: 0.05em }", "html { orphans: 3 }")
    laid = [press.lay_out(html, 1, notes, Changes(style)) for style in styles]
    return [one.facts for one in laid], [press.write(one, 1 + 10 * index) for index, one in enumerate(laid)]


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Press:
    return Press(tmp_path_factory.mktemp("project"), font_face_rules(faces()) + _STYLE)


def document(body: str, language: str = "en") -> str:
    return f'<html lang="{language}"><head><title>A unit</title></head><body>{body}</body></html>'


def test_the_pages_are_the_same_without_the_quick_parts(press: Press) -> None:
    notes = [f"note-{number}" for number in range(1, 9)]
    facts, files = pages(press, document(_BODY), notes)
    with without_quick_parts():
        plain_facts, plain_files = pages(press, document(_BODY), notes)
    assert facts == plain_facts
    assert facts[0].pages > 5
    for number, (file, plain) in enumerate(zip(files, plain_files, strict=True)):
        assert file == plain, f"layout {number} differs"
    # Laid out again, from what is kept.
    assert pages(press, document(_BODY), notes) == (facts, files)


def test_all_quick_parts_stand_in_their_places(press: Press) -> None:
    from weasyprint import css
    from weasyprint.layout import inline, preferred
    from weasyprint.pdf import fonts

    after = [css.StyleFor, inline.split_first_line, preferred.split_first_line, inline.resolve_percentages, fonts.ffi]
    with without_quick_parts():
        before = [
            css.StyleFor, inline.split_first_line, preferred.split_first_line, inline.resolve_percentages, fonts.ffi
        ]  # fmt: skip
    assert all(one is not other for one, other in zip(before, after, strict=True))
    assert all("weasyprint.quick" in type(one).__module__ + one.__module__ for one in after[:-1])


def test_folios_that_come_later_stand_where_those_of_the_layout_did(press: Press) -> None:
    html = document(_BODY)
    later = press.write(press.lay_out(html, 1, []), 31)
    assert later == press.write(press.lay_out(html, 31, []), 31)


def test_a_style_that_changes_between_units_is_not_kept(press: Press, tmp_path: Path) -> None:
    other = Press(tmp_path, font_face_rules(faces()) + _STYLE.replace("10pt/1.3", "11pt/1.4"))
    html = document(f"<p>{_PROSE * 3}</p>")
    assert press.write(press.lay_out(html, 1, []), 1) != other.write(other.lay_out(html, 1, []), 1)


def test_the_dots_of_a_leader_are_an_artifact_and_stand_where_they_stood(press: Press) -> None:
    html = document('<p>Ships <span class="folio" data-folio="7"></span></p>')
    data = press.write(press.lay_out(html, 1, []), 1)
    with Pdf.open(BytesIO(data)) as pdf:
        elements = [one for one in pdf.objects if isinstance(one, Dictionary) and one.get("/Type") == "/StructElem"]
        kids = [one for one in elements if one.get("/S") == "/Span"]
    runs = next(iter(visible_runs(data)))
    dots = [run for run in runs[UNMARKED] if run.text.strip() == "."]
    assert len(dots) > 20
    steps = [one.box[0] - other.box[0] for one, other in pairwise(dots)]
    assert max(steps) - min(steps) < 0.01
    marked = {run.text.strip() for mark, found in runs.items() if mark != UNMARKED for run in found}
    assert marked >= {"7", "Ships"}
    assert "." not in marked
    assert len(kids) < 6


def test_libraries_that_are_deferred_are_loaded_when_they_are_needed() -> None:
    code = """
import sys
import octavo.adapters.weasyprint
from weasyprint.pdf import fonts
assert not {"fontTools.subset", "fontTools.varLib"} & sys.modules.keys()
options = fonts.subset.Options(retain_gids=True)
assert type(options) is sys.modules["fontTools.subset"].Options and options.retain_gids
try:
    fonts.instantiateVariableFont({}, {})
except ValueError:
    assert "fontTools.varLib.instancer" in sys.modules
    print("done")
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert result.stdout == "done\n", result.stderr
