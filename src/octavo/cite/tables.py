"""Tables made from data: the pieces that Pandoc read, and all other cells, into the table of the chapter's tree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape

from octavo.cite.html import ConvertedChapter, Element, inner_xml, parse_fragment
from octavo.model.chapter import CHAPTER_ID, ExpandedChapter
from octavo.model.finding import Finding
from octavo.model.markup import Citation, CitationItem, Scan
from octavo.model.reference import Source
from octavo.model.source import Location, Span
from octavo.model.suggest import did_you_mean
from octavo.model.table import ComposedTable, RowRole, SourceKey, TableCell, TableRow
from octavo.model.words import Words

# Between two sources of a table, and the full stop of a citation that no abbreviation needs.
_BETWEEN = "; "
_END = re.compile(r"(?<!\b[^\W\d])(?<!\b[^\W\d]{2})\.$")
# A table of more rows is allowed to begin on the page where it is called, and to go on on the next.
_SHORT = 20
_FIGURE_SPACE, _PUNCTUATION_SPACE = "\N{FIGURE SPACE}", "\N{PUNCTUATION SPACE}"


def source_slug(chapter: ExpandedChapter, sources: Sequence[SourceKey]) -> str:
    """The name of a line of sources among what is converted: it stands for itself, whatever was cited before it."""
    return f"{chapter.slug}//{'; '.join(f'{one.key}, {one.locator}' for one in sources)}"


def source_lines(chapter: ExpandedChapter, *, is_note: bool) -> Iterator[ExpandedChapter]:
    """The lines of sources of tables and charts, each as a chapter of its own, so that none begins with "Ibid."."""
    for sources in dict.fromkeys(found for found in _sources(chapter) if found):
        head = f"# x {{#{CHAPTER_ID} .reset-citation-positions}}\n\n"
        # Each is a citation of its own, and has the terms of its own language.
        form = "[@{{{}}}, {}]" if is_note else "@{{{}}} [{}]"
        plain = "[@{{{}}}]" if is_note else "@{{{}}}"
        cites = [(form if one.locator else plain).format(one.key, one.locator) for one in sources]
        text = head + _BETWEEN.join(cites)
        scan = Scan(citations=tuple(Citation(Span(0, 0), (CitationItem(one.key, Span(0, 0)),)) for one in sources))
        own = replace(chapter.chapter, slug=source_slug(chapter, sources))
        yield replace(chapter, chapter=own, text=text, scan=scan, tables=(), values=(), charts=())


def _sources(chapter: ExpandedChapter) -> Iterator[tuple[SourceKey, ...]]:
    yield from (table.sources for table in chapter.tables)
    yield from (chart.sources for chart in chapter.charts)


def check_table_sources(chapter: ExpandedChapter, sources: Mapping[str, Source]) -> Iterator[Finding]:
    """Sources of tables and charts that the bibliography does not have, each at the specification."""
    for one in dict.fromkeys(one for found in _sources(chapter) for one in found):
        if one.key not in sources:
            hint = did_you_mean(one.key, sources) or "add the source to bibliography/"
            yield Finding("CIT001", "unknown-citation-key", f"there is no source '{one.key}'", one.location, hint)


def fill_tables(
    chapter: ExpandedChapter,
    body: Element,
    converted: Mapping[str, ConvertedChapter],
    words: Words,
    findings: list[Finding],
) -> None:
    """Put the tables of a chapter in the places that are kept for them."""
    for div in list(body.iter("div")):
        if "octavo-data-table" not in (div.get("class") or "").split():
            continue
        table = chapter.tables[int(div.get("data-octavo-place") or 0)]
        pieces = [span for span in div.iter("span") if span.get("class") == "octavo-piece"]
        if len(pieces) != len(table.slots) + 1:
            message = f"a title, head or note of the table '{table.name}' cannot be read as one line of Markdown"
            hint = "look for brackets, quotation marks or dollar signs that are not closed"
            findings.append(Finding("DAT116", "broken-piece", message, Location(table.path), hint))
            continue
        figure = _figure(table, pieces)
        figure.set("id", div.get("id") or "")
        add_remark(figure, div)
        add_sources(figure, table.sources, words, converted.get(source_slug(chapter, table.sources)))
        figure.tail = div.tail
        parent = div.getparent()
        if parent is not None:
            div.tail = None
            parent.replace(div, figure)


def _figure(table: ComposedTable, pieces: Sequence[Element]) -> Element:
    """The figure with its caption and table, and the pieces in their cells; calls of notes keep their identity."""
    rows = len(table.foot) + sum(map(len, table.groups))
    css = "table data long" if rows > _SHORT else "table data"
    figure = parse_fragment(f'<figure class="{css}"><figcaption/>{"".join(_table(table))}</figure>')[0]
    caption = figure[0]
    move_content(pieces[0], caption)
    for cell in figure.iter("th", "td"):
        slot = cell.attrib.pop("data-slot", "")
        if slot:
            fill = cell[0] if len(cell) else None
            move_content(pieces[int(slot) + 1], cell)
            if fill is not None:
                cell.append(fill)
    return figure


def move_content(source: Element, target: Element) -> None:
    """Move what an element holds into an empty one."""
    target.text = source.text
    for child in list(source):
        target.append(child)


def _table(table: ComposedTable) -> Iterator[str]:
    yield '<table class="data">'
    yield f"<thead>{''.join(_row(row, 'th') for row in table.head)}</thead>"
    for group in table.groups:
        yield f"<tbody>{''.join(_row(row) for row in group)}</tbody>"
    if table.foot:
        # A foot would be repeated on each page that the table runs over.
        yield f'<tbody class="sums">{"".join(_row(row) for row in table.foot)}</tbody>'
    yield "</table>"


def _row(row: TableRow, name: str = "td") -> str:
    css = "" if row.role is RowRole.DATA else f' class="{row.role.value}"'
    return f"<tr{css}>{''.join(_cell(cell, name) for cell in row.cells)}</tr>"


def _cell(cell: TableCell, name: str) -> str:
    attributes = []
    if cell.scope:
        name = "th"
        attributes.append(f' scope="{cell.scope}"')
    if cell.columns > 1:
        attributes.append(f' colspan="{cell.columns}"')
    if cell.rows > 1:
        attributes.append(f' rowspan="{cell.rows}"')
    if cell.align and cell.align != "left":
        css = f"{cell.align} figures" if cell.lack else cell.align
        attributes.append(f' class="{css}" style="text-align: {cell.align};"')
    if cell.slot >= 0:
        attributes.append(f' data-slot="{cell.slot}"')
    text = "" if cell.slot >= 0 else escape(cell.text, quote=False)
    if cell.lack:
        fill = (_PUNCTUATION_SPACE if cell.lacks_sign else "") + _FIGURE_SPACE * cell.lack
        text += f'<span class="fill">{fill}</span>'
    return f"<{name}{''.join(attributes)}>{text}</{name}>"


def add_remark(figure: Element, div: Element) -> None:
    """Put the remark of a table or chart below it."""
    for remark in div.iter("div"):
        if remark.get("class") == "octavo-remark":
            remark.set("class", "table-remark")
            remark.tail = None
            figure.append(remark)
            return


def add_sources(figure: Element, sources: Sequence[SourceKey], words: Words, line: ConvertedChapter | None) -> None:
    """The line ``Source: ...`` below a table or chart."""
    if line is None:
        return
    word = words.source if len(sources) == 1 else words.sources
    pieces = [inner_xml(note.body[0]).strip() for note in line.notes]
    # A full stop before a semicolon is one of an abbreviation, or too much.
    pieces = [_END.sub("", piece) for piece in pieces[:-1]] + pieces[-1:]
    content = _BETWEEN.join(pieces) if pieces else inner_xml(line.body[1]).strip()
    paragraph = parse_fragment(f'<p class="table-source"><span class="source-label">{word}</span> {content}</p>')[0]
    last = "".join(map(str, paragraph.itertext())).rstrip()[-1:]
    if last not in ".!?…»”":
        _append_text(paragraph, ".")
    figure.append(paragraph)


def _append_text(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip() + text
    else:
        element.text = (element.text or "").rstrip() + text
