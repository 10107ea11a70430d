"""Whatever stands in a chapter or a bibliography: no rule fails, and what it marks lies inside the file.

``OCTAVO_FUZZ=200000`` makes as many random inputs.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from lint_fuzz import random_chapter, random_source
from lint_samples import CHAPTER, CONFIGURATION, FRONT, LIBRARY, SOURCES, write
from octavo.model.finding import Finding
from octavo.model.source import SourceFile
from octavo.pipeline.lint import LintRequest, Workspace, check_chapters, open_workspace
from octavo.read.chapters import read_chapter

ROOT = Path(__file__).resolve().parents[2]
COUNT = int(os.environ.get("OCTAVO_FUZZ", "3000"))
# Each bibliography serves for some chapters, since reading it takes most of the time.
PER_LIBRARY = 20
LANGUAGES = ("en-GB", "ru", "de", "fr", "be")


def assert_inside(findings: list[Finding], sources: dict[str, SourceFile]) -> None:
    for finding in findings:
        at = finding.location
        if at is None or at.file not in sources:
            continue
        lines = sources[at.file].text.split("\n")
        assert 1 <= at.line <= at.end_line <= len(lines), finding
        assert 1 <= at.column <= len(lines[at.line - 1]) + 1, finding
        assert 1 <= at.end_column <= len(lines[at.end_line - 1]) + 1, finding
        for edit in finding.fix.edits if finding.fix else ():
            assert edit.span.end <= len(sources[edit.file].text), finding


def check(workspace: Workspace, text: str, language: str, before: list[Finding]) -> None:
    source = SourceFile(CHAPTER, f"---\ntitle: A sample\nlanguage: {language}\n---\n\n{text}")
    found: list[Finding] = list(before)
    chapter = read_chapter(source, workspace.publication, found)
    findings = check_chapters(workspace, [chapter], found)
    assert_inside(findings, {CHAPTER: source} | dict(workspace.files))


def test_random_chapters_and_sources(tmp_path: Path) -> None:
    prose = "".join(path.read_text("utf-8") for path in sorted((ROOT / "chapters").glob("*.md")))
    request = LintRequest(select=("ALL",), ignore=("BIB120", "EDN"))
    for number in range(0, COUNT, PER_LIBRARY):
        rng = random.Random(number)
        library = LIBRARY + "".join(random_source(rng) for _ in range(rng.randint(0, 6)))
        write(tmp_path, {"publication.yaml": CONFIGURATION, SOURCES: library, CHAPTER: FRONT})
        before: list[Finding] = []
        workspace = open_workspace(tmp_path, request, before)
        for index in range(min(PER_LIBRARY, COUNT - number)):
            text = random_chapter(rng, prose)
            try:
                check(workspace, text, rng.choice(LANGUAGES), before)
            except Exception as error:
                pytest.fail(f"seed {number}, chapter {index}: {text!r}: {error!r}")
