"""Tables as Word's users expect them: heads that are repeated, rows that stay whole, lines above sums."""

from __future__ import annotations

from octavo.bind.docx.xml import PARAGRAPH_ORDER, Element, make, properties_of, set_property, style_of, w

# A table of no more rows stays on one page.
_SHORT = 20
_LINE = 3  # eighths of a point
_SUMS = ("table total", "table subtotal")
_LAST, _FIRST = 70, 60  # twips between the outer lines and the first and last row


def finish_tables(body: Element, styles: dict[str, str]) -> None:
    """All tables of a document, their captions and what stands below them."""
    for table in body.iter(w("tbl")):
        if next(table.iterancestors(w("tbl")), None) is None:
            _finish(table, styles)


def _finish(table: Element, styles: dict[str, str]) -> None:
    rows = table.findall(w("tr"))
    before, behind = table.getprevious(), table.getnext()
    if before is not None and style_of(before) == styles["caption"]:
        _keep(before)
    below = behind is not None and style_of(behind) == styles["table note"]
    for index, row in enumerate(rows):
        properties = row.find(w("trPr"))
        if properties is None:
            properties = make("trPr")
            row.insert(0, properties)
        properties.insert(0, make("cantSplit"))
        paragraphs = list(row.iter(w("p")))
        kind = style_of(paragraphs[0]) if paragraphs else ""
        if kind in (styles[name] for name in _SUMS):
            _line_above(row)
        head = properties.find(w("tblHeader")) is not None
        last = index == len(rows) - 1
        if head or kind == styles["table group"] or (len(rows) <= _SHORT and not last) or (last and below):
            for paragraph in paragraphs:
                _keep(paragraph)
    _describe(table, before, styles)


def _keep(paragraph: Element) -> None:
    set_property(properties_of(paragraph), make("keepNext"), PARAGRAPH_ORDER)


def _line_above(row: Element) -> None:
    for cell in row.iterchildren(w("tc")):
        properties = cell.find(w("tcPr"))
        if properties is None:
            properties = make("tcPr")
            cell.insert(0, properties)
        properties.append(make("tcBorders", make("top", val="single", sz=_LINE, space=0, color="000000")))


def _describe(table: Element, caption: Element | None, styles: dict[str, str]) -> None:
    """The caption as the table's title, which readers of a screen are told (ISO/IEC 29500-1, 17.4.62)."""
    properties = table.find(w("tblPr"))
    if properties is None or caption is None or style_of(caption) != styles["caption"]:
        return
    for old in properties.findall(w("tblCaption")):
        properties.remove(old)
    title = "".join(text.text or "" for text in caption.iter(w("t")))
    properties.append(make("tblCaption", val=title))
