"""Random chapters with pages full of notes: four to seven on each, some longer than a page, and boxes of all kinds."""

from __future__ import annotations

from collections.abc import Callable

from random_chapters import ChapterWriter

# Boxes that the house style sets by themselves, and how.
HOUSE_STYLE = {
    "columns": "clear: both; columns: 2",
    "grid": "clear: both; display: grid; grid-template-columns: 1fr 1fr; gap: 1em",
    "flex": "clear: both; display: flex; gap: 1em",
    "flex > p": "flex: 1 1 0",
    "floating": "float: right; width: 45%; margin-left: 1em",
    "inlined": "display: inline-block; width: 60%",
    "framed": "border: 1pt solid; padding: 4pt; margin: 6pt 0; break-inside: avoid",
}


class DenseWriter(ChapterWriter):
    """Writes one chapter with many notes."""

    size = (5, 13)

    def more_makers(self) -> list[Callable[[], str]]:
        return [*[self.steady] * 8, self.box, self.box, self.wide_table]

    def lone_note(self) -> str:
        return self.treatise() if not self.table and self.dice.random() < 0.3 else self.note()

    def treatise(self) -> str:
        """A note that can be longer than a page, with blocks of several kinds."""
        blocks, pieces = [], []
        for index in range(self.dice.randint(1, 4)):
            text = " ".join(self.sentence() for _ in range(self.dice.randint(2, 22)))
            text = f"{self.author.fresh()} {text}"
            shape = self.dice.choice(["", "", "> ", "- "]) if index else ""
            blocks.append(shape + text)
            pieces.append(text)
        self.names += 1
        name = f"treatise-{self.names}"
        self.enter("remark", pieces, name, whole=True)
        self.waiting.append(f"[^{name}]: " + "\n\n    ".join(blocks))
        self.named.append(name)
        return f"[^{name}]"

    def steady(self) -> str:
        """A paragraph with as many notes as make four to seven on a page of A5."""
        sentences = [self.sentence(8, 18) for _ in range(self.dice.randint(4, 9))]
        for index in range(len(sentences)):
            if self.dice.random() < 0.22:
                sentences[index] = self.marked(6, 14)
        return " ".join(sentences)

    def box(self) -> str:
        """A box that the house style sets by itself."""
        name = self.dice.choice([name for name in HOUSE_STYLE if name.isalpha()])
        inner = "\n\n".join(self.marked(3, 9) for _ in range(self.dice.randint(1, 3)))
        return f"::: {{.{name}}}\n{inner}\n:::"

    def wide_table(self) -> str:
        """A table that can be longer than a page, with notes in many cells."""
        self.tables += 1
        self.table = self.tables
        head = "| " + " | ".join(self.words(1) for _ in range(3)) + " |"
        rows = [
            "| " + " | ".join(f"{self.words(2)} {self.cell(0.1)}" for _ in range(3)) + " |"
            for _ in range(self.dice.randint(5, 40))
        ]
        self.table = 0
        return "\n".join([head, "|---|---|---|", *rows])
