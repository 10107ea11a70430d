"""The XHTML of a paper into JATS XML (ANSI/NISO Z39.96, Journal Publishing 1.1)."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from octavo.adapters.pandoc import flow_to
from octavo.bind.jats.front import write_front
from octavo.bind.jats.text import shape_text
from octavo.model.article import Article
from octavo.model.epub import plain
from octavo.model.notes import NotePlan
from octavo.model.words import Words

__all__ = ["bind_jats"]

_NAMESPACES = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML"'
_DOCTYPE = (
    '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.1 20151215//EN"'
    ' "https://jats.nlm.nih.gov/publishing/1.1/JATS-journalpublishing1.dtd">'
)
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def bind_jats(xhtml: str, article: Article, plan: NotePlan, languages: Mapping[str, str], words: Words) -> bytes:
    """One ``article`` whose bytes depend on the arguments alone.

    ``xhtml`` is what :func:`octavo.typeset.article.typeset_jats` gives; the notes of ``plan`` get their labels, and
    ``languages`` are those of the entries of the list of references, by their anchors.
    """
    body = flow_to(xhtml, "jats_publishing", ("--mathml",)).decode()
    root = etree.fromstring(f"<article {_NAMESPACES}><front/><body>{body}</body><back/></article>")
    root.set("article-type", "research-article")
    root.set("dtd-version", "1.1")
    root.set(_XML_LANG, article.work.language)
    title, abstract = shape_text(root, plan, languages)
    write_front(root[0], article, title, abstract, words)
    if plain(article.acknowledgement):
        thanks = etree.Element("ack")
        etree.SubElement(thanks, "p").text = plain(article.acknowledgement)
        root[2].insert(0, thanks)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, doctype=_DOCTYPE) + b"\n"
