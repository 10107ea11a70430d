"""Sources that an anonymous review must not see, and the style that prints what stands in their place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from lxml import etree

from octavo.cite.html import Element
from octavo.model.edition import NumberedManuscript
from octavo.model.notes import NotePlan
from octavo.model.people import same_person
from octavo.model.publication import Person
from octavo.model.reference import Json, Source

_CSL = "{http://purl.org/net/xbiblio/csl}"
# A variable of CSL 1.0.2 that styles have no use for: it holds what is printed in the place of a hidden source.
_VARIABLE = "annote"
_LEADING_NUMBER = re.compile(r"\s*(\[?\d+[\].)]*)\s")
_CITES = re.compile(r'data-cites="([^"]*)"')
REMOVED = "removed"


def own_sources(authors: Iterable[Person], sources: Mapping[str, Source]) -> frozenset[str]:
    """The keys of the sources one of whose authors or editors can be one of some persons."""
    people = [author.name for author in authors]
    return frozenset(
        key
        for key, source in sources.items()
        if any(same_person(name, person) for name in _names(source) for person in people)
    )


def _names(source: Source) -> Iterable[str]:
    """The people of a source as printed names."""
    for role in ("author", "editor"):
        people = source.data.get(role)
        for person in people if isinstance(people, Sequence) and not isinstance(people, str) else ():
            if isinstance(person, Mapping):
                parts = [str(person.get(name) or "") for name in ("non-dropping-particle", "family")]
                family = str(person.get("literal") or " ".join(filter(None, parts)))
                given = str(person.get("given") or "")
                yield f"{family}, {given}" if given else family


def hide_sources(sources: Mapping[str, Source], hidden: Collection[str], words: str) -> dict[str, Source]:
    """The sources, of which hidden ones keep nothing but their keys and the words that are printed."""
    return {key: _hide(source, words) if key in hidden else source for key, source in sources.items()}


def _hide(source: Source, words: str) -> Source:
    data: dict[str, Json] = {"id": source.key, "type": "document", "title": words, _VARIABLE: words}
    return replace(source, data=data)


def hiding_style(csl: str) -> str:
    """A CSL style that prints the words of a hidden source in its citations, for styles that cite no numbers."""
    tree = etree.fromstring(csl.encode())
    layout = tree.find(f"{_CSL}citation/{_CSL}layout")
    if layout is not None:
        choose = etree.Element(f"{_CSL}choose")
        hidden = etree.SubElement(choose, f"{_CSL}if", variable=_VARIABLE)
        etree.SubElement(hidden, f"{_CSL}text", variable=_VARIABLE)
        etree.SubElement(choose, f"{_CSL}else").extend(list(layout))
        layout.append(choose)
    return etree.tostring(tree, encoding="unicode")


def hide_entry(entry: Element, words: str) -> None:
    """An entry of the list of references says that it was removed; its number stays."""
    margin = next((div for div in entry.iter("div") if "csl-left-margin" in (div.get("class") or "")), None)
    inline = next((div for div in entry.iter("div") if "csl-right-inline" in (div.get("class") or "")), None)
    if margin is not None and inline is not None:
        inline[:] = []
        inline.text = words
        return
    number = _LEADING_NUMBER.match("".join(map(str, entry.itertext())))
    entry[:] = []
    entry.text = f"{number[1]} {words}" if number else words


def without_keys(manuscript: NumberedManuscript, hidden: Collection[str]) -> NumberedManuscript:
    """A manuscript in which the keys of hidden sources, which may name their authors, stand nowhere."""
    names = {key: f"{REMOVED}-{index}" for index, key in enumerate(sorted(hidden), 1)}

    def renamed(xml: str) -> str:
        return _CITES.sub(lambda found: f'data-cites="{_renamed(found[1].split(), names)}"', xml)

    chapters = tuple(
        replace(
            chapter,
            title_html=renamed(chapter.title_html),
            abstract_html=renamed(chapter.abstract_html),
            body_html=renamed(chapter.body_html),
        )
        for chapter in manuscript.chapters
    )
    notes = tuple(replace(note, keys=tuple(names.get(key, key) for key in note.keys)) for note in manuscript.plan.notes)
    references = tuple(
        replace(one, key=names[one.key], anchor=f"ref-{names[one.key]}") if one.key in names else one
        for one in manuscript.references
    )
    return replace(
        manuscript,
        chapters=chapters,
        plan=NotePlan(manuscript.plan.numbering, notes),
        note_bodies={name: renamed(body) for name, body in manuscript.note_bodies.items()},
        references=references,
    )


def _renamed(keys: Sequence[str], names: Mapping[str, str]) -> str:
    return " ".join(names.get(key, key) for key in keys)
