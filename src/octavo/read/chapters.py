"""Files of ``chapters/`` into Chapters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from octavo.model.chapter import Chapter, FrontMatter
from octavo.model.finding import Finding
from octavo.model.lazy import lazy
from octavo.model.publication import Publication
from octavo.model.source import Location, SourceFile, Span
from octavo.model.suggest import did_you_mean
from octavo.read.fields import Fields
from octavo.read.files import read_source
from octavo.read.publication import read_date, read_language, read_persons, slug_of
from octavo.read.yaml_tree import SHORT, parse_yaml

FOLDER = "chapters"
_NUMBER = lazy(r"^\d+[-_. ]*")
_OPENING = lazy(r"---[ \t]*\n")
_CLOSING = lazy(r"^(---|\.\.\.)[ \t]*$", re.MULTILINE)


def read_chapters(root: Path, publication: Publication, findings: list[Finding]) -> tuple[Chapter, ...]:
    """Read all chapters of the project, in the order of their names; two with one slug are a finding."""
    sources = [read_source(root, path, findings) for path in chapter_paths(root)]
    chapters = [read_chapter(source, publication, findings) for source in sources if source is not None]
    return unique_chapters(chapters, findings)


def unique_chapters(all_chapters: Iterable[Chapter], findings: list[Finding]) -> tuple[Chapter, ...]:
    """The chapters that can be named by their slugs; two with one slug, or none at all, are a finding."""
    chapters: dict[str, Chapter] = {}
    for chapter in all_chapters:
        first = chapters.setdefault(chapter.slug, chapter)
        if first is not chapter:
            message, at = f"the slug '{chapter.slug}' is that of {first.source.path}", Location(chapter.source.path)
            findings.append(Finding("CFG104", "double-slug", message, at, "give one a `slug:` of its own"))
    if not chapters and not findings:
        message = f"there are no chapters in {FOLDER}/"
        findings.append(Finding("CFG105", "no-chapters", message, Location(FOLDER), "write chapters/01-first.md"))
    return tuple(chapters.values())


def chapter_paths(root: Path) -> list[str]:
    """The Markdown files of the chapters' folder, relative to the root, sorted by name."""
    return sorted(f"{FOLDER}/{path.name}" for path in (root / FOLDER).glob("*.md") if not path.name.startswith("."))


def read_chapter(source: SourceFile, publication: Publication, findings: list[Finding]) -> Chapter:
    """Split a chapter into front matter and body."""
    front_span, body_start = _split(source, findings)
    before = len(findings)
    value = None if front_span is None else parse_yaml(source, front_span, findings, SHORT)
    told = front_span is None or len(findings) > before
    fields = Fields(value, "the front matter", findings, Location(source.path), told=told)
    front = FrontMatter(
        title=fields.text("title", required=True),
        subtitle=fields.text("subtitle"),
        short=fields.text("short"),
        authors=read_persons(fields),
        abstract=_paragraphs(fields),
        keywords=tuple(text for text, _ in fields.texts("keywords")),
        language=read_language(fields, findings, publication.language),
        date=read_date(fields, findings),
        udc=fields.text("udc"),
        jel=", ".join(text for text, _ in fields.texts("jel")),
        acknowledgement=fields.text("acknowledgement"),
    )
    slug = slug_of(fields.text("slug")) if fields.text("slug") else _slug_of_path(source.path)
    fields.close()
    return Chapter(slug, source, front, Span(body_start, len(source.text)))


def _split(source: SourceFile, findings: list[Finding]) -> tuple[Span | None, int]:
    """Where the front matter stands, and where the body begins; without a front matter there is a finding."""
    opening = _OPENING.match(source.text)
    if opening is None:
        message = "the chapter has no front matter, and so no title"
        hint = "begin the file with three lines: `---`, `title: ...`, `---`"
        findings.append(Finding("CFG103", "missing-key", message, Location(source.path), hint))
        return None, 0
    closing = _CLOSING.search(source.text, opening.end())
    if closing is None:
        message = "the front matter is not closed"
        hint = "put a line `---` behind its last key"
        findings.append(Finding("CFG106", "open-front-matter", message, source.locate(Span(0, 3)), hint))
        return None, 0
    return Span(opening.end(), closing.start()), min(closing.end() + 1, len(source.text))


def _paragraphs(fields: Fields) -> str:
    """The abstract keeps its paragraphs; all other white space is folded by Pandoc anyway."""
    value = fields.value("abstract")
    if value is None or not isinstance(value.data, str):
        return fields.text("abstract")
    return value.data.strip()


def order_chapters(
    publication: Publication, chapters: tuple[Chapter, ...], findings: list[Finding]
) -> tuple[tuple[Chapter, int | None, bool], ...]:
    """Chapters in reading order, each with the index of its part and whether it is an appendix.

    A chapter that is named and missing, named twice, or there and not named is a finding.
    """
    by_slug = {chapter.slug: chapter for chapter in chapters}
    unread = {_slug_of_path(one.location.file) for one in findings if one.location and one.code.startswith("SRC")}
    ordered: dict[str, tuple[Chapter, int | None, bool]] = {}
    first: dict[str, Location] = {}
    misspelt: set[str] = set()
    for slug, part, appendix, at in _named(publication, chapters):
        if slug in ordered:
            hint = f"the first time is on line {first[slug].line}; name each chapter once"
            findings.append(Finding("CFG108", "chapter-named-twice", f"the chapter '{slug}' is named twice", at, hint))
        elif slug in by_slug:
            ordered[slug] = (by_slug[slug], part, appendix)
            first[slug] = at
        elif slug not in unread:
            hint = did_you_mean(slug, by_slug)
            misspelt.update(hint.split("'")[1:2])
            hint = hint or "chapters are named by their slugs: the file's name without its number"
            findings.append(Finding("CFG107", "unknown-chapter", f"there is no chapter '{slug}'", at, hint))
    for chapter in chapters:
        if chapter.slug not in ordered and chapter.slug not in misspelt:
            message = f"the chapter '{chapter.slug}' is in no part of publication.yaml"
            hint = "name it there, or move the file out of chapters/"
            findings.append(Finding("CFG109", "chapter-left-out", message, Location(chapter.source.path), hint))
    return tuple(ordered.values())


def _named(publication: Publication, chapters: tuple[Chapter, ...]) -> Iterator[tuple[str, int | None, bool, Location]]:
    """The slugs that are named, each with its part, whether it is an appendix, and the place of its name."""
    if not publication.parts:
        for chapter in chapters:
            if chapter.slug not in publication.appendices:
                yield chapter.slug, None, False, Location(chapter.source.path)
    for index, part in enumerate(publication.parts):
        for slug, at in zip(part.chapters, part.chapter_locations, strict=True):
            yield slug, index, False, at
    for slug, at in zip(publication.appendices, publication.appendix_locations, strict=True):
        yield slug, None, True, at


def _slug_of_path(path: str) -> str:
    stem = path.rpartition("/")[2].removesuffix(".md")
    return slug_of(_NUMBER.sub("", stem) or stem)
