"""A project folder into the findings of its text: chapters, sources and, where asked for, finished editions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from octavo.adapters.forks import fork_map
from octavo.errors import ConfigurationError, UsageError
from octavo.lint.choice import Choice, check_codes, check_settings, choose
from octavo.lint.data import DataView
from octavo.lint.engine import ChapterReport, check_book, check_chapter
from octavo.lint.library import Entry, Library
from octavo.lint.registry import all_rules
from octavo.lint.rule import ChapterPlace, EditionRule, Rule, Surroundings
from octavo.lint.suppressions import Suppression, apply, in_comments, in_yaml
from octavo.lint.view import view_source
from octavo.model.chapter import Chapter
from octavo.model.finding import Finding, has_errors
from octavo.model.publication import LintSettings, Publication
from octavo.model.source import SourceFile, Span
from octavo.pipeline.lint_data import read_data
from octavo.pipeline.lint_editions import asked_editions, edition_findings
from octavo.pipeline.lint_services import with_services
from octavo.pipeline.publication import load_publication
from octavo.read.bibliography import bibliography_paths, read_bibliography
from octavo.read.chapters import order_chapters, read_chapters
from octavo.read.files import Reader, read_source
from octavo.read.names import check_names
from octavo.read.scanner import scan

# Characters of all chapters together.
_WORTH_SHARING = 200_000


@dataclass(frozen=True, slots=True)
class LintRequest:
    """What is asked for: files (none: all), prefixes of codes from the command line, processes at a time.

    ``baseline`` is the path of one, empty for none; None takes that of the settings.  ``editions`` asks for all
    finished editions.
    """

    paths: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    jobs: int = 1
    baseline: str | None = None
    editions: bool = False


@dataclass(frozen=True, slots=True)
class Workspace:
    """All of a project but its chapters: what rules ask, which rules run, and the other texts by their paths."""

    publication: Publication
    choice: Choice
    library: Library
    files: Mapping[str, SourceFile]
    data: DataView

    @property
    def around(self) -> Surroundings:
        """What rules may ask."""
        return Surroundings(self.publication, self.library, self.data)


@dataclass(frozen=True, slots=True)
class Look:
    """What one chapter gave, and the spans of its comments."""

    report: ChapterReport
    comments: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Linted:
    """Findings in the order of files and lines, the texts that they point into, the settings, the rules that ran.

    ``wanted`` are the files that findings were asked for; None means all.  ``looked_further`` tells that something was
    asked beside the project's text, editions or the network, which changes without a trace in it.
    """

    findings: tuple[Finding, ...]
    sources: Mapping[str, SourceFile]
    settings: LintSettings
    rules: tuple[Rule, ...]
    wanted: frozenset[str] | None = None
    looked_further: bool = False


def lint(root: Path, request: LintRequest) -> Linted:
    """Lint a project.

    Raises UsageError for a path that is no file of the project, a code without a rule or a baseline that is none,
    ConfigurationError where ``publication.yaml`` is at fault.
    """
    findings: list[Finding] = []
    workspace = open_workspace(root, request, findings)
    publication = workspace.publication
    findings += check_names(root)
    chapters = read_chapters(root, publication, findings)
    ordered = [chapter for chapter, _, _ in order_chapters(publication, chapters, findings)]
    sources = {chapter.source.path: chapter.source for chapter in chapters} | dict(workspace.files)
    wanted = _wanted(root, request.paths, sources)
    editions = asked_editions(root, publication, request.paths, request.select, request.editions)
    in_editions, hindrances = _open_editions(root, publication, request, editions)
    told = check_chapters(workspace, ordered, [*findings, *in_editions], request.jobs)
    known = {(one.code, one.location) for one in told}
    edition_codes = {one.code for one in in_editions}
    chosen = [
        one
        for one in told
        if one.location is None or wanted is None or one.location.file in wanted or one.code in edition_codes
    ]
    chosen += [one for one in hindrances if (one.code, one.location) not in known]
    in_order = tuple(sorted(set(chosen), key=Finding.sort_key))
    asked = None if wanted is None else frozenset(wanted)
    rules = workspace.choice.rules
    looked_further = bool(editions) or any(not rule.default for rule in rules)
    linted = Linted(in_order, sources, publication.lint, rules, asked, looked_further)
    baseline = publication.lint.baseline if request.baseline is None else request.baseline
    if not baseline:
        return linted
    from octavo.pipeline.baselines import against_baseline

    return against_baseline(root, linted, baseline)


def _open_editions(
    root: Path, publication: Publication, request: LintRequest, names: Sequence[str]
) -> tuple[Sequence[Finding], Sequence[Finding]]:
    """What is found in the editions that are asked for, and what hinders their comparison."""
    if not names:
        return (), ()
    ignore = (*publication.lint.ignore, *request.ignore)
    return edition_findings(root, names, request.jobs, request.select, ignore)


def open_workspace(root: Path, request: LintRequest, findings: list[Finding]) -> Workspace:
    """Read the configuration and the sources of a project, and choose the rules.  Raises what :func:`lint` raises."""
    rules = all_rules()
    for finding in check_codes([(code, None) for code in (*request.select, *request.ignore)], rules):
        raise UsageError(finding.message, finding.hint)
    publication, faults = load_publication(root)
    findings += [*faults, *check_settings(publication.lint, rules)]
    if has_errors(findings):
        raise ConfigurationError(findings)
    choice = choose(rules, publication.lint, request.select, request.ignore)
    library, files = read_library(root, findings)
    data, specifications = read_data(root, publication, library.entries, findings)
    return Workspace(publication, choice, with_services(library, root, publication), files | specifications, data)


def check_chapters(
    workspace: Workspace, chapters: Sequence[Chapter], findings: Sequence[Finding] = (), jobs: int = 1
) -> list[Finding]:
    """Run the rules over chapters in reading order and the sources; what is suppressed is left out.

    ``findings`` were found before, while reading; they are weighed and suppressed with the others.
    """
    # Below, starting a copy of the process takes longer than it saves.
    jobs = jobs if sum(len(chapter.source.text) for chapter in chapters) > _WORTH_SHARING else 1
    looks = fork_map(lambda chapter: look_at(workspace, chapter), chapters, jobs)
    return judge(workspace, chapters, looks, findings)


def look_at(workspace: Workspace, chapter: Chapter) -> Look:
    """Run the rules for chapters over one of them."""
    text, comments = view_source(chapter, scan)
    return Look(check_chapter(text, workspace.choice, workspace.around), comments)


def judge(
    workspace: Workspace, chapters: Sequence[Chapter], looks: Sequence[Look], findings: Sequence[Finding] = ()
) -> list[Finding]:
    """What was found in chapters and before, with what the rules for the book and for the sources find."""
    choice = workspace.choice
    found = list(findings)
    suppressions = {path: in_yaml(file) for path, file in workspace.files.items()}
    reports = []
    for chapter, look in zip(chapters, looks, strict=True):
        report, comments = look.report, look.comments
        found += report.findings
        source = chapter.source
        reports.append((ChapterPlace(source.path, chapter.slug, chapter.front.language, source.locate), report))
        suppressions[source.path] = in_comments(source, comments)
    found += check_book(reports, choice, workspace.around)
    kept = [choice.weighed(finding) for finding in found if choice.keeps(finding)]
    sources = {chapter.source.path: chapter.source for chapter in chapters} | dict(workspace.files)
    return list(_unsuppressed(kept, suppressions, sources, choice))


def _unsuppressed(
    findings: Iterable[Finding],
    suppressions: Mapping[str, Sequence[Suppression]],
    sources: Mapping[str, SourceFile],
    choice: Choice,
) -> Iterator[Finding]:
    by_file: dict[str, list[Finding]] = {}
    for finding in findings:
        by_file.setdefault(finding.location.file if finding.location else "", []).append(finding)
    # Whether a comment about editions has its use cannot be known while they are closed.
    ran = [rule.code for rule in choice.rules if not isinstance(rule, EditionRule)]
    silent = "SUP101" not in ran
    for path in {**by_file, **suppressions}:
        of_file = by_file.get(path, [])
        if suppressions.get(path):
            yield from apply(of_file, suppressions[path], sources[path], ran, silent)
        else:
            yield from of_file


def read_library(
    root: Path, findings: list[Finding], read: Reader = read_source
) -> tuple[Library, dict[str, SourceFile]]:
    """The sources, and the files in which they stand."""
    bibliography = read_bibliography(root, findings, read)
    files = {}
    for path in bibliography_paths(root):
        # What is wrong with the file was told when the bibliography was read.
        file = read(root, path, [])
        if file is not None:
            files[path] = file
    entries = {key: Entry(source, files.get(source.location.file)) for key, source in bibliography.sources.items()}
    return Library(entries), files


def _wanted(root: Path, paths: Sequence[str], sources: Mapping[str, SourceFile]) -> set[str] | None:
    """The files of the project that were named, or that stand in folders that were named; None where none was."""
    if not paths:
        return None
    base = root.resolve()
    found: set[str] = set()
    for name in paths:
        # A path is meant from where the command runs, or from the project.
        places = [place for place in (Path(name), root / name) if place.exists()]
        if not places:
            raise UsageError(f"there is no {name}", "name chapters, bibliographies, or folders of them")
        for path in (place.resolve() for place in places):
            relative = path.relative_to(base).as_posix() if path.is_relative_to(base) else None
            if relative is not None:
                found |= {one for one in sources if relative in (".", one) or one.startswith(f"{relative}/")}
    return found
