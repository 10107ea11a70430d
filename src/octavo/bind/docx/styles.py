"""Styles into ``styles.xml`` (ISO/IEC 29500-1, 17.7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from octavo.bind.docx.xml import TWIPS, Element, make, w
from octavo.model.docx import PageShape
from octavo.model.docx_style import WordStyle

# Names of styles that Word knows by itself are written in small letters in the file.
_BUILT_IN = frozenset(
    {*(f"Heading {level}" for level in range(1, 10)), *(f"TOC {level}" for level in range(1, 10))}
    | {"Caption", "Footnote Text", "Footnote Reference", "Header", "Footer", "Table of Figures"}
)
_NORMAL = "Normal"
TABLE_STYLE = "Table"
# Kerning from this size on, in half-points, and the line of a table's head and foot in eighths of a point.
_THICK, _THIN = 6, 3


def style_id(name: str) -> str:
    """The identifier of a style that we write."""
    return name.replace(" ", "")


def written_name(name: str) -> str:
    """The name of a style as the file has it."""
    return name.lower() if name in _BUILT_IN else name


def styles_xml(styles: Sequence[WordStyle], page: PageShape, language: str) -> Element:
    """All styles, the defaults of the document and the style of tables."""
    root = make("styles", _defaults(language))
    for style in styles:
        root.append(style_xml(style, page))
    root.append(_no_list())
    root.append(_table_normal())
    root.append(table_style())
    return root


def _defaults(language: str) -> Element:
    fonts = make("rFonts", ascii="PT Serif", hAnsi="PT Serif", cs="PT Serif", eastAsia="PT Serif")
    run = make("rPr", fonts, make("sz", val=22), make("szCs", val=22), _language(language))
    spacing = make("spacing", before=0, after=0, line=240, lineRule="auto")
    return make("docDefaults", make("rPrDefault", run), make("pPrDefault", make("pPr", spacing)))


def _language(language: str) -> Element:
    return make("lang", val=language, eastAsia=language, bidi="ar-SA")


def style_xml(style: WordStyle, page: PageShape) -> Element:
    """One style."""
    kind = "character" if style.character else "paragraph"
    element = make("style", type=kind, styleId=style_id(style.name))
    if style.name == _NORMAL:
        element.set(w("default"), "1")
    elif style.name not in _BUILT_IN:
        element.set(w("customStyle"), "1")
    element.append(make("name", val=written_name(style.name)))
    if not style.character and style.name != _NORMAL:
        element.append(make("basedOn", val=style_id(style.based_on or _NORMAL)))
    elif style.character and style.based_on:
        element.append(make("basedOn", val=style_id(style.based_on)))
    if style.next:
        element.append(make("next", val=style_id(style.next)))
    element.append(make("qFormat"))
    paragraph = list(_paragraph(style, page))
    if paragraph and not style.character:
        element.append(make("pPr", *paragraph))
    words = list(_words(style))
    if words:
        element.append(make("rPr", *words))
    return element


def _paragraph(style: WordStyle, page: PageShape) -> Iterator[Element]:
    for name, switch in (
        ("keepNext", style.keep_next),
        ("keepLines", style.keep_lines),
        ("pageBreakBefore", style.page_break_before),
        ("widowControl", style.widows),
    ):
        if switch is not None:
            yield make(name, val=int(switch))
    tabs = list(_tabs(style, page.measure * 72 / 25.4 * TWIPS))
    if tabs:
        yield make("tabs", *tabs)
    if style.hyphenate is not None:
        yield make("suppressAutoHyphens", val=int(not style.hyphenate))
    spacing = _attributes(before=style.before, after=style.after)
    if style.line is not None:
        spacing |= {"line": round(240 * style.line), "lineRule": "auto"}
    if spacing:
        yield make("spacing", **spacing)
    indents = _attributes(left=style.left, right=style.right)
    if style.first is not None:
        indents |= {"firstLine" if style.first >= 0 else "hanging": round(abs(style.first) * TWIPS)}
    if indents:
        yield make("ind", **indents)
    if style.align is not None:
        yield make("jc", val="both" if style.align == "justify" else style.align)
    if style.level is not None:
        yield make("outlineLvl", val=style.level - 1)


def _attributes(**lengths: float | None) -> dict[str, str | int]:
    return {name: round(length * TWIPS) for name, length in lengths.items() if length is not None}


def _tabs(style: WordStyle, measure: float) -> Iterator[Element]:
    if style.tab_center:
        yield make("tab", val="center", pos=round(measure / 2))
    if style.tab_right or style.tab_right_plain:
        tab = make("tab", val="right", pos=round(measure))
        if style.tab_right:
            tab.set(w("leader"), "dot")
        yield tab


def _words(style: WordStyle) -> Iterator[Element]:
    if style.font is not None:
        yield make("rFonts", ascii=style.font, hAnsi=style.font, cs=style.font, eastAsia=style.font)
    for name, switch in (
        ("b", style.bold),
        ("i", style.italic),
        ("smallCaps", style.small_caps),
        ("noProof", style.no_proof),
    ):
        if switch is not None:
            yield make(name, val=int(switch))
    if style.color is not None:
        yield make("color", val=style.color.upper())
    if style.size is not None:
        yield make("sz", val=round(style.size * 2))
        yield make("szCs", val=round(style.size * 2))
    if style.superscript:
        yield make("vertAlign", val="superscript")


def _no_list() -> Element:
    style = make("style", make("name", val="No List"), type="numbering", styleId="NoList", default=1)
    style.append(make("uiPriority", val=99))
    return style


def _table_normal() -> Element:
    """The table that all others are based on: no room above and below, a little at the sides."""
    margins = (("top", 0), ("left", 0), ("bottom", 0), ("right", 0))
    room = make("tblCellMar", *(make(side, w=width, type="dxa") for side, width in margins))
    properties = make("tblPr", make("tblInd", w=0, type="dxa"), room)
    return make(
        "style",
        make("name", val="Normal Table"),
        make("uiPriority", val=99),
        properties,
        type="table",
        styleId="TableNormal",
        default=1,
    )


def table_style() -> Element:
    """Lines above, below, and under the head; a column is set apart by room at its right."""
    borders = make(
        "tblBorders",
        make("top", val="single", sz=_THICK, space=0, color="000000"),
        make("bottom", val="single", sz=_THICK, space=0, color="000000"),
    )
    room = make("tblCellMar", make("left", w=0, type="dxa"), make("right", w=160, type="dxa"))
    line = make("tcBorders", make("bottom", val="single", sz=_THIN, space=0, color="000000"))
    head = make("tblStylePr", make("tcPr", line, make("vAlign", val="bottom")), type="firstRow")
    return make(
        "style",
        make("name", val=TABLE_STYLE),
        make("basedOn", val="TableNormal"),
        make("qFormat"),
        make("tblPr", borders, room),
        head,
        type="table",
        styleId=style_id(TABLE_STYLE),
        customStyle=1,
    )


def style_ids(styles: Element) -> dict[str, str]:
    """The identifiers of styles by their names in small letters, as Word compares them."""
    ids = {}
    for style in styles.iter(w("style")):
        name = style.find(w("name"))
        if name is not None:
            ids[name.get(w("val"), "").lower()] = style.get(w("styleId"), "")
    return ids
