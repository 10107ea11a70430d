"""A paper of one chapter with all that JATS and LaTeX have to carry."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from octavo.model.article import Article
from octavo.model.edition import NumberedManuscript
from octavo.model.publication import Person
from octavo.model.words import words_for
from octavo.model.work import Work, WorkKind
from octavo.pipeline.project import load_project

CONFIGURATION = """\
title: A book of ties
slug: ties
language: en-GB
bibliography: {style: STYLE}
sections: {numbered: true}
editions:
  print: {format: pdf, page: {size: A5}}
"""

SOURCES = """\
- id: able-2020
  type: book
  title: On ties & 100 % of {knots}
  author: [{family: Able, given: Ann}]
  publisher: Smith_Sons
  URL: https://example.org/a_b?c=%20&d=~x#y
  issued: {date-parts: [[2020]]}
  language: en
- id: baker-2021
  type: book
  title: Harbours and their keepers
  author: [{family: Baker, given: Bob}]
  issued: {date-parts: [[2021]]}
  language: en
- id: ivanov-2019
  type: book
  title: Торговля и порты
  author: [{family: Иванов, given: Иван}]
  issued: {date-parts: [[2019]]}
  language: ru
"""

CHAPTER = r"""---
title: "Ties & *knots*: 100 % of \\{them\\}"
subtitle: A second look
abstract: What was seen early[^abstract], and what costs $5 at *most*.
keywords: [trade, "ports & harbours"]
---

This was seen early[^early] and written down [@able-2020, p. 5], but not at once.[^late] It costs 5 % & more, \$3 or
C:\\dir_name #1 ~ 2 ^ 3 \<tag\> {brace} “quoted” 'single' — ... -- and see [@tbl:ships], [@fig:map], [@sec:harbours],
[@eq:sum] and note [@note:late]. Several say so [@baker-2021, p. 7; @able-2020; @ivanov-2019, p. 3].

# Harbours[^harbours] {#sec:harbours}

A formula $a^2 < b_i$ and one by itself:

[$$\sum_{i=1}^{n} x_i = \frac{1}{2}$$]{#eq:sum}

| Harbour  | Ships & boats |
|:---------|------------:|
| East_1   | 12[^east]   |
| West[^w] |  7 %        |

: Ships in the two harbours[^caption] {#tbl:ships}

![The map[^map] of *both* harbours](figures/map.png){#fig:map}

## Keepers

The keepers knew[^keepers] what they kept.^[A note with **bold**, $x_1$, `code_{1}` & a [link](https://example.org/a%20b#c).]

- one
- two

    more of two[^list]

1. first
2. second

> A quotation[^quote].

```python
def f(): return "{%}" \ 1  # [^code] stays
```

Term
:   A meaning.

[^abstract]: Called in the abstract.
[^early]: The earliest witness is a letter, now *lost* [@ivanov-2019, p. 9].
[^late]: The second witness came a century later: 50 % of {it}, C:\\x_y ~ ^ # & “so”.
[^harbours]: Only the two great ones are meant.
[^east]: An estimate of the keeper.
[^w]: Without the boats of the fishermen.
[^caption]: Called in a caption.
[^map]: Drawn by hand.
[^keepers]: Two families held the office.

    They held it for six generations.
[^list]: Called in a list.
[^quote]: Called in a quotation, as note [@note:early] is not.
"""

ARTICLE = Article(
    Work(
        WorkKind.PAPER,
        "ties",
        "Ties & knots: 100 % of {them}",
        "en-GB",
        subtitle="A second look",
        authors=(
            Person("Jan van der Berg", "Institute of Ties, Minsk", "0000-0002-1825-0097", "jan_b@example.org"),
            Person("Борис Львович Залесский", "Institute of Ties, Minsk"),
            Person("The Octavo authors", "Press & Sons"),
        ),
        publisher="The Press",
        place="Minsk",
        date="2026-11",
        identifier="10.1234/ties_1",
        container="Proceedings of Harbours & Ties",
        note="First published as chapter 4 of A book of ties",
        rights="© 2026 the authors",
        keywords=("trade", "ports & harbours"),
    ),
    codes=(("UDC", "339.5"), ("JEL", "F10")),
    acknowledgement="With thanks to Smith & Sons.",
)

# Written down by hand, so that no code of the product says what is right: labels and texts with a style of brackets.
NOTES = {
    "ties/abstract": ("1", "Called in the abstract."),
    "ties/early": ("2", "The earliest witness is a letter, now lost [3, с. 9]."),
}


@cache
def manuscript(style: str = "ieee") -> NumberedManuscript:
    """The sample in a citation style, read and numbered."""
    with TemporaryDirectory() as name:
        root = Path(name)
        files = {
            "publication.yaml": CONFIGURATION.replace("STYLE", style),
            "bibliography/sources.yaml": SOURCES,
            "chapters/01-ties.md": CHAPTER,
        }
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        (root / "figures").mkdir()
        Image.new("RGB", (60, 90), "gray").save(root / "figures/map.png", "PNG")
        return load_project(root, 1).manuscript


WORDS = words_for("en-GB")
