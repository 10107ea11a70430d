"""Tables as Word's users expect them: heads that are repeated, rows that stay whole, lines above sums."""

from __future__ import annotations

from collections.abc import Mapping

from octavo.bind.docx.xml import PARAGRAPH_ORDER, TWIPS, Element, make, properties_of, set_property, style_of, w

# A table of no more rows stays on one page.
_SHORT = 20
_LINE = 3  # eighths of a point
_SUMS = ("table total", "table subtotal")
_TABLE_ORDER = (
    *("tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize", "tblW", "jc"),
    *("tblCellSpacing", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption"),
    "tblDescription",
)
_OF_TEXT = ("body text", "first paragraph", "compact", "normal")
# Points above a table's caption, and between a table and the text that follows.
_ABOVE, _BELOW = 12, 10


def finish_tables(body: Element, styles: Mapping[str, str]) -> None:
    """All tables of a document, their captions and what stands below them."""
    for table in body.iter(w("tbl")):
        if next(table.iterancestors(w("tbl")), None) is None:
            _style_cells(table, styles)
            _finish(table, styles)
            _set_apart(table, styles)


def _style_cells(table: Element, styles: Mapping[str, str]) -> None:
    """Lists and other paragraphs within cells are set as the table is."""
    others = {styles[name] for name in _OF_TEXT if name in styles} | {""}
    for paragraph in table.iter(w("p")):
        if style_of(paragraph) in others:
            set_property(properties_of(paragraph), make("pStyle", val=styles["table text"]), PARAGRAPH_ORDER)


def _finish(table: Element, styles: Mapping[str, str]) -> None:
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


def _describe(table: Element, caption: Element | None, styles: Mapping[str, str]) -> None:
    """The caption as the table's title, which readers of a screen are told (ISO/IEC 29500-1, 17.4.62)."""
    properties = table.find(w("tblPr"))
    if properties is None or caption is None or style_of(caption) != styles["caption"]:
        return
    for old in properties.findall(w("tblCaption")):
        properties.remove(old)
    title = "".join(text.text or "" for text in caption.iter(w("t")))
    properties.append(make("tblCaption", val=title))


def _set_apart(table: Element, styles: Mapping[str, str]) -> None:
    """Room above the caption and below the table, which has none of its own in Word."""
    caption, behind = table.getprevious(), table.getnext()
    if behind is None or behind.tag != w("p"):
        # Two tables side by side are one to Word, and neither a cell nor the text can end with one.
        table.addnext(make("p", make("pPr", make("pStyle", val=styles["compact"]))))
    if caption is not None and style_of(caption) == styles["caption"]:
        _space(caption, before=_ABOVE)
    if behind is not None and style_of(behind) in _texts(styles):
        _space(behind, before=_BELOW)


def set_text_apart(body: Element, styles: Mapping[str, str]) -> None:
    """Room between what belongs to a table or a figure and the text that follows it."""
    above = {styles["caption"], styles["table note"]}
    for paragraph in body.iterchildren(w("p")):
        before = paragraph.getprevious()
        if before is not None and style_of(before) in above and style_of(paragraph) in _texts(styles):
            _space(before, after=_BELOW)


def _texts(styles: Mapping[str, str]) -> set[str]:
    return {styles[name] for name in _OF_TEXT if name in styles}


def _space(paragraph: Element, **points: int) -> None:
    spacing = properties_of(paragraph).find(w("spacing"))
    if spacing is None:
        spacing = make("spacing")
        set_property(properties_of(paragraph), spacing, PARAGRAPH_ORDER)
    for name, length in points.items():
        spacing.set(w(name), str(round(length * TWIPS)))


def shrink(run: Element, size: int) -> None:
    """Type of a size in half-points for the table that a mark stands in, which then goes."""
    table = list(run.iterancestors(w("tbl")))[-1]
    parent = run.getparent()
    if parent is not None:
        parent.remove(run)
    margins = table.find(w("tblPr"))
    if margins is not None:
        room = make("tblCellMar", make("right", w=round(size * 8), type="dxa"))
        set_property(margins, room, _TABLE_ORDER)
    for word in table.iter(w("r")):
        look = word.find(w("rPr"))
        if look is None:
            look = make("rPr")
            word.insert(0, look)
        language = look.find(w("lang"))
        at = len(look) if language is None else look.index(language)
        mark = look.find(w("vertAlign"))
        at = at if mark is None else look.index(mark)
        look[at:at] = [make("sz", val=size), make("szCs", val=size)]
