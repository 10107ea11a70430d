"""Tables of a flow document into what Pandoc writes real tables of Word from: widths of columns, styles of rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from octavo.model.docx import mark

Element = etree._Element
# The type of tables (style "Table Text") in points, and its characters in em: an average one, a bold one beside it, the
# figures of PT Sans and their decimal sign, and the space between two columns.
_SIZE = 9.0
_CHARACTER, _BOLD, _GAP = 0.54, 1.15, 1.3
_DIGIT, _SIGN = 0.545, 0.22
# The call of a note behind a number hangs beside it: the width of a small letter, in em.
_CALL = 0.33
_ROWS = {"total": "Table Total", "subtotal": "Table Subtotal", "group": "Table Group"}
_TWIPS = 20.0
# The smallest share of the size of type that can be read.
_SMALLEST = 0.65


@dataclass(slots=True)
class _Column:
    # The longest word and the longest line of a column, in em.
    least: float = 1.0
    most: float = 1.0


def set_table(table: Element, measure: float) -> None:
    """Set the widths of a table's columns, in a text of a width in millimetres, and the styles of its cells."""
    if any(holder.tag == "table" for holder in table.iterancestors()):
        return
    scale = _set_widths(table, measure * 72 / 25.4 / _SIZE)
    for row in table.iter("tr"):
        css = next((_ROWS[name] for name in (row.get("class") or "").split() if name in _ROWS), "")
        head = row.getparent() is not None and getattr(row.getparent(), "tag", "") == "thead"
        style = "Table Head" if head else css or "Table Text"
        for cell in row.iterchildren("td", "th"):
            _hang(cell)
            _set_cell(cell, style)
    first = next(table.iter("td", "th"), None)
    if scale < 1 and first is not None:
        place = next(first.iter("p"), first)
        place.text = mark(f"size {round(2 * _SIZE * scale)}") + (place.text or "")


def _set_cell(cell: Element, style: str) -> None:
    holder = etree.Element("div", {"data-custom-style": style})
    holder.text, cell.text = cell.text, None
    holder.extend(list(cell))
    if not any(child.tag in ("p", "ul", "ol", "div", "pre", "blockquote", "table", "dl") for child in holder):
        holder.tag = "p"
        outer = etree.Element("div", {"data-custom-style": style})
        outer.append(holder)
        holder.attrib.clear()
        holder = outer
    cell.append(holder)


def _hang(cell: Element) -> None:
    """Numbers stand in line by their decimal signs: what one lacks behind it is room at the right of its cell.

    The call of a note is no part of the number and hangs out of its column.
    """
    right = "right" in (cell.get("style") or "")
    room = 0.0
    for span in list(cell.iter("span")):
        if span.get("class") == "fill":
            lacking = span.text or ""
            digits = lacking.count("\N{FIGURE SPACE}")
            room += digits * _DIGIT + (len(lacking) - digits) * _SIGN
            parent = span.getparent()
            if parent is not None:
                span.text = None
                parent.remove(span)
    if not right:
        return
    room -= _CALL * sum(1 for call in cell.iter("sup") if call.get("class") == "table-call")
    if abs(room) > 0.01:
        cell.text = mark(f"fill {round(room * _SIZE * _TWIPS)}") + (cell.text or "")


def _set_widths(table: Element, measure: float) -> float:
    """Give each column its share; returns how much smaller the type has to be for the longest words to fit."""
    columns = _measured(table)
    if not columns:
        return 1.0
    widths = _shared(columns, measure)
    for group in table.findall("colgroup"):
        table.remove(group)
    group = etree.Element("colgroup")
    for width in widths:
        etree.SubElement(group, "col", style=f"width:{100 * width / sum(widths):.2f}%")
    caption = table.find("caption")
    table.insert(0 if caption is None else 1, group)
    return max(_SMALLEST, min(1.0, measure / sum(one.least for one in columns)))


def _shared(columns: list[_Column], measure: float) -> list[float]:
    """Each column gets what its longest word needs, and its share of what is left (CSS 2.1, 17.5.2.2)."""
    least, most = sum(one.least for one in columns), sum(one.most for one in columns)
    if most <= measure:
        return [one.most for one in columns]
    if least >= measure:
        return [one.least for one in columns]
    share = (measure - least) / (most - least)
    return [one.least + share * (one.most - one.least) for one in columns]


def _measured(table: Element) -> list[_Column]:
    columns: dict[int, _Column] = {}
    for cell, column, span, head in _cells(table):
        if span > 1:
            continue
        lines = "".join(map(str, cell.itertext())).split("\n")
        words = [len(word) for line in lines for word in line.replace("-", "- ").split(" ")]
        wide = _CHARACTER * (_BOLD if head else 1.0)
        found = columns.setdefault(column, _Column())
        found.least = max(found.least, max(words, default=0) * wide + _GAP)
        found.most = max(found.most, max(map(len, lines), default=0) * wide + _GAP)
    count = max((column + span for _, column, span, _ in _cells(table)), default=0)
    return [columns.get(index, _Column()) for index in range(count)]


def _cells(table: Element) -> Iterator[tuple[Element, int, int, bool]]:
    """Each cell, the column that it begins in, how many it spans, and whether it stands in the head."""
    below: dict[int, int] = {}
    for row in table.iter("tr"):
        parent = row.getparent()
        head = parent is not None and parent.tag == "thead"
        column = 0
        free = {at: rows - 1 for at, rows in below.items() if rows > 1}
        for cell in row.iterchildren("td", "th"):
            while below.get(column, 0) > 0:
                column += 1
            span, rows = int(cell.get("colspan") or 1), int(cell.get("rowspan") or 1)
            yield cell, column, span, head
            if rows > 1:
                free |= {at: rows - 1 for at in range(column, column + span)}
            column += span
        below = free
