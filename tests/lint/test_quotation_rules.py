"""Rules about quotations: those without a note, without a page, without an end."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_places import found
from lint_samples import CHAPTER, CONFIGURATION, FRONT, lint_files

EIGHT = "one two three four five six seven eight"


@pytest.mark.parametrize(
    ("language", "quotation"),
    [
        ("en-GB", f"“{EIGHT}”"),
        ("en-GB", f'"{EIGHT}"'),
        ("de", f"„{EIGHT}“"),
        ("de", f"»{EIGHT}«"),
        ("fr", f"«\u00a0{EIGHT}\u00a0»"),
        ("ru", "«один два три четыре пять шесть семь восемь»"),
    ],
)
def test_a_long_quotation_needs_a_note(tmp_path: Path, language: str, quotation: str) -> None:
    assert found(tmp_path, f"Er said {quotation}. Then more.\n", "CIT004", language) == [f"1:9 {quotation}"]
    for call in ("[@alpha-2020, p. 5]", "[^a]", "^[A note.]"):
        text = f"Er said {quotation} {call}. Then more.\n\n[^a]: A note.\n"
        assert found(tmp_path, text, "CIT004", language) == []


@pytest.mark.parametrize(
    "text",
    [
        "He said “one two three four five six seven”. More.",
        f"As @alpha-2020 [p. 5] says, “{EIGHT}”. More.",
        f"He said “{EIGHT}”. That was all. So it stands in the book.[^a]\n\n[^a]: A note.",
        f"He announced it in a speech.[^a] “{EIGHT.capitalize()}.”\n\n[^a]: A note.",
        "The programme “Digital development of the regions and of all their towns” began.",
        "It is called “a plan for the growth of all towns and villages” here.",
        "She read “The Long and Winding Road of the Eastern Partners to Market” there.",
        f"## A heading says “{EIGHT}”\n\nText.",
        f"Words.[^a]\n\n[^a]: The note says “{EIGHT}”.",
    ],
)
def test_short_cited_and_named_quotations_need_none(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text + "\n", "CIT004") == []


def test_a_block_quotation_needs_a_note(tmp_path: Path) -> None:
    assert found(tmp_path, f"She wrote:\n\n> {EIGHT}.\n\nMore.\n", "CIT004") == [f"3:3 {EIGHT}."]
    assert found(tmp_path, f"She wrote:\n\n> {EIGHT} [@alpha-2020].\n\nMore.\n", "CIT004") == []
    assert found(tmp_path, f"She wrote [@alpha-2020]:\n\n> {EIGHT}.\n\nMore.\n", "CIT004") == []
    assert found(tmp_path, f"She wrote:\n\n> {EIGHT}.\n\n— Able [@alpha-2020]\n\nMore.\n", "CIT004") == []
    assert found(tmp_path, f"# Part\n\n> {EIGHT}.\n\nMore.\n", "CIT004") == []
    assert found(tmp_path, f"Look:\n\n> **Note:** {EIGHT}.\n\nMore.\n", "CIT004") == []


def test_the_length_of_a_quotation_can_be_set(tmp_path: Path) -> None:
    settings = CONFIGURATION + "lint: {options: {CIT004: {words: 3}}}\n"
    linted = lint_files(
        tmp_path, {"publication.yaml": settings, CHAPTER: FRONT + "He said “one two three”.\n"}, "CIT004"
    )
    assert len(linted.findings) == 1


FIVE = "one two three four five"


def test_a_quotation_from_a_book_needs_its_page(tmp_path: Path) -> None:
    text = f"He said “{FIVE}” [@alpha-2020]. She said “{FIVE}.”[^a]\n\n[^a]: [@beta-2021].\n"
    assert found(tmp_path, text, "CIT007") == ["1:36 @alpha-2020", "3:8 @beta-2021"]


@pytest.mark.parametrize(
    "text",
    [
        f"He said “{FIVE}” [@alpha-2020, p. 5].",
        f"He said “{FIVE}” [@alpha-2020, preface].",
        f"He said “{FIVE}” [@web-2024].",
        "He said “one two” [@alpha-2020].",
        f"He said “{FIVE}”, and imports fell [@alpha-2020].",
        f"He said “{FIVE}”.[^a]\n\n[^a]: @alpha-2020, on page 5.",
        "He wrote the book “A history of exports that doubled” [@alpha-2020].",
    ],
)
def test_a_quotation_with_a_locator_or_without_pages_is_left_alone(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text + "\n", "CIT007") == []


@pytest.mark.parametrize(
    ("language", "text", "marked"),
    [
        ("en-GB", "He said “one. Then more.", ["1:9 “"]),
        ("en-GB", 'He said "one. Then "two" and more.', ['1:9 "']),
        ("en-GB", 'At the "Trading House "North" he said so.', ['1:8 "']),
        ("de", "Er sagte „eins. Dann mehr.", ["1:10 „"]),
        ("de", "Er sagte »eins. Dann mehr.", ["1:10 »"]),
        ("fr", "Il dit «\u00a0un. Puis plus.", ["1:8 «"]),
        ("ru", "Он сказал «раз. Потом «два» и больше", ["1:11 «"]),
        ("en-GB", "Words.^[He said “one.] More “two” words.[^a]\n\n[^a]: He said “three.", ["1:17 “", "3:15 “"]),
        ("en-GB", "One “two.\n\n## Heading\n\nThree” four.", ["1:5 “"]),
        ("en-GB", "- One “two.\n- Three.", ["1:7 “"]),
    ],
)
def test_an_open_quotation_is_marked(tmp_path: Path, language: str, text: str, marked: list[str]) -> None:
    assert found(tmp_path, text + "\n", "TXT101", language) == marked


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en-GB", "It's the firms' “one ‘two’ three” and ’tis so."),
        ("en-GB", 'A disk of 5" and the "5" and 12\' 3" too, say "so".'),
        ("en-GB", "“One.\n\n“Two.\n\n“Three.”"),
        ("en-GB", "One “two.\n\nThree” four."),
        ("en-GB", 'He said \\"one and `"two` and $"$ [word]{title="three"}.'),
        ("en-GB", '*"One two"* and ("three") and "four"[^a].\n\n[^a]: Five.'),
        ("en-GB", '| a | b |\n|---|---|\n| one | " |'),
        ("de", "Er sagte „eins“ und »zwei« und „drei ‚vier‘“."),
        ("de", "Schweizer sagen «eins»."),
        ("fr", "Il dit « un », puis « deux\n\n» trois »."),
        ("ru", "Завод «ООО «Рога и копыта» и „лапки“ внутри."),
        ("sv", "Han sade ”ett” och ”två”."),
    ],
)
def test_closed_quotations_and_other_marks_are_left_alone(tmp_path: Path, language: str, text: str) -> None:
    assert found(tmp_path, text + "\n", "TXT101", language) == []
