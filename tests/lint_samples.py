"""Small publications for the linter, and the examples of the rules' pages."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from pathlib import Path

from octavo.lint.registry import documentation
from octavo.lint.rule import Rule
from octavo.pipeline.lint import Linted, LintRequest, lint

CONFIGURATION = """\
title: A sample
slug: sample
language: en-GB
bibliography: {style: chicago-notes-bibliography}
"""
CHAPTER = "chapters/01-sample.md"
SOURCES = "bibliography/sources.yaml"
LIBRARY = """\
- id: alpha-2020
  type: book
  title: A history of exports
  author: [{family: Able, given: Ann}]
  publisher: North Press
  publisher-place: Minsk
  issued: 2020
- id: beta-2021
  type: book
  title: Imports and their friends
  author: [{family: Baker, given: Bob}]
  publisher: South Press
  publisher-place: Minsk
  issued: 2021
"""
FRONT = "---\ntitle: A sample\n---\n\n"
# A line `some/file.md:` begins a file of that name.
_FILE = re.compile(r"^((?:[\w-]+/)*[\w.-]+\.(?:md|yaml|bib|json|csv)):$", re.MULTILINE)


def files_of(example: str) -> dict[str, str]:
    """The files that an example of a rule's page stands for.

    An example is the text of one chapter, a bibliography (it begins with ``- id:``), or several files, each below a
    line with its name.  A chapter without front matter gets one.
    """
    parts = _FILE.split(example)
    named = dict(zip(parts[1::2], (part.strip("\n") + "\n" for part in parts[2::2]), strict=True))
    if not named:
        named = {SOURCES if example.startswith("- id:") else CHAPTER: example}
    files = {
        name: text if not name.endswith(".md") or text.startswith("---") else FRONT + text
        for name, text in named.items()
    }
    return {"publication.yaml": CONFIGURATION, SOURCES: LIBRARY, CHAPTER: FRONT + "Words.\n"} | files


def examples_of(rule: Rule) -> tuple[str, str]:
    """The bad and the good example in the docstring of a rule."""
    text = documentation(rule)
    bad, _, good = text.partition("\nBad:\n")[2].partition("\nGood:\n")
    return textwrap.dedent(bad).strip("\n") + "\n", textwrap.dedent(good).strip("\n") + "\n"


def write(root: Path, files: Mapping[str, str]) -> Path:
    """Write the files of a publication into a folder."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def lint_files(root: Path, files: Mapping[str, str], *select: str) -> Linted:
    """Lint a publication of which only some files matter; the others are those of the sample."""
    whole = {"publication.yaml": CONFIGURATION, SOURCES: LIBRARY, CHAPTER: FRONT + "Words.\n"} | dict(files)
    return lint(write(root, whole), LintRequest(select=select))


def lint_text(root: Path, text: str, *select: str, language: str = "en-GB") -> Linted:
    """Lint the text of one chapter of the sample publication, in a language."""
    return lint_files(root, {CHAPTER: f"---\ntitle: A sample\nlanguage: {language}\n---\n\n{text}"}, *select)


def places(linted: Linted) -> list[str]:
    """Each finding as ``CODE line:column the text that is marked``; lines of a sample chapter count from its body."""
    told = []
    for finding in linted.findings:
        at = finding.location
        if at is None:
            told.append(finding.code)
            continue
        source = linted.sources[at.file]
        marked = source.text[source.offset(at.line, at.column) : source.offset(at.end_line, at.end_column)]
        told.append(f"{finding.code} {at.line}:{at.column} {marked}".strip())
    return told
