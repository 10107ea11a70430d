"""Marks in the text of a document, and what stands in their places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from octavo.bind.docx.xml import PARAGRAPH_ORDER, Element, make, properties_of, set_property, text_of_run, w
from octavo.model.docx import MARK_CLOSE, MARK_OPEN

_MARK = re.compile(f"{MARK_OPEN}([^{MARK_CLOSE}]*){MARK_CLOSE}")


def marked(paragraph: Element) -> str:
    """The mark that a paragraph consists of, or empty."""
    text = "".join(found.text or "" for found in paragraph.iter(w("t")))
    match = _MARK.fullmatch(text.strip())
    return match[1] if match else ""


def split_marks(root: Element) -> Iterator[tuple[str, Element]]:
    """Each mark within a text, with the run that stands for it alone: what was beside it is in runs of its own."""
    for text in list(root.iter(w("t"))):
        if MARK_OPEN not in (text.text or ""):
            continue
        whole = text.getparent()
        if whole is None:
            continue
        properties = whole.find(w("rPr"))
        pieces = _MARK.split(text.text or "")
        for index, piece in enumerate(pieces):
            if not piece:
                continue
            part = make("r")
            if properties is not None:
                part.append(_copy(properties))
            whole.addprevious(part)
            if index % 2:
                yield piece, part
            else:
                part.append(text_of_run(piece))
        parent = whole.getparent()
        if parent is not None:
            parent.remove(whole)


def _copy(element: Element) -> Element:
    copied = make(str(element.tag).rpartition("}")[2])
    for key, value in element.attrib.items():
        copied.set(key, value)
    copied.extend(_copy(child) for child in element)
    return copied


def set_room(part: Element, room: int) -> None:
    """Room at the right of a number, in twips, in the place of its mark."""
    _set(part, make("ind", right=room))


def set_level(part: Element, level: int) -> None:
    """The outline level of a heading, from 1, in the place of its mark."""
    _set(part, make("outlineLvl", val=level - 1))


def _set(part: Element, child: Element) -> None:
    set_property(properties_of(next(part.iterancestors(w("p")))), child, PARAGRAPH_ORDER)
    parent = part.getparent()
    if parent is not None:
        parent.remove(part)
