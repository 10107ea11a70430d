"""The attributes and addresses of Pandoc's HTML, cut down to those that editions know.

Chapters, sources and styles have their say in that HTML: none may bring a script, a style of its own, an address of a
scheme that runs something, or a mark of ours (HTML, "Global attributes"; WHATWG URL, 4.4).
"""

from __future__ import annotations

import re

from lxml import etree

from octavo.cite.html import MATHML, ConvertedChapter, Element
from octavo.model.addresses import is_harmless

_GLOBAL = frozenset({"id", "class", "lang", "dir", "title", "role"})
_OWN: dict[str, frozenset[str]] = {
    "a": frozenset({"href", "tabindex", "aria-hidden"}),
    "img": frozenset({"src", "alt", "style", "width", "height"}),
    "ol": frozenset({"start", "type"}),
    "input": frozenset({"type", "checked", "disabled"}),
    "table": frozenset({"style"}),
    "col": frozenset({"style", "width"}),
    "td": frozenset({"style", "colspan", "rowspan", "align"}),
    "th": frozenset({"style", "colspan", "rowspan", "align", "scope"}),
    "figcaption": frozenset({"aria-hidden"}),
    "pre": frozenset({"data-startfrom"}),
}
# Marks of Pandoc and of the filter, by a class of the element that carries them.
_MARKS = {
    "citation": frozenset({"data-cites"}),
    "octavo-xref": frozenset({"data-target", "data-form"}),
    "octavo-data-table": frozenset({"data-octavo-place"}),
    "octavo-chart": frozenset({"data-octavo-place"}),
}
_SIZE = r"\d{1,4}(?:\.\d{1,6})?(?:%|em|ex|rem|px|pt|pc|mm|cm|in)?"
_STYLE = re.compile(rf"\s*(?:(?:text-align:\s*(?:left|right|center)|(?:width|height):\s*{_SIZE})\s*;?\s*)*")
_NUMBER = re.compile(r"-?\d{1,6}%?")
_NUMERIC = frozenset({"start", "colspan", "rowspan", "width", "height", "tabindex"})


def clean_chapter(chapter: ConvertedChapter) -> None:
    """Take out of a chapter and its notes all that editions do not know."""
    for tree in (chapter.body, *(note.body for note in chapter.notes)):
        clean_attributes(tree)


def clean_attributes(tree: Element) -> None:
    """Take out of a tree all that editions do not know."""
    for element in tree.iter(etree.Element):
        if element.tag.startswith(MATHML):
            _clean_mathematics(element)
            continue
        allowed = _GLOBAL | _OWN.get(element.tag, frozenset())
        for name in (element.get("class") or "").split():
            allowed |= _MARKS.get(name, frozenset())
        for key in list(map(str, element.attrib)):
            if key not in allowed or not _is_sound(key, element.get(key) or ""):
                del element.attrib[key]


def _is_sound(key: str, value: str) -> bool:
    if key == "href":
        return is_harmless(value)
    if key == "style":
        return _STYLE.fullmatch(value) is not None
    return key not in _NUMERIC or _NUMBER.fullmatch(value) is not None


def _clean_mathematics(element: Element) -> None:
    for key in list(map(str, element.attrib)):
        if key.rpartition("}")[2] in ("href", "src", "actiontype") or key.startswith(("on", "data-")):
            del element.attrib[key]
