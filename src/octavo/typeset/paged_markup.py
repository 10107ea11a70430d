"""Neutral XHTML into markup that layout needs on a page and a screen does not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "header"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "main", "ol", "p", "pre", "section"}
    | {"table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff][\u0300-\u03ff\u1f00-\u1fff\u2019 \u00a0,.;·]*")
_GREEK_END = re.compile("[ \u00a0,.;·\u2019]+$")
_NOT_GREEK = frozenset({"code", "pre", "svg", "title", "script", "style"})
# What stands right before or behind a drawing or a call, and the letter that it hangs on.
_HELD_BEFORE = re.compile(r"\w?[^\w\s]*\u00a0?$")
_HELD_BEHIND = re.compile(r"^\u00a0?[^\w\s]+|^\u00a0?[^\w\s]*\w")
_PUNCTUATION = re.compile(r"^[^\w\s]+")
_SVG = "{http://www.w3.org/2000/svg}svg"
_WORDS = re.compile(r"[^\s\u00ad-]+-?")
# Columns of tables, in em: what a character takes on an average, how much more a bold one, and the space between two.
_CHARACTER, _BOLD, _GAP = 0.53, 1.1, 0.6
# The width of a decimal sign, of that of a digit.
_SIGN = 0.4
_WHOLE, _LONGEST_HEAD = 1000, 7
# The type of tables in points, and the smallest share of it that can be read.
_TABLE_SIZE, _SMALLEST = 8.5, 0.65
_DRAWN = re.compile(r"width:([\d.]+)pt")
# The smallest share of its type that a table gets in a column before it is set over all of them.
_LEGIBLE = 0.8


def prepare_page(tree: etree._Element, measure: float, across: float = 0.0) -> None:
    """Put lists, tables, Greek and what must not begin a line right; ``measure`` is the width of the text in em.

    Where that is the width of a column, ``across`` is that of all columns.
    """
    if across:
        set_across(tree, measure)
    drop_blank_text(tree)
    number_lists(tree)
    fit_tables(tree, measure, across)
    align_decimals(tree)
    mark_greek(tree)
    hold_to_words(tree)
    continue_paragraphs(tree)


def drop_blank_text(tree: etree._Element) -> None:
    """Take the white space between blocks away: in notes, layout makes empty lines of it."""
    for element in tree.iter(etree.Element):
        if element.tag == "pre" or next(element.iterancestors("pre"), None) is not None:
            continue
        children = list(element)
        if children and _is_block(children[0]) and not (element.text or "").strip():
            element.text = None
        for child, following in zip(children, [*children[1:], None], strict=False):
            near_block = _is_block(child) or (following is not None and _is_block(following))
            if near_block and child.tail is not None and not child.tail.strip():
                child.tail = None


def _is_block(element: etree._Element) -> bool:
    return element.tag in _BLOCKS


def number_lists(tree: etree._Element) -> None:
    """A list that does not begin with 1 says so in a style, which layout reads, and not in an attribute alone."""
    for items in tree.iter("ol"):
        start = items.get("start", "")
        if re.fullmatch(r"-?\d+", start):
            items.set("style", f"counter-reset: list-item {int(start) - 1}")


def set_across(tree: etree._Element, measure: float) -> None:
    """Give figures that would be too small in a column, as wide as ``measure`` (in em), the class ``across``.

    One that calls notes of the text stays in its column, where the notes are in their order, and so does a table that
    may be broken: the head of a page has no other page to go on to.
    """
    for figure in list(tree.iter("figure")):
        names = (figure.get("class") or "").split()
        if "long" in names or any(aside.get("class") == "note" for aside in figure.iter("aside")):
            continue
        tables = [_needed(_column_widths(table, _LONGEST_HEAD)) for table in figure.iter("table")]
        drawn = [
            float(match[1]) / _TABLE_SIZE
            for image in figure.iter("img")
            if (match := _DRAWN.match(image.get("style") or ""))
        ]
        if all(measure / width >= _LEGIBLE for width in (*tables, *drawn) if width > 0):
            continue
        holder = figure.getparent()
        if holder is not None and holder.get("class") == "charted":
            figure, names = holder, ["charted"]
        notes = figure.getnext()
        if notes is not None and notes.get("class") == "table-notes":
            figure.tail, notes.tail = notes.tail, None
            figure.append(notes)
        figure.set("class", " ".join([*names, "across"]))


def fit_tables(tree: etree._Element, measure: float, across: float = 0.0) -> None:
    """All tables are as wide as the text; one whose words need more gets smaller type and columns of set widths."""
    whole = measure
    for table in tree.iter("table"):
        table.attrib.pop("style", "")
        is_across = any("across" in (holder.get("class") or "").split() for holder in table.iterancestors())
        measure = across if is_across else whole
        if _needed(_column_widths(table, _WHOLE)) <= measure:
            continue
        widths = _column_widths(table, _LONGEST_HEAD)
        size = max(_SMALLEST, min(1.0, measure / _needed(widths)))
        table.set("class", f"{table.get('class') or ''} dense".strip())
        table.set("style", f"font-size:{size * _TABLE_SIZE:.2f}pt;line-height:1.3")
        for group in table.findall("colgroup"):
            table.remove(group)
        group = etree.Element("colgroup")
        total = sum(widths)
        for width in widths:
            etree.SubElement(group, "col").set("style", f"width:{100 * width / total:.2f}%")
        table.insert(0, group)


def align_decimals(tree: etree._Element) -> None:
    """What a number lacks behind its decimal sign is room of the face's own digits: spaces may come from another."""
    for span in tree.iter("span"):
        if span.get("class") == "fill":
            lacking = span.text or ""
            digits = lacking.count("\N{FIGURE SPACE}")
            span.text = None
            span.set("style", f"width:{digits + _SIGN * (len(lacking) - digits):g}ch")


def _needed(widths: list[float]) -> float:
    return sum(widths) - _GAP


def _column_widths(table: etree._Element, longest_head: int) -> list[float]:
    """The width of the longest word of each column and of the gap behind it, in em of the table's type.

    Words of the head may be broken so that they are no longer than some characters.
    """
    lengths: dict[int, float] = {}
    for row in table.iter("tr"):
        head = _local(row.getparent()) == "thead"
        column = 0
        for cell in row.iterchildren("td", "th"):
            span = int(cell.get("colspan") or 1)
            words = _WORDS.findall("".join(map(str, cell.itertext())))
            if span == 1:
                longest = max(map(len, words), default=0)
                length = min(longest, longest_head) * _BOLD if head else longest
                lengths[column] = max(lengths.get(column, 1), length)
            column += span
    return [length * _CHARACTER + _GAP for _, length in sorted(lengths.items())]


def mark_greek(tree: etree._Element) -> None:
    """Greek comes from another face, whose size the style sheet matches to that of the text."""
    for element, text, is_tail in list(_texts(tree)):
        pieces = list(_greek_pieces(text))
        if not any(greek for _, greek in pieces):
            continue
        spans: list[etree._Element] = []
        lead = ""
        for piece, greek in pieces:
            if greek:
                span = etree.Element("span")
                span.set("class", "greek")
                span.text = piece
                spans.append(span)
            elif spans:
                spans[-1].tail = piece
            else:
                lead = piece
        parent = element.getparent() if is_tail else element
        if parent is None:
            continue
        at = parent.index(element) + 1 if is_tail else 0
        if is_tail:
            element.tail = lead
        else:
            element.text = lead
        parent[at:at] = spans


def _texts(tree: etree._Element) -> Iterator[tuple[etree._Element, str, bool]]:
    for element in tree.iter(etree.Element):
        hidden = any(_local(holder) in _NOT_GREEK for holder in (element, *element.iterancestors()))
        if element.text and not hidden:
            yield element, element.text, False
        parent = element.getparent()
        if element.tail and parent is not None:
            outer = any(_local(holder) in _NOT_GREEK for holder in (parent, *parent.iterancestors()))
            if not outer:
                yield element, element.tail, True


def _local(element: etree._Element | None) -> str:
    return "" if element is None else etree.QName(element).localname


def _greek_pieces(text: str) -> Iterator[tuple[str, bool]]:
    at = 0
    for match in _GREEK.finditer(text):
        end = match.end() - len(_end[0] if (_end := _GREEK_END.search(match[0])) else "")
        if match.start() > at:
            yield text[at : match.start()], False
        yield text[match.start() : end], True
        at = end
    if at < len(text):
        yield text[at:], False


def hold_to_words(tree: etree._Element) -> None:
    """Keep calls and drawings on the line of the word, bracket or full stop that they stand at."""
    for element in list(tree.iter("span", _SVG)):
        parent = element.getparent()
        if not _is_held(element) or parent is None or parent.get("class") == "held":
            continue
        holder = etree.Element("span")
        holder.set("class", "held")
        holder.text = _take_before(element, parent)
        parent.replace(element, holder)
        _add_following(element, holder)


def _is_held(element: etree._Element) -> bool:
    names = (element.get("class") or "").split()
    return "call" in names if element.tag == "span" else element.tag == _SVG and "inline" in names


def _take_before(element: etree._Element, parent: etree._Element) -> str:
    """The end of the text before an element, taken from there."""
    previous = element.getprevious()
    text = (parent.text if previous is None else previous.tail) or ""
    match = _HELD_BEFORE.search(text)
    held = match[0] if match else ""
    rest = text[: len(text) - len(held)]
    if previous is None:
        parent.text = rest
    else:
        previous.tail = rest
    return held


def _add_following(element: etree._Element, holder: etree._Element) -> None:
    """Move an element into its holder, and with it the calls right behind it and the punctuation after them."""
    following = holder.getnext()
    tail, element.tail = element.tail or "", None
    holder.append(element)
    while not tail and following is not None and _is_held(following):
        after = following.getnext()
        tail, following.tail = following.tail or "", None
        holder.append(following)
        following = after
    pattern = _HELD_BEHIND if element.tag == _SVG and len(holder) == 1 else _PUNCTUATION
    match = pattern.search(tail)
    held = match[0] if match else ""
    holder[-1].tail = held
    holder.tail = tail[len(held) :]


def continue_paragraphs(tree: etree._Element) -> None:
    """What follows a display formula in its paragraph is no new paragraph, which would be indented."""
    for svg in list(tree.iter(_SVG)):
        parent = svg.getparent()
        if "block" not in (svg.get("class") or "").split() or parent is None or _local(parent) != "p":
            continue
        following = list(svg.itersiblings())
        if not (svg.tail or "").strip() and not following:
            continue
        rest = etree.Element("span")
        rest.set("class", "continued")
        rest.text, svg.tail = (svg.tail or "").lstrip(), None
        svg.addnext(rest)
        for element in following:
            if _local(element) == "svg" and "block" in (element.get("class") or "").split():
                break
            rest.append(element)
