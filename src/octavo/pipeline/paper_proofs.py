"""Papers read back: before anyone gets them, and whenever they are to be proved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from octavo.adapters.clock import seconds
from octavo.adapters.store import settle
from octavo.bind.cite_this import SUFFIXES
from octavo.model.edition import Artifact
from octavo.model.extract import Output
from octavo.model.finding import Finding
from octavo.model.notes import EditionNotes
from octavo.pipeline.article_files import check_paper_files
from octavo.pipeline.papers import NumberedPaper, load_papers
from octavo.pipeline.publication import require_project
from octavo.typeset.paper import read_columns
from octavo.typeset.print_notes import printed_note_texts
from octavo.verify.editions import check_docx, check_pdf
from octavo.verify.notes_file import check_notes_file, late_notes

FOLDER = "build/extracts"
# How JATS XML and LaTeX name the pictures that stand beside them.
_SHOWN = re.compile(r'(?:xlink:href="|\{)(images/[^"{}]+)["}]')


@dataclass(frozen=True, slots=True)
class PaperReading:
    """What was read of a paper: how it differs from its plan, its notes, and the pages of its PDF."""

    findings: tuple[Finding, ...]
    notes: EditionNotes
    pages: int | None


def paper_path(name: str, output: Output) -> str:
    """Where a file of a paper stands, relative to the project."""
    return f"{FOLDER}/{name}/{file_name(name, output)}"


def file_name(name: str, output: Output) -> str:
    """The name of a file of a paper in the folder of the paper."""
    return f"{name}.{output.suffix}"


def is_paged(paper: NumberedPaper) -> bool:
    """Whether ``notes.json`` has pages: those of the PDF."""
    return Output.PDF in paper.profile.outputs


def read_back(paper: NumberedPaper, files: Mapping[str, bytes], late: frozenset[str]) -> PaperReading:
    """Compare the files of a paper, by their names in its folder, with its manuscript.

    ``late`` are the anchors of the notes that may begin on a page after that of their calls.  The notes are those of
    the first file that can be read, the PDF before all others.
    """
    name, manuscript = paper.paper.name, paper.manuscript
    findings: list[Finding] = []
    seen: EditionNotes | None = None
    pages: int | None = None
    pdf, docx = files.get(file_name(name, Output.PDF)), files.get(file_name(name, Output.DOCX))
    if pdf is not None:
        texts = printed_note_texts(manuscript, with_pages=False)
        columns = read_columns(paper.profile, manuscript, paper.block)
        told, reading = check_pdf(pdf, name, manuscript, texts, late, columns=columns)
        findings += told
        seen, pages = reading.notes, reading.pages
    if docx is not None:
        found, notes = check_docx(docx, f"{name} (DOCX)", manuscript)
        findings += found
        seen = seen or (EditionNotes(name, notes.calls, notes.notes) if notes is not None else None)
    found, notes = check_paper_files(files, paper)
    findings += found
    return PaperReading(tuple(findings), seen or notes or EditionNotes(name, (), ()), pages)


def verify_papers(
    root: Path, names: Sequence[str], jobs: int, connect: Sequence[str] = ()
) -> tuple[tuple[Artifact, ...], tuple[Finding, ...]]:
    """Open papers again and compare them with the plan that the sources give now.

    Raises what :func:`octavo.pipeline.extracts.extract` raises for faults of the sources.
    """
    require_project(root)
    settle(root / "build")
    papers = load_papers(root, names, jobs, connect)
    artifacts: list[Artifact] = []
    findings: list[Finding] = []
    for one in papers.papers:
        found, made = _verify(root, one)
        findings += found
        artifacts += made
    return tuple(artifacts), tuple(findings)


def _verify(root: Path, paper: NumberedPaper) -> tuple[list[Finding], list[Artifact]]:
    name, plan = paper.paper.name, paper.manuscript.plan
    start = seconds()
    folder = root / FOLDER / name
    made = {file_name(name, output): output for output in paper.profile.outputs}
    wanted = [*made, *(f"{name}.{suffix}" for suffix in SUFFIXES)]
    files = {one: (folder / one).read_bytes() for one in wanted if (folder / one).is_file()}
    missing = [one for one in wanted if one not in files]
    missing += sorted(one for one in set(_pictures(paper, files)) if not (folder / one).is_file())
    hint = f"run `octavo extract {name}`"
    findings = [
        Finding("EDN110", "missing-edition", f"there is no {FOLDER}/{name}/{one}", None, hint) for one in missing
    ]
    stored = folder / "notes.json"
    notes = stored.read_bytes() if stored.is_file() else b""
    reading = read_back(paper, files, late_notes(notes, plan))
    findings += reading.findings
    unreadable = any(finding.code == "EDN112" for finding in reading.findings)
    there = [one for one in made if one in files]
    if there:
        seen = None if unreadable or (is_paged(paper) and reading.pages is None) else reading.notes
        findings += check_notes_file(notes, name, plan, seen, paged=is_paged(paper))
    took = seconds() - start
    return findings, [
        Artifact(name, f"{FOLDER}/{name}/{one}", len(plan.notes), len(files[one]), took,
                 reading.pages if made[one] is Output.PDF else None)
        for one in there
    ]  # fmt: skip


def _pictures(paper: NumberedPaper, files: Mapping[str, bytes]) -> Iterator[str]:
    """The pictures that the JATS XML and the LaTeX of a paper show, by their paths beside them."""
    for output in (Output.JATS, Output.LATEX):
        data = files.get(file_name(paper.paper.name, output), b"")
        for found in _SHOWN.finditer(data.decode("utf-8", "replace")):
            yield found[1].replace("\\_", "_")
