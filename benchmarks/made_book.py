"""A made publication of any size: prose with sections, lists, quotations, tables, links, citations and remarks.

The words mean nothing; what matters is that the marks stand as densely as in the reference publication.  The same size
gives the same bytes.
"""

from __future__ import annotations

import random
from pathlib import Path

_TEXT = """
union partner trade goods service growth exchange turnover market resident investment zone region economy share export
import policy digital charge station district degree law agreement enterprise production machine dairy harvest factory
engine research university project council border transit railway port energy timber textile fertiliser potash refinery
assembly tractor battery vehicle network standard customs tariff budget credit bank currency price volume quarter record
supply demand contract tender auction cargo grain sugar meat fodder seed while because although since where through
between beyond against during after before among under towards new large mutual regional joint common special innovative
foreign domestic promising considerable further main grew fell reached offered signed opened planned supplied produced
developed expected remained became showed
"""
# With their endings as many words as a book of this size has; a hundred would meet again at every turn.
_ENDINGS = ("", "s", "al", "ing", "ed", "er", "ly", "ness", "ment", "able", "ist", "ward")
_WORDS = [stem + ending for stem in _TEXT.split() for ending in _ENDINGS]
_SOURCES = 200


def make_book(folder: Path, chapters: int, size: int, notes: int) -> None:
    """Write a publication of ``chapters`` chapters with about ``size`` characters and ``notes`` notes in all."""
    rng = random.Random(chapters * 1_000_003 + size)
    (folder / "chapters").mkdir(parents=True)
    (folder / "bibliography").mkdir()
    (folder / "publication.yaml").write_text("title: A made book\nlanguage: en-GB\n")
    (folder / "bibliography" / "sources.yaml").write_text("".join(_source(rng, number) for number in range(_SOURCES)))
    for number in range(1, chapters + 1):
        path = folder / "chapters" / f"{number:04}-chapter-{number:04}.md"
        path.write_text(_chapter(rng, number, size // chapters, notes // chapters))


def _source(rng: random.Random, number: int) -> str:
    title = " ".join(rng.sample(_WORDS, 7)).capitalize()
    return (
        f"- id: source-{number}\n  type: book\n  title: {title} {number}\n"
        f"  author: [{{family: Author{number}, given: Ann}}]\n  publisher: House {number}\n  publisher-place: Minsk\n"
        f"  issued: {1990 + number % 30}\n"
    )


def _chapter(rng: random.Random, number: int, size: int, notes: int) -> str:
    remarks: list[str] = []
    pieces = [f"---\ntitle: Chapter {number} of a made book\n---\n"]
    length = left = 0
    per_note = size / max(notes, 1)
    while length < size:
        kind = rng.random()
        if kind < 0.06:
            piece = f"## {_phrase(rng, 4).capitalize()} {{#sec:made-{number}-{len(pieces)}}}\n"
        elif kind < 0.09:
            piece = "".join(f"- {_phrase(rng, 9)};\n" for _ in range(4)) + f"- {_phrase(rng, 6)}.\n"
        elif kind < 0.11:
            source = f"[@source-{rng.randrange(_SOURCES)}, p. {rng.randint(1, 300)}]"
            words = f"{_sentence(rng)} {_sentence(rng)[:-1]} {source}."
            piece = "".join(f"> {line}\n" for line in _wrapped(words))
        elif kind < 0.12:
            rows = "".join(f"| {_phrase(rng, 2):<28} | {rng.randrange(1, 999):>8} |\n" for _ in range(5))
            head = f"| {'Goods':<28} | {'Tonnes':>8} |\n|:{'-' * 28}-|-{'-' * 8}:|\n"
            piece = f"{head}{rows}\n: {_phrase(rng, 5).capitalize()}\n"
        else:
            sentences = []
            for _ in range(rng.randint(3, 7)):
                words = _sentence(rng)
                left += len(words)
                if left >= per_note:
                    left -= int(per_note)
                    words = _noted(rng, words, remarks)
                elif rng.random() < 0.03:
                    words = (
                        f"{words[:-1]}, as [the {_phrase(rng, 2)}](https://example.org/{rng.randrange(10**6)}/) says."
                    )
                sentences.append(words)
            piece = "\n".join(_wrapped(" ".join(sentences))) + "\n"
        pieces.append(piece)
        length += len(piece) + 1
    pieces += [f"[^remark-{index}]: {text}\n" for index, text in enumerate(remarks, 1)]
    return "\n".join(pieces)


def _noted(rng: random.Random, words: str, remarks: list[str]) -> str:
    if rng.random() < 0.2:
        remarks.append(_sentence(rng))
        return f"{words}[^remark-{len(remarks)}]"
    return f"{words[:-1]} [@source-{rng.randrange(_SOURCES)}, p. {rng.randint(1, 300)}]."


def _phrase(rng: random.Random, count: int) -> str:
    words: list[str] = []
    while len(words) < count:
        word = rng.choice(_WORDS)
        if word not in words[-4:]:
            words.append(word)
    return " ".join(words)


def _sentence(rng: random.Random) -> str:
    return f"{_phrase(rng, rng.randint(8, 24)).capitalize()}."


def _wrapped(text: str) -> list[str]:
    lines, line = [], ""
    for word in text.split(" "):
        if len(line) + len(word) > 110:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]
