"""Papers: typeset, laid out, bound, and read back before anyone gets them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from octavo.adapters.clock import seconds
from octavo.adapters.commit import commit
from octavo.adapters.store import locked
from octavo.bind.notes_json import notes_json
from octavo.cache.store import FOLDER as CACHE
from octavo.cache.store import Store
from octavo.errors import FindingsError
from octavo.model.edition import Artifact, PrintedUnit
from octavo.model.extract import Output
from octavo.model.finding import Finding, has_errors
from octavo.pipeline.article_files import paper_files
from octavo.pipeline.kept import damaged_findings
from octavo.pipeline.manifest import FILE as MANIFEST
from octavo.pipeline.manifest import manifest_of
from octavo.pipeline.paper_docx import make_papers_docx
from octavo.pipeline.paper_drawings import Draw, paper_drawings
from octavo.pipeline.paper_limits import check_paper_limits
from octavo.pipeline.paper_pages import Progress, bind_paper, open_paper_press, paper_metadata, print_papers
from octavo.pipeline.paper_proofs import FOLDER, file_name, is_paged, read_back
from octavo.pipeline.papers import NumberedPaper, Papers, load_papers
from octavo.pipeline.publication import require_project
from octavo.render.pool import warm_up

BUILD = "build"


@dataclass(frozen=True, slots=True)
class Extracted:
    """The papers that were made; a finding that is an error tells of a limit that one of them passes."""

    artifacts: tuple[Artifact, ...]
    findings: tuple[Finding, ...]


def extract(
    root: Path, names: Sequence[str], jobs: int, progress: Progress, connect: Sequence[str] = (), *, cache: bool = True
) -> Extracted:
    """Make papers, verify each, and only then put them in the place of those that stood there.

    ``connect`` names the databases that queries may ask; without ``cache`` nothing is taken from earlier runs.  All
    faults of all papers are told at once.  A paper that passes a limit is made all the same, so that its author
    sees where it can be shorter.  Raises ConfigurationError, FindingsError, UsageError, MachineError; every paper that
    stood there then stands.
    """
    require_project(root)
    with locked(root / BUILD, lambda: progress("Waiting for another build of this publication", 0, 1)):
        progress("Reading and numbering", 0, 1)
        warm_up()
        store = Store(root / CACHE, reads=cache)
        papers = load_papers(root, names, jobs, connect, store)
        progress("Reading and numbering", 1, 1)
        findings = list(papers.warnings)
        draw = paper_drawings(papers, store)
        with ThreadPoolExecutor(1) as beside, open_paper_press(papers, jobs) as pool:
            # Pandoc writes while the workers lay out: it is a process of its own, too.
            beside_pages = beside.submit(_write, papers, jobs, draw, progress, store)
            printed = print_papers(papers, pool, findings, progress, store)
            others = beside_pages.result()
        artifacts: list[Artifact] = []
        files: dict[Path, bytes] = {}
        limits: list[Finding] = []
        for number, paper in enumerate(papers.papers, 1):
            name = paper.paper.name
            progress("papers: verifying", number, len(papers.papers))
            unit = printed.get(name)
            if unit is None and has_errors(findings):
                continue
            start = seconds()
            made = _make(papers, paper, unit, others[name], findings)
            limits += check_paper_limits(paper, unit.pages if unit else None)
            folder = root / FOLDER / name
            files |= {folder / path: data for path, data in made.items()}
            artifacts += _artifacts(paper, made, unit, seconds() - start)
        written = {path.relative_to(root / BUILD).as_posix(): data for path, data in files.items()}
        if not has_errors(findings):
            written[MANIFEST] = manifest_of(root, papers.publication, root / BUILD, written, store)
        store.close()
        findings += damaged_findings(store)
        if has_errors(findings):
            raise FindingsError([*findings, *limits])
        commit(root / BUILD, written)
        return Extracted(tuple(artifacts), (*findings, *limits))


def _write(
    papers: Papers, jobs: int, draw: Draw, progress: Progress, store: Store
) -> Mapping[str, Mapping[str, bytes]]:
    """All files of papers but the PDF, by the name of the paper and that of the file."""

    def article(paper: NumberedPaper) -> Mapping[str, bytes]:
        return paper_files(papers.root, papers.publication, paper, draw=draw)

    documents = make_papers_docx(
        papers,
        jobs,
        lambda paper: paper_metadata(papers.publication, paper),
        lambda name: progress(f"papers: {name} (DOCX)", 0, 1),
        draw,
        store,
    )
    with ThreadPoolExecutor(max(jobs, 1)) as pool:
        articles = dict(zip((one.paper.name for one in papers.papers), pool.map(article, papers.papers), strict=True))
    return {
        name: {**({file_name(name, Output.DOCX): documents[name]} if name in documents else {}), **others}
        for name, others in articles.items()
    }


def _make(
    papers: Papers,
    paper: NumberedPaper,
    unit: PrintedUnit | None,
    others: Mapping[str, bytes],
    findings: list[Finding],
) -> dict[str, bytes]:
    """All files of a paper with its ``notes.json``, by their names in its folder; they are read back here."""
    files: dict[str, bytes] = {}
    if unit is not None and Output.PDF in paper.profile.outputs:
        files[file_name(paper.paper.name, Output.PDF)] = bind_paper(papers.publication, paper, unit)
    files |= others
    reading = read_back(paper, files, frozenset(unit.late_notes) if unit is not None else frozenset())
    findings += reading.findings
    return files | {"notes.json": notes_json(paper.manuscript.plan, reading.notes, paged=is_paged(paper))}


def _artifacts(
    paper: NumberedPaper, made: Mapping[str, bytes], unit: PrintedUnit | None, took: float
) -> list[Artifact]:
    """The files of a paper that its profile asks for."""
    name, notes = paper.paper.name, len(paper.manuscript.plan.notes)
    artifacts = []
    for output in paper.profile.outputs:
        data = made[file_name(name, output)]
        pages = unit.pages if unit is not None and output is Output.PDF else None
        path = f"{FOLDER}/{name}/{file_name(name, output)}"
        artifacts.append(Artifact(name, path, notes, len(data), took, pages))
    return artifacts
