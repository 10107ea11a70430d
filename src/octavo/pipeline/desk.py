"""Projects as they stand in an editor: findings, quick fixes, and what is known of a place of a text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from octavo.errors import UsageError
from octavo.lint.choice import check_codes
from octavo.lint.editor.fixes import fix_all, quick_fixes
from octavo.lint.registry import all_rules
from octavo.model.editing import Completions, FileEdits, FileFindings, Hover, QuickFix
from octavo.model.source import SourceFile, Span
from octavo.pipeline.citations import Background, Citations
from octavo.pipeline.drafts import Drafts
from octavo.pipeline.lint import LintRequest
from octavo.pipeline.open_project import OpenProject
from octavo.read.publication import FILE

# Reading it takes a process of Pandoc, which is too much for each stroke of a key.
_READ_WHEN_SAVED = (".bib",)


class Desk:
    """All projects of which an editor shows a file; one thread at a time may use it.

    A file belongs to the project whose ``publication.yaml`` is the nearest above it.  Its text is the editor's, saved
    or not; that of a BibTeX file is the one that was opened or saved last.

    Raises UsageError where the request names a code without a rule.
    """

    def __init__(self, request: LintRequest, background: Background) -> None:
        for finding in check_codes([(code, None) for code in (*request.select, *request.ignore)], all_rules()):
            raise UsageError(finding.message, finding.hint)
        self._request = request
        self._drafts = Drafts()
        self._citations = Citations(background)
        self._projects: dict[Path, OpenProject] = {}

    def put(self, path: Path, text: str, *, settled: bool) -> None:
        """An editor shows a text; ``settled`` where it was opened or saved just now."""
        if settled or path.suffix not in _READ_WHEN_SAVED:
            self._drafts.put(path, text)

    def drop(self, path: Path) -> None:
        """An editor has closed a file."""
        self._drafts.drop(path)

    def source(self, path: Path) -> SourceFile | None:
        """The text of a file as offsets count it; None where it belongs to no project."""
        project = self._project(path)
        return None if project is None else self._drafts.read(project.root, _within(project, path), [])

    def check(self, path: Path) -> tuple[FileFindings, ...]:
        """The findings of all files of a file's project; those without any are there too."""
        project = self._project(path)
        return () if project is None else project.check()

    def quick_fixes(self, path: Path, span: Span) -> Sequence[QuickFix]:
        """What mends the findings that touch a span of a file."""
        project = self._project(path)
        if project is None:
            return ()
        findings, sources = project.findings()
        return tuple(quick_fixes(findings, _within(project, path), span, project.root, sources))

    def fix_all(self, path: Path) -> FileEdits | None:
        """All safe fixes of a file together; None where there are none."""
        project = self._project(path)
        if project is None:
            return None
        findings, sources = project.findings()
        return fix_all(findings, _within(project, path), project.root, sources)

    def hover(self, path: Path, offset: int) -> Hover | None:
        """What is said of an offset of a file."""
        project = self._project(path)
        return None if project is None else project.hover(_within(project, path), offset)

    def complete(self, path: Path, offset: int) -> Completions:
        """The names that can stand at an offset of a file."""
        project = self._project(path)
        return Completions() if project is None else project.complete(_within(project, path), offset)

    def _project(self, path: Path) -> OpenProject | None:
        for folder in path.parents:
            if self._drafts.has(folder / FILE) or (folder / FILE).is_file():
                if folder not in self._projects:
                    self._projects[folder] = OpenProject(folder, self._request, self._drafts, self._citations)
                return self._projects[folder]
        return None


def _within(project: OpenProject, path: Path) -> str:
    return path.relative_to(project.root).as_posix()
