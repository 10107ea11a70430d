"""What rules about quotations share: where sentences end, what refers to a source, what is a title and no quotation."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from octavo.lint.chapter import BlockKind, ChapterText
from octavo.lint.library import Library
from octavo.lint.quotations import MARKS, Quotation
from octavo.model.lazy import lazy

WORD = lazy(r"[^\W_]+(?:['’-][^\W_]+)*")
_PARAGRAPH_END = lazy(r"\n[ \t>]*\n")
_SENTENCE_END = lazy(
    r"(?<![\s.][^\W\d_])[.!?…][\"”»“’)\]*_\u2060]*(?:[ \t\xa0]*\n[ \t>]*|[ \t\xa0]+)(?=[\"“«„(*_\[]*[^\W\d_a-zа-яё])"
)
# A sentence is looked for so far around a quotation, so that a text without points takes no time.
_REACH = 1500


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words before the quotation marks of a name: a programme, a law, a book, something that is called so.
_NAMES = _words(
    """programme programmes program programs project projects book books article articles law laws act acts decree
    decrees resolution resolutions titled entitled called named motto mottos slogan slogans conference conferences
    exhibition exhibitions forum forums report reports paper papers strategy strategies concept concepts plan plans
    theme themes topic topics title titles heading headings headline headlines seminar seminars song film poem essay
    chapter section collection monograph roadmap map buch gesetz programm projekt artikel titel verordnung bericht
    aufsatz konferenz ausstellung thema projet loi décret livre rapport intitulé intitulée intitulés intitulées colloque
    conférence exposition thème titre"""
)
_STEMS = (
    *(
        "программ",
        "проект",
        "закон",
        "указ",
        "постановлени",
        "книг",
        "стать",
        "конференци",
        "форум",
        "выставк",
        "доклад",
    ),
    *("названием", "стратеги", "девиз", "лозунг", "монографи", "сборник", "концепци", "тем", "декрет", "распоряжени"),
    *("журнал", "газет", "семинар", "план", "рубрик", "раздел", "глав"),
)
# Words between those and the name: "the law on the “...”".
_BETWEEN = frozenset(("of", "on", "the", "for", "von", "der", "über", "des", "de", "sur", "о", "об"))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Offsets around a quotation: its sentence, and the end of its paragraph."""

    sentence: int
    sentence_end: int
    paragraph_end: int


class Surveyor:
    """Tells the surroundings of quotations, asked for in the order of the text."""

    def __init__(self, chapter: ChapterText, text: str) -> None:
        self.text = text
        self._paragraph_end = -1
        self._read = self._sentence = 0
        self._abbreviations = chapter.language.abbreviations
        scan = chapter.scan
        spans = [one.span for one in scan.citations] + [one.span for one in scan.references]
        self.marks = sorted((one.start, one.end) for one in [*spans, *(one.span for one in scan.inline_notes)])
        self._starts = [start for start, _ in self.marks]

    def around(self, start: int, end: int) -> Surroundings:
        """The surroundings of a range."""
        if end > self._paragraph_end:
            match = _PARAGRAPH_END.search(self.text, end)
            self._paragraph_end = match.start() if match else len(self.text)
        near = max(0, start - _REACH)
        blank_line = self.text.rfind("\n\n", near, start)
        low = blank_line + 2 if blank_line >= 0 else near
        # Quotations are asked for in order, so that what was read before one need not be read again.
        for found in _SENTENCE_END.finditer(self.text, max(low, self._read), start + 1):
            if found.end() <= start:
                self._read = found.end()
                if not self._abbreviates(found.start()):
                    self._sentence = found.end()
        sentence = max(low, self._sentence)
        # The points within a quotation end no sentence around it, but the last one may.
        behind = _SENTENCE_END.search(self.text, max(end - 3, start), min(self._paragraph_end, end + _REACH))
        last = behind.end() if behind else min(self._paragraph_end, end + _REACH)
        return Surroundings(sentence, max(last, end), max(self._paragraph_end, end))

    def _abbreviates(self, point: int) -> bool:
        begin = (
            max(self.text.rfind(" ", max(0, point - 12), point), self.text.rfind("\n", max(0, point - 12), point)) + 1
        )
        return self.text[begin:point].lstrip("([«„“") in self._abbreviations

    def refers(self, start: int, end: int) -> bool:
        """Whether a call or a citation begins between two offsets."""
        at = bisect_left(self._starts, start)
        return at < len(self._starts) and self._starts[at] < end

    def last_before(self, end: int) -> tuple[int, int] | None:
        """The last call or citation that begins before an offset."""
        at = bisect_left(self._starts, end) - 1
        return self.marks[at] if at >= 0 else None

    def closes_paragraph(self, start: int, end: int) -> bool:
        """Whether the paragraph that ends at an offset ends with a call; ``start`` is where it may begin."""
        last = self.last_before(end)
        return last is not None and last[0] >= start and not WORD.search(self.text, last[1], end)


def quoted(chapter: ChapterText, text: str, minimum: int) -> list[Quotation]:
    """Quotations in the running text of at least so many words that are neither within others nor names."""
    found = []
    for one in chapter.quotations:
        if one.depth or not one.closed or one.end - one.start < 2 * minimum or chapter.in_note(one.start):
            continue
        inner = text[one.start + 1 : one.end - 1]
        if sum(1 for _ in WORD.finditer(inner)) < minimum or _is_named(text, one.start):
            continue
        if not _is_title(inner, chapter.language.tag) and _in_running_text(chapter, one.start):
            found.append(one)
    return found


def titles(library: Library) -> frozenset[str]:
    """The titles of all sources, as `folded` makes them."""
    return frozenset(folded(entry.text("title")) for entry in library)


def folded(text: str) -> str:
    """A text without case, marks and blanks that differ."""
    return " ".join(word.casefold() for word in WORD.findall(text))


def bare(text: str, one: Quotation) -> str:
    """The words of a quotation as `folded` makes them."""
    return folded(text[one.start : one.end].strip(MARKS))


def _is_named(text: str, at: int) -> bool:
    """Whether the word before an offset says that a name follows."""
    before = text[max(0, at - 60) : at].rstrip(" \t\n,:(*_").split()
    words = [word.strip(",:(*_").casefold() for word in before[-2:]]
    if len(words) == 2 and words[1] in _BETWEEN:
        words.pop()
    return bool(words) and (words[-1] in _NAMES or words[-1].startswith(_STEMS))


def _is_title(inner: str, tag: str) -> bool:
    """Whether most words have capitals, as in English titles."""
    long = [word for word in WORD.findall(inner) if len(word) > 3]
    return tag != "de" and len(long) > 0 and sum(word[0].isupper() for word in long) * 3 >= len(long) * 2


def _in_running_text(chapter: ChapterText, at: int) -> bool:
    block = chapter.block_at(at)
    return block is None or block.kind is BlockKind.PARAGRAPH
