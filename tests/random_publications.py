"""Random publications, and what their notes must be, from the writing of them alone.

The generator knows the order in which it wrote the calls and counts by itself; it uses no code of the product.
"""

from __future__ import annotations

import random
from io import BytesIO

from PIL import Image

from random_chapters import ChapterWriter, Ledger, Publication
from random_dense import HOUSE_STYLE, DenseWriter

SOURCES = """\
- {id: able-2020, type: book, title: On ties, author: [{family: Able, given: Ann}],
   issued: {date-parts: [[2020]]}, publisher: The Press, publisher-place: London, language: en}
- {id: baker-2021, type: article-journal, title: Harbours and keepers, container-title: Shores,
   author: [{family: Baker, given: Bob}], issued: {date-parts: [[2021]]}, volume: 7, page: 1-20, language: en}
- {id: vlasov-2019, type: book, title: О связях, author: [{family: Власов, given: Виктор}],
   issued: {date-parts: [[2019]]}, publisher: Наука, publisher-place: Москва, language: ru}
- {id: gromov-2022, type: article-journal, title: Гавани и сторожа, container-title: Берега,
   author: [{family: Громов, given: Глеб}], issued: {date-parts: [[2022]]}, volume: 3, page: 5-9, language: ru}
"""


def publication(seed: int) -> Publication:
    """The random publication of a seed."""
    return _Author(random.Random(seed)).write()


class _Author(Ledger):
    """Writes the configuration and all chapters, and counts their notes in the end."""

    def write(self) -> Publication:
        dice = self.dice
        is_dense = dice.random() < 0.5
        count = dice.randint(1, 2 if is_dense else 4)
        slugs = [f"chapter-{'abcd'[index]}" for index in range(count)]
        self.made.numbering = dice.choice(["continuous", "part", "chapter"])
        scopes, outline = self._outline(slugs)
        size = dice.choice(["148mm 210mm", "148mm 210mm", "148mm 210mm", "A4", "120mm 190mm", "6in 9in"])
        self.made.files["publication.yaml"] = (
            f"title: Random\nslug: random\nlanguage: {dice.choice(['en-GB', 'ru'])}\n{outline}"
            f"bibliography: {{style: chicago-notes-bibliography, repeats: {dice.choice(['full', 'short', 'ibid'])}}}\n"
            f"notes: {{numbering: {self.made.numbering}}}\nsections: {{numbered: {dice.choice(['true', 'false'])}}}\n"
            f"editions:\n  print: {{format: pdf, page: {{size: {size}}}}}\n  ebook: {{format: epub}}\n"
        ).encode()
        self.made.files["bibliography/sources.yaml"] = SOURCES.encode()
        style = "\n".join(f".{name} {{ {rules} }}" for name, rules in HOUSE_STYLE.items())
        self.made.files["templates/print/print.css"] = style.encode()
        picture = BytesIO()
        Image.new("RGB", (60, 40), "gray").save(picture, "PNG")
        self.made.files["figures/map.png"] = picture.getvalue()
        for index, slug in enumerate(slugs):
            chapter = (DenseWriter if is_dense else ChapterWriter)(self, slug)
            self.made.files[f"chapters/{index + 1:02}-{slug}.md"] = chapter.text().encode()
        self._number(scopes)
        return self.made

    def _outline(self, slugs: list[str]) -> tuple[dict[str, str], str]:
        """The scope of each chapter where numbers begin anew, and the lines of the configuration."""
        dice = self.dice
        if dice.random() < 0.4:
            return {slug: slug for slug in slugs}, ""
        appendix = slugs[-1:] if len(slugs) > 1 and dice.random() < 0.4 else []
        body = slugs[: len(slugs) - len(appendix)]
        cut = dice.randint(1, len(body))
        parts = [part for part in (body[:cut], body[cut:]) if part]
        lines = ["parts:"]
        scopes = {slug: slug for slug in slugs}
        for index, part in enumerate(parts):
            lines.append(f"  - {{title: Part {index}, chapters: [{', '.join(part)}]}}")
            scopes.update(dict.fromkeys(part, f"part {index}"))
        if appendix:
            lines.append(f"appendices: [{appendix[0]}]")
        return scopes, "\n".join(lines) + "\n"

    def _number(self, scopes: dict[str, str]) -> None:
        """Count in the simplest way: a counter for each series."""
        counters: dict[object, int] = {}
        for note in self.made.notes:
            series: object = {
                "continuous": "all",
                "part": scopes[note.chapter],
                "chapter": note.chapter,
            }[self.made.numbering]
            if note.table:
                series = (note.chapter, note.table)
            counters[series] = counters.get(series, 0) + 1
            number = counters[series]
            note.label = "abcdefghijklmnopqrstuvwxyz"[number - 1] if note.table else str(number)
        labels = {(note.chapter, note.name): note.label for note in self.made.notes}
        self.made.references = sorted(labels[wanted] for wanted in self.wanted)
