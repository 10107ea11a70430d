"""A project folder into the findings of its text: chapters, sources and, where asked for, finished editions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from octavo.errors import ConfigurationError, UsageError
from octavo.lint.chapter import NOTHING, OBJECT, ChapterText
from octavo.lint.choice import Choice, check_codes, check_settings, choose
from octavo.lint.engine import ChapterReport, check_book, check_chapter
from octavo.lint.library import Entry, Library
from octavo.lint.registry import all_rules
from octavo.lint.rule import ChapterPlace, Rule
from octavo.lint.suppressions import Suppression, apply, in_comments, in_yaml
from octavo.model.chapter import Chapter
from octavo.model.comments import find_comments, whole_lines
from octavo.model.finding import Finding, has_errors
from octavo.model.markup import LiteralKind
from octavo.model.publication import LintSettings, Publication
from octavo.model.source import SourceFile, Span
from octavo.pipeline.publication import load_publication
from octavo.read.bibliography import bibliography_paths, read_bibliography
from octavo.read.chapters import order_chapters, read_chapters
from octavo.read.files import read_source
from octavo.read.scanner import scan

_MACRO = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{##.*?##\}", re.DOTALL)
_VISIBLE = re.compile(r"[^\n]")


@dataclass(frozen=True, slots=True)
class LintRequest:
    """What is asked for: files (none: all), and prefixes of codes from the command line."""

    paths: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Linted:
    """Findings in the order of files and lines, the texts that they point into, the settings, the rules that ran."""

    findings: tuple[Finding, ...]
    sources: Mapping[str, SourceFile]
    settings: LintSettings
    rules: tuple[Rule, ...]


def lint(root: Path, request: LintRequest) -> Linted:
    """Lint a project.

    Raises UsageError for a path that is no file of the project or a code without a rule, ConfigurationError where
    ``publication.yaml`` is at fault.
    """
    rules = all_rules()
    for finding in check_codes([(code, None) for code in (*request.select, *request.ignore)], rules):
        raise UsageError(finding.message, finding.hint)
    publication, findings = load_publication(root)
    findings.extend(check_settings(publication.lint, rules))
    if has_errors(findings):
        raise ConfigurationError(findings)
    choice = choose(rules, publication.lint, request.select, request.ignore)
    chapters = read_chapters(root, publication, findings)
    ordered = [chapter for chapter, _, _ in order_chapters(publication, chapters, findings)]
    library, files = _read_library(root, findings)
    sources = {chapter.source.path: chapter.source for chapter in chapters} | files
    wanted = _wanted(root, request.paths, sources)
    texts = [chapter_text(chapter) for chapter in ordered]
    reports = [check_chapter(text, choice, publication, library) for text, _ in texts]
    findings += _findings(texts, reports, choice, publication, library)
    kept = [choice.weighed(finding) for finding in findings if choice.keeps(finding)]
    suppressions = {text.path: in_comments(sources[text.path], comments) for text, comments in texts}
    suppressions |= {path: in_yaml(file) for path, file in files.items()}
    told = _unsuppressed(kept, suppressions, sources, choice)
    chosen = (one for one in told if one.location is None or wanted is None or one.location.file in wanted)
    return Linted(tuple(sorted(set(chosen), key=Finding.sort_key)), sources, publication.lint, choice.rules)


def _findings(
    texts: Sequence[tuple[ChapterText, Sequence[Span]]],
    reports: Sequence[ChapterReport],
    choice: Choice,
    publication: Publication,
    library: Library,
) -> Iterable[Finding]:
    places = [ChapterPlace(text.path, text.slug, text.language_tag, text.locate) for text, _ in texts]
    for report in reports:
        yield from report.findings
    yield from check_book(list(zip(places, reports, strict=True)), choice, publication, library)


def _unsuppressed(
    findings: Iterable[Finding],
    suppressions: Mapping[str, Sequence[Suppression]],
    sources: Mapping[str, SourceFile],
    choice: Choice,
) -> Iterable[Finding]:
    by_file: dict[str, list[Finding]] = {}
    for finding in findings:
        by_file.setdefault(finding.location.file if finding.location else "", []).append(finding)
    ran = [rule.code for rule in choice.rules]
    silent = "SUP101" not in ran
    for path in {**by_file, **suppressions}:
        of_file = by_file.get(path, [])
        if suppressions.get(path):
            yield from apply(of_file, suppressions[path], sources[path], ran, silent)
        else:
            yield from of_file


def _read_library(root: Path, findings: list[Finding]) -> tuple[Library, dict[str, SourceFile]]:
    """The sources, and the files in which they stand."""
    bibliography = read_bibliography(root, findings)
    files = {}
    for path in bibliography_paths(root):
        # What is wrong with the file was told when the bibliography was read.
        file = read_source(root, path, [])
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
        for place in (Path(name), root / name):
            path = place.resolve()
            relative = path.relative_to(base).as_posix() if path.is_relative_to(base) else None
            if relative is not None:
                found |= {one for one in sources if relative in (".", one) or one.startswith(f"{relative}/")}
        if not any((place / ".").exists() or place.exists() for place in (Path(name), root / name)):
            raise UsageError(f"there is no {name}", "name chapters, bibliographies, or folders of them")
    return found


def chapter_text(chapter: Chapter) -> tuple[ChapterText, tuple[Span, ...]]:
    """A chapter as rules look at it, and its comments."""
    source = chapter.source
    text = _blank(source.text[: chapter.body.start]) + source.text[chapter.body.start :]
    comments = find_comments(text, lambda: scan(text).literals)
    text = _replace(text, comments, [_hidden(text, span) for span in comments])
    if "{{" in text or "{%" in text or "{##" in text:
        code = [
            one.span
            for one in scan(text).literals
            if one.kind in (LiteralKind.CODE_BLOCK, LiteralKind.CODE_SPAN, LiteralKind.MATH)
        ]
        macros = (Span(*match.span()) for match in _MACRO.finditer(text))
        seen = [one for one in macros if not any(c.start <= one.start < c.end for c in code)]
        text = _replace(text, seen, [_mask(one.of(text)) for one in seen])
    front = chapter.front
    return ChapterText(source.path, chapter.slug, front.language, front, text, scan(text), source.locate), comments


def _replace(text: str, spans: Sequence[Span], by: Sequence[str]) -> str:
    pieces, cursor = [], 0
    for span, piece in zip(spans, by, strict=True):
        pieces += [text[cursor : span.start], piece]
        cursor = span.end
    return "".join([*pieces, text[cursor:]])


def _blank(text: str) -> str:
    """Blanks as long as the text, with its line ends."""
    return _VISIBLE.sub(" ", text)


def _hidden(text: str, comment: Span) -> str:
    """A comment prints nothing; on a line of its own it is no blank line that would end a paragraph."""
    lines = whole_lines(text, comment)
    alone = lines != comment
    before = text[text.rfind("\n", 0, max(lines.start - 1, 0)) + 1 : lines.start]
    after = text[lines.end : text.find("\n", lines.end) + 1]
    between = alone and before.strip() and after.strip()
    return _blank(comment.of(text)) if alone and not between else _VISIBLE.sub(NOTHING, comment.of(text))


def _mask(text: str) -> str:
    """An expression prints something that is not known here; a statement or a comment prints nothing."""
    return OBJECT * len(text) if text.startswith("{{") else _blank(text)
