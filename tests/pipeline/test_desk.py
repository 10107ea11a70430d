"""Projects as they stand in an editor: which text counts, what is read anew, and what is told of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from editor_sample import SECOND, Sample
from lint_samples import CHAPTER, CONFIGURATION, FRONT, LIBRARY, SOURCES
from octavo.adapters import pandoc
from octavo.errors import UsageError
from octavo.model.source import Span
from octavo.pipeline.desk import Desk
from octavo.pipeline.lint import LintRequest


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    return Sample(tmp_path, {SECOND: "---\ntitle: The second\n---\n\nA word[^far].\n\n[^far]: A far note.\n"})


def test_what_the_editor_shows_comes_before_the_disk(sample: Sample) -> None:
    sample.show("Words[^lost].\n")
    assert sample.codes() == ["NTE101"]
    sample.show(LIBRARY.replace("alpha-2020", "gamma"), SOURCES)
    sample.show("Words [@alpha-2020].\n")
    assert sample.codes() == ["CIT001"]
    sample.desk.drop(sample.root / SOURCES)
    assert sample.codes() == []
    sample.desk.drop(sample.root / CHAPTER)
    (sample.root / CHAPTER).write_text(f"{FRONT}Words[^gone].\n", "utf-8")
    assert sample.codes() == ["NTE101"]


def test_a_chapter_that_was_never_saved_is_looked_at(sample: Sample) -> None:
    name = "chapters/09-new.md"
    sample.show("Words[^lost].\n", name)
    assert sample.codes(name) == ["NTE101"]


def test_a_bibtex_file_is_read_when_it_is_saved(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = []
    real = pandoc.bibtex_to_csl

    def counted(text: str) -> str:
        runs.append(text)
        return real(text)

    monkeypatch.setattr("octavo.adapters.pandoc.bibtex_to_csl", counted)
    path = sample.root / "bibliography/more.bib"
    path.write_text("@book{gamma, title = {G}, author = {Gray, G.}}\n", "utf-8")
    sample.show("Words [@gamma].\n")
    assert sample.codes() == []
    for letters in ("d", "de", "delta"):
        sample.desk.put(path, f"@book{{{letters}, title = {{G}}}}\n", settled=False)
        assert sample.codes() == []
    assert len(runs) == 1
    sample.desk.put(path, "@book{delta, title = {G}}\n", settled=True)
    assert sample.codes() == ["CIT001"]
    assert len(runs) == 2


def test_a_broken_configuration_is_told_and_what_it_said_before_holds(sample: Sample) -> None:
    sample.show("Words[^lost].\n")
    assert sample.codes("publication.yaml") == []
    sample.show(f"{CONFIGURATION}titel: x\n", "publication.yaml")
    assert sample.codes("publication.yaml") == ["CFG101"]
    assert sample.codes() == ["NTE101"]
    sample.show(f"{CONFIGURATION}notes: {{numbering: chapter}}\n", "publication.yaml")
    assert sample.told("Words^[In ¦line].\n") == [("Note 1 of its chapter", "In line")]
    sample.show("title: [", "publication.yaml")
    assert sample.codes("publication.yaml") == ["YML101"]
    assert sample.told("Words^[In ¦line].\n") == [("Note 1 of its chapter", "In line")]


def test_a_configuration_that_was_broken_from_the_start_is_all_that_is_told(tmp_path: Path) -> None:
    sample = Sample(tmp_path, {"publication.yaml": "title: ["})
    sample.show("Words[^lost].\n")
    assert [one.path.name for one in sample.desk.check(tmp_path / CHAPTER)] == ["publication.yaml"]
    assert sample.codes("publication.yaml") == ["YML101"]
    assert sample.names("Words [@al¦].\n")[0] == "alpha-2020"


def test_a_file_that_goes_takes_its_findings_along(sample: Sample) -> None:
    (sample.root / SECOND).write_text(f"{FRONT}slug: x\n\nWords[^lost].\n".replace("A sample", "B"), "utf-8")
    assert "NTE101" in sample.codes(SECOND)
    os.unlink(sample.root / SECOND)
    assert sample.codes(SECOND) == []
    assert SECOND not in [
        one.path.relative_to(sample.root).as_posix() for one in sample.desk.check(sample.root / CHAPTER)
    ]


def test_a_file_outside_of_any_project_is_left_alone(sample: Sample, tmp_path: Path) -> None:
    path = tmp_path.parent / "elsewhere.md"
    sample.desk.put(path, "Words[^lost].\n", settled=True)
    assert sample.desk.check(path) == ()
    assert sample.desk.source(path) is None
    assert sample.desk.hover(path, 8) is None


def test_only_what_was_changed_is_looked_at_again(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    from octavo.pipeline import open_project

    looked = []
    real = open_project.look_at
    monkeypatch.setattr(open_project, "look_at", lambda w, chapter: looked.append(chapter.slug) or real(w, chapter))
    sample.codes()
    assert sorted(looked) == ["sample", "second"]
    sample.show("Words.\n")
    sample.codes()
    sample.codes()
    assert looked[2:] == ["sample"]


def test_quick_fixes_stand_where_the_finding_stands(tmp_path: Path) -> None:
    sample = Sample(tmp_path, {}, select=("TXT106",))
    path, at = tmp_path / CHAPTER, sample.show("Good words.\n\nBad words ¦, here .\n")
    assert sample.desk.quick_fixes(path, Span(len(FRONT), len(FRONT))) == ()
    (fix,) = sample.desk.quick_fixes(path, Span(at, at))
    assert fix.finding.code == "TXT106"
    change = sample.desk.fix_all(path)
    assert change is not None
    assert len(change.edits) == 2


def test_an_unknown_code_is_wrong_usage() -> None:
    with pytest.raises(UsageError):
        Desk(LintRequest(select=("ZZZ",)), lambda job: None)


def test_the_network_is_not_asked_while_an_author_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr("octavo.adapters.links.check_links", lambda *words: asked.append(words) or {})
    sample = Sample(tmp_path, {SOURCES: f"{LIBRARY}  URL: https://example.org/\n"}, select=("BIB120",))
    assert sample.codes(SOURCES) == []
    assert asked == []
