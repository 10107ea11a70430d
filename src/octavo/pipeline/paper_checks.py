"""What a paper needs before it can be made: its chapter, its style, and what the blocks of its profile show."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from octavo.cite.style import Style, find_style
from octavo.model.chapter import Chapter
from octavo.model.extract import Block, Citations, Paper, Profile
from octavo.model.finding import Finding
from octavo.model.publication import BibliographySettings, Publication
from octavo.model.source import Location
from octavo.model.suggest import did_you_mean
from octavo.typeset.template_checks import paper_templates

_CLASSES = {Citations.BRACKETS: "a style that cites in the text", Citations.NOTES: "a style that cites in notes"}


def find_paper_style(root: Path, publication: Publication, paper: Paper, findings: list[Finding]) -> Style | None:
    """The style of a paper's profile; one that is missing, or not of the class that the profile asks for, is told.

    What is wrong with a profile of Octavo's is told where the paper names it.
    """
    profile = publication.extracts.profiles[paper.profile]
    at = profile.style_location or paper.profile_location
    style = find_style(root, BibliographySettings(profile.style, publication.bibliography.repeats, at), findings)
    if style is None or style.is_note is (profile.citations is Citations.NOTES):
        return style
    other = Citations.NOTES if style.is_note else Citations.BRACKETS
    message = f"the style '{style.name}' cannot cite in {profile.citations.value}"
    hint = f"write `citations: {other.value}`, or choose {_CLASSES[profile.citations]}"
    findings.append(Finding("EXT103", "wrong-style-class", message, profile.citations_location or at, hint))
    return None


def check_template(root: Path, profile: Profile) -> Iterator[Finding]:
    """A template of a profile that is neither in the project nor in the package."""
    known = paper_templates(root)
    if profile.template not in known:
        hint = did_you_mean(profile.template, known) or f"known: {', '.join(sorted(known))}"
        message = f"there is no template '{profile.template}'"
        yield Finding("EXT107", "missing-template", message, profile.template_location, hint)


def check_chapter(paper: Paper, profile: Profile, chapters: Mapping[str, Chapter]) -> Iterator[Finding]:
    """A chapter that is not there, or has not what the profile shows."""
    chapter = chapters.get(paper.chapter)
    if chapter is None:
        yield _unknown_chapter(paper, chapters)
        return
    for block, there in ((Block.ABSTRACT, chapter.front.abstract), (Block.KEYWORDS, chapter.front.keywords)):
        if block in profile.blocks and not there:
            what = "an abstract" if block is Block.ABSTRACT else "keywords"
            message = f"the profile '{profile.name}' asks for {what}, and the chapter has none"
            hint = f"write `{block.value}: ...` into the front matter, or leave it out of the `blocks` of the profile"
            yield Finding("EXT104", "missing-block", message, Location(chapter.source.path), hint)


def _unknown_chapter(paper: Paper, known: Collection[str]) -> Finding:
    hint = did_you_mean(paper.chapter, known)
    hint = hint or "chapters are named by their slugs: the file's name without its number"
    message = f"there is no chapter '{paper.chapter}'"
    return Finding("EXT102", "unknown-chapter", message, paper.chapter_location, hint)
