"""The text of a document put in order: runs that belong together, bookmarks within paragraphs, languages as Word's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from babel.core import get_global
from lxml import etree

from octavo.bind.docx.xml import PARAGRAPH_ORDER, Element, make, properties_of, set_property, style_of, w

_EAST_ASIAN = frozenset({"zh", "ja", "ko"})
# Ancient Greek is not that of Cyprus.
_WITHOUT_REGION = frozenset({"grc"})
_OPENINGS = ("subtitle", "author", "abstract", "keywords", "equation")
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


def join_runs(root: Element) -> None:
    """Runs of text side by side that look alike become one: Pandoc makes one of each word."""
    for parent in list(root.iter(w("p"), w("hyperlink"))):
        last: Element | None = None
        last_look = b""
        for child in list(parent):
            if child.tag != w("r") or not _is_text(child):
                last = None
                continue
            look = _look(child)
            if last is not None and look == last_look:
                words = last[-1]
                words.text = (words.text or "") + (child[-1].text or "")
                parent.remove(child)
                continue
            last, last_look = child, look


def _is_text(run: Element) -> bool:
    return bool(len(run)) and run[-1].tag == w("t") and len(run) == 1 + (run[0].tag == w("rPr"))


def _look(run: Element) -> bytes:
    return etree.tostring(run[0]) if run[0].tag == w("rPr") else b""


def set_languages(roots: Iterable[Element], language: str) -> None:
    """Languages with the region that Word's dictionaries have; that of the text as a whole is not said again."""
    own = word_language(language)
    for root in roots:
        for found in list(root.iter(w("lang"))):
            tag = word_language(found.get(w("val"), ""))
            parent = found.getparent()
            if parent is None:
                continue
            if tag == own or (tag.partition("-")[0] == own.partition("-")[0] and "-" not in found.get(w("val"), "")):
                parent.remove(found)
                if not len(parent) and parent.getparent() is not None:
                    parent.getparent().remove(parent)  # type: ignore[union-attr]
            else:
                parent.replace(found, language_element(tag))


def language_element(tag: str) -> Element:
    """The language of words (ISO/IEC 29500-1, 17.3.2.20)."""
    primary = tag.partition("-")[0].lower()
    element = make("lang", val=tag)
    if primary in _EAST_ASIAN:
        element.set(w("eastAsia"), tag)
    if primary in _RIGHT_TO_LEFT:
        element.set(w("bidi"), tag)
    return element


def word_language(tag: str) -> str:
    """A language with its region: ``ru-RU`` of ``ru``."""
    if "-" in tag or not tag or tag in _WITHOUT_REGION:
        return tag
    likely: str = get_global("likely_subtags").get(tag.lower(), "")
    region = likely.rpartition("_")[2]
    return f"{tag.lower()}-{region}" if region else tag


def place_bookmarks(root: Element, first: int, headings: Collection[str]) -> int:
    """Bookmarks begin and end within paragraphs, and are numbered from ``first`` on; the next number is returned.

    Pandoc lets the bookmark of a heading run over its whole section; ``headings`` are the identifiers of their styles.
    A bookmark of words stays around these; one of nothing goes on to the end of its paragraph.
    """
    ends = {end.get(w("id"), ""): end for end in root.iter(w("bookmarkEnd"))}
    for start in list(root.iter(w("bookmarkStart"))):
        end = ends.get(start.get(w("id"), ""))
        parent = start.getparent()
        if parent is None:
            continue
        if parent.tag != w("p") and parent.tag != w("hyperlink"):
            paragraph = next(_paragraphs_from(start), None)
            closing = next(end.iterancestors(w("p")), _paragraph_before(end)) if end is not None else None
            parent.remove(start)
            if end is not None and end.getparent() is not None:
                end.getparent().remove(end)  # type: ignore[union-attr]
            if paragraph is None:
                continue
            last = paragraph if style_of(paragraph) in headings or closing is None else closing
            at = 1 if len(paragraph) and paragraph[0].tag == w("pPr") else 0
            paragraph.insert(at, start)
            last.append(make("bookmarkEnd", id=start.get(w("id"), "")))
        elif end is not None and start.getnext() is end:
            parent.remove(end)
            next(iter([start, *start.iterancestors(w("p"))][1:])).append(end)
    numbers: dict[str, str] = {}
    for start in root.iter(w("bookmarkStart")):
        numbers[start.get(w("id"), "")] = str(first)
        start.set(w("id"), str(first))
        first += 1
    for end in root.iter(w("bookmarkEnd")):
        end.set(w("id"), numbers[end.get(w("id"), "")])
    return first


def _paragraph_before(end: Element) -> Element | None:
    for sibling in end.itersiblings(preceding=True):
        if sibling.tag == w("p"):
            return sibling
        inner = list(sibling.iter(w("p")))
        if inner:
            return inner[-1]
    return None


def _paragraphs_from(start: Element) -> Iterator[Element]:
    for sibling in start.itersiblings():
        if sibling.tag == w("p"):
            yield sibling
        else:
            yield from sibling.iter(w("p"))


def begin_flush(body: Element, styles: Mapping[str, str]) -> None:
    """The first paragraph of a text is not indented, whatever stands between it and its heading."""
    openings = {styles[name] for name in _OPENINGS if name in styles}
    for paragraph in body.iterchildren(w("p")):
        before = paragraph.getprevious()
        if style_of(paragraph) == styles["body text"] and before is not None and style_of(before) in openings:
            style = make("pStyle", val=styles["first paragraph"])
            set_property(properties_of(paragraph), style, PARAGRAPH_ORDER)
