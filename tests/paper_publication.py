"""A publication of two chapters that are made into papers, and what a reader finds in the files of a paper."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pikepdf
import pypdfium2

from octavo.cli.main import main
from publications import write_publication

CONFIGURATION = """\
title: Two shores
slug: shores
language: en-GB
authors: [Zoe Zander]
publisher: The Press
date: 2026-03
sections: {numbered: true}
bibliography: {style: gost-r-7-0-5-2008-notes}
editions:
  print: {format: pdf, page: {size: A5}}
"""

# The first paper's profile is Octavo's; the others change what the tests look at.
EXTRACTS = """\
extracts:
  profiles:
    alphabet: {style: harvard-cite-them-right, outputs: [pdf]}
    blind: {extends: apa, anonymous: true}
    blind-notes: {extends: chicago, anonymous: true, outputs: [pdf]}
    blind-numbers: {extends: gost, anonymous: true, outputs: [docx]}
    russian: {extends: gost, language: ru, outputs: [pdf]}
    bare: {extends: gost, blocks: [title], outputs: [pdf]}
    strict:
      extends: gost
      outputs: [pdf]
      limits: {pages: 1, words: 20, characters: 100, abstract_words: 3, keywords: 1, sources: 2}
    roomy:
      extends: gost
      outputs: [pdf]
      limits: {pages: 9, words: 9000, characters: 90000, abstract_words: 300, keywords: 9, sources: 9}
  papers:
    - {chapter: goods, profile: gost}
    - {chapter: goods, profile: ieee}
    - {chapter: goods, profile: apa}
    - {chapter: goods, profile: chicago}
    - {chapter: goods, profile: alphabet, name: in-alphabet}
    - {chapter: goods, profile: blind, name: review}
    - {chapter: goods, profile: blind-notes}
    - {chapter: goods, profile: blind-numbers}
    - {chapter: goods, profile: russian}
    - {chapter: goods, profile: bare}
    - {chapter: goods, profile: strict}
    - {chapter: goods, profile: roomy}
"""

SOURCES = """\
- id: zander-2020
  type: book
  title: Quays of the east
  author: [{family: Zander, given: Zoe}]
  issued: {date-parts: [[2020]]}
  language: en
- id: baker-2021
  type: book
  title: Harbours and their keepers
  author: [{family: Baker, given: Bob}]
  issued: {date-parts: [[2021]]}
  language: en
- id: adams-2019
  type: book
  title: Books of the harbours
  author: [{family: Adams, given: Ada}]
  issued: {date-parts: [[2019]]}
  language: en
"""

TIES = """\
---
title: Ties
abstract: How the shores were tied.
keywords: [ties]
---

The Board of Harbour Trade (BHT) was early[^early] and is known [@baker-2021, p. 3].

# The two harbours {#sec:harbours}

| Harbour | Ships |
|:--------|------:|
| East    | 12    |

: Ships {#tbl:ships}

Two million: {{ value("trade.exports", partner="Cuba", year=2020) }}.

[^early]: A letter says so.
"""

GOODS = """\
---
title: Goods
subtitle: What was carried
authors:
  - {name: Zoe Zander, affiliation: Institute of Quays, orcid: 0000-0002-1825-0097, email: zoe@example.org}
  - {name: Carl Cole, affiliation: Academy of Oars}
abstract: Goods went from shore to shore.
keywords: [goods, shores]
udc: "339.5"
jel: F10
acknowledgement: The author thanks Dora Dunn.
---

Goods are known from the keepers [@baker-2021, p. 17; @adams-2019] and from quays [@zander-2020, p. 5].[^kept] The BHT
knew them. As [@sec:harbours] shows, it was so.

# What was carried {#sec:carried}

Cuba took {{ value("trade.exports", partner="Cuba", year=2020) }} tons, as [@tbl:goods], [@fig:trade], [@sec:carried]
and [@eq:sum] say, and Adams too [@adams-2019, p. 9].[^guess] It was told by @zander-2020 before.

| Goods | Tons |
|:------|-----:|
| Salt  | 12   |

: What went over {#tbl:goods}

{{ chart("trade") }}

[$$a + b = c$$]{#eq:sum}

[^kept]: Some leaves are missing.

[^guess]: The rest is guesswork, as note [@note:kept] says.
"""

CHART = """\
title: Trade by year
alt: Trade grows.
data: trade
spec:
  mark: bar
  encoding:
    x: {field: year, type: ordinal, title: null}
    y: {field: exports, title: Tons}
source: zander-2020, p. 8
"""

FILES: Mapping[str, str | None] = {
    "publication.yaml": CONFIGURATION + EXTRACTS,
    "bibliography/sources.yaml": SOURCES,
    "chapters/01-first.md": None,
    "chapters/02-second.md": None,
    "chapters/01-ties.md": TIES,
    "chapters/02-goods.md": GOODS,
    "data/trade.csv": "partner,year,exports\nCuba,2019,31.5\nCuba,2020,47.25\n",
    "data/charts/trade.yaml": CHART,
}
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def write(root: Path, files: Mapping[str, str | bytes | None] | None = None) -> Path:
    """Write the publication into a folder; ``files`` are put in the place of its own, or beside them."""
    return write_publication(root, {**FILES, **(files or {})})


def octavo(root: Path, *words: str) -> int:
    """Run a command in a project."""
    return main(["-C", str(root), *words])


@dataclass(frozen=True, slots=True)
class Files:
    """The files of one paper."""

    root: Path
    name: str

    def path(self, suffix: str) -> Path:
        """A file by its ending."""
        return self.root / f"build/extracts/{self.name}/{self.name}.{suffix}"

    @property
    def notes(self) -> list[dict[str, str]]:
        """The notes of ``notes.json``."""
        document = json.loads((self.path("pdf").parent / "notes.json").read_text("utf-8"))
        return list(document["notes"])

    @property
    def pages(self) -> tuple[str, ...]:
        """The text of each page of the PDF, blanks folded."""
        pdf = pypdfium2.PdfDocument(self.path("pdf"))
        pages = tuple(_folded(page.get_textpage().get_text_range()) for page in pdf)
        pdf.close()
        return pages

    @property
    def text(self) -> str:
        """The text of the PDF."""
        return " ".join(self.pages)

    @property
    def page_size(self) -> tuple[int, int]:
        """Width and height of the first page in millimetres."""
        with pikepdf.open(self.path("pdf")) as pdf:
            _, _, width, height = (float(side) for side in pdf.pages[0].mediabox)  # type: ignore[union-attr]
        return round(width / 72 * 25.4), round(height / 72 * 25.4)

    @property
    def paragraphs(self) -> list[str]:
        """The text of the paragraphs of the DOCX, those of notes last."""
        found = []
        with ZipFile(self.path("docx")) as archive:
            for part in ("word/document.xml", "word/footnotes.xml"):
                for paragraph in ElementTree.fromstring(archive.read(part)).iter(f"{_WORD}p"):
                    found.append(_folded("".join(text.text or "" for text in paragraph.iter(f"{_WORD}t"))))
        return found

    def said(self) -> dict[str, str]:
        """All that the files of the folder hold as text, metadata too, by their names."""
        texts: dict[str, str] = {}
        for path in sorted(self.path("pdf").parent.iterdir()):
            if path.suffix == ".docx":
                with ZipFile(path) as archive:
                    for name in archive.namelist():
                        texts[f"{path.name}/{name}"] = archive.read(name).decode("utf-8", "replace")
                texts[f"{path.name} read"] = "\n".join(self.paragraphs)
            elif path.suffix == ".pdf":
                with pikepdf.open(path) as pdf:
                    texts[f"{path.name} information"] = str(dict(pdf.docinfo.items()))
                    texts[f"{path.name} metadata"] = str(pdf.open_metadata())
                    # Names of destinations, addresses of links, texts of the outline and of alternatives.
                    texts[f"{path.name} objects"] = "\n".join(repr(one) for one in pdf.objects)
                texts[f"{path.name} read"] = self.text
            else:
                texts[path.name] = path.read_text("utf-8")
        return texts


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00ad", "").replace("\ufffe", "").replace("\u00a0", " ")).strip()
