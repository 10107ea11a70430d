"""Each way to damage the notes of a paper in JATS or LaTeX is found out, and the finding names the note."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

import paper_sample as sample
from octavo.model.finding import Finding
from octavo.model.notes import EditionNotes
from octavo.pipeline.article_files import make_jats, make_latex
from octavo.verify.papers import check_jats, check_latex
from octavo.verify.tex_text import plain_text

STYLES = ("ieee", "apa", "american-medical-association", "chicago-notes-bibliography")
LATE = "The second witness came a century later: 50 % of {it}, C:\\x_y ~ ^ # & “so”."


@cache
def jats(style: str = "ieee") -> bytes:
    """The sample as JATS XML."""
    return make_jats(sample.manuscript(style), sample.ARTICLE, sample.WORDS).data


@cache
def latex(style: str = "ieee") -> bytes:
    """The sample as LaTeX."""
    return make_latex(sample.manuscript(style), sample.ARTICLE, sample.WORDS).data


Check = Callable[[bytes], tuple[tuple[Finding, ...], EditionNotes | None]]


def changed(whole: bytes, old: str, new: str) -> bytes:
    """A file with other text in it; the old one has to stand there once."""
    assert whole.count(old.encode()) == 1, f"'{old}' stands {whole.count(old.encode())} times"
    return whole.replace(old.encode(), new.encode())


def told(findings: tuple[Finding, ...]) -> list[str]:
    """Each finding as its code and message."""
    return [f"{finding.code} {finding.message}" for finding in findings]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("form", ["jats", "latex"])
def test_a_whole_paper_passes(form: str, style: str) -> None:
    manuscript = sample.manuscript(style)
    if form == "jats":
        findings, seen = check_jats(jats(style), "ties", manuscript)
    else:
        findings, seen = check_latex(latex(style), "ties", manuscript)
    assert told(findings) == []
    assert seen is not None
    # Written down by hand: two notes of a table, and ten of the text; a style of notes adds two for its citations.
    labels = [mark.label for mark in seen.notes if mark.label.isdigit()]
    assert labels == [str(number) for number in range(1, 13 if style.startswith("chicago") else 11)]
    assert [mark.label for mark in seen.notes if not mark.label.isdigit()] == ["a", "b"]
    assert LATE in [mark.text for mark in seen.notes]


JATS_DAMAGE = {
    "another label of a note": ("<label>4</label>", "<label>14</label>", "EDN101", "note 4 "),
    "another label of a call": (
        'rid="note-ties--harbours" ref-type="fn"><sup>4<',
        'rid="note-ties--harbours" ref-type="fn"><sup>5<',
        "EDN101",
        "call of note 4 ",
    ),
    "a call that is gone": (
        '<xref id="call-ties--keepers" rid="note-ties--keepers" ref-type="fn"><sup>7</sup></xref>',
        "",
        "EDN102",
        "note 7 (ties/keepers) has no call",
    ),
    "a call twice": (
        '<xref id="call-ties--keepers" rid="note-ties--keepers" ref-type="fn"><sup>7</sup></xref>',
        '<xref id="call-ties--keepers" rid="note-ties--keepers" ref-type="fn"><sup>7</sup></xref>'
        '<xref rid="note-ties--keepers" ref-type="fn"><sup>7</sup></xref>',
        "EDN102",
        "note 7 (ties/keepers) has 2 calls",
    ),
    "a call that leads astray": (
        'id="call-ties--keepers" rid="note-ties--keepers"',
        'id="call-ties--keepers" rid="note-ties--map"',
        "EDN103",
        "the call of note 7 (ties/keepers) leads to note-ties--map",
    ),
    "other words": ("Drawn by hand.", "Drawn by machine.", "EDN102", "the text of note 6 "),
    "words that are gone": ("They held it for six generations.", "", "EDN102", "the text of note 7 "),
    "another formula": ("<tex-math>x_1</tex-math>", "<tex-math>x_2</tex-math>", "EDN102", "the text of note 8 "),
    "a note without its anchor": ('<fn id="note-ties--list">', "<fn>", "EDN102", "note 9 (ties/list) is missing"),
    "a letter of a table": ("<label>b</label>", "<label>c</label>", "EDN101", "note b (ties/w)"),
    "another back-reference": (
        'as note <xref rid="note-ties--early" ref-type="fn">2<',
        'as note <xref rid="note-ties--early" ref-type="fn">3<',
        "EDN104",
        "refers to note 2 (ties/early) as '3'",
    ),
    "an entry that is gone": ('<ref id="ref-baker-2021">', "<ref>", "EDN113", "without ref-baker-2021"),
    "a link that leads nowhere": (
        '<xref rid="ref-able-2020" ref-type="bibr">[2, p. 5]',
        '<xref rid="ref-cable" ref-type="bibr">[2, p. 5]',
        "EDN103",
        "leads to ref-cable",
    ),
    "markup that was left": ("A quotation", "A quotation[^x]", "EDN105", "[^x]"),
    "no article": ("<body>", "<text>", "EDN112", "not well-formed"),
}


@pytest.mark.parametrize("name", JATS_DAMAGE)
def test_damaged_jats_is_found_out(name: str) -> None:
    old, new, code, words = JATS_DAMAGE[name]
    findings, _ = check_jats(changed(jats(), old, new), "ties", sample.manuscript("ieee"))
    assert any(line.startswith(code) and words in line for line in told(findings)), told(findings)


def test_notes_of_jats_in_another_order_are_found_out() -> None:
    text = jats().decode()
    start = text.index('<fn id="note-ties--map">')
    end = text.index('<fn id="note-ties--keepers">')
    moved = text[:start] + text[end:].replace("</fn-group>", text[start:end] + "</fn-group>")
    findings, _ = check_jats(moved.encode(), "ties", sample.manuscript("ieee"))
    assert any("stand in the wrong order" in line for line in told(findings)), told(findings)


def test_an_entity_of_jats_is_not_followed() -> None:
    hostile = changed(
        jats(), "<!DOCTYPE article PUBLIC", "<!DOCTYPE article [<!ENTITY x SYSTEM 'file:///etc/hostname'>] >\n<!-- "
    )
    hostile = changed(hostile, 'publishing1.dtd">', 'publishing1.dtd" -->')
    findings, _ = check_jats(changed(hostile, "Drawn by hand.", "&x;"), "ties", sample.manuscript("ieee"))
    assert any("the text of note 6 " in line for line in told(findings)), told(findings)


LATEX_DAMAGE = {
    "a note more": ("This was seen early", "This\\footnote{More.} was seen early", "EDN101", "note 2 "),
    "a counter that is set": (
        "The keepers knew\\footnote",
        "\\setcounter{footnote}{11}The keepers knew\\footnote",
        "EDN101",
        "note 7 (ties/keepers) carries the number '12'",
    ),
    "a note that is gone": (
        "\\footnote{\\label{note-ties--list}Called in a list.}",
        "",
        "EDN102",
        "note 9 (ties/list)",
    ),
    "another number of a moved call": (
        "\\footnotemark[6]",
        "\\footnotemark[7]",
        "EDN102",
        "note 6 (ties/map) has no call",
    ),
    "another number of a moved note": ("\\footnotetext[6]", "\\footnotetext[5]", "EDN101", "note 6 (ties/map)"),
    "a count that goes on wrong": ("\\setcounter{footnote}{6}", "\\setcounter{footnote}{5}", "EDN101", "note 7 "),
    "other words": ("Drawn by hand.", "Drawn by machine.", "EDN102", "the text of note 6 "),
    "a character that is not escaped": ("later: 50 \\%", "later: 50 %", "EDN102", "the text of note 3 "),
    "another formula": ("\\(x_1\\)", "\\(x_2\\)", "EDN102", "the text of note 8 "),
    "a note without its anchor": ("\\label{note-ties--list}", "", "EDN102", "note 9 (ties/list) is missing"),
    "a letter of a table": (
        "\\tablenote{note-ties--w}{call-ties--w}{b}",
        "\\tablenote{note-ties--w}{call-ties--w}{c}",
        "EDN101",
        "note b (ties/w)",
    ),
    "a letter in a table": (
        "\\tablenotecall{call-ties--w}{note-ties--w}{b}",
        "\\tablenotecall{call-ties--w}{note-ties--w}{a}",
        "EDN101",
        "the call of note b (ties/w) prints 'a'",
    ),
    "another back-reference": (
        "as note \\hyperref[note-ties--early]{2}",
        "as note \\hyperref[note-ties--early]{3}",
        "EDN104",
        "refers to note 2 (ties/early) as '3'",
    ),
    "an entry that is gone": (
        "{ref-baker-2021}\n",
        "{ref-cable}\n",
        "EDN113",
        "without ref-baker-2021; with ref-cable",
    ),
    "a link that leads nowhere": ("\\hyperref[ties--fig-map]", "\\hyperref[ties--fig-x]", "EDN103", "ties--fig-x"),
    "markup that was left": ("A quotation", "A quotation[^x]", "EDN105", "[^x]"),
    "no end": ("\\end{document}", "", "EDN112", "no whole LaTeX document"),
}


@pytest.mark.parametrize("name", LATEX_DAMAGE)
def test_damaged_latex_is_found_out(name: str) -> None:
    old, new, code, words = LATEX_DAMAGE[name]
    findings, _ = check_latex(changed(latex(), old, new), "ties", sample.manuscript("ieee"))
    assert any(line.startswith(code) and words in line for line in told(findings)), told(findings)


def test_a_footnote_in_a_comment_or_in_code_does_not_count() -> None:
    more = changed(
        latex(),
        "The keepers knew",
        "% \\footnote{x}\n\\begin{verbatim}\n\\footnote{y}\n\\end{verbatim}\nThe keepers knew",
    )
    findings, _ = check_latex(more, "ties", sample.manuscript("ieee"))
    assert told(findings) == []


def test_latin_1_is_unreadable() -> None:
    findings, seen = check_latex("\\documentclass{article} é".encode("latin-1"), "ties", sample.manuscript("ieee"))
    assert seen is None
    assert told(findings)[0].startswith("EDN112")


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"a \emph{b}\textbf{c} {[}1{]} \& \% \$ \# \_ \{x\}", "a bc [1] & % $ # _ {x}"),
        (r"\textbackslash{}x \textasciitilde{} \^{} \textless b\textgreater{} a-{}-b", r"\x ~ ^ <b> a--b"),
        (
            r"\href{https://x.y/a\%20b}{link} \url{https://x.y/a_b\%20\#c} \foreignlanguage{russian}{рус}",
            "link https://x.y/a_b%20#c рус",
        ),
        (r"\(a_{1}\) and \[b \tag*{(1)}\]", r"a_{1} and b \tag*{(1)}"),
        ("one%comment\n two~three\\\\four\\ldots{}", "one two three four…"),
        (r"\hyperref[sec-a]{section 1} \hyperlink{cite.a}{{[}1{]}}", "section 1 [1]"),
        (r"\begin{quote}q\end{quote} \textsuperscript{a} \texttt{c\_\{1\}}", "q a c_{1}"),
    ],
)
def test_words_of_latex(tex: str, words: str) -> None:
    assert plain_text(tex) == words
