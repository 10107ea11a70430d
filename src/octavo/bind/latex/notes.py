"""The marks of notes in what Pandoc wrote into footnotes, each in the form that its place can hold."""

from __future__ import annotations

import re
from collections.abc import Mapping

from octavo.bind.latex.floats import as_float
from octavo.bind.latex.groups import end_of_group
from octavo.model.article import CALL, CLOSE, PLACE
from octavo.model.notes import MAIN, NotePlan
from octavo.model.tex import escape_tex, tex_name

_CALL = re.compile(rf"{CALL}(\d+){CLOSE}")
_PLACE = re.compile(rf"{PLACE}(\d+){CLOSE}")
_LINK = re.compile(r"\\hyperref\[(ref-[^\]]*)\]")
_ASIDE = re.compile(rf"\\begin\{{(verbatim|figure|longtable)\}}.*?\\end\{{\1\}}(?:\s*{PLACE}\d+{CLOSE})*", re.DOTALL)
_HEADING = re.compile(r"^\\((?:sub)*section|(?:sub)?paragraph)(?=\{)", re.MULTILINE)
_CAPTION = re.compile(r"\\caption(?=\{)")
_TERM = re.compile(r"\\item\[")
_SECOND_HEAD = re.compile(r"(?<=\\endfirsthead\n).*?(?=\\endhead\n)", re.DOTALL)


class Footnotes:
    """Puts notes where they are called, and counts as LaTeX will.

    ``parts`` holds the text of each note as LaTeX.
    """

    def __init__(self, plan: NotePlan, parts: Mapping[str, str], *, columns: int) -> None:
        self._plan = plan
        self._parts = parts
        self._columns = columns
        self._count = 0
        self._waiting: list[tuple[int, str]] = []

    def put_all(self, text: str) -> str:
        """The text of a paper with its notes; figures, tables and headings hold theirs in their own way."""
        pieces, at = [], 0
        for match in _ASIDE.finditer(text):
            pieces.append(self._headings(text[at : match.start()]))
            pieces.append(self._aside(match[1], match[0]))
            at = match.end()
        pieces.append(self._headings(text[at:]))
        return "".join(pieces)

    def put(self, text: str, *, moved: bool = False) -> str:
        """A piece of text with its notes; where they are ``moved``, calls alone stand there."""
        shown = _CALL.sub(lambda match: self._call(int(match[1]), moved=moved), text)
        return _LINK.sub(r"\\hyperlink{cite.\1}", _PLACE.sub(lambda match: self._under_table(int(match[1])), shown))

    def moved(self) -> str:
        """The notes whose calls were put since the last time, and the count set to the last of them."""
        if not self._waiting:
            return ""
        texts = "".join(f"\\footnotetext[{number}]{{{text}}}%\n" for number, text in self._waiting)
        self._count = self._waiting[-1][0]
        self._waiting.clear()
        return f"{texts}\\setcounter{{footnote}}{{{self._count}}}%\n"

    def _call(self, index: int, *, moved: bool) -> str:
        note = self._plan.notes[index]
        if note.series != MAIN:
            label = escape_tex(note.label)
            return f"\\tablenotecall{{{tex_name(note.call_anchor)}}}{{{tex_name(note.anchor)}}}{{{label}}}"
        number = int(note.label)
        text = f"\\label{{{tex_name(note.anchor)}}}{self.put(self._parts[f'n{index}'])}"
        if moved:
            self._waiting.append((number, text))
            return f"\\protect\\footnotemark[{number}]"
        turn = "" if number == self._count + 1 else f"\\setcounter{{footnote}}{{{number - 1}}}"
        self._count = number
        return f"{turn}\\footnote{{{text}}}"

    def _under_table(self, index: int) -> str:
        note = self._plan.notes[index]
        names = f"{{{tex_name(note.anchor)}}}{{{tex_name(note.call_anchor)}}}{{{escape_tex(note.label)}}}"
        return f"\\tablenote{names}{{{self.put(self._parts[f'n{index}'])}}}"

    def _aside(self, kind: str, text: str) -> str:
        if kind == "verbatim":
            return text
        # The head of a table stands twice, for the pages that follow; its notes are called from the first alone.
        text = _SECOND_HEAD.sub(lambda match: _CALL.sub(self._label_alone, match[0]), text)
        if kind == "figure":
            text = text.replace("\\begin{figure}", "\\begin{figure}[htbp]", 1)
        if kind == "longtable" and self._columns > 1:
            text = as_float(text)
        shown = self.put(_with_short_forms(_CAPTION, text), moved=True)
        rest = self.moved()
        return f"{shown}\n{rest}" if rest else shown

    def _label_alone(self, match: re.Match[str]) -> str:
        return f"\\textsuperscript{{{escape_tex(self._plan.notes[int(match[1])].label)}}}"

    def _headings(self, text: str) -> str:
        text = _with_short_forms(_HEADING, text)
        pieces, at = [], 0
        for match in _TERM.finditer(text):
            end = end_of_group(text, match.end() - 1, "[", "]")
            if CALL not in text[match.end() : end]:
                continue
            pieces += [
                self.put(text[at : match.start()]),
                self.put(text[match.start() : end], moved=True),
                self.moved(),
            ]
            at = end
        return "".join((*pieces, self.put(text[at:])))


def _with_short_forms(command: re.Pattern[str], text: str) -> str:
    """Commands whose words are used again elsewhere get a form without notes for that."""
    pieces, at = [], 0
    for match in command.finditer(text):
        end = end_of_group(text, match.end(), "{", "}")
        words = text[match.end() + 1 : end - 1]
        if match.start() < at or CALL not in words:
            continue
        # The second form of words that bookmarks get.
        words = re.sub(r"(?<=\}\{)[^{}]*(?=\}$)", lambda inner: _CALL.sub("", inner[0]), words)
        short = _CALL.sub("", words)
        pieces += [text[at : match.end()], f"[{{{short}}}]{{{words}}}"]
        at = end
    return "".join((*pieces, text[at:]))
