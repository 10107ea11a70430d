"""Where one rule finds something in the text of a sample chapter."""

from __future__ import annotations

from pathlib import Path

from lint_samples import CHAPTER, LIBRARY, SOURCES, lint_files, places

PAGED = f"""{LIBRARY}- id: gamma-2022
  type: article-journal
  title: On borders
  page: 112-30
  issued: 2022
- id: delta-2023
  type: book
  title: Short history
  number-of-pages: 90
  issued: 2023
- id: web-2024
  type: webpage
  title: News of the day
  URL: https://example.org/news
  issued: 2024
"""
FIRST_LINE = 6


def found(tmp_path: Path, text: str, code: str, language: str = "en-GB", sources: str = PAGED) -> list[str]:
    """The findings of one rule, without its code, with lines counted from the first of the text."""
    front = f"---\ntitle: A sample\nlanguage: {language}\n---\n\n"
    told = places(lint_files(tmp_path, {CHAPTER: front + text, SOURCES: sources}, code))
    return [_relative(one.removeprefix(f"{code} ")) for one in told]


def _relative(place: str) -> str:
    at, _, marked = place.partition(" ")
    line, _, column = at.partition(":")
    return f"{int(line) - FIRST_LINE + 1}:{column} {marked}".strip()
