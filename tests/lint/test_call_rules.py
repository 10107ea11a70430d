"""Rules about the place of calls: beside blanks, words, punctuation, quotation marks, dashes and other calls."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_mended import mended
from lint_samples import CHAPTER, lint_files, lint_text, places

NOTES = "\n\n[^a]: One.\n\n[^b]: Two.\n"
NO_BREAK, THIN = "\u00a0", "\u202f"


def found(root: Path, text: str, code: str, language: str = "en-GB") -> list[str]:
    """Where a rule finds something, without the code."""
    linted = lint_text(root, text + NOTES, code, language=language)
    return [place.removeprefix(f"{code} ") for place in places(linted)]


def fixed(root: Path, text: str, code: str, language: str = "en-GB", *, unsafe: bool = True) -> str:
    """The text when its fixes are made."""
    return mended(root, text + NOTES, code, language=language, unsafe=unsafe).removesuffix(NOTES)


@pytest.mark.parametrize(
    ("text", "marked", "mends"),
    [
        ("Words. [^a] More.", "6:8 [^a]", "Words.[^a] More."),
        ("Words ^[a note].", "6:7 ^[a note]", "Words^[a note]."),
        ("Words.\n[^a] More.", "7:1 [^a]", "Words.[^a] More."),
        (f"Words.{NO_BREAK}[^a]", "6:8 [^a]", "Words.[^a]"),
        ("Words.\\ [^a]", "6:9 [^a]", "Words.[^a]"),
        ("> Words.\n> [^a]", "7:3 [^a]", "> Words.[^a]"),
        ("- Words. [^a]", "6:10 [^a]", "- Words.[^a]"),
        ("A [link](#x) [^a]", "6:14 [^a]", "A [link](#x)[^a]"),
        ("He took a note. [^a]", "6:17 [^a]", "He took a note.[^a]"),
    ],
)
def test_a_space_before_a_call(tmp_path: Path, text: str, marked: str, mends: str) -> None:
    assert found(tmp_path, text, "NTE201") == [marked]
    assert fixed(tmp_path, text, "NTE201", unsafe=False) == mends


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Words.[^a]", "en"),
        ("Words [@alpha-2020].", "en"),
        ("- [^a] begins an item.", "en"),
        ("1. [^a] begins an item.", "en"),
        ("[^a] begins a paragraph.", "en"),
        ("> [^a] begins a quotation.", "en"),
        ("| a | b |\n|---|---|\n| 5 | [^a] |", "en"),
        ("Words — [^a] more.", "en"),
        ("Words[^a] [^b]", "en"),
        ("Words. <!-- so --> [^a]", "en"),
        ("Words{% if chapter %}[^a]{% endif %}", "en"),
        (f"Mot{THIN}[^a].", "fr"),
        ("Words.\n[^a]: One.", "en"),
        ("A call is written [^label].", "en"),
    ],
)
def test_no_space_before_a_call(tmp_path: Path, text: str, language: str) -> None:
    assert found(tmp_path, text, "NTE201", language) == []


@pytest.mark.parametrize("text", ["As in note [^a].", "(see [^a])", "См. [^a]", "Vgl. Anm. [^a]"])
def test_a_note_that_is_named_is_not_drawn_to_the_word(tmp_path: Path, text: str) -> None:
    linted = lint_text(tmp_path, text + NOTES, "NTE201")
    assert [finding.hint for finding in linted.findings] == ["refer to a note by its number with [@note:label]"]
    assert fixed(tmp_path, text, "NTE201") == text


@pytest.mark.parametrize(
    ("text", "marked", "mends"),
    [
        ("Words.[^a]More.", "6:7 [^a]", "Words.[^a] More."),
        ("Слова[^a]ещё.", "6:6 [^a]", "Слова[^a] ещё."),
        ("Words^[a note]2 more.", "6:6 ^[a note]", "Words^[a note] 2 more."),
        ("Words[^a](so).", "6:6 [^a]", "Words[^a] (so)."),
        ("Words[^a]“so”.", "6:6 [^a]", "Words[^a] “so”."),
        ("Words[^a]$x$.", "6:6 [^a]", "Words[^a] $x$."),
    ],
)
def test_a_call_is_glued_to_the_next_word(tmp_path: Path, text: str, marked: str, mends: str) -> None:
    assert found(tmp_path, text, "NTE202") == [marked]
    assert fixed(tmp_path, text, "NTE202", unsafe=False) == text
    assert fixed(tmp_path, text, "NTE202") == mends


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Words.[^a] More.", "en"),
        ("*Words[^a]* more.", "en"),
        ("Words[^a]-like.", "en"),
        ("Words[^a]—more.", "en"),
        ("“Words[^a]” more.", "en"),
        ("„Wort[^a]“ und »Wort[^a]«.", "de"),
        ("Words[^a]{{ chapter.title }}.", "en"),
        ("出口[^a]翻了一番。", "zh"),
    ],
)
def test_a_call_is_apart_from_the_next_word(tmp_path: Path, text: str, language: str) -> None:
    assert found(tmp_path, text, "NTE202", language) == []


@pytest.mark.parametrize(
    ("language", "text", "marked", "mends"),
    [
        ("en", "Words[^a]. More.", "6:6 [^a]", "Words.[^a] More."),
        ("en", "Words[^a], more.", "6:6 [^a]", "Words,[^a] more."),
        ("en", "Words[^a][^b]; more.", "6:10 [^b]", "Words;[^a][^b] more."),
        ("en", "Words[^a]^,^[^b].", "6:13 [^b]", "Words.[^a]^,^[^b]"),
        ("en", "Words^[a <!-- so --> note]?! More.", "6:6 ^[a <!-- so --> note]", "Words?!^[a <!-- so --> note] More."),
        ("en", "Words [^a].", "6:7 [^a]", "Words.[^a]"),
        ("en", "“Words”[^a].", "6:8 [^a]", "“Words”.[^a]"),
        ("de", "Ein Satz[^a]. Noch einer.", "6:9 [^a]", "Ein Satz.[^a] Noch einer."),
        ("ru", "Слова.[^a] Ещё.", "6:7 [^a]", "Слова[^a]. Ещё."),
        ("ru", "Слова,[^a][^b] ещё.", "6:7 [^a]", "Слова[^a][^b], ещё."),
        ("ru", "«Слова»;[^a] ещё.", "6:9 [^a]", "«Слова»[^a]; ещё."),
        ("fr", "Mot.[^a] Encore.", "6:5 [^a]", "Mot[^a]. Encore."),
        ("fr", f"Mot{NO_BREAK}![^a] Encore.", "6:6 [^a]", f"Mot[^a]{NO_BREAK}! Encore."),
    ],
)
def test_a_call_on_the_wrong_side(tmp_path: Path, language: str, text: str, marked: str, mends: str) -> None:
    assert found(tmp_path, text, "NTE203", language) == [marked]
    assert fixed(tmp_path, text, "NTE203", language, unsafe=False) == mends


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Words,[^a] more.[^b]"),
        ("en", "Words[^a]—more (so[^b])."),
        ("en", "Words[^a]... more"),
        ("en", "Words etc.[^a]."),
        ("en", "Words [@alpha-2020]. More [@beta-2021], so."),
        ("en", "Words[^a].[^b]"),
        ("en", "Words[^a].5 more."),
        ("en", "| a | b |\n|---|---|\n| 4.18[^a], so | 5 |"),
        ("en", "Words.\n[^a]: One."),
        ("de", "Ein Wort[^a], noch eines.[^b]"),
        ("ru", "Слова[^a], ещё[^b]."),
        ("ru", "В 2020 г.[^a] рост?[^b]"),
        ("ru", "Слова и т. д.[^a] И. И.[^b] Иванов"),
        ("ru", "Слова…[^a] ещё...[^b]"),
        ("ru", "Слова[^a]? Ещё[^b]!"),
        ("fr", f"Mot[^a]{NO_BREAK}! Encore[^b]."),
        ("fr", "Mots, etc.[^a]"),
    ],
)
def test_a_call_on_the_right_side(tmp_path: Path, language: str, text: str) -> None:
    assert found(tmp_path, text, "NTE203", language) == []


@pytest.mark.parametrize(
    ("place", "language", "marked"),
    [
        ("after", "ru", ["6:27 [^b]"]),
        ("before", "en", ["6:7 [^a]", "6:17 ^[so]"]),
        ("consistent", "en", ["6:27 [^b]"]),
        ("consistent", "ru", ["6:27 [^b]"]),
    ],
)
def test_the_side_can_be_chosen(tmp_path: Path, place: str, language: str, marked: list[str]) -> None:
    text = f"Words.[^a] More.^[so] Many[^b].{NOTES}"
    settings = f"title: T\nslug: t\nlanguage: en\nlint: {{options: {{NTE203: {{place: {place}}}}}}}\n"
    chapter = f"---\ntitle: A sample\nlanguage: {language}\n---\n\n{text}"
    linted = lint_files(tmp_path, {CHAPTER: chapter, "publication.yaml": settings}, "NTE203")
    assert places(linted) == [f"NTE203 {one}" for one in marked]


@pytest.mark.parametrize(
    ("language", "text", "marked"),
    [
        ("en", "He said “exports doubled[^a]” there.", "6:25 [^a]"),
        ("en", "He said “exports doubled.[^a]” There.", "6:26 [^a]"),
        ("en", 'He said "exports doubled[^a]." There.', "6:25 [^a]"),
        ("en", "He said ‘exports didn’t double[^a]’.", "6:31 [^a]"),
        ("en", "He said “exports doubled [@alpha-2020].”", "6:26 [@alpha-2020]"),
        ("en", 'It could "have an impact on the region.[^a]', "6:40 [^a]"),
        ("en", "It could “have an impact[^a]. More follows.", "6:25 [^a]"),
        ("ru", "Он сказал: «рост[^a]».", "6:17 [^a]"),
        ("ru", "Он сказал: «рост продолжился[^a]. И ещё.", "6:29 [^a]"),
        ("de", "Er sagte: „Der Export stieg.[^a]“", "6:29 [^a]"),
        ("fr", "Il a dit : «\u00a0le mot[^a].\n\nEncore.", "6:20 [^a]"),
    ],
)
def test_a_call_in_an_open_quotation(tmp_path: Path, language: str, text: str, marked: str) -> None:
    assert found(tmp_path, text, "NTE204", language) == [marked]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He said “exports doubled.”[^a]"),
        ("en", 'He said "exports doubled",[^a] and "imports".[^b]'),
        ("en", "“He went to Elba[^a] and never came back.”"),
        ("en", "“The first paragraph.[^a]\n\n“The second.”[^b]"),
        ("en", 'A screen of 5" was shown.[^a]'),
        ("en", "The workers’ share fell.[^a] The ‘nineties’ too.[^b]"),
        ("en", "Words.[^a] “More.”"),
        ("ru", "Он сказал: «рост»[^a]."),
        ("de", "Er sagte: „Der Export stieg.”[^a] »So.«[^b]"),
        ("fr", "Il a dit : «\u00a0le mot[^a]\u00a0»."),
    ],
)
def test_a_call_in_no_open_quotation(tmp_path: Path, language: str, text: str) -> None:
    assert found(tmp_path, text, "NTE204", language) == []
