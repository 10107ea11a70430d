"""Papers: typeset, laid out, bound, and read back before anyone gets them; and proved again later."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from octavo.adapters.clock import modified_date, seconds
from octavo.adapters.commit import commit
from octavo.adapters.fonts import faces, font_face_rules
from octavo.adapters.store import locked, settle
from octavo.bind.notes_json import notes_json
from octavo.bind.pdf import bind_pdf
from octavo.errors import FindingsError
from octavo.model.columns import ReadColumns
from octavo.model.edition import Artifact, Metadata, PrintedUnit, Unit
from octavo.model.extract import Output
from octavo.model.finding import Finding, has_errors
from octavo.model.notes import EditionNotes
from octavo.model.publication import Publication
from octavo.pipeline.manifest import FILE as MANIFEST
from octavo.pipeline.manifest import manifest_of
from octavo.pipeline.paper_docx import make_papers_docx
from octavo.pipeline.paper_limits import check_paper_limits
from octavo.pipeline.papers import NumberedPaper, Papers, load_papers
from octavo.pipeline.publication import require_project
from octavo.pipeline.template_faults import template_faults
from octavo.render.pool import Pool, open_pool, warm_up
from octavo.render.rounds import render
from octavo.typeset.paper import read_columns, typeset_paper
from octavo.typeset.print_notes import printed_note_texts
from octavo.typeset.templates import Templates
from octavo.verify.editions import check_docx, check_pdf
from octavo.verify.notes_file import check_notes_file, late_notes

BUILD = "build"
_POINTS = 72 / 25.4
_STYLES = ("print/print.css", "paper/paper.css", "paper/columns.css")

Progress = Callable[[str, int, int], None]
"""Told what is done: the step, how much of it, of how much."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """The papers that were made; a finding that is an error tells of a limit that one of them passes."""

    artifacts: tuple[Artifact, ...]
    findings: tuple[Finding, ...]


def paper_path(name: str, output: Output) -> str:
    """Where a file of a paper stands, relative to the project."""
    return f"{BUILD}/extracts/{name}/{name}.{output.suffix}"


def extract(root: Path, names: Sequence[str], jobs: int, progress: Progress, connect: Sequence[str] = ()) -> Extracted:
    """Make papers, verify each, and only then put them in the place of those that stood there.

    All faults of all papers are told at once.  A paper that passes a limit is made all the same, so that its author
    sees where it can be shorter.  Raises ConfigurationError, FindingsError, UsageError, MachineError; every paper that
    stood there then stands.
    """
    require_project(root)
    with locked(root / BUILD, lambda: progress("Waiting for another build of this publication", 0, 1)):
        start = seconds()
        progress("Reading and numbering", 0, 1)
        warm_up()
        papers = load_papers(root, names, jobs, connect)
        progress("Reading and numbering", 1, 1)
        findings = list(papers.warnings)
        artifacts: list[Artifact] = []
        files: dict[Path, bytes] = {}
        limits: list[Finding] = []
        with open_paper_press(papers, jobs) as pool:
            printed = _print(papers, pool, findings, progress)
        documents = make_papers_docx(
            papers,
            jobs,
            lambda paper: paper_metadata(papers.publication, paper),
            lambda name: progress(f"papers: {name} (DOCX)", 0, 1),
        )
        for number, paper in enumerate(papers.papers, 1):
            progress("papers: verifying", number, len(papers.papers))
            unit = printed.get(paper.paper.name)
            if unit is None and has_errors(findings):
                continue
            made = _make(papers, paper, unit, documents.get(paper.paper.name), findings)
            limits += check_paper_limits(paper, unit.pages if unit else None)
            for output, data in made.files.items():
                path = paper_path(paper.paper.name, output)
                files[root / path] = data
                pages = unit.pages if unit is not None and output is Output.PDF else None
                count = len(paper.manuscript.plan.notes)
                artifacts.append(Artifact(paper.paper.name, path, count, len(data), seconds() - start, pages))
                start = seconds()
            files[root / BUILD / "extracts" / paper.paper.name / "notes.json"] = made.notes
        if has_errors(findings):
            raise FindingsError([*findings, *limits])
        written = {path.relative_to(root / BUILD).as_posix(): data for path, data in files.items()}
        written[MANIFEST] = manifest_of(root, papers.publication, root / BUILD, written)
        commit(root / BUILD, written)
        return Extracted(tuple(artifacts), (*findings, *limits))


@contextmanager
def open_paper_press(papers: Papers, jobs: int) -> Iterator[Pool]:
    """Worker processes with the fonts and the style of papers."""
    templates = Templates(papers.root)
    with template_faults(papers.root, papers.warnings):
        style = font_face_rules(faces()) + "\n".join(templates.text(name) for name in _STYLES)
    with open_pool(jobs, papers.root, style, papers.publication.limits) as pool:
        yield pool


def _print(papers: Papers, pool: Pool, findings: list[Finding], progress: Progress) -> Mapping[str, PrintedUnit]:
    """The pages of all papers that have some, or a limit for them, by the name of the paper."""
    templates = Templates(papers.root)
    units: list[Unit] = []
    for one in papers.papers:
        if Output.PDF in one.profile.outputs or one.profile.limits.pages is not None:
            with template_faults(papers.root, papers.warnings):
                units.append(typeset_paper(one.paper, one.profile, one.manuscript, one.block, templates))
    printed = render(
        units, pool, findings, lambda what, done, total: progress(f"papers: {what}", done, total), alone=True
    )
    return {unit.id: unit for unit in printed}


@dataclass(frozen=True, slots=True)
class _Made:
    """The files of a paper, verified and not yet on the disk; ``notes`` is its ``notes.json``."""

    files: Mapping[Output, bytes]
    notes: bytes


def _make(
    papers: Papers, paper: NumberedPaper, unit: PrintedUnit | None, document: bytes | None, findings: list[Finding]
) -> _Made:
    """Bind what is made in pages, and read everything back."""
    files: dict[Output, bytes] = {}
    if unit is not None and Output.PDF in paper.profile.outputs:
        page = paper.profile.page
        size = (page.width * _POINTS, page.height * _POINTS)
        files[Output.PDF] = bind_pdf([unit], paper_metadata(papers.publication, paper), page_size=size, spreads=False)
    if document is not None:
        files[Output.DOCX] = document
    late = frozenset(unit.late_notes) if unit is not None else frozenset()
    told, seen, _ = _read_back(paper, files, late)
    findings += told
    return _Made(files, notes_json(paper.manuscript.plan, seen, paged=_paged(paper)))


def _paged(paper: NumberedPaper) -> bool:
    """Whether ``notes.json`` has pages: those of the PDF."""
    return Output.PDF in paper.profile.outputs


def _read_back(
    paper: NumberedPaper, files: Mapping[Output, bytes], late: frozenset[str]
) -> tuple[list[Finding], EditionNotes, int | None]:
    """What differs in the files of a paper, the notes as they were read from the first, and the pages of the PDF."""
    name, manuscript = paper.paper.name, paper.manuscript
    findings: list[Finding] = []
    seen: EditionNotes | None = None
    pages: int | None = None
    if Output.PDF in files:
        texts = printed_note_texts(manuscript, with_pages=False)
        told, reading = check_pdf(files[Output.PDF], name, manuscript, texts, late, columns=_columns(paper))
        findings += told
        seen, pages = reading.notes, reading.pages
    if Output.DOCX in files:
        found, notes = check_docx(files[Output.DOCX], f"{name} (DOCX)", manuscript)
        findings += found
        seen = seen or (EditionNotes(name, notes.calls, notes.notes) if notes is not None else None)
    return findings, seen or EditionNotes(name, (), ()), pages


def _columns(paper: NumberedPaper) -> ReadColumns | None:
    return read_columns(paper.profile, paper.manuscript, paper.block)


def paper_metadata(publication: Publication, paper: NumberedPaper) -> Metadata:
    """What a paper says about itself; an anonymous one says nothing of its authors and their book."""
    front = paper.text.chapter.front
    authors = () if paper.profile.anonymous else front.authors or publication.authors
    date = front.date or publication.date
    return Metadata(
        title=paper.title,
        language=front.language,
        subtitle=front.subtitle,
        authors=tuple(author.name for author in authors),
        date=date,
        modified=modified_date(date),
        rights="" if paper.profile.anonymous else publication.rights,
        keywords=front.keywords,
    )


def verify_papers(
    root: Path, names: Sequence[str], jobs: int, connect: Sequence[str] = ()
) -> tuple[tuple[Artifact, ...], tuple[Finding, ...]]:
    """Open papers again and compare them with the plan that the sources give now.

    Raises what :func:`extract` raises for faults of the sources.
    """
    require_project(root)
    settle(root / BUILD)
    papers = load_papers(root, names, jobs, connect)
    artifacts: list[Artifact] = []
    findings: list[Finding] = []
    for one in papers.papers:
        found, made = _verify(papers, one)
        findings += found
        artifacts += made
    return tuple(artifacts), tuple(findings)


def _verify(papers: Papers, paper: NumberedPaper) -> tuple[list[Finding], list[Artifact]]:
    name = paper.paper.name
    plan = paper.manuscript.plan
    start = seconds()
    stored = papers.root / BUILD / "extracts" / name / "notes.json"
    notes = stored.read_bytes() if stored.is_file() else b""
    findings: list[Finding] = []
    files: dict[Output, bytes] = {}
    for output in paper.profile.outputs:
        relative = paper_path(name, output)
        path = papers.root / relative
        if path.is_file():
            files[output] = path.read_bytes()
        else:
            hint = f"run `octavo extract {name}`"
            findings.append(Finding("EDN110", "missing-edition", f"there is no {relative}", None, hint))
    told, seen, pages = _read_back(paper, files, late_notes(notes, plan))
    findings += told
    unreadable = any(finding.code == "EDN112" for finding in told)
    if files:
        findings += check_notes_file(notes, name, plan, None if unreadable else seen, paged=_paged(paper))
    artifacts = [
        Artifact(
            name, paper_path(name, output), len(plan.notes), len(data), seconds() - start,
            pages if output is Output.PDF else None,
        )
        for output, data in files.items()
    ]  # fmt: skip
    return findings, artifacts
