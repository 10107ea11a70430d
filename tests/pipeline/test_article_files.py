"""The files of papers beside PDF and DOCX, from a publication that declares them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from octavo.pipeline.article_files import check_paper_files, paper_files
from octavo.pipeline.papers import Papers, load_papers
from publications import CONFIGURATION, SOURCES, chapter, write_publication

_DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><rect width="60" height="40"/></svg>'
_UNLISTED = """\
- id: paper-2021
  type: document
  title: On harbours
  issued: 2021
"""
_FILES = {
    "publication.yaml": CONFIGURATION
    + """\
authors: [{name: Ann Able, orcid: 0000-0002-1825-0097, email: ann@example.org}]
publisher: The Press
date: 2026-11
extracts:
  profiles:
    open: {style: ieee, blocks: [title, authors, first-published], outputs: [jats, latex]}
    blind: {style: ieee, anonymous: true, outputs: [jats, latex]}
    notes: {style: chicago-notes-bibliography, citations: notes, outputs: [jats, latex]}
  papers:
    - {chapter: first, profile: open, name: open}
    - {chapter: first, profile: blind, name: blind}
    - {chapter: first, profile: notes, name: noted}
""",
    "bibliography/sources.yaml": SOURCES + _UNLISTED,
    "chapters/01-first.md": chapter(
        "One word[^one], a source [@alpha-2020, p. 5] and a document [@paper-2021].\n\n"
        "![A drawing](figures/box.svg){#fig:box}\n\n[^one]: A remark.\n"
    ).replace("---\n\n", "abstract: What was found.\nkeywords: [ports]\n---\n\n", 1),
    "figures/box.svg": _DRAWING,
}


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    """All papers of the publication, numbered."""
    return load_papers(write_publication(tmp_path_factory.mktemp("papers"), _FILES), (), 1)


def files(papers: Papers, name: str) -> dict[str, bytes]:
    """The files of one paper, with a picture of points that no program has to draw."""
    (paper,) = [each for each in papers.papers if each.paper.name == name]

    def draw(drawings: object, dots: int) -> tuple[bytes, ...]:
        assert drawings == (_DRAWING,)
        return (b"PNG",)

    made = dict(paper_files(papers.root, papers.publication, paper, draw=draw))
    findings, seen = check_paper_files(made, paper)
    assert [finding.message for finding in findings] == []
    assert seen is not None
    assert [mark.label for mark in seen.notes] == [note.label for note in paper.manuscript.plan.notes]
    return made


def test_each_paper_has_its_sources_its_pictures_and_the_files_to_cite_it(papers: Papers) -> None:
    made = files(papers, "open")
    pictures = sorted(name for name in made if name.startswith("images/"))
    assert sorted(set(made) - set(pictures)) == ["open.bib", "open.csl.json", "open.ris", "open.tex", "open.xml"]
    assert [Path(name).suffix for name in pictures] == [".png", ".svg"]
    assert [made[name] for name in pictures] == [b"PNG", _DRAWING.encode()]
    for name in pictures:
        assert name.encode() in made["open.tex" if name.endswith(".png") else "open.xml"]
    (item,) = json.loads(made["open.csl.json"])
    assert item["type"] == "paper-conference"
    assert item["author"] == [{"family": "Able", "given": "Ann"}]
    assert "chapter 1" in item["note"]
    assert "A tiny publication" in item["note"]


def test_an_anonymous_paper_gives_nobody_away(papers: Papers) -> None:
    for name, data in files(papers, "blind").items():
        for word in (b"Able", b"0000-0002", b"ann@", b"The Press", b"A tiny publication"):
            # The style prints the author of a source that happens to have the same name.
            assert word not in data.replace(b"A. Able", b""), f"{name} names {word.decode()}"


def test_a_source_that_the_style_does_not_list_leaves_no_empty_entry(papers: Papers) -> None:
    made = files(papers, "noted")
    assert made["noted.xml"].count(b"<ref id=") == 1
    assert made["noted.tex"].count(b"\\bibitem") == 1
    assert b"On Harbours" in made["noted.xml"]


def test_what_was_damaged_is_found_out(papers: Papers) -> None:
    made = files(papers, "open")
    paper = papers.papers[0]
    for name in ("open.xml", "open.tex"):
        damaged = made | {name: made[name].replace(b"A remark.", b"Another.")}
        findings, _ = check_paper_files(damaged, paper)
        assert [finding.code for finding in findings] == ["EDN102"]


def test_a_profile_that_asks_for_neither_gets_the_files_to_cite_it_alone(papers: Papers) -> None:
    paper = papers.papers[0]
    bare = replace(paper, profile=replace(paper.profile, outputs=()))
    assert sorted(paper_files(papers.root, papers.publication, bare)) == ["open.bib", "open.csl.json", "open.ris"]
