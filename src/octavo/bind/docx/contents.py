"""The contents and the lists of figures and tables: filled, and with fields that Word brings up to date."""

from __future__ import annotations

from collections.abc import Sequence

from octavo.bind.docx.xml import Element, field, make, run
from octavo.model.docx import DocxEntry

# Headings of two levels, and other paragraphs by their outline level; entries are links (ISO/IEC 29500-1, 17.16.5.68).
_CONTENTS = r'TOC \o "1-2" \h \z \u'
# What a page's number looks like until it is known.
_UNKNOWN = "…"


def contents(entries: Sequence[DocxEntry], styles: dict[str, str]) -> list[Element]:
    """The contents as one field over several paragraphs, in which each page is a field that waits to be computed."""
    lines = [_line(entry, styles[f"toc {entry.level}"]) for entry in entries]
    if not lines:
        return lines
    begin, code, separate, _, end = field(_CONTENTS, "")
    first = lines[0]
    for index, one in enumerate((begin, code, separate)):
        first.insert(1 + index, one)
    lines[-1].append(end)
    return lines


def list_of(entries: Sequence[DocxEntry], styles: dict[str, str]) -> list[Element]:
    """A list whose pages are fields; its entries stay as they are, for they have the numbers of the plan."""
    return [_line(entry, styles["table of figures"]) for entry in entries]


def _line(entry: DocxEntry, style: str) -> Element:
    link = make("hyperlink", anchor=entry.anchor, history=1)
    for index, piece in enumerate(entry.text.split("\t")):
        if index:
            link.append(make("r", make("tab")))
        link.append(run(piece))
    link.append(make("r", make("tab")))
    link.extend(field(rf"PAGEREF {entry.anchor} \h", _UNKNOWN, dirty=True))
    return make("p", make("pPr", make("pStyle", val=style)), link)
