"""Citation styles: found by name, with the form of repeated notes that is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.adapters.pandoc import markdown_to_html
from octavo.cite.html import plain_text, split_chapters
from octavo.cite.style import find_style
from octavo.model.chapter import CHAPTER_ID
from octavo.model.finding import Finding
from octavo.model.publication import BibliographySettings, Repeats

ROOT = Path(__file__).resolve().parents[2]
SOURCES = """[
 {"id": "a", "type": "book", "title": "First book", "author": [{"family": "Author", "given": "A."}],
  "publisher-place": "Minsk", "issued": {"date-parts": [[2019]]}},
 {"id": "b", "type": "book", "title": "Second book", "author": [{"family": "Berg", "given": "B."}],
  "publisher-place": "Minsk", "issued": {"date-parts": [[2020]]}}]"""
TEXT = f"# T {{#{CHAPTER_ID}}}\n\nOne [@a, p. 5]. Two [@a, p. 6]. Three [@a, p. 6]. Four [@b]. Five [@a, p. 7].\n"


def notes_of(style: str, repeats: Repeats, language: str = "en") -> list[str]:
    findings: list[Finding] = []
    found = find_style(ROOT, BibliographySettings(style, repeats), findings)
    assert found is not None, findings
    html = markdown_to_html({"c.md": TEXT}, language=language, style=found.csl, sources=SOURCES, after_punctuation=True)
    (chapter,) = split_chapters(html, ("c.md",), CHAPTER_ID)
    return [plain_text(note.body) for note in chapter.notes]


FULL = "Author A. First book. Minsk, 2019. P. {}."


def test_repeats_in_full() -> None:
    assert notes_of("gost-r-7-0-5-2008-notes", Repeats.FULL) == [
        FULL.format(5),
        FULL.format(6),
        FULL.format(6),
        "Berg B. Second book. Minsk, 2020.",
        FULL.format(7),
    ]


def test_repeats_shortened() -> None:
    notes = notes_of("gost-r-7-0-5-2008-notes", Repeats.SHORT)
    assert notes[1:3] == ["Author A. First book. P. 6."] * 2
    assert notes[4] == "Author A. First book. P. 7."


def test_repeats_with_ibid() -> None:
    notes = notes_of("gost-r-7-0-5-2008-notes", Repeats.IBID)
    assert notes[1:3] == ["Ibid. P. 6.", "Ibid."]
    assert notes[4] == "Author A. First book. P. 7."


def test_terms_follow_the_language_of_the_pass() -> None:
    notes = notes_of("gost-r-7-0-5-2008-notes", Repeats.IBID, "ru")
    assert notes[0] == "Author A. First book. Minsk, 2019. С. 5."
    assert notes[1:3] == ["Там же. С. 6.", "Там же."]


@pytest.mark.parametrize("repeats", list(Repeats))
def test_packaged_styles_take_the_same_settings(repeats: Repeats) -> None:
    notes = notes_of("chicago-notes-bibliography", repeats)
    assert len(notes) == 5
    assert ("Minsk" in notes[4]) == (repeats is Repeats.FULL)


def test_a_dependent_style_is_its_parent() -> None:
    findings: list[Finding] = []
    style = find_style(ROOT, BibliographySettings("nature-chemistry"), findings)
    assert style is not None
    assert not style.is_note
    assert "<bibliography" in style.csl


def test_an_unknown_style_is_a_finding_with_the_nearest_name() -> None:
    findings: list[Finding] = []
    assert find_style(ROOT, BibliographySettings("gost-r-7-0-5-2008-note"), findings) is None
    (finding,) = findings
    assert (finding.code, finding.hint) == ("CSL101", "did you mean 'gost-r-7-0-5-2008-notes'?")
