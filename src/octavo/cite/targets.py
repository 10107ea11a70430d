"""What cross-references can lead to, and the labels that they print."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from lxml import etree

from octavo.cite.html import Element, replace_keeping_tail
from octavo.model.edition import Target, TargetKind
from octavo.model.finding import Finding
from octavo.model.notes import NotePlan
from octavo.model.source import Location
from octavo.model.suggest import did_you_mean
from octavo.model.words import Words, words_for

_KINDS = {"sec": TargetKind.SECTION, "tbl": TargetKind.TABLE, "fig": TargetKind.FIGURE, "eq": TargetKind.EQUATION}


@dataclass(slots=True)
class TargetTable:
    """All targets by the names that an author may use; built chapter by chapter, then only read."""

    anchors: dict[str, Target] = field(default_factory=dict)
    names: dict[str, Target] = field(default_factory=dict)

    def add(self, target: Target, name: str, location: Location, findings: list[Finding]) -> None:
        """Add a target under a name such as ``sec:kazakhstan-trade``; a name that is taken is a finding."""
        self.anchors[target.anchor] = target
        if not name:
            return
        if name in self.names:
            other = self.names[name]
            message = f"the identifier '{name}' stands twice (also in chapter '{other.chapter}')"
            findings.append(Finding("REF102", "identifier-twice", message, location, "rename one of them"))
        self.names.setdefault(name, target)

    def find(self, name: str, chapter: str, plan: NotePlan) -> Target | None:
        """The target of a cross-reference made in a chapter.

        Notes are found by label in the same chapter, by ``slug/label`` in any, or by the key that they cite first.
        """
        prefix, _, rest = name.partition(":")
        if prefix == "note":
            return find_note(rest, chapter, plan)
        return self.names.get(name) or (self.names.get(f"chapter:{rest}") if prefix == "sec" else None)

    def known(self, prefix: str, chapter: str, plan: NotePlan) -> Iterable[str]:
        """All names with a prefix as a chapter has to write them, for suggestions."""
        if prefix == "note":
            return [f"note:{note.id.removeprefix(f'{chapter}/')}" for note in plan.notes]
        chapters = [f"sec:{name.removeprefix('chapter:')}" for name in self.names if name.startswith("chapter:")]
        return [name for name in self.names if name.startswith(f"{prefix}:")] + (chapters if prefix == "sec" else [])


def find_note(name: str, chapter: str, plan: NotePlan) -> Target | None:
    """A note by its label in the same chapter, by ``slug/label`` in any, or by the key that it cites first."""
    note = plan.find(f"{chapter}/{name}") or plan.find(name)
    if note is None:
        citing = [note for note in plan.notes if name in note.keys]
        citing.sort(key=lambda note: note.chapter != chapter)
        note = citing[0] if citing else None
    return None if note is None else Target(note.anchor, TargetKind.NOTE, note.chapter, note.label)


def kind_of(name: str) -> TargetKind:
    """The kind of target that a prefix stands for; an identifier without one is a place."""
    return _KINDS.get(name.partition(":")[0], TargetKind.PLACE)


def label_text(target: Target, words: Words, *, number_only: bool) -> str:
    """What a reference prints: ``chapter 3``, ``section 3.2``, ``table 3.1``; the title where there is no number."""
    if number_only or target.kind is TargetKind.NOTE:
        return target.label or target.title
    word = {
        TargetKind.CHAPTER: words.chapter,
        TargetKind.APPENDIX: words.appendix,
        TargetKind.SECTION: words.section,
        TargetKind.TABLE: words.table,
        TargetKind.FIGURE: words.figure,
        TargetKind.EQUATION: words.equation,
    }.get(target.kind, "")
    if not target.label:
        return f"“{target.title}”"
    # Nouns keep their capital in German.
    return f"{word if words.language == 'de' else word.lower()}\u00a0{target.label}"


def resolve(
    tree: Element,
    chapter: str,
    language: str,
    table: TargetTable,
    plan: NotePlan,
    locate: Callable[[str], Location],
    findings: list[Finding],
) -> None:
    """Put links with labels in place of all cross-references of a tree, and mark links to anchors of other chapters.

    ``locate`` tells where a name is referred to.
    """
    words = words_for(language)
    for span in list(tree.iter("span")):
        if span.get("class") != "octavo-xref":
            continue
        name = span.get("data-target") or ""
        target = table.find(name, chapter, plan)
        if target is None:
            known = table.known(name.partition(":")[0], chapter, plan)
            hint = did_you_mean(name, known) or "identifiers are written {#sec:name}"
            findings.append(Finding("REF101", "unknown-target", f"there is no '{name}'", locate(name), hint))
            continue
        number_only = span.get("data-form") == "number"
        link = _link(target, label_text(target, words, number_only=number_only))
        if number_only:
            # A bare number stands in a sentence of the author's own, where a page would be in the way.
            link.set("data-kind", TargetKind.PLACE.value)
        replace_keeping_tail(span, link)
    for link in tree.iter("a"):
        href = link.get("href") or ""
        # The call of a note within a note has been told already.
        if href.startswith("#") and link.get("class") != "footnote-ref":
            _resolve_link(link, href[1:], chapter, table, locate, findings)


def _link(target: Target, text: str) -> Element:
    link = etree.Element("a")
    link.set("class", "xref")
    link.set("data-target", target.anchor)
    link.set("data-kind", target.kind.value)
    link.set("data-chapter", target.chapter)
    link.text = text
    return link


def _resolve_link(
    link: Element,
    anchor: str,
    chapter: str,
    table: TargetTable,
    locate: Callable[[str], Location],
    findings: list[Finding],
) -> None:
    """A Markdown link ``[words](#identifier)`` keeps its words; its target may stand in another chapter."""
    name = anchor.removeprefix(f"{chapter}--")
    target = table.anchors.get(anchor)
    if target is None:
        others = [other for other in table.anchors.values() if other.anchor == f"{other.chapter}--{name}"]
        target = others[0] if len(others) == 1 else None
    if target is None:
        known = [other.anchor.removeprefix(f"{chapter}--") for other in table.anchors.values()]
        hint = did_you_mean(name, known) or "give the target an identifier: {#name}"
        findings.append(Finding("REF101", "unknown-target", f"there is no '#{name}'", locate(f"#{name}"), hint))
        return
    del link.attrib["href"]
    link.set("class", "xref")
    link.set("data-target", target.anchor)
    link.set("data-kind", TargetKind.PLACE.value)
    link.set("data-chapter", target.chapter)
