"""What is known of a paper into the ``front`` of an article (JATS Journal Publishing 1.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from octavo.model.article import Article
from octavo.model.epub import plain
from octavo.model.names import orcid_of, split_name
from octavo.model.publication import Person
from octavo.model.words import Words
from octavo.model.work import Work

Element = etree._Element
_DOI = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.IGNORECASE)


def write_front(front: Element, article: Article, title: Element, abstract: Element | None, words: Words) -> None:
    """Fill ``front``; ``title`` and ``abstract`` are what the text holds of them, as blocks of JATS."""
    work = article.work
    journal = etree.SubElement(front, "journal-meta")
    _text(journal, "journal-id", work.key, {"journal-id-type": "publisher-id"})
    if plain(work.container):
        _text(etree.SubElement(journal, "journal-title-group"), "journal-title", work.container)
    # The model asks for one, and Pandoc too leaves it empty where the journal is not known.
    etree.SubElement(journal, "issn")
    if work.isbn:
        _text(journal, "isbn", work.isbn)
    if plain(work.publisher):
        publisher = etree.SubElement(journal, "publisher")
        _text(publisher, "publisher-name", work.publisher)
        _text(publisher, "publisher-loc", work.place)
    meta = etree.SubElement(front, "article-meta")
    doi = _DOI.fullmatch(work.identifier.strip())
    _text(meta, "article-id", doi[1] if doi else "", {"pub-id-type": "doi"})
    _text(meta, "article-id", work.key, {"pub-id-type": "publisher-id"})
    _categories(meta, article.codes)
    _titles(meta, work, title)
    _people(meta, work.authors)
    _date(meta, work)
    _permissions(meta, work)
    if abstract is not None:
        abstract.tag = "abstract"
        abstract.attrib.clear()
        meta.append(abstract)
    if work.keywords:
        group = etree.SubElement(meta, "kwd-group", {"kwd-group-type": "author"})
        _text(group, "title", words.keywords)
        for keyword in work.keywords:
            _text(group, "kwd", keyword)
    if plain(work.container):
        conference = etree.SubElement(meta, "conference")
        etree.SubElement(conference, "conf-date").text = work.date
        _text(conference, "conf-name", work.container)
    if plain(work.note):
        notes = etree.SubElement(front, "notes", {"notes-type": "first-published"})
        _text(notes, "p", work.note)


def _text(parent: Element, name: str, text: str, attributes: dict[str, str] | None = None) -> None:
    """A child that holds text; none where there is none."""
    if plain(text):
        etree.SubElement(parent, name, attributes or {}).text = plain(text)


def _categories(meta: Element, codes: Sequence[tuple[str, str]]) -> None:
    if codes:
        categories = etree.SubElement(meta, "article-categories")
        for name, code in codes:
            group = etree.SubElement(categories, "subj-group", {"subj-group-type": plain(name).lower()})
            _text(group, "subject", code)


def _titles(meta: Element, work: Work, title: Element) -> None:
    group = etree.SubElement(meta, "title-group")
    element = etree.SubElement(group, "article-title")
    paragraph = title.find("p")
    if paragraph is not None:
        element.text = paragraph.text
        element.extend(list(paragraph))
    _text(group, "subtitle", work.subtitle)


def _people(meta: Element, authors: Sequence[Person]) -> None:
    if not authors:
        return
    places = list(dict.fromkeys(plain(author.affiliation) for author in authors if plain(author.affiliation)))
    group = etree.SubElement(meta, "contrib-group")
    for author in authors:
        contributor = etree.SubElement(group, "contrib", {"contrib-type": "author"})
        orcid = orcid_of(author)
        if orcid:
            _text(contributor, "contrib-id", orcid, {"contrib-id-type": "orcid"})
        parts = split_name(plain(author.name))
        if parts.literal:
            _text(contributor, "collab" if " " in parts.literal else "string-name", parts.literal)
        else:
            name = etree.SubElement(contributor, "name")
            _text(name, "surname", f"{parts.particle} {parts.family}")
            _text(name, "given-names", parts.given)
            _text(name, "suffix", parts.suffix)
        _text(contributor, "email", author.email)
        if plain(author.affiliation):
            place = f"aff{places.index(plain(author.affiliation)) + 1}"
            etree.SubElement(contributor, "xref", {"ref-type": "aff", "rid": place})
    for index, place in enumerate(places, 1):
        _text(meta, "aff", place, {"id": f"aff{index}"})


def _date(meta: Element, work: Work) -> None:
    year, month, day = (*work.date.split("-"), "", "", "")[:3]
    if not year:
        return
    date = etree.SubElement(meta, "pub-date", {"date-type": "pub", "iso-8601-date": work.date})
    _text(date, "day", day)
    _text(date, "month", month)
    _text(date, "year", year)


def _permissions(meta: Element, work: Work) -> None:
    if plain(work.rights):
        _text(etree.SubElement(meta, "permissions"), "copyright-statement", work.rights)
