"""A chapter's tree as Pandoc wrote it into the neutral XHTML that every edition is typeset from.

The markup is described at ``octavo.model.edition.NumberedChapter``.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from octavo.cite.html import (
    MATHML,
    ConvertedChapter,
    Element,
    plain_text,
    remove_keeping_tail,
    replace_keeping_tail,
)
from octavo.model.finding import Finding
from octavo.model.source import Location

_HEADING = re.compile(r"h([1-6])$")


def strip_prefixes(converted: ConvertedChapter, slug: str) -> None:
    """Identifiers become unique in the publication: Pandoc's file prefix gives way to the chapter's slug.

    The identifiers of code lines, which nothing refers to, go.
    """
    prefix = converted.prefix
    trees = (converted.body, *(note.body for note in converted.notes))
    for tree in trees:
        for element in tree.iter("div", "span", "a"):
            identifier = element.get("id", "")
            if element.tag == "div" and element.get("class") == "sourceCode":
                element.attrib.pop("id", "")
            elif re.match(r"cb\d+-\d+$", identifier):
                del element.attrib["id"]
        for link in list(tree.iterfind(".//a[@tabindex='-1']")):
            remove_keeping_tail(link)
        for element in tree.iter():
            if isinstance(element.tag, str) and element.get("id"):
                element.set("id", anchor(slug, (element.get("id") or "").removeprefix(prefix)))
            if element.tag == "a" and (element.get("href") or "").startswith("#"):
                target = (element.get("href") or "")[1:].removeprefix(prefix)
                element.set("href", "#" + anchor(slug, target))


def anchor(slug: str, identifier: str) -> str:
    """The anchor of an identifier of a chapter."""
    return f"{slug}--{identifier.replace(':', '-').replace('/', '-')}"


def level_headings(body: Element) -> None:
    """Sections begin at ``h2``, whatever level the author began with: ``h1`` is the chapter's own."""
    headings = [element for element in body.iter() if isinstance(element.tag, str) and _HEADING.match(element.tag)]
    if not headings:
        return
    shift = 2 - min(int(heading.tag[1]) for heading in headings)
    for heading in headings:
        heading.tag = f"h{min(int(heading.tag[1]) + shift, 6)}"


def wrap_tables(body: Element) -> None:
    """Each table stands in a figure that carries its identifier and caption; one made from data does so already."""
    for table in list(body.iter("table")):
        if table.get("class") == "data" or any(ancestor.tag == "table" for ancestor in table.iterancestors()):
            continue
        figure = etree.Element("figure")
        figure.set("class", "table")
        if table.get("id"):
            figure.set("id", table.attrib.pop("id"))
        replace_keeping_tail(table, figure)
        caption = table.find("caption")
        if caption is not None:
            caption.tag = "figcaption"
            caption.tail = None
            table.remove(caption)
            figure.append(caption)
        figure.append(table)


def mark_figures(body: Element) -> None:
    """Images that Pandoc made figures of get the class ``figure``; the caption is for all readers."""
    for figure in body.iter("figure"):
        if figure.get("class") is None:
            figure.set("class", "figure")
        for image in figure.iter("img"):
            image.set("alt", " ".join((image.get("alt") or "").split()))
        for caption in figure.iterfind("figcaption"):
            caption.attrib.pop("aria-hidden", "")


def check_mathematics(tree: Element, location: Callable[[str], Location], findings: list[Finding]) -> None:
    """Formulas that Pandoc could not turn into MathML are left as TeX by it; each is a finding."""
    for span in tree.iter("span"):
        if (span.get("class") or "").startswith("math ") and span.find(f"{MATHML}math") is None:
            tex = _without_marks(plain_text(span))
            message = f"this formula cannot be set: {tex}"
            findings.append(Finding("MTH101", "broken-formula", message, location(tex), "check its TeX"))


def _without_marks(tex: str) -> str:
    """The TeX of a formula without the marks around it."""
    for opening, closing in (("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]")):
        if tex.startswith(opening) and tex.endswith(closing) and len(tex) >= len(opening) + len(closing):
            return tex[len(opening) : -len(closing)].strip()
    return tex


def mark_call(call: Element, identifier: str) -> Element:
    """Put the neutral mark in place of Pandoc's link, and return it; a wrapping span for the citation goes too."""
    mark = etree.Element("span")
    mark.set("class", "note-call")
    mark.set("data-note", identifier)
    group = call.getparent()
    replaced = group if group is not None and group.get("data-cites") and len(group) == 1 and not group.text else call
    replace_keeping_tail(replaced, mark)
    return mark


_COMMA = re.compile(r"(?<=\d)(\{,\}|\s*,\s*)(?=\d)")


def join_decimal_commas(tree: Element) -> None:
    """``3{,}14`` is one number: Pandoc takes its comma for that of a list, which has a space behind it."""
    for math in tree.iter(f"{MATHML}math"):
        tex = math.findtext(f".//{MATHML}annotation") or ""
        if "{,}" not in tex:
            continue
        commas = [
            operator
            for operator in math.iter(f"{MATHML}mo")
            if operator.text == "," and _is_number(operator.getprevious()) and _is_number(operator.getnext())
        ]
        written = [match[1] for match in _COMMA.finditer(tex)]
        if len(commas) != len(written):
            continue
        for operator, comma in zip(commas, written, strict=True):
            before, behind = operator.getprevious(), operator.getnext()
            parent = operator.getparent()
            if comma == "{,}" and before is not None and behind is not None and parent is not None:
                behind.text = f"{before.text},{behind.text}"
                parent.remove(before)
                parent.remove(operator)


def _is_number(element: Element | None) -> bool:
    return element is not None and element.tag == f"{MATHML}mn"


def mend_citation_ends(note: Element) -> None:
    """A citation at the beginning of a remark ends with the stop of its style, whatever stands behind it."""
    for span in note.iter("span"):
        if not span.get("data-cites") or (span.tail or "")[:1] not in (".", ",", ":", ";"):
            continue
        last = span
        while len(last) and not last[-1].tail:
            last = last[-1]
        text = last[-1].tail if len(last) else last.text
        if text and text.endswith(".") and not text.endswith(".."):
            if len(last):
                last[-1].tail = text[:-1]
            else:
                last.text = text[:-1]
