"""Rules about citations and quotations: what they find, exactly where, what they leave alone, and what they mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_mended import mended
from lint_places import found
from lint_samples import SOURCES, lint_files, lint_text, places


@pytest.mark.parametrize(
    ("suffix", "marked"),
    [
        (", p.", "p."),
        (", pp. ", "pp."),
        (", p. TODO", "p."),
        (", vol. , p. 5", "vol."),
        (", pp. 9-3", "9-3"),
        (", pp. 29–3", "29–3"),
        (", p. 12a4", "12a4"),
        (", p. p. 5", "p. p."),
        (", стр. стр. 5", "стр. стр."),
        (", S. 30-20", "30-20"),
        (", p.. 5", "."),
    ],
)
def test_a_damaged_locator_is_marked(tmp_path: Path, suffix: str, marked: str) -> None:
    told = found(tmp_path, f"Exports doubled [@alpha-2020{suffix}].\n", "CIT003")
    assert [one.split(" ", 1)[1] for one in told] == [marked]


@pytest.mark.parametrize(
    "suffix",
    [
        ", p. 5",
        ", pp. 123-5",
        ", pp. 99--101",
        ", pp. iv–x",
        ", p. xii",
        ", 1094a18",
        ", vol. 2, p. 7",
        ", ch. Introduction",
        ", page proofs",
        ", с. 5–7, 12",
        ", see also S. Smith",
        ", § 12-4",
        ", p. S12",
        ", 33-35, 38",
        "",
    ],
)
def test_a_usual_locator_is_left_alone(tmp_path: Path, suffix: str) -> None:
    assert found(tmp_path, f"Exports doubled [@alpha-2020{suffix}].\n", "CIT003") == []


def test_a_page_beyond_the_source_is_marked(tmp_path: Path) -> None:
    text = (
        "One [@gamma-2022, p. 111]. Two [@gamma-2022, pp. 112-131]. Three [@delta-2023, p. 91]; @delta-2023 [p. 200].\n"
    )
    assert found(tmp_path, text, "CIT003") == ["1:22 111", "1:54 131", "1:83 91", "1:104 200"]
    assert found(tmp_path, "One [@gamma-2022, pp. 112-30]. Two [@delta-2023, p. 90, ch. 200].\n", "CIT003") == []


def test_ibid_becomes_a_citation_of_the_note_before(tmp_path: Path) -> None:
    text = "One [@alpha-2020, p. 5]. Two.[^b] Three.[^c]\n\n[^b]: Ibid., p. 7.\n\n[^c]: See *ibid.*\n"
    assert found(tmp_path, text, "CIT005") == ["3:7 Ibid", "5:12 ibid"]
    after = mended(tmp_path, text, "CIT005")
    assert after == (
        "One [@alpha-2020, p. 5]. Two.[^b] Three.[^c]\n\n[^b]: [@alpha-2020, p. 7].\n\n[^c]: See [@alpha-2020]\n"
    )


def test_ibid_behind_another_remark_has_no_fix(tmp_path: Path) -> None:
    text = "One [@alpha-2020]. Two.[^b] Three.[^c]\n\n[^b]: A remark.\n\n[^c]: Ibid., p. 7.\n"
    assert found(tmp_path, text, "CIT005") == ["5:7 Ibid"]
    assert mended(tmp_path, text, "CIT005") == text


def test_op_cit_becomes_a_citation_of_its_author(tmp_path: Path) -> None:
    text = "One [@alpha-2020]. Two [@beta-2021]. Three.[^c]\n\n[^c]: Able, op. cit., pp. 7-9.\n"
    assert mended(tmp_path, text, "CIT005").endswith("[^c]: [@alpha-2020, pp. 7-9].\n")


@pytest.mark.parametrize(
    ("language", "note", "marked"),
    [
        ("ru", "Там же, с. 7.", "Там же"),
        ("ru", "Иванов И. Указ. соч. С. 7.", "Указ. соч"),
        ("de", "Ebd., S. 7.", "Ebd"),
        ("de", "Müller, a. a. O., S. 7.", "a. a. O"),
        ("fr", "Ibid., p. 7.", "Ibid"),
    ],
)
def test_each_language_has_words_of_its_own(tmp_path: Path, language: str, note: str, marked: str) -> None:
    told = found(tmp_path, f"Words.[^a]\n\n[^a]: {note}\n", "CIT005", language)
    assert [one.split(" ", 1)[1] for one in told] == [marked]


def test_ibid_is_told_in_brackets_and_inline_notes(tmp_path: Path) -> None:
    assert found(tmp_path, "It grew (ibid., p. 5). So^[Ibid.] did all.\n", "CIT005") == ["1:10 ibid", "1:28 Ibid"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Слова.[^a]\n\n[^a]: Там же находится завод."),
        ("de", "Worte.[^a]\n\n[^a]: Dies ist eine Bemerkung."),
        ("en-GB", "The word “ibid.” and the code `ibid.` are Latin.[^a]\n\n[^a]: “Ibid.” stands for *ibidem* here."),
    ],
)
def test_the_same_words_with_another_meaning_are_left_alone(tmp_path: Path, language: str, text: str) -> None:
    told = found(tmp_path, text + "\n", "CIT005", language)
    assert [one for one in told if "ibidem" not in one] == []


def test_a_typed_citation_becomes_one(tmp_path: Path) -> None:
    typed = "Able, A. A history of exports. Minsk: North Press, 2020, p. 12."
    text = f"One.[^a] Two^[See B. Baker, *Imports and Their Friends* (Minsk, 2021).].\n\n[^a]: {typed}\n"
    assert found(tmp_path, text, "CIT006") == [
        "1:19 B. Baker, *Imports and Their Friends* (Minsk, 2021).",
        f"3:7 {typed}",
    ]
    assert mended(tmp_path, text, "CIT006") == "One.[^a] Two^[See [@beta-2021].].\n\n[^a]: [@alpha-2020, p. 12].\n"


@pytest.mark.parametrize(
    "note",
    [
        "So already @alpha-2020, A history of exports.",
        "There is a history of exports that Baker wrote.",
        "Able wrote much on imports and their friends.",
        "Nobody could call it a news of the day.",
    ],
)
def test_words_of_a_title_are_no_citation(tmp_path: Path, note: str) -> None:
    assert found(tmp_path, f"One.[^a]\n\n[^a]: {note}\n", "CIT006") == []


def test_a_note_that_says_more_is_told_without_a_fix(tmp_path: Path) -> None:
    note = (
        "Able, in A history of exports, doubts it, because the customs of those years counted barrels and not litres."
    )
    text = f"One.[^a]\n\n[^a]: {note}\n"
    assert found(tmp_path, text, "CIT006") == ["3:16 A history of exports"]
    assert mended(tmp_path, text, "CIT006") == text


def test_bracket_numbers_are_told(tmp_path: Path) -> None:
    text = "Exports doubled [1, p. 12]. Imports [2; 5] fell [3], prices \\[4\\] rose [6–8, с. 5].\n"
    assert found(tmp_path, text, "CIT008") == [
        "1:17 [1, p. 12]",
        "1:37 [2; 5]",
        "1:49 [3]",
        "1:61 \\[4\\]",
        "1:72 [6–8, с. 5]",
    ]
    assert mended(tmp_path, text, "CIT008") == text


def test_a_bracket_number_beside_a_note_goes(tmp_path: Path) -> None:
    text = "Exports doubled [3] [@alpha-2020]. Imports fell.[^a] [4]\n\n[^a]: A note [5].\n"
    assert mended(tmp_path, text, "CIT008") == "Exports doubled [@alpha-2020]. Imports fell.[^a]\n\n[^a]: A note [5].\n"


@pytest.mark.parametrize(
    "text",
    [
        "A [link][3] and [4] and [5](https://example.org).\n\n[3]: https://example.org\n[4]: https://example.org",
        "- [ ] open\n- [x] done",
        "In the interval [1, 5] and for x in [0, 1] the value a[3] holds.",
        "“In [12] of them” it was so.",
        "In [2020] nothing, `[3]` as code, $a[3]$ as formula.[^1]\n\n[^1]: A note.",
        "| a | b |\n|---|---|\n| [1] | [2] |",
        "[12]{.smallcaps} words.",
    ],
)
def test_other_brackets_are_left_alone(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text + "\n", "CIT008") == []


def test_a_chapter_cited_as_a_source_is_told(tmp_path: Path) -> None:
    own = """\
- id: whole
  type: book
  title: A Sample
- id: part
  type: chapter
  title: Exports, doubled
  container-title: A sample
- id: elsewhere
  type: chapter
  title: Exports, doubled
  container-title: Another book
"""
    files = {
        SOURCES: own,
        "chapters/01-exports.md": "---\ntitle: Exports doubled\n---\n\nOne [@whole].\n",
        "chapters/02-more.md": "---\ntitle: More\n---\n\nTwo [@part], three [@elsewhere].\n",
    }
    linted = lint_files(tmp_path, files, "CIT009")
    assert places(linted) == ["CIT009 5:6 @whole", "CIT009 5:6 @part"]
    assert [one.hint for one in linted.findings] == [
        "refer to the chapter: [@sec:...]",
        "refer to the chapter: [@sec:exports]",
    ]


def test_nothing_is_found_in_plain_text(tmp_path: Path) -> None:
    text = "Exports doubled [@alpha-2020, p. 5], and imports [@beta-2021] did not.^[By the customs.]\n"
    assert places(lint_text(tmp_path, text, "CIT")) == []
