"""A NumberedManuscript of one paper into the XHTML that Pandoc makes JATS XML or LaTeX of.

Beside what :mod:`octavo.typeset.flow` says, the title stands in ``div#octavo-title`` and the abstract in
``div#octavo-abstract``, sections begin at ``h1``, citations are links, pictures have the paths that they get beside
the paper, and every link to a place of the paper says in ``data-ref-type`` what it leads to (JATS, ``@ref-type``).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from urllib.parse import unquote

from lxml import etree

from octavo.model.edition import NumberedManuscript, TargetKind
from octavo.model.epub import image_path
from octavo.model.notes import MAIN
from octavo.model.words import Words
from octavo.typeset.citation_links import link_citations
from octavo.typeset.flow import flow_tree, rename, serialise

Element = etree._Element
TITLE, ABSTRACT, NOTES = "octavo-title", "octavo-abstract", "octavo-notes-of-paper"
_REF_TYPES = {
    TargetKind.TABLE: "table",
    TargetKind.FIGURE: "fig",
    TargetKind.EQUATION: "disp-formula",
    TargetKind.SECTION: "sec",
    TargetKind.NOTE: "fn",
}


def article_tree(
    manuscript: NumberedManuscript, words: Words, language: str, picture: Callable[[str], str] = image_path
) -> tuple[Element, Mapping[str, str]]:
    """The document of a paper as a tree, and its pictures: their paths beside the paper to those in the project.

    The manuscript has one chapter; ``picture`` gives the path of a picture beside the paper.  Links that lead nowhere,
    and into files, are words.
    """
    (chapter,) = manuscript.chapters
    front = f'<div id="{TITLE}"><p>{chapter.title_html}</p></div>'
    if chapter.abstract_html:
        front += f'<div id="{ABSTRACT}">{chapter.abstract_html}</div>'
    tree = flow_tree(
        manuscript,
        words,
        language=language,
        title=chapter.front.title,
        front=front,
        parts=(),
        authors=(),
        openings=False,
    )
    link_citations(tree, manuscript.references)
    _number_once(tree)
    _type_links(tree, manuscript)
    return tree, _pictures(tree, picture)


def typeset_jats(manuscript: NumberedManuscript, words: Words, language: str) -> tuple[str, Mapping[str, str]]:
    """The document whose JATS holds each note as a block with its anchor, and each call as a link with its label."""
    tree, images = article_tree(manuscript, words, language)
    for mark in tree.iter("span"):
        if mark.get("class") == "note-call":
            anchor, label, identifier = mark.get("id"), mark.get("data-label"), mark.get("data-note")
            note = manuscript.plan.find(identifier or "")
            assert note is not None, "every mark was made from the plan"
            mark.attrib.clear()
            mark.tag = "a"
            mark.attrib.update({"id": anchor or "", "href": f"#{note.anchor}", "data-ref-type": "fn"})
            etree.SubElement(mark, "sup").text = label
    for sup in list(tree.iter("sup")):
        if sup.get("class") == "table-call":
            _turn_out(sup)
    for box in tree.iter("div"):
        if box.get("class") == "octavo-notes":
            # The filter would make Pandoc's notes of them, which count by themselves.
            box.attrib.clear()
            box.set("id", NOTES)
    rename(tree, jats_name)
    return serialise(tree), images


def jats_name(anchor: str) -> str:
    """An anchor as an ID of XML, which begins with a letter and has no colon."""
    name = anchor.replace(":", "-")
    return name if re.match(r"[^\W\d]", name) else f"x-{name}"


def _turn_out(sup: Element) -> None:
    """``sup > span#call > a`` into ``a#call > sup``."""
    place = sup[0]
    link = place[0]
    sup.attrib.clear()
    sup.tag = "a"
    sup.attrib.update({"id": place.get("id") or "", "href": link.get("href") or "", "data-ref-type": "table-fn"})
    label = link.text
    sup.remove(place)
    etree.SubElement(sup, "sup").text = label


def _number_once(tree: Element) -> None:
    """No anchor stands twice: the first keeps it."""
    seen: set[str] = set()
    for element in tree.iter(etree.Element):
        identifier = element.get("id")
        if identifier in seen:
            del element.attrib["id"]
        elif identifier:
            seen.add(identifier)


def _type_links(tree: Element, manuscript: NumberedManuscript) -> None:
    known = {element.get("id") for element in tree.iter(etree.Element)}
    types = {
        target.anchor: _REF_TYPES[target.kind] for target in manuscript.targets.values() if target.kind in _REF_TYPES
    }
    types |= {note.anchor: "fn" if note.series == MAIN else "table-fn" for note in manuscript.plan.notes}
    # Pandoc says by itself that a link to an entry of the list of references leads there.
    for link in tree.iter("a"):
        href = link.get("href") or ""
        if href[:1] == "#" and href[1:] in known:
            if href[1:] in types:
                link.set("data-ref-type", types[href[1:]])
        elif not re.match(r"(?:https?|mailto|ftp|doi):", href, re.IGNORECASE):
            link.tag = "span"
            link.attrib.clear()


def _pictures(tree: Element, name: Callable[[str], str]) -> Mapping[str, str]:
    images: dict[str, str] = {}
    for image in list(tree.iter("img")):
        source = image.get("src") or ""
        if re.match(r"[a-z][a-z0-9+.-]*:|/", source, re.IGNORECASE):
            image.tag = "span"
            image.text = image.get("alt")
            tail = image.tail
            image.attrib.clear()
            image.tail = tail
            continue
        normal = posixpath.normpath(unquote(source))
        path = name(normal)
        images[path] = normal
        image.set("src", path)
    return images
