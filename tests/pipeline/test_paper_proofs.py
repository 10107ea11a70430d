"""All files of a paper: made in one run, the same in the next, and missed where one is gone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from octavo.pipeline.extracts import BUILD, extract
from octavo.pipeline.paper_proofs import verify_papers
from publications import CONFIGURATION, SOURCES, chapter, write_publication

_DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><rect width="60" height="40"/></svg>'
_FILES = {
    "publication.yaml": CONFIGURATION
    + """\
date: 2026-11
extracts:
  profiles:
    whole: {extends: gost, blocks: [title], outputs: [pdf, docx, jats, latex]}
    source: {extends: chicago, blocks: [title], outputs: [latex]}
  papers:
    - {chapter: first, profile: whole, name: whole}
    - {chapter: first, profile: source, name: source}
""",
    "bibliography/sources.yaml": SOURCES,
    "chapters/01-first.md": chapter(
        "One word[^one], and a source [@alpha-2020, p. 5].\n\n![A drawing](figures/a_box.svg)\n\n[^one]: A remark.\n"
    ),
    "figures/a_box.svg": _DRAWING,
}


def made_files(root: Path) -> dict[str, bytes]:
    """All files of papers, by their paths."""
    folder = root / BUILD / "extracts"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose papers were made."""
    root = write_publication(tmp_path_factory.mktemp("papers"), _FILES)
    extract(root, (), 2, lambda *_: None)
    return root


def test_a_paper_has_all_its_files_and_they_are_as_planned(project: Path) -> None:
    made = made_files(project)
    names = {name for name in made if "/images/" not in name}
    endings = ("pdf", "docx", "xml", "tex", "bib", "csl.json", "ris")
    assert names >= {"whole/notes.json", "source/notes.json", *(f"whole/whole.{end}" for end in endings)}
    assert {Path(name).suffix for name in made if name.startswith("whole/images/")} == {".svg", ".png"}
    assert "source/source.pdf" not in names
    artifacts, findings = verify_papers(project, (), 1)
    assert findings == ()
    assert [Path(one.path).suffix for one in artifacts] == [".pdf", ".docx", ".xml", ".tex", ".tex"]


@pytest.mark.parametrize("again", [{"jobs": 1, "cache": True}, {"jobs": 3, "cache": False}], ids=["kept", "anew"])
def test_a_second_run_gives_the_same_bytes(project: Path, again: dict[str, int]) -> None:
    before = made_files(project)
    extract(project, (), again["jobs"], lambda *_: None, cache=bool(again["cache"]))
    assert made_files(project) == before


def test_what_is_kept_is_not_made_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> bytes:
        raise AssertionError("made again")

    for name in ("pipeline.docx.flow_to", "pipeline.points.draw_points", "cite.papers.papers_to_html"):
        monkeypatch.setattr(f"octavo.{name}", _unless_nothing(fail))
    extract(project, (), 1, lambda *_: None)


def _unless_nothing(fail: Callable[..., bytes]) -> Callable[..., object]:
    """What draws is asked for nothing at all where everything is there."""
    return lambda *given, **named: () if given and given[0] == [] else fail(*given, **named)


@pytest.mark.parametrize("ending", ["whole.pdf", "whole.xml", "whole.ris", "images/*.svg", "images/*.png"])
def test_a_missing_file_is_told(project: Path, ending: str) -> None:
    (path,) = (project / BUILD / "extracts" / "whole").glob(ending)
    data = path.read_bytes()
    path.unlink()
    try:
        _, findings = verify_papers(project, ["whole"], 1)
    finally:
        path.write_bytes(data)
    told = [(finding.code, finding.message) for finding in findings]
    assert ("EDN110", f"there is no {path.relative_to(project).as_posix()}") in told
    if ending != "whole.pdf":
        # Without its PDF nothing proves the pages of notes.json; without another file all is as it was.
        assert len(told) == 1


def test_a_changed_note_is_told_in_each_file(project: Path) -> None:
    path = project / BUILD / "extracts" / "whole" / "whole.tex"
    data = path.read_bytes()
    path.write_bytes(data.replace(b"A remark.", b"Another one."))
    try:
        _, findings = verify_papers(project, ["whole"], 1)
    finally:
        path.write_bytes(data)
    assert [finding.code for finding in findings] == ["EDN102"]
    assert "whole (LaTeX)" in findings[0].message
