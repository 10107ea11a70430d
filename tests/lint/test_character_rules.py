"""Rules about lost and wrong characters, abbreviations and names."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_mended import mended
from lint_places import found
from lint_samples import CHAPTER, CONFIGURATION, FRONT, SOURCES, lint_files, places
from octavo.lint.fixes import apply_edits, choose_fixes, edits_of

LOST = "\N{REPLACEMENT CHARACTER}"


def misread(text: str, codec: str) -> str:
    """A text in UTF-8, read in another encoding as programs do; a byte without a character becomes a control."""
    return "".join(bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in text.encode())


def test_lost_characters_are_marked_in_text_and_sources(tmp_path: Path) -> None:
    source = f"- id: one\n  type: book\n  title: Some {LOST}{LOST} title\n"
    files = {CHAPTER: f"{FRONT}One {LOST}{LOST} two `{LOST}`.^[A {LOST}.]\n", SOURCES: source}
    assert places(lint_files(tmp_path, files, "TXT102")) == [
        f"TXT102 3:15 {LOST}{LOST}",
        f"TXT102 5:5 {LOST}{LOST}",
        f"TXT102 5:20 {LOST}",
    ]


@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
@pytest.mark.parametrize("text", ["“Café” – naïve…", "Łódź, Gdańsk", "€5 – 6™", "Москва и Минск", "Ελλάδα", "😀"])
def test_misread_text_is_decoded_again(tmp_path: Path, codec: str, text: str) -> None:
    if codec == "latin-1" and "\x85" in misread(text, codec):
        pytest.skip("the control is a line end")
    assert mended(tmp_path, f"So {misread(text, codec)} it is.\n", "TXT103") == f"So {text} it is.\n"


@pytest.mark.parametrize("text", ["Привет, мир", "«Минск» – город", "Это «новое» дело № 5"])
def test_misread_russian_is_decoded_again(tmp_path: Path, text: str) -> None:
    assert mended(tmp_path, f"Вот {misread(text, 'cp1251')}.\n", "TXT103", language="ru") == f"Вот {text}.\n"


def test_text_that_was_misread_twice_is_mended_at_once(tmp_path: Path) -> None:
    twice = misread(misread("café", "cp1252"), "cp1252")
    assert found(tmp_path, f"A {twice}.\n", "TXT103") == [f"1:6 {twice[3:]}"]
    assert mended(tmp_path, f"A {twice}.\n", "TXT103") == "A café.\n"


@pytest.mark.parametrize(
    "text",
    [
        "Café à « mot », ÉTÉ» GROß“ MAÇÃ” NÃO FÊTE Île «Ñ» Å… på Ä“ JA ï ð",
        "Різдво, Сією, РС… С\u00a0другой, группа В» и В\u00a0Москве; в „том“",
        "`cafÃ©` as code.",
    ],
)
def test_letters_of_other_languages_are_left_alone(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text + "\n", "TXT103", "ru") == []


def test_misread_fields_are_mended(tmp_path: Path) -> None:
    linted = lint_files(tmp_path, {SOURCES: "- id: one\n  type: book\n  title: The CafÃ© papers\n"}, "TXT103")
    edits = edits_of(choose_fixes(linted.findings, unsafe=True))[SOURCES]
    assert "title: The Café papers" in apply_edits(linted.sources[SOURCES].text.encode(), edits).decode()


def chapters(*texts: str) -> dict[str, str]:
    """Files of chapters with these texts."""
    return {f"chapters/{at:02}-c{at}.md": f"---\ntitle: C{at}\n---\n\n{text}\n" for at, text in enumerate(texts, 1)}


def test_an_abbreviation_is_told_once_where_it_is_first_used(tmp_path: Path) -> None:
    texts = (
        "The QXTU grew, and the QXTU fell. The ZZTOP grew too, as ZZTOP does.",
        "The Quick Trade Union (QXTU) grew. The QXTU fell.",
    )
    assert places(lint_files(tmp_path, chapters(*texts), "TXT104")) == ["TXT104 5:5 QXTU", "TXT104 5:39 ZZTOP"]


@pytest.mark.parametrize(
    "text",
    [
        "The Quick Trade Union (QXTU) grew. The QXTU fell, and QXTU rose.",
        "The QXTU (Quick Trade Union) grew. The QXTU fell.",
        "The Quick Trade Union (hereinafter “QXTU”) grew. The QXTU fell.",
        "The Northern Office of Standards, or NOS, grew. The NOS fell.",
        "The car maker QXTU grew. The QXTU fell.",
        "There is QXTU, the maker of mining trucks. The QXTU fell, and QXTU rose.",
        "Words.[^a] The QXTU fell. The QXTU rose.\n\n[^a]: The Quick Trade Union (QXTU).",
        "QXTU\n:   Quick Trade Union\n\nThe QXTU fell. The QXTU rose.",
        "| Short | Long |\n|-------|------|\n| QXTU | Quick Trade Union |\n\nThe QXTU fell. The QXTU rose.",
        "The QXTU fell once.",
        "The EU, the UN and the USA; the EU, the UN and the USA. In XIV and XIV. COVID-19, COVID-19.",
        "The KZS-10 and KZS-11. A FULL LINE OF CAPITALS, A FULL LINE OF CAPITALS.",
        "RINGL Software and RINGL Software; STS-Beton and STS-Beton.",
        "`QXTU` and `QXTU`.",
    ],
)
def test_explained_and_known_abbreviations_are_left_alone(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text + "\n", "TXT104") == []


@pytest.mark.parametrize(
    ("language", "bad", "good"),
    [
        ("ru", "В КЪЖЩ и КЪЖЩ.", "Комиссия (далее — КЪЖЩ) решила. В КЪЖЩ и КЪЖЩ."),
        ("de", "Der QXTB und der QXTB.", "Der Quertreiberbund (QXTB) und der QXTB."),
        ("fr", "La QXTF et la QXTF.", "La Quête des Fous (QXTF) et la QXTF."),
    ],
)
def test_abbreviations_in_each_language(tmp_path: Path, language: str, bad: str, good: str) -> None:
    assert len(found(tmp_path, bad + "\n", "TXT104", language)) == 1
    assert found(tmp_path, good + "\n", "TXT104", language) == []


def test_the_readers_may_know_more_abbreviations(tmp_path: Path) -> None:
    settings = CONFIGURATION + "lint: {options: {TXT104: {also: QXTU ZZ, uses: 1}}}\n"
    files = {"publication.yaml": settings} | chapters("The QXTU and the QXTV.")
    assert places(lint_files(tmp_path, files, "TXT104")) == ["TXT104 5:18 QXTV"]


def test_a_second_abbreviation_of_a_name_is_told(tmp_path: Path) -> None:
    texts = (
        "The Northern Commodity Exchange (NCE) grew.",
        "At the Northern Commodity\nExchange (NKB) and the Southern Exchange (SE). Northern Commodity Exchange (NCE).",
    )
    assert places(lint_files(tmp_path, chapters(*texts), "TXT105")) == ["TXT105 6:11 NKB"]


def test_the_rarer_spelling_of_a_name_is_told(tmp_path: Path) -> None:
    texts = (
        "Boris Zalessky of Minsk Region, of the Hi-Tech Park. Boris Zalessky. The Hi Tech Park.",
        "Boris Zalesskii and the Hi Tech\nPark. In Minsk Region.",
    )
    assert places(lint_files(tmp_path, chapters(*texts), "TXT105")) == [
        "TXT105 5:40 Hi-Tech Park",
        "TXT105 5:1 Boris Zalesskii",
    ]


def test_other_names_are_left_alone(tmp_path: Path) -> None:
    texts = ("Anna Smith and Hanna Smith. The North Sea. Minsk Motor Plant. New York.", "Minsk Motors. The North Seas.")
    assert places(lint_files(tmp_path, chapters(*texts), "TXT105")) == []
