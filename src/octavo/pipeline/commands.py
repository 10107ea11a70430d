"""What a command asks for: all editions built, or all of them proved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from octavo.adapters.clock import seconds
from octavo.adapters.commit import commit
from octavo.adapters.store import locked, settle
from octavo.bind.cite_this import cite_this
from octavo.cache.store import FOLDER, Store, Use
from octavo.errors import FindingsError, UsageError
from octavo.model.edition import Artifact
from octavo.model.finding import Finding, has_errors
from octavo.model.publication import EditionSettings, Format, Publication
from octavo.model.suggest import did_you_mean
from octavo.pipeline.build_inputs import build_inputs
from octavo.pipeline.docx import make_docx
from octavo.pipeline.editions import Progress, book_of, make_epub, make_pdf, open_press
from octavo.pipeline.kept import damaged_findings
from octavo.pipeline.manifest import FILE as MANIFEST
from octavo.pipeline.manifest import manifest_of
from octavo.pipeline.project import Project, load_project
from octavo.pipeline.publication import require_project
from octavo.render.pool import Pool, warm_up
from octavo.typeset.print_notes import printed_note_texts
from octavo.verify.editions import check_docx, check_epub, check_pdf
from octavo.verify.notes_file import check_notes_file, late_notes

OpenPress = Callable[[Project, int], AbstractContextManager[Pool]]
"""Gives the worker processes for a build of a project with so many at a time."""

BUILD = "build"
_SUFFIX = {Format.PDF: "pdf", Format.EPUB: "epub", Format.DOCX: "docx"}


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made, the warnings that it gives, and what was taken from earlier builds.

    ``inputs`` are the paths that it depends on, ``outputs`` those that it wrote.
    """

    artifacts: tuple[Artifact, ...]
    findings: tuple[Finding, ...]
    uses: tuple[Use, ...] = ()
    inputs: tuple[str, ...] = ()
    outputs: tuple[Path, ...] = ()


def artifact_path(publication: Publication, edition: EditionSettings) -> str:
    """Where an edition's artifact stands, relative to the project."""
    return f"{BUILD}/{edition.name}/{publication.slug}.{_SUFFIX[edition.format]}"


def choose_editions(publication: Publication, names: Sequence[str]) -> tuple[EditionSettings, ...]:
    """The editions that are asked for; all of them where none is.  Raises UsageError for an unknown one."""
    known = {edition.name: edition for edition in publication.editions}
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known) or f"known: {', '.join(known)}"
            raise UsageError(f"there is no edition '{name}'", hint)
    return tuple(known[name] for name in dict.fromkeys(names or known))


def build(
    root: Path,
    names: Sequence[str],
    jobs: int,
    progress: Progress,
    connect: Sequence[str] = (),
    *,
    cache: bool = True,
    press: OpenPress = open_press,
) -> Built:
    """Build editions, verify each, and only then put them in the place of those that stood there.

    ``connect`` names the databases that queries may ask; without ``cache`` nothing is taken from earlier builds;
    ``press`` gives the worker processes, which end with the build unless it keeps them.  All faults of all editions are
    told at once.  Raises ConfigurationError, FindingsError, UsageError, MachineError; every edition that stood there
    then stands.
    """
    require_project(root)
    with locked(root / BUILD, lambda: progress("Waiting for another build of this publication", 0, 1)):
        start = seconds()
        progress("Reading and numbering", 0, 1)
        warm_up()
        store = Store(root / FOLDER, reads=cache)
        project = load_project(root, jobs, connect, store)
        editions = choose_editions(project.publication, names)
        progress("Reading and numbering", 1, 1)
        findings = list(project.warnings)
        artifacts: list[Artifact] = []
        files: dict[Path, bytes] = {}
        with press(project, jobs) as pool, ThreadPoolExecutor(1) as beside:
            # Pandoc writes while the workers lay out: it is a process of its own, too.
            documents = {
                one.name: beside.submit(make_docx, project, one, store) for one in editions if one.format is Format.DOCX
            }
            for edition in editions:
                told: list[Finding] = []
                try:
                    if edition.name in documents:
                        progress(f"{edition.name}: document", 0, 1)
                        made, found = documents[edition.name].result()
                        told += found
                        progress(f"{edition.name}: document", 1, 1)
                    else:
                        make = make_pdf if edition.format is Format.PDF else make_epub
                        made = make(project, edition, pool, told, progress, store)
                except FindingsError as error:
                    findings += error.findings
                    continue
                findings += told
                path = artifact_path(project.publication, edition)
                target = root / path
                files |= {target: made.data, target.with_name("notes.json"): made.notes}
                cited = cite_this(book_of(project.publication, made.pages))
                files |= {target.with_name(f"{project.publication.slug}.{end}"): text for end, text in cited.items()}
                notes = len(project.manuscript.plan.notes)
                artifacts.append(Artifact(edition.name, path, notes, len(made.data), seconds() - start, made.pages))
                start = seconds()
        written = {path.relative_to(root / BUILD).as_posix(): data for path, data in files.items()}
        if not has_errors(findings):
            written[MANIFEST] = manifest_of(root, project.publication, root / BUILD, written, store)
        store.close()
        findings += damaged_findings(store)
        if has_errors(findings):
            raise FindingsError(findings)
        commit(root / BUILD, written)
        outputs = tuple(root / BUILD / name for name in written)
        return Built(tuple(artifacts), tuple(findings), tuple(store.uses), tuple(build_inputs(project)), outputs)


def verify(
    root: Path, names: Sequence[str], jobs: int, connect: Sequence[str] = ()
) -> tuple[tuple[Artifact, ...], tuple[Finding, ...]]:
    """Open editions again and compare them with the plan that the sources give now.

    Raises what :func:`build` raises for faults of the sources.
    """
    require_project(root)
    settle(root / BUILD)
    project = load_project(root, jobs, connect)
    artifacts, findings = [], []
    for edition in choose_editions(project.publication, names):
        start = seconds()
        path = artifact_path(project.publication, edition)
        found, pages = _verify_edition(project, edition, root / path)
        findings += found
        size = (root / path).stat().st_size if (root / path).is_file() else 0
        count = len(project.manuscript.plan.notes)
        artifacts.append(Artifact(edition.name, path, count, size, seconds() - start, pages))
    return tuple(artifacts), tuple(findings)


def _verify_edition(project: Project, edition: EditionSettings, path: Path) -> tuple[list[Finding], int | None]:
    plan = project.manuscript.plan
    if not path.is_file():
        relative = artifact_path(project.publication, edition)
        hint = f"run `octavo build {edition.name}`"
        return [Finding("EDN110", "missing-edition", f"there is no {relative}", None, hint)], None
    data = path.read_bytes()
    stored = path.with_name("notes.json")
    notes = stored.read_bytes() if stored.is_file() else b""
    paged = edition.format is Format.PDF
    pages: int | None = None
    if paged:
        texts = printed_note_texts(project.manuscript)
        found, reading = check_pdf(data, edition.name, project.manuscript, texts, late_notes(notes, plan))
        seen = reading.notes if reading.pages else None
        pages = reading.pages
    elif edition.format is Format.DOCX:
        found, seen = check_docx(data, edition.name, project.manuscript)
    else:
        found, seen = check_epub(data, edition.name, project.manuscript)
    return [*found, *check_notes_file(notes, edition.name, plan, seen, paged=paged)], pages
