"""Random chapters with notes in all places; what is written is entered in a ledger, in the order of the text."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ENGLISH = (
    "trade harbour river winter ledger keeper sailor market letter corner island bridge summer record custom measure"
    " village station council witness passage journey"
)
RUSSIAN = (
    "торговля гавань берег зима книга сторож рынок письмо остров мост лето запись обычай мера деревня станция совет"
    " свидетель переход дорога"
)
KEYS = ("able-2020", "baker-2021", "vlasov-2019", "gromov-2022")


@dataclass(slots=True)
class Expected:
    """One note: its label; its name where the author gave one; pieces of its text in order, all of it if ``whole``."""

    chapter: str
    kind: str
    table: int
    name: str
    label: str
    pieces: tuple[str, ...]
    whole: bool


@dataclass(slots=True)
class Publication:
    """Files by path, and the notes that they make; ``references`` are labels that the text prints for notes."""

    files: dict[str, bytes] = field(default_factory=dict)
    notes: list[Expected] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    numbering: str = ""

    def write(self, root: Path) -> Path:
        """Write all files into a folder."""
        for name, data in self.files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(data)
        return root


class Ledger:
    """What all chapters of a publication share: the dice, and what was written so far."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.made = Publication()
        self.marker = 100
        self.wanted: list[tuple[str, str]] = []

    def fresh(self) -> str:
        """A number that stands nowhere else."""
        self.marker += 1
        return str(self.marker)


class ChapterWriter:
    """Writes one chapter; each method that makes a call enters its note at once, in the order of the text."""

    def __init__(self, author: Ledger, slug: str) -> None:
        self.author = author
        self.dice = author.dice
        self.slug = slug
        self.russian = self.dice.random() < 0.3
        self.table = 0
        self.tables = 0
        self.names = 0
        self.waiting: list[str] = []
        self.named: list[str] = []

    size = (1, 9)

    def more_makers(self) -> list[Callable[[], str]]:
        """What makes other blocks than those of every chapter."""
        return []

    def text(self) -> str:
        """The whole file."""
        language = "language: ru\n" if self.russian else "language: en-GB\n"
        note = self.dice.choice([self.remark, self.inline])() if self.dice.random() < 0.2 else ""
        head = f'title: "The {self.slug}{note}"\n{language}'
        if self.dice.random() < 0.3:
            head += f"abstract: >\n  {self.marked(5, 9)} {self.sentence()}\n"
        blocks = [self.paragraph()]
        makers: list[Callable[[], str]] = [
            *[self.paragraph] * 6,
            *[self.heading, self.items, self.quotation, self.pipe_table, self.figure, self.definition_list],
            *[self.numbered, self.crowd, self.verse, self.grid_table, self.nested],
        ]
        makers += self.more_makers()
        for _ in range(self.dice.randint(*self.size)):
            blocks.append(self.dice.choice(makers)())
            if self.dice.random() < 0.4:
                blocks += self.definitions()
        blocks.append(self.paragraph())
        blocks += self.definitions()
        return f"---\n{head}---\n\n" + "\n\n".join(blocks) + "\n"

    # Words

    def words(self, count: int) -> str:
        vocabulary = (RUSSIAN if self.russian else ENGLISH).split()
        return " ".join(self.dice.choice(vocabulary) for _ in range(count))

    def sentence(self, low: int = 6, high: int = 16) -> str:
        return self.words(self.dice.randint(low, high)).capitalize() + "."

    def definitions(self) -> list[str]:
        found, self.waiting = self.waiting, []
        self.dice.shuffle(found)
        return found

    # Notes

    def enter(self, kind: str, pieces: list[str], name: str = "", *, whole: bool = False) -> None:
        self.author.made.notes.append(Expected(self.slug, kind, self.table, name, "", tuple(pieces), whole))

    def note(self) -> str:
        return self.dice.choice([self.remark, self.remark, self.inline, self.citation])()

    def remark(self) -> str:
        self.names += 1
        name = f"{self.dice.choice(['n', 'note-', 'x_'])}{self.names}"
        body, pieces, whole = self.body()
        self.enter("remark", pieces, name, whole=whole)
        self.waiting.append(f"[^{name}]: {body}")
        self.named.append(name)
        return f"[^{name}]"

    def inline(self) -> str:
        text = f"{self.author.fresh()} {self.words(self.dice.randint(1, 12))}."
        self.enter("remark", [text], whole=True)
        return f"^[{text}]"

    def citation(self) -> str:
        if self.dice.random() < 0.2:
            page = self.author.fresh()
            self.enter("citation", [page])
            return f" @{self.dice.choice(KEYS)} [p. {page}]"
        items, pieces = self.items_of_citation()
        self.enter("citation", pieces)
        return f" [{items}]"

    def items_of_citation(self) -> tuple[str, list[str]]:
        items, pieces = [], []
        for key in self.dice.sample(KEYS, self.dice.choice([1, 1, 1, 2])):
            page = self.author.fresh()
            prefix = self.dice.choice(["", "", "see "])
            items.append(f"{prefix}@{key}, p. {page}")
            pieces.append(page)
        return "; ".join(items), pieces

    def body(self) -> tuple[str, list[str], bool]:
        """The body of a remark: its Markdown, the pieces of its text, and whether they are all of it."""
        start = f"{self.author.fresh()} {self.sentence(3, 14)}"
        kind = self.dice.choice(["plain", "plain", "plain", "long", "blocks", "cited", "emphasis", "formula", "list"])
        if kind == "long":
            start += " " + " ".join(self.sentence() for _ in range(self.dice.randint(3, 9)))
        elif kind == "blocks":
            more = [f"{self.author.fresh()} {self.sentence()}" for _ in range(self.dice.randint(1, 2))]
            return "\n\n    ".join([start, *more]), [start, *more], True
        elif kind == "cited":
            items, pieces = self.items_of_citation()
            end = self.sentence()
            return f"{start} {self.words(2)} [{items}]. {end}", [start, *pieces, end], False
        elif kind == "emphasis":
            inner = self.words(2)
            return f"{start} *{inner}* end.", [f"{start} {inner} end."], True
        elif kind == "formula":
            return f"{start} $a^2 + b_1$ end.", [start, "end."], False
        elif kind == "list":
            first, second = self.sentence(), self.sentence()
            return f"{start}\n\n    - {first}\n    - {second}", [start, first, second], False
        return start, [start], True

    def marked(self, low: int = 3, high: int = 14) -> str:
        """A sentence with a note, perhaps in emphasis or a link, before or behind its end."""
        words = self.words(self.dice.randint(low, high))
        shape = self.dice.randint(0, 9)
        if shape == 0:
            return f"{words} *{self.words(2)}{self.note()} {self.words(1)}*."
        if shape == 1:
            return f"{words}.{self.dice.choice([self.remark, self.inline])()}"
        if shape == 2:
            return f"{words}{self.note()}, {self.words(3)}{self.note()}."
        if shape == 3:
            return f"{words} [{self.words(2)}](https://example.org/{self.words(1)}){self.note()}."
        if shape == 4:
            return f"{words} `[^code]` {self.words(1)}{self.note()}; {self.words(2)}."
        if shape == 5 and self.named:
            return f"{words}{self.reference()}{self.note()}."
        if shape == 6:
            return f"{words}{self.remark()}{self.remark()}{self.inline()}."
        if shape == 7:
            return f'{words} "{self.words(2)}{self.note()}" ({self.words(1)}{self.note()}).'
        return f"{words}{self.lone_note()}."

    def lone_note(self) -> str:
        """A note whose call has no other beside it."""
        return self.note()

    def reference(self) -> str:
        name = self.dice.choice(self.named)
        self.author.wanted.append((self.slug, name))
        return f" (note [@note:{name}])"

    # Blocks

    def paragraph(self) -> str:
        sentences = [self.sentence() for _ in range(self.dice.randint(1, 6))]
        for index in range(len(sentences)):
            if self.dice.random() < 0.3:
                sentences[index] = self.marked()
        return " ".join(sentences)

    def crowd(self) -> str:
        """Many notes on one page."""
        return " ".join(self.marked(2, 6) for _ in range(self.dice.randint(4, 10)))

    def heading(self) -> str:
        note = self.note() if self.dice.random() < 0.5 else ""
        return f"{'#' * self.dice.choice([2, 2, 3])} {self.words(3).capitalize()}{note}\n\n{self.paragraph()}"

    def items(self) -> str:
        return "\n".join(f"- {self.marked()}" for _ in range(self.dice.randint(1, 4)))

    def numbered(self) -> str:
        return "\n".join(f"{index}. {self.marked()}" for index in range(1, self.dice.randint(2, 4)))

    def quotation(self) -> str:
        return "> " + self.marked()

    def verse(self) -> str:
        return f"| {self.marked(2, 4)}\n| {self.words(4)}"

    def figure(self) -> str:
        return f"![{self.words(2)}{self.note()} {self.words(2)}.](figures/map.png)"

    def definition_list(self) -> str:
        term = self.words(1) + (self.note() if self.dice.random() < 0.3 else "")
        return f"{term}\n:   {self.marked()}"

    def pipe_table(self) -> str:
        self.tables += 1
        columns = self.dice.randint(2, 3)
        caption = self.words(3).capitalize() + (self.note() if self.dice.random() < 0.5 else "")
        self.table = self.tables
        head = "| " + " | ".join(self.cell(0.15) for _ in range(columns)) + " |"
        rows = [
            "| " + " | ".join(self.cell(0.3) for _ in range(columns)) + " |" for _ in range(self.dice.randint(1, 4))
        ]
        self.table = 0
        return "\n".join([head, "|" + "---|" * columns, *rows]) + f"\n\n: {caption}"

    def grid_table(self) -> str:
        """A table whose cells hold blocks."""
        self.tables += 1
        self.table = self.tables
        lines: list[str] = []
        rows = [[self.cell(0.3), self.marked(1, 3)] for _ in range(self.dice.randint(1, 2))]
        width = max(len(cell) for row in rows for cell in row) + 2
        rule = f"+{'-' * width}+{'-' * width}+"
        for row in rows:
            lines += [rule, "|" + "|".join(f" {cell}".ljust(width) for cell in row) + "|"]
        self.table = 0
        return "\n".join([*lines, rule])

    def nested(self) -> str:
        """A list in a quotation, with items of two paragraphs and items in items."""
        return (
            f"> - {self.marked()}\n>\n>     {self.marked()}\n>\n> - {self.sentence()}\n>\n"
            f">     - {self.marked()}\n>     - {self.sentence()}"
        )

    def cell(self, chance: float) -> str:
        text = self.words(1)
        return text + (self.note() if self.dice.random() < chance else "")
