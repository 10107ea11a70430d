"""Rules about numbers typed by hand, the final point and the length of notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_mended import mended
from lint_samples import CHAPTER, lint_files, lint_text, places


def found(root: Path, text: str, code: str, language: str = "en-GB") -> list[str]:
    """Where a rule finds something, without the code."""
    return [place.removeprefix(f"{code} ") for place in places(lint_text(root, text, code, language=language))]


@pytest.mark.parametrize(
    ("text", "marked", "mends"),
    [
        ('agreements with them"1. In', ["6:22 1"], 'agreements with them"[^1]. In'),
        ("by 22.6%”2 . In", ["6:10 2"], "by 22.6%”[^2] . In"),
        ("«рост»3, и", ["6:7 3"], "«рост»[^3], и"),
        ("exports doubled.12 Next", ["6:17 12"], "exports doubled.[^12] Next"),
        ("Did they double?4\nNext", ["6:17 4"], "Did they double?[^4]\nNext"),
        ("Экспорт вырос.5 Импорт", ["6:15 5"], "Экспорт вырос.[^5] Импорт"),
        ("Exports doubled.7", ["6:17 7"], "Exports doubled.[^7]"),
        ("a word^3^ and", ["6:7 ^3^"], "a word[^3] and"),
        ("a word<sup>3</sup> and", ["6:7 <sup>3</sup>"], "a word[^3] and"),
        ("a word¹² and,³ so", ["6:7 ¹²", "6:14 ³"], "a word[^12] and,[^3] so"),
        ('They "grew"1. So region2. And more3, too', ["6:12 1", "6:24 2", "6:35 3"], ""),
        ("A note.^[It grew.9 So it was.]", ["6:18 9"], "A note.^[It grew.[^9] So it was.]"),
    ],
)
def test_a_number_typed_by_hand(tmp_path: Path, text: str, marked: list[str], mends: str) -> None:
    assert found(tmp_path, text, "NTE301") == marked
    if mends:
        assert mended(tmp_path, text, "NTE301") == mends
    assert mended(tmp_path, text, "NTE301", unsafe=False) == text


@pytest.mark.parametrize(
    "text",
    [
        "100 km^2^ and 10^6^ and m² and 5 m³ and x^2^ and $x^2^$.",
        "CO~2~ and CO₂ and Ca²⁺ and sin^2^ and 20 miles²",
        "per min<sup>2</sup>, kg/m<sup>3</sup>",
        "See p.12 The, fig.3 The, vol.2 The, Art.5 The, no.7 The, Gen.12 And.",
        "In example.com.12 The and version 1.12 The and v.2 The.",
        "It grew in 2020.12 The rest.",
        "Exports grew to 4.5 per cent. 12 others fell.",
        "the 1990s, COVID19. The G20. The MP3. They used python3. Then html5.",
        'She said "12 people came" and “5 more” and ‘6’.',
        'A 5"3 screen; the workers’90s',
        '`word^3^` and `them"1.`',
        "Done.[^12] Next.\n\n[^12]: One.",
        "the 1^st^ and 2^nd^",
    ],
)
def test_a_number_that_is_none_of_a_note(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text, "NTE301") == []


def test_a_glued_number_that_does_not_go_on_counting_is_left_alone(tmp_path: Path) -> None:
    assert found(tmp_path, 'They "grew"1. It runs on python3. Then.', "NTE301") == ["6:12 1", "6:32 3"]
    assert found(tmp_path, 'They "grew"1. It runs on python9. Then.', "NTE301") == ["6:12 1"]


@pytest.mark.parametrize(
    ("body", "marked", "mends"),
    [
        ("By the customs", "s", "By the customs."),
        ("In 2020 (so it was)", "s)", "In 2020 (so it was)."),
        ("He said “so”", "o”", "He said “so”."),
        ("In *Exports*", "s*", "In *Exports*."),
        ("Grew by 5%\n", "%", "Grew by 5%.\n"),
        ("One.\n\n    And two  ", "o", "One.\n\n    And two.  "),
        ("See https://example.org for more", "e", "See https://example.org for more."),
        ("Там же, с. 5", "5", "Там же, с. 5."),
    ],
)
def test_a_note_without_its_point(tmp_path: Path, body: str, marked: str, mends: str) -> None:
    text = f"Words.[^a]\n\n[^a]: {body}"
    assert [place.split(" ", 1)[1] for place in found(tmp_path, text, "NTE302")] == [marked]
    assert mended(tmp_path, text, "NTE302", unsafe=False) == f"Words.[^a]\n\n[^a]: {mends}"


@pytest.mark.parametrize(
    "body",
    [
        "By the customs.",
        "By the customs!",
        "He said “so.”",
        "(So it was.)",
        "And so on…",
        "[@alpha-2020]",
        "So already @alpha-2020 [p. 5]",
        "See [@alpha-2020, p. 5]",
        "See <https://example.org>",
        "See https://example.org/a-b",
        "See https://example.org/a-\n    b-2021",
        "See [the report](https://example.org)",
        "doi:10.1000/182",
        "Thus $x$",
        "{{ publication.title }}",
        "The units:\n\n    - tonnes\n    - roubles",
        "",
    ],
)
def test_a_note_with_its_point_or_another_end(tmp_path: Path, body: str) -> None:
    assert found(tmp_path, f"Words.[^a]\n\n[^a]: {body}\n", "NTE302") == []


def test_an_inline_note_without_its_point(tmp_path: Path) -> None:
    text = "Words^[a note] and^[Another [@alpha-2020].] more^[in *tonnes*].\n"
    assert found(tmp_path, text, "NTE302") == ["6:13 e", "6:60 s*"]
    expected = "Words^[a note.] and^[Another [@alpha-2020].] more^[in *tonnes*.].\n"
    assert mended(tmp_path, text, "NTE302", unsafe=False) == expected


def test_the_length_of_notes_is_an_option(tmp_path: Path) -> None:
    chapter = "---\ntitle: A\n---\n\nWords[^a] – more^[one - two three].\n\n[^a]: One two – three\n    four.\n"
    settings = "title: T\nslug: t\nlanguage: en\nlint: {options: {NTE303: {words: 3}}}\n"
    linted = lint_files(tmp_path, {CHAPTER: chapter, "publication.yaml": settings}, "NTE303")
    assert places(linted) == ["NTE303 7:1 [^a]:"]
    assert linted.findings[0].message == "the note has 4 words; 3 are allowed"


def test_a_note_of_the_longest_length_is_not_long(tmp_path: Path) -> None:
    assert found(tmp_path, f"Words.[^a]\n\n[^a]: {'word ' * 120}\n", "NTE303") == []
    assert found(tmp_path, f"Words.[^a]\n\n[^a]: {'word ' * 121}\n", "NTE303") == ["8:1 [^a]:"]
    assert found(tmp_path, f"Words.^[{'word ' * 121}]\n", "NTE303") == ["6:7 ^["]
