"""The contents of a DOCX and the texts of its notes, compared with the manuscript."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from octavo.model.docx import bookmark_name
from octavo.model.edition import NumberedManuscript
from octavo.model.finding import Finding
from octavo.verify.compare import same_text
from octavo.verify.docx import DocxReading

_HINT = "build the edition again"
_MATH = "{http://www.w3.org/1998/Math/MathML}math"
_LEVELS = 2


def compare_contents(manuscript: NumberedManuscript, reading: DocxReading, edition: str) -> Iterator[Finding]:
    """Lines of the contents that lead nowhere, say otherwise than the heading, are missing or out of order.

    A document without contents, as a paper is, has no faults in them.
    """
    if not reading.contents:
        return
    for line in reading.contents:
        if line.bookmark not in reading.bookmarks:
            yield _finding(edition, f"the line '{line.text}' of the contents leads to nothing")
        elif not same_text(line.text, reading.headings.get(line.bookmark, "")):
            heading = reading.headings.get(line.bookmark, "")
            yield _finding(edition, f"the contents say '{line.text}', the heading '{heading}'")
    order = [line.bookmark for line in reading.contents]
    wanted = [
        bookmark_name(anchor)
        for chapter in manuscript.chapters
        for anchor in (
            chapter.anchor,
            *(section.anchor for section in chapter.sections if section.level <= _LEVELS),
        )
    ]
    titles = {
        bookmark_name(target.anchor): f"{target.label} {target.title}".strip() for target in manuscript.targets.values()
    }
    for name in wanted:
        if name not in order:
            yield _finding(edition, f"the contents lack '{titles.get(name, name)}'")
    places = [order.index(name) for name in wanted if name in order]
    if places != sorted(places):
        yield _finding(edition, "the lines of the contents stand in the wrong order")


def text_without_formulas(body: str, text: str) -> str:
    """The text of a note as Word's reader has it: formulas are no words, and boxes of tasks are signs."""
    if "<math" not in body and "<input" not in body:
        return text
    tree = etree.fromstring(f"<x>{body}</x>")
    for math in list(tree.iter(_MATH)):
        math[:] = []
    for box in tree.iter("input"):
        box.text = "\N{BALLOT BOX WITH CHECK}" if box.get("checked") is not None else "\N{BALLOT BOX}"
    return " ".join("".join(map(str, tree.itertext())).split())


def _finding(edition: str, message: str) -> Finding:
    return Finding("EDN108", "contents-differ", f"{edition}: {message}", None, _HINT)
