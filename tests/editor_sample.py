"""A publication that an editor shows, for tests of what it is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lint_samples import CHAPTER, CONFIGURATION, FRONT, LIBRARY, SOURCES, write
from octavo.model.editing import Completions, Hover
from octavo.pipeline.desk import Desk
from octavo.pipeline.lint import LintRequest

SECOND = "chapters/02-second.md"


class Sample:
    """A sample publication that an editor shows, looked at by few rules; ``¦`` is the place that is asked about."""

    def __init__(self, root: Path, files: dict[str, str], select: tuple[str, ...] = ("NTE101", "CIT001")) -> None:
        self.root = write(root, {"publication.yaml": CONFIGURATION, SOURCES: LIBRARY, CHAPTER: FRONT} | files)
        self.jobs: list[Callable[[], None]] = []
        self.desk = Desk(LintRequest(select=select), self.jobs.append)

    def show(self, text: str, name: str = CHAPTER) -> int:
        """Show a text with its ``¦`` taken away; the offset where it stood."""
        whole = text if text.startswith("---") or not name.endswith(".md") else FRONT + text
        at = whole.find("¦")
        self.desk.put(self.root / name, whole.replace("¦", "", 1) if at >= 0 else whole, settled=True)
        return at

    def hover(self, text: str, name: str = CHAPTER) -> Hover | None:
        return self.desk.hover(self.root / name, self.show(text, name))

    def told(self, text: str, name: str = CHAPTER) -> list[tuple[str, str]]:
        """Headings and texts of what is said of a place."""
        hover = self.hover(text, name)
        return [] if hover is None else [(remark.heading, remark.text) for remark in hover.remarks]

    def complete(self, text: str) -> Completions:
        return self.desk.complete(self.root / CHAPTER, self.show(text))

    def names(self, text: str) -> list[str]:
        return [one.name for one in self.complete(text).items]

    def codes(self, name: str = CHAPTER) -> list[str]:
        (file,) = (one for one in self.desk.check(self.root / CHAPTER) if one.path == self.root / name)
        return [finding.code for finding in file.findings]
