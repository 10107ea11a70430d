"""LaTeX of a paper: whole, with everything escaped, and with the numbers that LaTeX itself gives its notes."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

import paper_sample as sample
from octavo.bind.latex.floats import as_float
from octavo.bind.latex.groups import end_of_group
from octavo.model.tex import escape_tex, tex_name
from octavo.pipeline.article_files import make_latex

TEX = shutil.which("pdflatex")
STYLES = ("ieee", "apa", "chicago-notes-bibliography")


@cache
def made(style: str = "ieee", columns: int = 1) -> str:
    """The document of the sample."""
    article = replace(sample.ARTICLE, columns=columns)
    return make_latex(sample.manuscript(style), article, sample.WORDS).data.decode()


def test_what_tex_takes_for_commands_is_escaped() -> None:
    text = made()
    assert r"5 \% \& more, \$3 or C:\textbackslash dir\_name \#1 \textasciitilde{} 2 \^{} 3" in text
    assert r"Ties \& \emph{knots}: 100 \% of \{them\}" in text
    assert r"With thanks to Smith \& Sons." in text
    assert r"Press \& Sons" in text
    assert r'def f(): return "{%}" \ 1  # [^code] stays' in text
    assert escape_tex(r"a--b ``c'' \x{y}") == r"a-{}-b `{}`c'{}' \textbackslash{}x\{y\}"


def test_notes_of_captions_and_headings_stand_where_latex_can_hold_them() -> None:
    text = made()
    assert re.search(r"\\caption\[\{Table~1\.1\. Ships[^\\]*\}\]\{[^{}]*\\protect\\footnotemark\[5\]\}", text)
    assert re.search(
        r"\\end\{longtable\}.*?\\footnotetext\[5\]\{.*?\}%\n\\setcounter\{footnote\}\{5\}", text, re.DOTALL
    )
    assert r"\section[{1.1 Harbours}]{1.1 Harbours\footnote{" in text
    assert text.count(r"\setcounter{footnote}") == 2


def test_notes_of_a_table_have_their_letters() -> None:
    assert r"12\tablenotecall{call-ties--east}{note-ties--east}{a}" in made()
    assert r"\tablenote{note-ties--east}{call-ties--east}{a}{An estimate of the keeper.}" in made()


def test_entries_stand_as_the_paper_prints_them() -> None:
    assert re.findall(r"\\bibitem\[\{(.*)\}\]\{(.*)\}", made()) == [
        ("{[}1{]}", "ref-ivanov-2019"),
        ("{[}2{]}", "ref-able-2020"),
        ("{[}3{]}", "ref-baker-2021"),
    ]
    assert r"\hyperlink{cite.ref-able-2020}{{[}2, p. 5{]}}" in made()
    assert "\\bibitem[{}]" in made("apa")


def test_in_two_columns_tables_are_floats() -> None:
    text = made(columns=2)
    assert "longtable}" not in text.partition("\\begin{document}")[2]
    assert text.count("\\begin{table*}") == text.count("\\end{table*}") == 1
    assert text.count("Ships \\& boats") == 1
    assert "\\twocolumn[%" in text


def test_a_table_without_a_caption_becomes_a_float_too() -> None:
    table = (
        "\\begin{longtable}[]{@{}l@{}}\n\\toprule\\noalign{}\nHead \\\\\n\\midrule\\noalign{}\n\\endhead\n"
        "\\bottomrule\\noalign{}\n\\endlastfoot\nRow \\\\\n\\end{longtable}"
    )
    assert as_float(table) == (
        "\\begin{table*}[tp]\n\\centering\n\\begin{tabular}{@{}l@{}}\n\\toprule\\noalign{}\nHead \\\\\n"
        "\\midrule\\noalign{}\nRow \\\\\n\\bottomrule\\noalign{}\n\\end{tabular}\n\\end{table*}"
    )


def test_names_of_labels_differ_where_anchors_do() -> None:
    assert tex_name("note-ties--a_b") == "note-ties--a:5f:b"
    assert tex_name("связь").isascii()
    assert tex_name("a:b") != tex_name("a:3a:b")


def test_a_group_ends_with_its_own_brace() -> None:
    assert end_of_group(r"{a{b}\}c}d", 0) == 9
    assert end_of_group(r"[a{]}b]c", 0, "[", "]") == 7
    assert end_of_group("{open", 0) == 5


def test_the_same_input_gives_the_same_bytes() -> None:
    article = replace(sample.ARTICLE, columns=1)
    assert make_latex(sample.manuscript("ieee"), article, sample.WORDS).data.decode() == made()


@pytest.mark.slow
@pytest.mark.skipif(TEX is None, reason="no LaTeX is installed")
@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("style", STYLES)
def test_latex_counts_the_notes_as_the_plan_does(style: str, columns: int, tmp_path: Path) -> None:
    manuscript = sample.manuscript(style)
    source = make_latex(manuscript, replace(sample.ARTICLE, columns=columns), sample.WORDS)
    (tmp_path / "paper.tex").write_bytes(source.data)
    for path in source.images:
        (tmp_path / path).parent.mkdir(exist_ok=True)
        Image.new("RGB", (60, 90), "gray").save(tmp_path / path)
    for _ in range(2):
        command = [str(TEX), "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "paper.tex"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == 0, done.stdout.decode("utf-8", "replace")[-3000:]
    labels = dict(re.findall(r"\\newlabel\{(note-[^}]*)\}\{\{([^}]*)\}", (tmp_path / "paper.aux").read_text("utf-8")))
    for note in manuscript.plan.notes:
        if note.series == "main":
            assert labels[tex_name(note.anchor)] == note.label
