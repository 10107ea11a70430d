"""Citations within the text into links to the entries of the list of references."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lxml import etree

from octavo.model.edition import Reference

Element = etree._Element
CITATION = "citation-link"


def link_citations(tree: Element, references: Sequence[Reference]) -> None:
    """Make links of what a citation prints for each of its sources; the text stays as it is.

    One source takes the whole citation.  Of several, each takes the number under which it stands in the list, or the
    piece between semicolons whose names and year are those of its entry; what cannot be told apart gets no link.
    """
    anchors = {reference.key: reference.anchor for reference in references}
    labels = {reference.key: label_of(reference) for reference in references}
    marks = {reference.key: _marks(re.sub("<[^>]*>", "", reference.html)) for reference in references}
    for cite in list(tree.iter("span")):
        if cite.get("class") != "citation":
            continue
        keys = [key for key in (cite.get("data-cites") or "").split() if key in anchors]
        within = any(ancestor.tag == "a" for ancestor in cite.iterancestors())
        cite.attrib.clear()
        if not keys or within or cite.find(".//a") is not None:
            continue
        if len(keys) == 1:
            cite.tag = "a"
            cite.set("class", CITATION)
            cite.set("href", f"#{anchors[keys[0]]}")
            continue
        _link_pieces(cite, keys, anchors, labels, marks)


def label_of(reference: Reference) -> str:
    """The number under which an entry stands in the list, without its punctuation; empty where the style has none."""
    match = re.match(r'\s*<span class="csl-left-margin">\W*(\w+)\W*</span>', reference.html)
    return match[1] if match else ""


def _link_pieces(
    cite: Element,
    keys: Sequence[str],
    anchors: Mapping[str, str],
    labels: Mapping[str, str],
    marks: Mapping[str, frozenset[str]],
) -> None:
    # A citation of several sources that has markup in it is one text or one raised text in all styles but a few.
    holder = cite[0] if len(cite) == 1 and not cite.text and not cite[0].tail and not len(cite[0]) else cite
    text = holder.text or ""
    if len(holder):
        return
    spans = _at_numbers(text, keys, labels) if any(labels[key] for key in keys) else _at_names(text, keys, marks)
    holder.text = text[: spans[0][0]] if spans else text
    for index, (start, end, key) in enumerate(spans):
        link = etree.SubElement(holder, "a", {"class": CITATION, "href": f"#{anchors[key]}"})
        link.text = text[start:end]
        link.tail = text[end : spans[index + 1][0] if index + 1 < len(spans) else len(text)]


def _marks(text: str) -> frozenset[str]:
    """By what a source is known in a text: words with a capital, and years."""
    return frozenset(word for word in re.findall(r"\w+", text) if word[0].isupper() or re.match(r"[12]\d{3}", word))


def _at_names(text: str, keys: Sequence[str], marks: Mapping[str, frozenset[str]]) -> list[tuple[int, int, str]]:
    """The piece of each source; styles sort them, so that each is looked for by its words."""
    spans, free = [], list(keys)
    for match in re.finditer(r"[^;()\[\]\s][^;()\[\]]*", text):
        words = _marks(match[0])
        found = {key: len(words & marks[key]) for key in free}
        best = [key for key, count in found.items() if count and count == max(found.values())]
        if len(best) == 1:
            free.remove(best[0])
            spans.append((match.start(), match.start() + len(match[0].rstrip()), best[0]))
    return spans


def _at_numbers(text: str, keys: Sequence[str], labels: Mapping[str, str]) -> list[tuple[int, int, str]]:
    """The number of each source; styles sort them, and what stands behind a comma may be a page."""
    spans: list[tuple[int, int, str]] = []
    for key in keys:
        label = re.escape(labels[key])
        for before in (r"^|[\[(;]\s*", r",\s*|[–-]"):
            match = re.search(rf"(?:{before})({label})(?!\w)", text) if label else None
            if match is not None and all(match.end(1) <= start or end <= match.start(1) for start, end, _ in spans):
                spans.append((match.start(1), match.end(1), key))
                break
    return sorted(spans)
