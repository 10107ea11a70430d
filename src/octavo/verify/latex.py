"""LaTeX source of a paper back into the notes that a reader of its pages sees.

What is read is the document from its own commands on, without Pandoc and without what wrote it: footnotes are counted
as LaTeX counts them, and their words are what TeX would print of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from octavo.model.notes import EditionNotes, Mark
from octavo.verify.errors import UnreadableArtifact
from octavo.verify.leftover import leftovers
from octavo.verify.tex_text import argument, optional, plain_text

_COMMAND = re.compile(
    r"\\(footnotetext|footnotemark|footnote|setcounter|tablenotecall|tablenote|hyperref|hyperlink|bibitem|label"
    r"|begin)(?![A-Za-z])|\\(?:[A-Za-z]+|.)|(?<!\\)%[^\n]*",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class LatexReading:
    """What was read: calls and notes, references to notes, dead links, the entries of the list, markup left."""

    notes: EditionNotes
    references: tuple[Mark, ...]
    dead: tuple[str, ...]
    entries: tuple[str, ...]
    leftovers: tuple[str, ...]


def read_latex(data: bytes, edition: str) -> LatexReading:
    """All calls and notes of a document in the order of its text; anchors are the names of labels.

    A ``\\footnote`` is call and note at once: its label is the counter that it steps, its anchor the ``\\label`` that
    it begins with, that of its call the same with ``call-`` before it.  ``\\footnotemark[n]`` is a call without its
    note, and leads to the ``\\footnotetext[n]`` that follows.

    Raises UnreadableArtifact where the file is no UTF-8, or no whole document.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise UnreadableArtifact(f"the file is not UTF-8: {fault}") from fault
    before, begin, rest = text.partition("\\begin{document}")
    body, end, _ = rest.partition("\\end{document}")
    if not (begin and end and "\\documentclass" in before):
        raise UnreadableArtifact("the file is no whole LaTeX document")
    return _Reader(edition, body).read()


class _Reader:
    """Goes through the commands of a document once."""

    def __init__(self, edition: str, text: str) -> None:
        self._edition = edition
        self._text = text
        self._count = 0
        self._calls: list[Mark] = []
        self._notes: list[Mark] = []
        self._marks: list[tuple[str, int]] = []
        self._links: list[tuple[str, str]] = []
        self._labels: set[str] = set()
        self._entries: list[str] = []

    def read(self) -> LatexReading:
        self._commands(0, len(self._text))
        for label, _ in self._marks:
            self._calls.append(Mark(label, "", "", "text", len(self._calls)))
        anchors = {mark.anchor for mark in self._notes}
        known = self._labels | {f"cite.{entry}" for entry in self._entries}
        calls = {mark.anchor for mark in self._calls}
        references = [(to, shown) for to, shown in self._links if to in anchors]
        return LatexReading(
            EditionNotes(self._edition, tuple(self._calls), tuple(self._notes)),
            tuple(Mark(shown, "", to, "text", index) for index, (to, shown) in enumerate(references)),
            tuple(f"'{shown}' leads to {to}" for to, shown in self._links if to not in known | calls),
            tuple(self._entries),
            tuple(leftovers(plain_text(_without_code(self._text)))),
        )

    def _commands(self, start: int, end: int) -> None:
        at = start
        while (match := _COMMAND.search(self._text, at, end)) is not None:
            at = self._command(match[1] or "", match.end()) if match[1] else match.end()

    def _command(self, name: str, at: int) -> int:
        """Read one command; the offset where reading goes on."""
        if name == "begin":
            return self._environment(at)
        if name == "setcounter":
            counter, at = argument(self._text, at)
            value, at = argument(self._text, at)
            if counter == "footnote" and value.strip().lstrip("-").isdigit():
                self._count = int(value)
            return at
        if name in ("footnote", "footnotemark", "footnotetext"):
            return self._footnote(name, at)
        if name == "tablenotecall":
            (call, at), index = argument(self._text, at), len(self._calls)
            note, at = argument(self._text, at)
            label, at = argument(self._text, at)
            self._labels.add(call)
            self._calls.append(Mark(plain_text(label), call, note, "table", index))
            return at
        if name == "tablenote":
            return self._table_note(at)
        if name == "bibitem":
            _, at = optional(self._text, at)
            key, at = argument(self._text, at)
            self._entries.append(key)
            return at
        if name == "label":
            label, at = argument(self._text, at)
            self._labels.add(label)
            return at
        to, at = optional(self._text, at) if name == "hyperref" else argument(self._text, at)
        shown, _ = argument(self._text, at)
        self._links.append((to, plain_text(shown)))
        # Notes may be called within a link.
        return at

    def _environment(self, at: int) -> int:
        kind, at = argument(self._text, at)
        if kind in ("verbatim", "Verbatim"):
            end = self._text.find(f"\\end{{{kind}}}", at)
            return end if end >= 0 else len(self._text)
        return at

    def _footnote(self, name: str, at: int) -> int:
        number, at = optional(self._text, at)
        if number:
            label = plain_text(number)
        else:
            # LaTeX steps the counter for each call, and takes it as it is for a text alone.
            self._count += name != "footnotetext"
            label = str(self._count)
        if name == "footnotemark":
            self._marks.append((label, len(self._calls)))
            return at
        text, end = argument(self._text, at)
        named = re.match(r"\s*\\label\{([^{}]*)\}", text)
        anchor = named[1] if named else ""
        words = plain_text(text[named.end() :] if named else text)
        call = re.sub(r"^note-", "call-", anchor)
        if name == "footnote":
            self._calls.append(Mark(label, call, anchor, "text", len(self._calls)))
        else:
            mark = next((mark for mark in self._marks if mark[0] == label), None)
            if mark is not None:
                self._marks.remove(mark)
                self._calls.append(Mark(label, call, anchor, "text", len(self._calls)))
        self._notes.append(Mark(label, anchor, call, "text", len(self._notes), words))
        # The text is read for its labels, its links, and notes within it.
        self._commands(at, end)
        return end

    def _table_note(self, at: int) -> int:
        anchor, at = argument(self._text, at)
        call, at = argument(self._text, at)
        label, at = argument(self._text, at)
        text, end = argument(self._text, at)
        self._labels.add(anchor)
        self._notes.append(Mark(plain_text(label), anchor, call, "table", len(self._notes), plain_text(text)))
        self._commands(at, end)
        return end


def _without_code(text: str) -> str:
    text = re.sub(r"\\begin\{([vV]erbatim)\}.*?\\end\{\1\}", " ", text, flags=re.DOTALL)
    return re.sub(r"\\texttt\{(?:[^{}\\]|\\.|\{[^{}]*\})*\}", " ", text)
