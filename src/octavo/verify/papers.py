"""The JATS XML and the LaTeX source of a paper, and the manuscript that they were made from, into findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lxml import etree

from octavo.model.edition import NumberedManuscript
from octavo.model.finding import Finding
from octavo.model.notes import EditionNotes, Mark
from octavo.model.tex import tex_name
from octavo.verify.compare import compare
from octavo.verify.errors import UnreadableArtifact
from octavo.verify.jats import JatsReading, read_jats
from octavo.verify.latex import LatexReading, read_latex
from octavo.verify.references import compare_references

_HINT = "make the paper again"


def check_jats(
    data: bytes, paper: str, manuscript: NumberedManuscript
) -> tuple[tuple[Finding, ...], EditionNotes | None]:
    """Compare JATS XML with the manuscript; the second value is what was read, or None where it is unreadable."""
    try:
        seen = read_jats(data, paper)
    except UnreadableArtifact as error:
        return (Finding("EDN112", "unreadable-edition", f"{paper}: {error}", None, _HINT),), None
    return _findings(seen, seen.notes, paper, manuscript), seen.notes


def check_latex(
    data: bytes, paper: str, manuscript: NumberedManuscript
) -> tuple[tuple[Finding, ...], EditionNotes | None]:
    """Compare LaTeX with the manuscript; the second value is what was read, or None where it is unreadable."""
    try:
        seen = read_latex(data, paper)
    except UnreadableArtifact as error:
        return (Finding("EDN112", "unreadable-edition", f"{paper}: {error}", None, _HINT),), None
    names = {tex_name(anchor): anchor for note in manuscript.plan.notes for anchor in (note.anchor, note.call_anchor)}
    names |= {tex_name(reference.anchor): reference.anchor for reference in manuscript.references}

    def named(mark: Mark) -> Mark:
        return replace(
            mark, anchor=names.get(mark.anchor, mark.anchor), links_to=names.get(mark.links_to, mark.links_to)
        )

    notes = EditionNotes(paper, tuple(map(named, seen.notes.calls)), tuple(map(named, seen.notes.notes)))
    seen = replace(
        seen,
        references=tuple(map(named, seen.references)),
        entries=tuple(names.get(entry, entry) for entry in seen.entries),
    )
    return _findings(seen, notes, paper, manuscript), notes


def _findings(
    seen: JatsReading | LatexReading, notes: EditionNotes, paper: str, manuscript: NumberedManuscript
) -> tuple[Finding, ...]:
    findings = list(compare(manuscript.plan, notes, texts=texts_with_tex(manuscript)))
    findings += compare_references(manuscript, seen.references, paper)
    findings += [Finding("EDN103", "broken-note-link", f"{paper}: the link {dead}", None, _HINT) for dead in seen.dead]
    findings += check_entries(paper, seen.entries, manuscript)
    findings += [
        Finding("EDN105", "markup-left", f"{paper}: markup was left standing: '{snippet}'", None, _HINT)
        for snippet in seen.leftovers
    ]
    return tuple(findings)


def check_entries(paper: str, entries: tuple[str, ...], manuscript: NumberedManuscript) -> list[Finding]:
    """The list of references has each entry once, in the order of the manuscript."""
    wanted = tuple(reference.anchor for reference in manuscript.references)
    if entries == wanted:
        return []
    lost = [anchor for anchor in wanted if anchor not in entries]
    more = [anchor or "one without a name" for anchor in entries if anchor not in wanted]
    what = "; ".join((["without " + ", ".join(lost)] if lost else []) + (["with " + ", ".join(more)] if more else []))
    message = f"{paper}: the list of references differs: {what or 'its order, or an entry that stands twice'}"
    return [Finding("EDN113", "reference-list-differs", message, None, _HINT)]


def texts_with_tex(manuscript: NumberedManuscript) -> Mapping[str, str]:
    """The text of the notes that hold formulas, with the TeX of each; the other texts are those of the plan."""
    texts = {}
    for note in manuscript.plan.notes:
        html = manuscript.note_bodies[note.id]
        if "<math" not in html:
            continue
        tree = etree.fromstring(f"<div>{html}</div>")
        for formula in list(tree.iter("{*}math")):
            tex = formula.findtext(".//{*}annotation") or ""
            tail = formula.tail
            formula.clear()
            formula.text, formula.tail = tex, tail
        texts[note.id] = "".join(map(str, tree.itertext()))
    return texts
