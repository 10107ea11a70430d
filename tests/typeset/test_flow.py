"""The document that Pandoc writes DOCX, JATS and LaTeX from: every note at its call, every anchor where it was."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from built import FILES, NOTES
from octavo.adapters.pandoc import flow_to
from octavo.model.words import words_for
from octavo.pipeline.project import Project, load_project
from octavo.typeset.flow import typeset_flow
from publications import write_publication

Node = dict[str, object]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A publication with notes of every kind, read and numbered."""
    return load_project(write_publication(tmp_path_factory.mktemp("flow"), FILES | _WITHOUT), 1)


_WITHOUT = {"chapters/01-first.md": None, "chapters/02-second.md": None}


def read(project: Project, **options: object) -> list[Node]:
    """The nodes of the document as Pandoc's reader has them."""
    document = typeset_flow(project.manuscript, words_for("en"), language="en-GB", title="Two shores", **options)
    return list(_nodes(json.loads(flow_to(document.xhtml, "json"))["blocks"]))


def _nodes(value: object) -> Iterator[Node]:
    if isinstance(value, dict):
        if "t" in value:
            yield value
        for each in value.values():
            yield from _nodes(each)
    elif isinstance(value, list):
        for each in value:
            yield from _nodes(each)


def text_of(value: object) -> str:
    """The words of a node."""
    said = {"Str": lambda node: str(node["c"]), "Space": lambda _: " ", "SoftBreak": lambda _: " "}
    return "".join(said[str(node["t"])](node) for node in _nodes(value) if node["t"] in said)


def test_each_note_of_the_text_stands_at_its_call(project: Project) -> None:
    notes = [text_of(node["c"]).strip() for node in read(project) if node["t"] == "Note"]
    assert notes == [text for label, text in NOTES.values() if label.isdigit()]


def test_calls_keep_their_anchors_around_their_notes(project: Project) -> None:
    spans = [node["c"] for node in read(project) if node["t"] == "Span"]
    calls = {attributes[0]: content for attributes, content in spans if "note-call" in attributes[1]}
    assert list(calls) == ["call-" + name.replace("/", "--") for name, (label, _) in NOTES.items() if label.isdigit()]
    for anchor, content in calls.items():
        inside = [node["c"][0][0] for node in _nodes(content) if node["t"] == "Span"]
        assert inside == ["note-" + anchor.removeprefix("call-")]


def test_the_notes_of_a_table_stand_below_it_as_links(project: Project) -> None:
    nodes = read(project)
    lines = [node["c"] for node in nodes if node["t"] == "Div" and "table-note" in node["c"][0][1]]
    assert [(line[0][0], text_of(line[1])) for line in lines] == [
        ("note-ties--east", "a An estimate of the keeper."),
        ("note-ties--w", "b Without the boats of the fishermen."),
    ]
    table = next(node for node in nodes if node["t"] == "Table")
    targets = [node["c"][2][0] for node in _nodes(table) if node["t"] == "Link"]
    assert targets == ["#note-ties--w", "#note-ties--east"] or targets == ["#note-ties--east", "#note-ties--w"]


def test_tables_carry_their_own_anchor_and_caption(project: Project) -> None:
    table = next(node["c"] for node in read(project) if node["t"] == "Table")
    assert table[0][0] == "ties--tbl-ships"
    assert text_of(table[1]).endswith("Ships in the two harbours")


def test_a_paper_has_no_heading_of_its_chapter_and_sections_of_the_first_level(project: Project) -> None:
    nodes = read(project, openings=False, front='<p class="title">A paper</p>')
    headings = [(node["c"][0], node["c"][1][0]) for node in nodes if node["t"] == "Header"]
    assert headings == [(1, "ties--harboursharbours"), (1, "octavo-references")]


def test_anchors_and_links_get_the_form_that_is_asked_for(project: Project) -> None:
    nodes = read(project, name=lambda anchor: anchor.replace("-", "_"))
    links = {node["c"][2][0] for node in nodes if node["t"] == "Link" and node["c"][2][0].startswith("#")}
    assert "#note_ties__keepers" in links
    assert all("-" not in link for link in links)
