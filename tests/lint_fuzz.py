"""Random chapters and bibliographies for the linter: real prose cut up, sprinkled with all marks that matter."""

from __future__ import annotations

import random

_MARKS = (
    *(
        "[^a]",
        "[^b]",
        "[^",
        "^[",
        "]",
        "[",
        "[@alpha-2020]",
        "[@alpha-2020, p. 5]",
        "[@nobody, pp. 9-3]",
        "@alpha-2020",
        "[-@beta-2021]",
    ),
    *(
        "[^a]: ",
        "\n\n[^a]: Note.\n\n",
        "\n[^b]:\n",
        "    more\n",
        "\n\n",
        "\n",
        " ",
        "  ",
        "\t",
        "\u00a0",
        "\u202f",
        "\\",
        "\\[",
        "`",
        "``",
    ),
    *(
        "```\n",
        "~~~\n",
        "$",
        "$$",
        "*",
        "**",
        "_",
        "^",
        "~",
        "> ",
        "- ",
        "1. ",
        "# ",
        "## ",
        "---\n",
        "***\n",
        "| a | b |\n|---|---|\n",
    ),
    *(
        "<!--",
        "-->",
        "<!-- octavo: ignore NTE101 -->",
        "<!-- octavo: ignore-start TXT -->",
        "<!-- octavo: ignore-end TXT -->",
    ),
    *(
        "{{ value }}",
        "{{",
        "}}",
        "{% if x %}",
        "{##",
        "##}",
        "{#sec:x}",
        "[@sec:x]",
        "[@note:a]",
        "{.c}",
        "::: x\n",
        ":::\n",
    ),
    *(
        '"',
        "'",
        "\u201c",
        "\u201d",
        "\u2018",
        "\u2019",
        "\u00ab",
        "\u00bb",
        "\u201e",
        "\u2013",
        "\u2014",
        "-",
        "...",
        "\u2026",
    ),
    *(
        ".",
        ",",
        ";",
        ":",
        "?",
        "!",
        "(",
        ")",
        "[1, p. 12]",
        "[3]",
        "ibid.",
        "Ibid., p. 4",
        "там же",
        "op. cit.",
        "p. 5",
        "с. 12",
        "S. 7",
    ),
    *(
        "https://example.org/a/b",
        "http://a.b http://a.b",
        "10.1000/182",
        "1,000",
        "1 000",
        "$5 million",
        "5 per cent",
        "12",
        "1999",
        "m^2^",
    ),
    *(
        "EAEU",
        "Eurasian Economic Union (EAEU)",
        "BUCE",
        "the the",
        "that that",
        "Мир",
        "мира",
        "в в",
        "\ufffd",
        "â€œ",
        "Ã©",
        "РџСЂРё",
    ),
    *("\U0001d518", "\u0301", "e\u0301", "\u200b", "\u2060", "\ufffc", "\x0b", "\x85", "\u2028", "\r\n", "İ", "ﬀ", "ß"),
)
_WORDS = (
    "The",
    "union",
    "of",
    "trade",
    "grew",
    "Minsk",
    "partners",
    "said",
    "is",
    "a",
    "und",
    "Договор",
    "цены",
    "là",
    "été",
)


def random_chapter(rng: random.Random, prose: str) -> str:
    """A text of up to about 600 characters."""
    pieces: list[str] = []
    for _ in range(rng.randint(1, 40)):
        kind = rng.random()
        if kind < 0.45:
            pieces.append(rng.choice(_MARKS))
        elif kind < 0.8:
            pieces.append(rng.choice(("", " ")) + rng.choice(_WORDS) + rng.choice(("", " ", ".", ", ")))
        else:
            start = rng.randrange(max(len(prose) - 60, 1))
            pieces.append(prose[start : start + rng.randint(1, 60)])
    return "".join(pieces)


def random_source(rng: random.Random) -> str:
    """An entry of a bibliography in YAML, often a broken one."""
    fields = {
        "type": ("book", "webpage", "article-journal", "chapter", "thesis", ""),
        "title": ("A title", '"A «title', "T http://a.b/ x", "'13.3 % more'", "A . - – b", "[x]", "null", "История"),
        "URL": (
            "https://a.b/c-2018/",
            "http:/a.b",
            "https://a.bhttps://a.b",
            "www.a.b",
            "https://a b.c",
            "x",
            "5",
            "[]",
        ),
        "DOI": ("10.1000/182", "https://doi.org/10.1000/182", "10", "{a: b}"),
        "issued": ("2020", "3021", "{date-parts: [[2018]]}", "'199'", "{literal: n. d.}", "{date-parts: [[x]]}", "[]"),
        "author": (
            "[{family: Able, given: Ann}]",
            '["Able, A."]',
            "[]",
            "Able",
            "[{literal: X}]",
            "[{family: 5}]",
            "{}",
        ),
        "accessed": ("2021-01-01", "", "soon"),
        "page": ("1-20", "20-1", "x", "12"),
        "publisher": ("House", "House . -", '"«H"', ""),
        "container-title": ("J.", "A sample", ""),
    }
    lines = [f"- id: {rng.choice(('k', 'alpha-2020', 'beta-2021', 'x-1'))}{rng.choice(('', rng.randrange(50)))}"]
    for name, values in fields.items():
        if rng.random() < 0.6:
            lines.append(f"  {name}: {rng.choice(values)}")
    return "\n".join(lines) + "\n"
