"""A safe fix moves marks and blanks; what the reader reads stays: every word, every note, in the same order.

The rules say what changes: blanks and points beside calls, the order of definitions, comments, debris between fields.
"""

from __future__ import annotations

import os
import random
import re
from pathlib import Path
from typing import NamedTuple

from lint_fuzz import random_chapter
from lint_samples import CHAPTER, CONFIGURATION, FRONT, LIBRARY, SOURCES, write
from octavo.lint.chapter import NOTHING, OBJECT, ChapterText
from octavo.lint.fixes import ROUNDS, apply_edits, choose_fixes, edits_of
from octavo.lint.view import view_source
from octavo.model.comments import whole_lines
from octavo.model.source import SourceFile
from octavo.pipeline.lint import LintRequest, Workspace, check_chapters, open_workspace
from octavo.read.chapters import read_chapter
from octavo.read.scanner import scan

ROOT = Path(__file__).resolve().parents[2]
COUNT = int(os.environ.get("OCTAVO_FUZZ", "800"))
LANGUAGES = ("en-GB", "ru", "de", "fr")
_WORD = re.compile(rf"[^\W_]+|{OBJECT}+")


class Reading(NamedTuple):
    """What a reader reads: words of the text, the notes in the order of their calls, the words of each note."""

    words: tuple[str, ...]
    calls: tuple[str, ...]
    notes: dict[str, tuple[str, ...]]


def words(text: str) -> tuple[str, ...]:
    return tuple(word.rstrip(OBJECT) or OBJECT for word in _WORD.findall(text.replace(NOTHING, " ")))


def reading(view: ChapterText) -> Reading:
    prose, cursor, pieces = view.prose, 0, []
    notes: dict[str, tuple[str, ...]] = {}
    for definition in view.scan.definitions:
        pieces.append(prose[cursor : definition.span.start])
        cursor = max(cursor, definition.span.end)
        notes.setdefault(definition.label, words(definition.body.of(prose)))
    pieces.append(prose[cursor:])
    calls = tuple(f"{call.kind.value}:{call.label}" for call in view.calls if not call.inside)
    return Reading(words(" ".join(pieces)), calls, notes)


def read(source: SourceFile, workspace: Workspace) -> Reading:
    """The reading of a chapter whose comments are gone, as they are in every edition."""
    chapter = read_chapter(source, workspace.publication, [])
    _, comments = view_source(chapter, scan)
    text = source.text
    for comment in reversed(comments):
        gone = whole_lines(text, comment)
        text = text[: gone.start] + text[gone.end :]
    return reading(view_source(read_chapter(SourceFile(CHAPTER, text), workspace.publication, []), scan)[0])


def mended(workspace: Workspace, source: SourceFile) -> SourceFile:
    """The chapter with all safe fixes, until there are none."""
    for _ in range(ROUNDS):
        found = check_chapters(workspace, [read_chapter(source, workspace.publication, [])])
        edits = edits_of(choose_fixes(found, unsafe=False)).get(CHAPTER, ())
        if not edits:
            return source
        source = SourceFile(CHAPTER, apply_edits(source.text.encode(), edits).decode())
    raise AssertionError("the fixes run in circles")


def test_safe_fixes_change_no_word_and_no_note(tmp_path: Path) -> None:
    prose = "".join(path.read_text("utf-8") for path in sorted((ROOT / "chapters").glob("*.md")))
    write(tmp_path, {"publication.yaml": CONFIGURATION, SOURCES: LIBRARY, CHAPTER: FRONT})
    workspace = open_workspace(tmp_path, LintRequest(ignore=("BIB",)), [])
    changed = 0
    for seed in range(COUNT):
        rng = random.Random(seed)
        text = random_chapter(rng, prose).replace("\r", "")
        before = SourceFile(CHAPTER, f"---\ntitle: A sample\nlanguage: {rng.choice(LANGUAGES)}\n---\n\n{text}")
        after = mended(workspace, before)
        if after.text == before.text:
            continue
        changed += 1
        assert read(before, workspace) == read(after, workspace), f"seed {seed}: {before.text!r} became {after.text!r}"
    assert changed > COUNT // 20


def test_the_reading_of_this_test_sees_a_lost_word(tmp_path: Path) -> None:
    write(tmp_path, {"publication.yaml": CONFIGURATION, SOURCES: LIBRARY, CHAPTER: FRONT})
    workspace = open_workspace(tmp_path, LintRequest(), [])
    texts = ("One two.[^a]\n\n[^a]: Three four.\n", "One.[^a]\n\n[^a]: Three four.\n", "One two.[^a]\n\n[^a]: Three.\n")
    seen = [read(SourceFile(CHAPTER, FRONT + text), workspace) for text in texts]
    assert len({str(one) for one in seen}) == 3
    assert seen[0].words == ("One", "two")
