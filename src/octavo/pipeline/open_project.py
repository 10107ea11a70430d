"""One project as it stands in an editor; what has not changed since the last question is not made anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from octavo.assemble.manuscript import OrderedChapter, assemble
from octavo.cite.style import Style, find_style
from octavo.errors import UsageError
from octavo.lint.chapter import ChapterText
from octavo.lint.choice import Choice, check_settings, choose
from octavo.lint.data import DataView
from octavo.lint.editor.book import Book, Goal, goals_of
from octavo.lint.editor.completion import complete
from octavo.lint.editor.hover import hover, hover_entry
from octavo.lint.library import Library
from octavo.lint.registry import all_rules
from octavo.lint.view import view_source
from octavo.model.chapter import Chapter
from octavo.model.editing import Completions, FileFindings, Hover
from octavo.model.finding import Finding, has_errors
from octavo.model.notes import NotePlan
from octavo.model.publication import BibliographySettings, Publication
from octavo.model.reference import Source
from octavo.model.source import Location, SourceFile
from octavo.pipeline.baselines import against_baseline
from octavo.pipeline.citations import Citations
from octavo.pipeline.drafts import Drafts, Kept
from octavo.pipeline.lint import Linted, LintRequest, Look, Workspace, judge, look_at, read_library
from octavo.pipeline.lint_services import with_services
from octavo.pipeline.material import no_material
from octavo.pipeline.note_numbers import ChapterCalls, calls_of, plan_notes
from octavo.read.bibliography import bibliography_paths
from octavo.read.chapters import FOLDER, chapter_paths, order_chapters, read_chapter, unique_chapters
from octavo.read.publication import FILE, read_publication
from octavo.read.scanner import scan

Findings = tuple[Finding, ...]
Texts = Mapping[str, SourceFile]


@dataclass(frozen=True, slots=True)
class _Settings:
    """The configuration, and what is wrong with it; not ``usable`` where that would make all else look wrong."""

    publication: Publication
    choice: Choice
    findings: Findings
    usable: bool = True


@dataclass(frozen=True, slots=True)
class _State:
    """All of a project that was read, and what was found while reading."""

    settings: _Settings
    workspace: Workspace
    chapters: tuple[Chapter, ...]
    ordered: tuple[OrderedChapter, ...]
    findings: Findings


class OpenProject:
    """A project of which an editor shows files.

    While ``publication.yaml`` has errors, all else is looked at by what it said last without any.
    """

    def __init__(self, root: Path, request: LintRequest, drafts: Drafts, citations: Citations) -> None:
        self.root = root
        self._request = request
        self._drafts = drafts
        self._citations = citations
        self._last_good: _Settings | None = None
        self._told: set[str] = set()
        self._settings: Kept[_Settings] = Kept()
        self._libraries: Kept[tuple[Library, Texts, Findings]] = Kept()
        self._workspaces: Kept[Workspace] = Kept()
        self._chapters: Kept[tuple[Chapter, Findings]] = Kept()
        self._looks: Kept[Look] = Kept()
        self._results: Kept[Linted] = Kept()
        self._texts: Kept[ChapterText] = Kept()
        self._calls: Kept[ChapterCalls] = Kept()
        self._plans: Kept[NotePlan] = Kept()
        self._goals: Kept[dict[str, Goal]] = Kept()
        self._styles: Kept[Style | None] = Kept()

    def check(self) -> tuple[FileFindings, ...]:
        """The findings of all files; those without any are there too."""
        findings, sources = self.findings()
        by_file: dict[str, list[Finding]] = {path: [] for path in sources}
        for finding in findings:
            file = finding.location.file if finding.location else FILE
            # What no file can show, such as a folder without chapters, stands where the project is described.
            known = file in sources or (self.root / file).is_file()
            by_file.setdefault(file if known else FILE, []).append(finding)
        # Of a file that has gone, nothing is to be found any more.
        for path in self._told - by_file.keys():
            by_file[path] = []
        self._told = {path for path, found in by_file.items() if found}
        return tuple(
            FileFindings(self.root / path, sources.get(path) or SourceFile(path, ""), tuple(found))
            for path, found in by_file.items()
        )

    def findings(self) -> tuple[Findings, Texts]:
        """All findings, and the texts that they point into by their paths."""
        state = self._state()
        told: list[Finding] = []
        own = self._drafts.read(self.root, FILE, told)
        texts = {FILE: own} if own is not None else {}
        if not state.settings.usable and self._last_good is None:
            return state.settings.findings, texts
        found = self._results.get("", (state.workspace, *state.chapters), lambda: self._lint(state))
        found, trouble = self._without_baseline(found)
        kept = found.findings
        if not state.settings.usable:
            kept = tuple(one for one in kept if one.location is None or one.location.file != FILE)
        return _sorted((*kept, *state.settings.findings, *trouble)), {**texts, **found.sources}

    def hover(self, path: str, offset: int) -> Hover | None:
        """What is said of an offset of a chapter or a bibliography."""
        state = self._state()
        chapter = next((one for one in state.chapters if one.source.path == path), None)
        if chapter is not None:
            return hover(self._text(chapter), offset, self._book(state))
        file = state.workspace.files.get(path)
        if file is None:
            return None
        language = state.settings.publication.language
        return hover_entry(state.workspace.library, file, offset, self._book(state), language)

    def complete(self, path: str, offset: int) -> Completions:
        """The names that can stand at an offset of a chapter."""
        state = self._state()
        chapter = next((one for one in state.chapters if one.source.path == path), None)
        if chapter is None:
            return Completions()
        return complete(self._text(chapter), offset, chapter.body.start, self._book(state))

    def _state(self) -> _State:
        settings = self._read_settings()
        publication = settings.publication
        library, files, findings = self._read_library()
        inputs = (publication, settings.choice, library)
        workspace = self._workspaces.get("", inputs, lambda: self._workspace(settings, library, files))
        told = list(findings)
        read = []
        for path in self._chapter_paths():
            source = self._drafts.read(self.root, path, told)
            if source is not None:
                chapter, found = self._read_chapter(source, publication)
                told += found
                read.append(chapter)
        chapters = unique_chapters(read, told)
        ordered = order_chapters(publication, chapters, told)
        return _State(settings, workspace, chapters, ordered, tuple(told))

    def _workspace(self, settings: _Settings, library: Library, files: Texts) -> Workspace:
        """What rules ask, but for the network: an editor would ask it with each pause of its author."""
        served = with_services(library, self.root, settings.publication)
        served = replace(served, answers=library.answers)
        # Specifications are checked on the command line: opening the data takes longer than a pause in typing.
        return Workspace(settings.publication, settings.choice, served, files, DataView())

    def _read_settings(self) -> _Settings:
        told: list[Finding] = []
        source = self._drafts.read(self.root, FILE, told)
        inputs = (source, *told)
        settings = self._settings.get("", inputs, lambda: _settings(source, told, self._request))
        if not has_errors(settings.findings):
            self._last_good = settings
            return settings
        good = self._last_good
        return replace(good or settings, findings=settings.findings, usable=False)

    def _read_library(self) -> tuple[Library, Texts, Findings]:
        told: list[Finding] = []
        sources = [self._drafts.read(self.root, path, told) for path in bibliography_paths(self.root)]

        def make() -> tuple[Library, Texts, Findings]:
            found: list[Finding] = []
            library, files = read_library(self.root, found, self._drafts.read)
            return library, files, tuple(found)

        return self._libraries.get("", (*sources, *told), make)

    def _chapter_paths(self) -> list[str]:
        """The chapters on the disk, and those that were not saved yet."""
        drafts = (path.name for path in self._drafts.within(self.root / FOLDER) if path.suffix == ".md")
        return sorted({*chapter_paths(self.root), *(f"{FOLDER}/{name}" for name in drafts if name[0] != ".")})

    def _read_chapter(self, source: SourceFile, publication: Publication) -> tuple[Chapter, Findings]:
        def make() -> tuple[Chapter, Findings]:
            found: list[Finding] = []
            chapter = read_chapter(source, publication, found)
            return chapter, tuple(found)

        return self._chapters.get(source.path, (source, publication), make)

    def _lint(self, state: _State) -> Linted:
        workspace = state.workspace
        chapters = [chapter for chapter, _, _ in state.ordered]
        looks = [self._look(workspace, chapter) for chapter in chapters]
        found = judge(workspace, chapters, looks, state.findings)
        sources = {chapter.source.path: chapter.source for chapter in state.chapters} | dict(workspace.files)
        return Linted(_sorted(found), sources, workspace.publication.lint, workspace.choice.rules)

    def _look(self, workspace: Workspace, chapter: Chapter) -> Look:
        return self._looks.get(chapter.source.path, (workspace, chapter), lambda: look_at(workspace, chapter))

    def _without_baseline(self, found: Linted) -> tuple[Linted, Findings]:
        """What is new since the baseline; one that cannot be read is told where it is named."""
        name = self._request.baseline
        name = found.settings.baseline if name is None else name
        if not name:
            return found, ()
        try:
            return against_baseline(self.root, found, name), ()
        except UsageError as error:
            return found, (Finding("CFG102", "wrong-value", str(error), Location(FILE), error.hint),)

    def _book(self, state: _State) -> Book:
        publication = state.settings.publication
        style = self._style(publication)
        calls = []
        goals: dict[str, Goal] = {}
        for chapter, part, appendix in state.ordered:
            calls.append((self._calls_of(publication, (chapter, part, appendix), style), part))
            for name, goal in self._goals_of(chapter).items():
                goals.setdefault(name, goal)
        inputs = (publication, *(one for one, _ in calls))
        plan = self._plans.get("", inputs, lambda: plan_notes(calls, publication.notes))

        def cite(source: Source, language: str) -> tuple[str, bool]:
            return ("", True) if style is None else self._citations.find(source, style, language)

        return Book(state.workspace.library, plan, goals, cite)

    def _style(self, publication: Publication) -> Style | None:
        def make() -> Style | None:
            named = find_style(self.root, publication.bibliography, [])
            return named or find_style(self.root, BibliographySettings(), [])

        return self._styles.get("", (publication,), make)

    def _text(self, chapter: Chapter) -> ChapterText:
        return self._texts.get(chapter.source.path, (chapter,), lambda: view_source(chapter, scan)[0])

    def _goals_of(self, chapter: Chapter) -> dict[str, Goal]:
        def make() -> dict[str, Goal]:
            return {goal.name: goal for goal in goals_of(self._text(chapter))}

        return self._goals.get(chapter.source.path, (chapter,), make)

    def _calls_of(self, publication: Publication, ordered: OrderedChapter, style: Style | None) -> ChapterCalls:
        def make() -> ChapterCalls:
            # A chapter's own number is of no weight for its notes, nor what its expressions print.
            (place,) = assemble(publication, [ordered], scan, no_material(self.root), []).places
            return calls_of(place.text, citations_are_notes=style is None or style.is_note)

        return self._calls.get(ordered[0].source.path, (publication, ordered[0], style), make)


def _settings(source: SourceFile | None, told: list[Finding], request: LintRequest) -> _Settings:
    """The configuration of a file; that of an empty one where there is none."""
    findings = list(told)
    publication = read_publication(source or SourceFile(FILE, "title: ?\n"), findings)
    rules = all_rules()
    findings += check_settings(publication.lint, rules)
    return _Settings(publication, choose(rules, publication.lint, request.select, request.ignore), tuple(findings))


def _sorted(findings: Iterable[Finding]) -> Findings:
    return tuple(sorted(set(findings), key=Finding.sort_key))
