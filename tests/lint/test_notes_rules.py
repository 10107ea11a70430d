"""Rules about notes and their definitions: unused, doubled, empty, out of order, and not read as notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_mended import mended
from lint_samples import CHAPTER, lint_files, lint_text, places

NOTE = "\n\n[^a]: One.\n"


def test_an_unused_note_is_marked_at_its_label_and_goes_with_its_paragraphs(tmp_path: Path) -> None:
    text = "Words.[^a]\n\n[^a]: One.\n\n[^lost]: Two.\n\n    Its second paragraph.\n\n[^b]: Three.\n\nMore.[^b]\n"
    assert places(lint_text(tmp_path, text, "NTE102")) == ["NTE102 10:3 lost"]
    assert mended(tmp_path, text, "NTE102") == "Words.[^a]\n\n[^a]: One.\n\n[^b]: Three.\n\nMore.[^b]\n"


def test_an_unused_note_at_the_end_goes_with_the_blank_line_before_it(tmp_path: Path) -> None:
    assert mended(tmp_path, "Words.\n\n[^lost]: Two.\n", "NTE102") == "Words.\n"
    assert mended(tmp_path, "Words.\n\n[^lost]: Two.\n\n[^gone]: Three.", "NTE102") == "Words.\n"


def test_an_unused_note_between_two_others_leaves_them_apart(tmp_path: Path) -> None:
    text = "A[^a] b[^b].\n\n[^a]: One.\n[^lost]: Two.\n[^b]: Three.\n"
    assert mended(tmp_path, text, "NTE102") == "A[^a] b[^b].\n\n[^a]: One.\n[^b]: Three.\n"


def test_an_unused_note_in_a_quotation_is_left_to_the_author(tmp_path: Path) -> None:
    text = "> Words.\n>\n> [^lost]: Two.\n"
    assert places(lint_text(tmp_path, text, "NTE102")) == ["NTE102 8:5 lost"]
    assert mended(tmp_path, text, "NTE102") == text


def test_the_hint_for_an_unused_note_names_the_call_that_was_meant(tmp_path: Path) -> None:
    linted = lint_text(tmp_path, "Words.[^custms]\n\n[^customs]: One.\n", "NTE102")
    assert linted.findings[0].hint == "did you mean 'custms'?"


def test_a_label_is_defined_twice(tmp_path: Path) -> None:
    text = "Words.[^a]\n\n[^a]: One.\n\n[^a]: Two.\n\n[^a]: Three.\n"
    linted = lint_text(tmp_path, text, "NTE103")
    assert places(linted) == ["NTE103 10:3 a", "NTE103 12:3 a"]
    assert linted.findings[0].hint == "first on line 8; rename one of them"
    assert places(lint_text(tmp_path, "A.[^a] B.[^A]\n\n[^a]: One.\n\n[^A]: Two.\n", "NTE103")) == []


def test_labels_may_be_shared_by_chapters_unless_that_is_forbidden(tmp_path: Path) -> None:
    files = {
        CHAPTER: f"---\ntitle: A\n---\n\nWords.[^a]{NOTE}",
        "chapters/02-b.md": f"---\ntitle: B\n---\n\nWords.[^a][^b]{NOTE}\n[^b]: Two.\n",
    }
    assert places(lint_files(tmp_path, files, "NTE104")) == []
    configuration = "title: T\nslug: t\nlanguage: en\nlint: {options: {NTE104: {forbid: true}}}\n"
    linted = lint_files(tmp_path, {**files, "publication.yaml": configuration}, "NTE104")
    assert places(linted) == ["NTE104 7:3 a"]
    assert CHAPTER in linted.findings[0].message


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("A.[^a]\n\n[^a]:\n\nMore.\n", "8:1 [^a]:"),
        ("A.[^a]\n\n[^a]: . –\n", "8:1 [^a]:"),
        ("A.[^a]\n\n[^a]: <!-- to be written -->\n", "8:1 [^a]:"),
        ("A.^[]\n", "6:3 ^[]"),
        ("A.^[ ... ]\n", "6:3 ^[ ... ]"),
    ],
)
def test_an_empty_note(tmp_path: Path, text: str, marked: str) -> None:
    assert places(lint_text(tmp_path, text, "NTE105")) == [f"NTE105 {marked}"]


@pytest.mark.parametrize("body", ["[@alpha-2020]", "1.", "$+$", "`-`", "\n    Below.", "{{ publication.title }}", "É"])
def test_a_note_with_a_citation_a_figure_or_a_formula_is_not_empty(tmp_path: Path, body: str) -> None:
    assert places(lint_text(tmp_path, f"A.[^a]\n\n[^a]: {body}\n", "NTE105")) == []


def test_definitions_come_in_the_order_of_their_calls(tmp_path: Path) -> None:
    text = (
        "One[^a] two[^b] three.[^c]\n\n[^c]: Third <!-- a remark -->\nof all.\n\n    Its end.\n\n[^lost]: Unused.\n"
        "[^a]: First {{ chapter.title }}.\n\n\n[^b]: Second.\n\nText.[^d]\n\n[^d]: Fourth.\n"
    )
    assert places(lint_text(tmp_path, text, "NTE106")) == ["NTE106 14:3 a"]
    assert mended(tmp_path, text, "NTE106", unsafe=False) == (
        "One[^a] two[^b] three.[^c]\n\n[^a]: First {{ chapter.title }}.\n\n[^lost]: Unused.\n"
        "[^b]: Second.\n\n\n[^c]: Third <!-- a remark -->\nof all.\n\n    Its end.\n\nText.[^d]\n\n[^d]: Fourth.\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "One[^a] two.[^b]\n\n[^a]: First.\n\n[^b]: Second.\n",
        "One[^a]\n\nTwo.[^b]\n\n[^b]: Second.\n\nText.\n\n[^a]: First.\n",
        "One[^a] two[^b] one.[^a]\n\n[^a]: First.\n\n[^b]: Second.\n",
        "One.[^a]\n\n[^lost]: Unused.\n\n[^a]: First.\n",
    ],
)
def test_definitions_in_order_or_apart_are_left_alone(tmp_path: Path, text: str) -> None:
    assert places(lint_text(tmp_path, text, "NTE106")) == []


def test_definitions_of_one_label_are_not_moved_past_each_other(tmp_path: Path) -> None:
    text = "One[^a] two.[^b]\n\n[^b]: Second.\n\n[^b]: Another.\n\n[^a]: First.\n"
    assert places(lint_text(tmp_path, text, "NTE106")) == ["NTE106 12:3 a"]
    assert mended(tmp_path, text, "NTE106") == text


def test_a_note_is_called_twice(tmp_path: Path) -> None:
    text = f"One[^a] two.[^a] Three.[^b] Four.[^b]{NOTE}"
    linted = lint_text(tmp_path, text, "NTE107")
    assert places(linted) == ["NTE107 6:13 [^a]"]
    assert linted.findings[0].hint == "first on line 6; write [@note:a] to refer to it again"
    assert places(lint_text(tmp_path, f"One[^a] two (see note [@note:a]).{NOTE}", "NTE107")) == []


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Words^[a note](in brackets).", "6:6 ^["),
        ("Words^[a note]{.small}.", "6:6 ^["),
        ("Words^[a note][^a]." + NOTE, "6:6 ^["),
        ("Words^[a note.\n\nMore.", "6:6 ^["),
    ],
)
def test_an_inline_note_that_is_read_as_text(tmp_path: Path, text: str, marked: str) -> None:
    assert places(lint_text(tmp_path, text, "NTE110")) == [f"NTE110 {marked}"]


@pytest.mark.parametrize("text", ["Words^[a note] (so).", r"Words\^[so](b).", "`^[a](b)`", "$x^[2]$", "x^2^[see](a)"])
def test_an_inline_note_that_is_read_or_meant_as_text(tmp_path: Path, text: str) -> None:
    assert places(lint_text(tmp_path, text, "NTE110")) == []


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Words.[^the customs]", "6:7 [^the customs]"),
        ("Words.[^]", "6:7 [^]"),
        ("Words.[^a]\n[^a]: One.", "7:1 [^a]:"),
    ],
)
def test_a_call_or_a_definition_that_is_read_as_text(tmp_path: Path, text: str, marked: str) -> None:
    assert places(lint_text(tmp_path, text, "NTE111")) == [f"NTE111 {marked}"]


@pytest.mark.parametrize("text", [r"Words.\[^the label]", "`[^a b]`", "Words[^a]: so." + NOTE, "A[^a]\nb." + NOTE])
def test_a_call_that_is_read_or_meant_as_text(tmp_path: Path, text: str) -> None:
    assert places(lint_text(tmp_path, text, "NTE111")) == []
