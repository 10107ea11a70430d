"""What fixes make of the text of a sample chapter."""

from __future__ import annotations

from pathlib import Path

from lint_samples import CHAPTER, lint_text
from octavo.lint.fixes import ROUNDS, apply_edits, choose_fixes, edits_of


def mended(root: Path, text: str, *select: str, language: str = "en-GB", unsafe: bool = True) -> str:
    """The text with all fixes of some rules, again and again until they change nothing more."""
    for _ in range(ROUNDS):
        linted = lint_text(root, text, *select, language=language)
        edits = edits_of(choose_fixes(linted.findings, unsafe=unsafe)).get(CHAPTER, ())
        if not edits:
            return text
        whole = apply_edits(linted.sources[CHAPTER].text.encode(), edits).decode()
        text = whole.split("---\n\n", 1)[1]
    raise AssertionError("the fixes run in circles")
