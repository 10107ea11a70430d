"""Trees of chapters with their notes paired into targets with numbers: sections, tables, figures, equations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from octavo.cite.html import MATHML, Element, plain_text
from octavo.cite.targets import TargetTable, kind_of
from octavo.model.chapter import Place, Role
from octavo.model.edition import Target, TargetKind
from octavo.model.finding import Finding
from octavo.model.source import Location
from octavo.model.words import Words

_CAPTIONED = {"table": TargetKind.TABLE, "figure": TargetKind.FIGURE}


@dataclass(frozen=True, slots=True)
class Numberer:
    """Gives the targets of one chapter their labels and enters them in the table of targets.

    ``names`` maps anchors to the identifiers that the author wrote; ``locate`` tells where an identifier stands.
    """

    place: Place
    words: Words
    names: dict[str, str]
    table: TargetTable
    locate: Callable[[str], Location]
    findings: list[Finding]

    def _add(self, target: Target) -> None:
        name = self.names.get(target.anchor, "")
        self.table.add(target, name, self.locate(name), self.findings)

    def chapter(self, anchor: str, title: str) -> None:
        """Enter the chapter itself, under ``sec:SLUG``."""
        kind = TargetKind.APPENDIX if self.place.role is Role.APPENDIX else TargetKind.CHAPTER
        target = Target(anchor, kind, self.place.text.slug, self.place.label, title)
        self.table.anchors[anchor] = target
        self.table.names[f"chapter:{target.chapter}"] = target

    def sections(self, body: Element, *, numbered: bool) -> tuple[Target, ...]:
        """Number headings of the levels 2 and 3 where asked, with a space for the number in each heading."""
        counts = [0] * 7
        found: list[Target] = []
        for heading in body.iter("h2", "h3", "h4", "h5", "h6"):
            level = int(heading.tag[1])
            counts[level] += 1
            counts[level + 1 :] = [0] * (6 - level)
            title = plain_text(heading)
            label = ""
            if numbered and level <= 3 and "unnumbered" not in (heading.get("class") or "").split():
                label = _label(self.place.label, *counts[2 : level + 1])
                _prepend(heading, "section-number", label)
            target = Target(heading.get("id") or "", TargetKind.SECTION, self.place.text.slug, label, title, level)
            if target.anchor:
                self._add(target)
                found.append(target)
        return tuple(found)

    def captions(self, body: Element) -> None:
        """Number tables and figures that have captions: ``Table 3.1.``"""
        counts = dict.fromkeys(_CAPTIONED.values(), 0)
        for figure in body.iter("figure"):
            kind = _CAPTIONED.get((figure.get("class") or "").partition(" ")[0])
            caption = figure.find("figcaption")
            if kind is None or caption is None or not plain_text(caption):
                continue
            counts[kind] += 1
            label = _label(self.place.label, counts[kind])
            title = plain_text(caption)
            if not figure.get("id"):
                figure.set("id", f"{self.place.text.slug}--{kind.value}-{counts[kind]}")
            word = self.words.table if kind is TargetKind.TABLE else self.words.figure
            _prepend(caption, "caption-label", f"{word}\u00a0{label}.")
            self._add(Target(figure.get("id") or "", kind, self.place.text.slug, label, title))

    def equations(self, body: Element) -> None:
        """Number display formulas in a span with an identifier ``eq:...``."""
        count = 0
        for span in body.iter("span"):
            name = self.names.get(span.get("id") or "", "")
            if not name.startswith("eq:") or span.find(f".//{MATHML}math") is None:
                continue
            count += 1
            label = _label(self.place.label, count)
            span.set("class", "equation")
            number = etree.SubElement(span, "span")
            number.set("class", "equation-number")
            number.text = f"({label})"
            self._add(Target(span.get("id") or "", TargetKind.EQUATION, self.place.text.slug, label))

    def others(self, body: Element) -> None:
        """Enter every other identifier as a place that links can lead to."""
        for element in body.iter():
            anchor = element.get("id") if isinstance(element.tag, str) else None
            if anchor and anchor not in self.table.anchors:
                name = self.names.get(anchor, "")
                title = plain_text(element)[:60]
                self._add(Target(anchor, kind_of(name), self.place.text.slug, "", title))


def _label(chapter: str, *counts: int) -> str:
    """``3.2``; what stands in a chapter without a number counts for itself."""
    return ".".join([*([chapter] if chapter else []), *map(str, counts)])


def _prepend(element: Element, css_class: str, text: str) -> None:
    span = etree.Element("span")
    span.set("class", css_class)
    span.text = text
    span.tail = " " + (element.text or "")
    element.text = None
    element.insert(0, span)
