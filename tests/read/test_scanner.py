"""The scanner, feature by feature.  Every case was held against Pandoc 3.9 when it was written."""

from __future__ import annotations

import time

import pytest

from octavo.model.markup import LiteralKind, Scan
from octavo.read.scanner import scan


def keys(found: Scan) -> list[str]:
    """The citations: their keys, with ``-`` where the author is suppressed and ``+`` where they stand in the text."""
    return [
        ("+" if citation.in_text else "")
        + ";".join(("-" if item.suppress_author else "") + item.key for item in citation.items)
        for citation in found.citations
    ]


def literals(source: str) -> list[tuple[str, str]]:
    """The literals: kind and text."""
    return [(literal.kind.value, literal.span.of(source)) for literal in scan(source).literals]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[@a]", ["a"]),
        ("[see @a, p. 3; -@b; also @c]", ["a;-b;c"]),
        ("@a says", ["+a"]),
        ("@a [p. 3] and @b [p. 4; @c]", ["+a", "+b;c"]),
        ("@a\n[p. 3]", ["+a"]),
        ("@a [-@b]", ["+a;-b"]),
        ("-@a -@b [p. 3]", ["+-a", "+-b"]),
        ("x-@a --@b ----@c", ["+a", "+b", "+-c"]),
        ("@{a[b} @{we(ir)d} @{no key}", ["+a[b", "+we(ir)d"]),
        ("@a.b:c/d_e+f. @a--b @a; @белта, @1x @_y", ["+a.b:c/d_e+f", "+a", "+a", "+белта", "+1x", "+_y"]),
        ("@http://x.y/z: @a?b@c", ["+http://x.y/z", "+a?b", "+c"]),
        # A key directly after a word is an address; after an emphasis too.
        ("me@x.org a.@b *a*@b «@c» (@d) …@e", ["+c", "+d", "+e"]),
        ("a@b@c", ["+c"]),
        ("<me@x.org> <https://x.y/@b> <b>@c</b>", ["+c"]),
        (r"\@a \[@b] [\@c]", ["+b"]),
        ("`@a` $@b$ $$@c$$ ``@d ` @e``", []),
        ("$@a$5 and $ @b$, costs $5 or @c", ["+a$5", "+b", "+c"]),
        # What is followed by a target, attributes or a label is no citation but the text of a link or span.
        ("[@a](u) [@b]{.c} [@c][x] [x @d](u)", ["+a", "+b", "+c", "+d"]),
        ("@a [b](u) @c [^1] @d [e]{.f}", ["+a", "+c", "+d"]),
        ('[x](u@b "@c") [y](<@d>) ![@e](f)', ["+e"]),
        ("[x]: @a\n\n[y]: <@b> '@c'\n", []),
        ("[y]: see @a in [z]", ["+a"]),
        ("[see [@a] @b]", ["b", "a"]),
        ("[@a, *b; c*; @d] [@e, *b; @f]", ["a;d", "+e", "+f"]),
        ('[@a, "b; c" R&amp;D `;`; @d] [@e; see]', ["a;d", "+e"]),
        # Comments are text for Pandoc when raw HTML is off.
        ("<!-- @a -->", ["+a"]),
        ('<span title="@a">@b</span> <i title="@c">', ["+b", "+c"]),
        ("a ~~@b~~ ^@c^ ~@d~ 'e @f' snake_@h _@g_", ["+b", "+c", "+d", "+f", "+h", "+g_"]),
        ("# @a\n\n@b\n===\n\n> @c\n@d\n\n- @e\n\n  @f\n", ["+a", "+b", "+c", "+d", "+e", "+f"]),
        ("a\n\n    @code\n\n- b\n\n      @code\n\n  @c", ["+c"]),
        ("```\n@a\n```\n~~~~ {.x}\n@b\n~~~\n~~~~\n\n> ```\n> @c\n> ```\n\n``` unfinished\n@d", ["+d"]),
        ("x\n```\n@a\n```\n@b", ["+b"]),
        ("| @a | b |\n|----|---|\n| @c | `|` @d |\n\n: x @e {#tbl:f}", ["+a", "+c", "+d", "+e"]),
        ("  a    b\n---- ----\n @a   @b\n\n", ["+a", "+b"]),
        ("+----+----+\n| @a | @b |\n+----+----+\n", ["+a", "+b"]),
        ("Term @a\n:   body @b\n\n        @code\n", ["+a", "+b"]),
        ("| line @a\n|   b [@c,\n  p. 3]\n", ["+a", "c"]),
        ("::: {#d}\n@a\n:::\n\n<div>\n@b\n</div>", ["+a", "+b"]),
        ("[@a\n\n@b]", ["+a", "+b"]),
        # The label of an example is no key, before and behind its item; in brackets it is one.
        ("(@good) x\n\nsee @good, (@good), [@good], @later\n\n(@later) y", ["good"]),
        # The title of a section in brackets is a link.
        ("@a [Title] @b [title, p. 3]\n\n# Title", ["+a", "+b"]),
    ],
)
def test_citations(source: str, expected: list[str]) -> None:
    assert keys(scan(source)) == expected


def test_parts_of_a_citation() -> None:
    source = "As [*see* @a, p. 3 *ff.*; -@b] and @c [ch. 2] say."
    first, second = scan(source).citations
    assert first.span.of(source) == "[*see* @a, p. 3 *ff.*; -@b]"
    assert [(item.prefix, item.key_span.of(source), item.suffix) for item in first.items] == [
        ("*see*", "@a", ", p. 3 *ff.*"),
        ("", "-@b", ""),
    ]
    assert second.in_text
    assert second.span.of(source) == "@c [ch. 2]"
    assert (second.items[0].key_span.of(source), second.items[0].suffix) == ("@c", "ch. 2")


def test_brackets_behind_a_key_that_are_a_link_are_not_its_suffix() -> None:
    source = "@a [Title]\n\n# Title"
    (citation,) = scan(source).citations
    assert (citation.span.of(source), citation.items[0].suffix) == ("@a", "")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a[^1] [^long-label]b[^заметка]", ["1", "long-label", "заметка"]),
        ("[^a b] [^a^b] [^] [^a[b] \\[^1] `[^2]` $[^3]$", []),
        ("![^1] [x [^2]](u) [@a [^3]] ^[b [^4]] *[^5]*", ["1", "2", "3", "4", "5"]),
        ("[x][^1] @a[^2] x^2^[^3]", ["1", "2", "3"]),
        ("| a[^1] |\n|-------|\n| [^2]  |", ["1", "2"]),
        ("[^1]: see [^2]", ["2"]),
        ("# a[^1] {#b}\n\n[c]: d[^2]", ["1"]),
    ],
)
def test_note_references(source: str, expected: list[str]) -> None:
    assert [reference.label for reference in scan(source).references] == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a^[b] c^[d [e](f) `]` \\] $]$ g]", ["b", "d [e](f) `]` \\] $]$ g"]),
        ("^[a ^[b] c]", ["a ^[b] c", "b"]),
        ("^[a]^[b]", ["a", "b"]),
        # Since Pandoc 3.8.1 a target, a label or attributes behind the bracket make it something else.
        ("^[a](u) ^[b][c] ^[d]{.e} ^[f] (g)", ["f"]),
        ("x^2^[a] \\^[b] ^[c\n\nd]", []),
        ("^[a\nb]", ["a\nb"]),
        ("> ^[a\n> b]", ["a\n> b"]),
    ],
)
def test_inline_notes(source: str, expected: list[str]) -> None:
    assert [note.body.of(source) for note in scan(source).inline_notes] == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[^1]: a\nb\n\nc", [("1", " a\nb")]),
        ("[^1]: a\n[^2]: b", [("1", " a"), ("2", " b")]),
        ("[^1]: a\n\n    b\n\n    - c\n\nd", [("1", " a\n\n    b\n\n    - c")]),
        ("[^1]:\n    a\n\n\tb\n", [("1", "\n    a\n\n\tb")]),
        ("  [^x@y]: a", [("x@y", " a")]),
        ("x\n[^1]: a", []),
        ("> [^1]: a\n\n- b\n\n  [^2]: c", [("1", " a"), ("2", " c")]),
        ("    [^1]: a", []),
    ],
)
def test_definitions(source: str, expected: list[tuple[str, str]]) -> None:
    found = scan(source).definitions
    assert [(definition.label, definition.body.of(source)) for definition in found] == expected
    for definition in found:
        assert definition.label_span.of(source) == definition.label
        assert definition.span.of(source) == f"[^{definition.label}]:{definition.body.of(source)}"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("`a` ``b ` c`` `d\ne` ````f` g", [("code span", part) for part in ("`a`", "``b ` c``", "`d\ne`", "`f`")]),
        ("`a`{#b} $c$ $$d\ne$$", [("code span", "`a`"), ("math", "$c$"), ("math", "$$d\ne$$")]),
        (r"\`a` $5 and $6, \$a\$ $ b$ $c $", []),
        (r"$\text{a $b$}$", [("math", r"$\text{a $b$}$")]),
        ("<https://a.b> <a@b.c> <br>", [("address", "<https://a.b>"), ("address", "<a@b.c>")]),
        ("<span>a</span>", [("html tag", "<span>"), ("html tag", "</span>")]),
        ("a\n\n    b\n\n    c\n", [("code block", "    b\n\n    c")]),
        ("```py\na\n```\n", [("code block", "```py\na\n```")]),
        # No identifier lies in a literal, so that this one begins behind the attributes.
        ("``` {#a .py}\nb\n```\n", [("code block", "\nb\n```")]),
        ("> ```\n> a\n> ```\n", [("code block", "```\n> a\n> ```")]),
        ("- a\n\n      b\n", [("code block", "    b")]),
        ("1.  a\n\n        b\n\n    c", [("code block", "    b")]),
        ("\ta\n", [("code block", "\ta")]),
    ],
)
def test_literals(source: str, expected: list[tuple[str, str]]) -> None:
    assert literals(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# a *b* #\n", [(1, "a *b*", "# a *b* #")]),
        ("### a `#` {#b .c}\n", [(3, "a `#`", "### a `#` {#b .c}")]),
        ("a b {#c}\n---\n\nd\n=", [(2, "a b", "a b {#c}\n---"), (1, "d", "d\n=")]),
        ("#a\n\nb\n# c\n\n #. d", []),
        ("# a {b}\n", [(1, "a {b}", "# a {b}")]),
    ],
)
def test_headings(source: str, expected: list[tuple[int, str, str]]) -> None:
    found = [(part.level, part.text.of(source), part.span.of(source)) for part in scan(source).headings]
    assert found == expected


def test_identifiers() -> None:
    source = (
        "# a {#h}\n\n[b]{.c #s} ![d](e){#i} [f](g){#l} `k`{#c}\n\n::: {#d}\nx\n:::\n\n"
        "~~~ {#f}\n{#no}\n~~~\n\n| a |\n|---|\n| b |\n\n: Caption {#tbl:t}\n\n`{#no}` {#no}\n\nx {#set}\n---\n"
    )
    found = scan(source).identifiers
    assert [part.name for part in found] == ["h", "s", "i", "l", "c", "d", "f", "tbl:t", "set"]
    assert all(part.span.of(source) == "#" + part.name for part in found)


def test_targets() -> None:
    source = '[a](b "c") ![d](<e f>){.g} [h](i(j)k\n"l") [m][n]\n\n[n]: o/p "q"\n[r]:\n  <s>\n'
    found = [(part.target, part.span.of(source), part.image) for part in scan(source).targets]
    assert found == [(t, t, t == "e f") for t in ("b", "e f", "i(j)k", "o/p", "s")]


def test_a_title_block_is_no_part_of_the_body() -> None:
    assert keys(scan("% @a\n% @b\n\n@c")) == ["+c"]


def test_offsets_survive_tabs_and_the_marks_of_blocks() -> None:
    source = ">\t1.\ta [@b,\n>\t\tp. 3]\n>\n>\t\t[^c]\n"
    found = scan(source)
    assert found.citations[0].span.of(source) == "[@b,\n>\t\tp. 3]"
    assert found.references[0].span.of(source) == "[^c]"


def test_kinds_of_literals_are_all_known() -> None:
    # Pandoc reads comments as text when raw HTML is off, so that the scanner has no use for their kind.
    source = "`a` $b$ <c@d.e> <span></span>\n\n    f\n\n<!-- g -->"
    assert {literal.kind for literal in scan(source).literals} == set(LiteralKind) - {LiteralKind.COMMENT}


@pytest.mark.parametrize(
    "part",
    [
        *"[]*_`^~$()<>!\\@-|#'\"{:&;+\n\t",
        *[
            "[](",
            "![",
            "*_",
            "*a _b ",
            "'a ",
            '"a ',
            "[@a ",
            "@a [",
            "[@a; ",
            "^[",
            "[^",
            "[^1]",
            "[a](b",
            '[a](b "c',
            "$a",
            "{a=",
        ],
        *[
            "``` ` ",
            "<span>",
            "<div>\n",
            "::: a\n",
            "- ",
            "> ",
            "1. ",
            "(@a) ",
            "```\n",
            "---\na\n",
            "a | b\n",
            "+--+\n",
        ],
        *[
            "[a]: b\n",
            "[^1]: b\n",
            "a\n: b\n\n",
            "a\n===\n",
            ": a\n\n",
            "- a\n  - b\n",
            "a@b",
            "<a@b",
            r"$\text{",
            "[x]{",
        ],
    ],
)
def test_hostile_text_takes_linear_time(part: str) -> None:
    started = time.perf_counter()
    scan(part * ((100_000 if part in "[*`" else 20_000) // len(part)))
    assert time.perf_counter() - started < 4


@pytest.mark.parametrize("pair", [("[", "]"), ("[@a ", "]"), ("^[", "]"), ("[", "](u)"), ("*a _", "x_ y*"), ("(", ")")])
def test_deeply_nested_text_takes_linear_time(pair: tuple[str, str]) -> None:
    started = time.perf_counter()
    scan(pair[0] * 10_000 + "x" + pair[1] * 10_000)
    assert time.perf_counter() - started < 4


def test_a_long_book_takes_less_than_a_second_for_a_megabyte() -> None:
    paragraph = (
        "The Union grew by 5 % in 2020 [@belta-430366, p. 5], as @doe99 says.[^1] " + "More prose follows. " * 30
    )
    source = (paragraph + "\n\n") * (1_000_000 // len(paragraph))
    best = min(_seconds(source) for _ in range(3))
    assert best < 1


def _seconds(source: str) -> float:
    started = time.perf_counter()
    scan(source)
    return time.perf_counter() - started


def test_tables_are_told_with_their_captions() -> None:
    text = "One.\n\n| a | b |\n|---|---|\n| c | d |\n\n: A caption\n\nTwo.\n\n> +---+\n> | e |\n> +---+\n\nThree.\n"
    pipe, grid = scan(text).tables
    assert pipe.of(text).strip() == "| a | b |\n|---|---|\n| c | d |\n\n: A caption"
    assert grid.of(text).strip() == "+---+\n> | e |\n> +---+"
