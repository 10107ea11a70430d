"""A NumberedManuscript of one paper into the XHTML that Pandoc makes the parts of a LaTeX document of.

Pandoc gives notes no numbers and puts them elsewhere in captions and heads; so the places of notes are marked with
characters of the private use area, which it passes on as they are, and each part (title, abstract, notes, entries of
the list of references) stands behind the text between two marks of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy

from lxml import etree

from octavo.model.article import CALL, CLOSE, END, PART, PLACE
from octavo.model.edition import NumberedManuscript
from octavo.model.epub import image_path
from octavo.model.tex import tex_name
from octavo.model.words import Words
from octavo.typeset.article import ABSTRACT, TITLE, article_tree
from octavo.typeset.flow import rename, serialise

Element = etree._Element
_PLAIN_SPANS = frozenset({"section-number", "caption-label", "csl-right-inline", "csl-block", "csl-indent"})


def typeset_tex(manuscript: NumberedManuscript, words: Words, language: str) -> tuple[str, Mapping[str, str]]:
    """The document, and its pictures; those in SVG have the path of a PNG, which LaTeX can take in."""
    tree, images = article_tree(manuscript, words, language, picture_name)
    body = tree.find("body")
    assert body is not None, "a document has a body"
    numbers = {note.id: index for index, note in enumerate(manuscript.plan.notes)}
    by_anchor = {note.anchor: index for index, note in enumerate(manuscript.plan.notes)}
    parts = etree.Element("div")
    for box in list(body.iter("div")):
        if box.get("class") == "octavo-note":
            _part(parts, f"n{numbers[box.get('data-note') or '']}", box)
        elif box.get("class") == "table-note":
            _drop_number(box)
            index = by_anchor[box.get("id") or ""]
            _part(parts, f"n{index}", box)
            _become(box, "p", f"{PLACE}{index}{CLOSE}")
        elif box.get("id") in (TITLE, ABSTRACT):
            _part(parts, box.get("id") or "", box)
    for index, entry in enumerate(box for box in body.iter("div") if box.get("class") == "reference"):
        label = next((span for span in entry.iter("span") if span.get("class") == "csl-left-margin"), None)
        if label is not None:
            words_of = "".join(map(str, label.itertext())).strip()
            _become(label, "span", "")
            _part(parts, f"l{index}", etree.fromstring(f"<div><p>{_escaped(words_of)}</p></div>"))
        _part(parts, f"r{index}", entry)
    for box in list(body):
        if box.get("class") in ("front", "references", "octavo-notes"):
            body.remove(box)
    for mark in list(tree.iter("span", "sup")):
        if mark.get("class") == "note-call":
            _become(mark, "span", f"{CALL}{numbers[mark.get('data-note') or '']}{CLOSE}")
        elif mark.get("class") == "table-call":
            link = mark[0][0]
            _become(mark, "span", f"{CALL}{by_anchor[(link.get('href') or '')[1:]]}{CLOSE}")
    for mark in list(parts.iter("span", "sup")):
        if mark.get("class") == "note-call":
            _become(mark, "span", f"{CALL}{numbers[mark.get('data-note') or '']}{CLOSE}")
    body.append(parts)
    _simplify(body)
    rename(tree, tex_name)
    return serialise(tree), images


def picture_name(path: str) -> str:
    """Where a picture stands beside a paper; LaTeX takes no SVG, so that a drawing stands there as PNG."""
    return re.sub(r"\.svg$", ".png", image_path(path))


def _part(parts: Element, name: str, box: Element) -> None:
    """A copy of a block behind the text, between its marks."""
    holder = etree.SubElement(parts, "div")
    etree.SubElement(holder, "p").text = f"{PART}{name}{CLOSE}"
    copied = deepcopy(box)
    copied.tail = None
    language = copied.attrib.pop("lang", "")
    copied.attrib.clear()
    if language and len(copied) == 1 and copied[0].tag == "p":
        # One paragraph stays in its line, with its language around its words.
        span = etree.Element("span", lang=language)
        span.text = copied[0].text
        span.extend(list(copied[0]))
        copied[0].text = None
        copied[0].attrib.clear()
        copied[0].append(span)
    elif language:
        copied.set("lang", language)
    holder.append(copied)
    etree.SubElement(holder, "p").text = END


def _become(element: Element, tag: str, text: str) -> None:
    tail = element.tail
    element.clear()
    element.tag = tag
    element.text, element.tail = text, tail


def _drop_number(box: Element) -> None:
    """The number that begins a note of a table."""
    link = box[0][0]
    assert link.get("class") == "note-number", "notes of tables begin with their number"
    box[0].text = (link.tail or "").lstrip()
    box[0].remove(link)


def _simplify(body: Element) -> None:
    """Nothing that makes Pandoc write a heading twice, or code in colours; the number of an equation is its tag."""
    for span in list(body.iter("span")):
        css = span.get("class") or ""
        if css == "equation":
            number = next((child for child in span if child.get("class") == "equation-number"), None)
            annotation = span.find(".//{*}annotation")
            if number is not None and annotation is not None:
                label = "".join(map(str, number.itertext()))
                annotation.text = f"{(annotation.text or '').rstrip()} \\tag*{{{label}}}"
                _become(number, "span", "")
        if css in _PLAIN_SPANS:
            span.attrib.clear()
    for element in body.iter("pre", "code"):
        element.attrib.pop("class", "")
    for box in body.iter("div"):
        if (box.get("class") or "").startswith("sourceCode"):
            box.attrib.pop("class", "")
    for span in list(body.iter("span")):
        if not span.attrib:
            span.tag = "span-to-strip"
    etree.strip_tags(body, "span-to-strip")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
