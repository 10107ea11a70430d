"""Rules about what calls stand with: other calls, the end of a sentence, headings, dashes."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_mended import mended
from lint_samples import CHAPTER, lint_files, lint_text, places

NOTES = "\n\n[^a]: One.\n\n[^b]: Two.\n"
IN_TEXT = "title: T\nslug: t\nlanguage: en\nbibliography: {style: chicago-author-date}\n"


def found(root: Path, text: str, code: str, language: str = "en-GB") -> list[str]:
    """Where a rule finds something, without the code."""
    linted = lint_text(root, text + NOTES, code, language=language)
    return [place.removeprefix(f"{code} ") for place in places(linted)]


def fixed(root: Path, text: str, code: str, language: str = "en-GB") -> str:
    """The text when its fixes are made."""
    return mended(root, text + NOTES, code, language=language).removesuffix(NOTES)


@pytest.mark.parametrize(
    ("text", "marked", "mends"),
    [
        ("Words.[^a][^b]", ["6:11 [^b]"], "Words.[^a]^,^[^b]"),
        ("Words.[^a] [^b]", ["6:12 [^b]"], "Words.[^a]^,^[^b]"),
        ("Words.[^a]^[so]", ["6:11 ^[so]"], "Words.[^a]^,^^[so]"),
        ("Words [@alpha-2020] [@beta-2021].", ["6:21 [@beta-2021]"], "Words [@alpha-2020; @beta-2021]."),
        ("Words [@alpha-2020, p. 5]\n[@beta-2021].", ["7:1 [@beta-2021]"], "Words [@alpha-2020, p. 5; @beta-2021]."),
        ("Words [@alpha-2020].[^a]", ["6:21 [^a]"], "Words [@alpha-2020].[^a]"),
        ("Words.[^a] [@alpha-2020]", ["6:12 [@alpha-2020]"], "Words.[^a] [@alpha-2020]"),
    ],
)
def test_two_calls_side_by_side(tmp_path: Path, text: str, marked: list[str], mends: str) -> None:
    assert found(tmp_path, text, "NTE205") == marked
    assert fixed(tmp_path, text, "NTE205") == mends


@pytest.mark.parametrize(
    "text",
    [
        "Words,[^a] more.[^b]",
        "Words[^a].[^b]",
        "Words.[^a]^,^[^b]",
        "Words [@alpha-2020; @beta-2021].",
        "Words [@alpha-2020], more [@beta-2021].",
        "Words.[^a]\n\n[@alpha-2020] says so.",
        "Words[^a] [@sec:sample].",
        "Words [see [@alpha-2020] and @beta-2021].",
        "| a[^a]|[^b] b |",
    ],
)
def test_calls_apart(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text, "NTE205") == []


def test_a_citation_in_the_text_is_no_call(tmp_path: Path) -> None:
    chapter = f"---\ntitle: A\n---\n\nWords [@alpha-2020].[^a]{NOTES}"
    assert places(lint_files(tmp_path, {CHAPTER: chapter, "publication.yaml": IN_TEXT}, "NTE205")) == []


@pytest.mark.parametrize(
    ("language", "text", "marked", "mends"),
    [
        ("en", "Exports doubled[^a] However, so.", "6:16 [^a]", "Exports doubled.[^a] However, so."),
        ("en", "Exports doubled[^a]\nThe rest did not.", "6:16 [^a]", "Exports doubled.[^a]\nThe rest did not."),
        ("en", "Exports doubled in 2020[^a]", "6:24 [^a]", "Exports doubled in 2020.[^a]"),
        ("en", "So it was. They grew[^a]^,^[^b]", "6:28 [^b]", "So it was. They grew.[^a]^,^[^b]"),
        ("en", "Exports grew by 5% (half)[^a] This", "6:26 [^a]", "Exports grew by 5% (half).[^a] This"),
        ("en", "They grew by half [@alpha-2020] The", "6:19 [@alpha-2020]", "They grew by half [@alpha-2020]. The"),
        ("en", "He spoke of “more exports”[^a] It", "6:27 [^a]", "He spoke of “more exports”.[^a] It"),
        ("ru", "Экспорт вырос вдвое[^a] Однако", "6:20 [^a]", "Экспорт вырос вдвое[^a]. Однако"),
        ("de", "Der Export stieg[^a] Dennoch", "6:17 [^a]", "Der Export stieg.[^a] Dennoch"),
        ("fr", "Le commerce a doublé[^a] Cependant", "6:21 [^a]", "Le commerce a doublé[^a]. Cependant"),
    ],
)
def test_a_sentence_without_an_end(tmp_path: Path, language: str, text: str, marked: str, mends: str) -> None:
    assert found(tmp_path, text, "NTE206", language) == [marked]
    assert fixed(tmp_path, text, "NTE206", language) == mends


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Exports doubled.[^a] However, so."),
        ("en", "The exports of Minsk[^a] Tractor Works grew."),
        ("en", "He said: “they doubled.”[^a] However, so."),
        ("en", "- the exports of the year before[^a]\n- imports"),
        ("en", "# The exports of the year before[^a]"),
        ("en", "The members of the Union are[^a]\n\n- Belarus"),
        ("en", "The members of the Union are:[^a]"),
        ("en", "| a | b |\n|---|---|\n| exports of the year[^a] | The |"),
        ("en", "| The line of a verse[^a]\n| The other line"),
        ("en", "> So it was. They said it again and again[^a]"),
        ("en", "Minsk, 2021[^a]"),
        ("en", "**The exports of the year before**[^a]"),
        ("en", "![A map](map.png)\n\n: The exports of the year before[^a]"),
        ("en", "The exports of the year are[^a]\n\n$$x$$"),
        ("de", "Der Wert[^a] Belarussischer Waren stieg."),
        ("ru", "Экспорт[^a] Беларуси вырос[^b]. Однако"),
    ],
)
def test_a_sentence_with_an_end_or_none(tmp_path: Path, language: str, text: str) -> None:
    assert found(tmp_path, text, "NTE206", language) == []


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("## Exports[^a] {#sec:x}\n\nWords.", ["6:11 [^a]"]),
        ("Exports^[So.]\n=======\n\nWords.", ["6:8 ^[So.]"]),
        ("# Exports [@alpha-2020]", ["6:11 [@alpha-2020]"]),
        ("# Exports\n\nWords.[^a]", []),
        ("# Exports, see [@sec:sample]", []),
    ],
)
def test_a_call_in_a_heading(tmp_path: Path, text: str, marked: list[str]) -> None:
    assert found(tmp_path, text, "NTE207") == marked


@pytest.mark.parametrize(
    ("text", "marked", "mends"),
    [
        ("Words —[^a] more.", "6:8 [^a]", "Words[^a] — more."),
        ("Words — [^a] more.", "6:9 [^a]", "Words[^a] — more."),
        ("Words—[^a]more.", "6:7 [^a]", "Words[^a]—more."),
        ("Words – [^a]more.", "6:9 [^a]", "Words[^a] – more."),
        ("Words --[^a][^b] more.", "6:9 [^a]", "Words[^a][^b] -- more."),
        ("Слова —\n[^a] ещё.", "7:1 [^a]", "Слова[^a] — ещё."),
        ("“Words”—[^a]more.", "6:9 [^a]", "“Words”[^a]—more."),
    ],
)
def test_a_call_behind_a_dash(tmp_path: Path, text: str, marked: str, mends: str) -> None:
    assert found(tmp_path, text, "NTE208")[0] == marked
    assert fixed(tmp_path, text, "NTE208") == mends


@pytest.mark.parametrize(
    "text",
    [
        "Words[^a] — more.",
        "Words[^a]—more.",
        "| a | b |\n|---|---|\n| 5 | –[^a] |",
        "- [^a] words",
        "— [^a] words",
        "Words-[^a] more.",
        "The years 1990–1995.[^a]",
    ],
)
def test_a_call_before_a_dash_or_beside_one_of_its_own(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text, "NTE208") == []
