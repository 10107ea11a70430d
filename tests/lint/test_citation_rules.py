"""Rules about citations and quotations: what they find, exactly where, what they leave alone, and what they mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_samples import CHAPTER, CONFIGURATION, LIBRARY, SOURCES, lint_files, lint_text, places
from octavo.pipeline.lint import Linted

PAGED = f"""{LIBRARY}- id: gamma-2022
  type: article-journal
  title: On borders
  page: 112-30
  issued: 2022
- id: delta-2023
  type: book
  title: Short history
  number-of-pages: 90
  issued: 2023
- id: web-2024
  type: webpage
  title: News of the day
  URL: https://example.org/news
  issued: 2024
"""
FIRST_LINE = 6


def found(tmp_path: Path, text: str, code: str, language: str = "en-GB", sources: str = PAGED) -> list[str]:
    """The findings of one rule, without its code, with lines counted from the first of the text."""
    front = f"---\ntitle: A sample\nlanguage: {language}\n---\n\n"
    told = places(lint_files(tmp_path, {CHAPTER: front + text, SOURCES: sources}, code))
    return [_relative(one.removeprefix(f"{code} ")) for one in told]


def _relative(place: str) -> str:
    at, _, marked = place.partition(" ")
    line, _, column = at.partition(":")
    return f"{int(line) - FIRST_LINE + 1}:{column} {marked}"


def fixed(linted: Linted, path: str = CHAPTER) -> str:
    """The text of a file with all fixes applied, from its end to its beginning."""
    text = linted.sources[path].text
    edits = {edit for one in linted.findings if one.fix for edit in one.fix.edits if edit.file == path}
    for edit in sorted(edits, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def mended(tmp_path: Path, text: str, code: str, language: str = "en-GB") -> str:
    """The text after the fixes of one rule, which finds nothing to mend in it then."""
    front = f"---\ntitle: A sample\nlanguage: {language}\n---\n\n"
    after = fixed(lint_files(tmp_path, {CHAPTER: front + text, SOURCES: PAGED}, code))
    again = lint_files(tmp_path, {CHAPTER: after, SOURCES: PAGED}, code)
    assert fixed(again) == after
    return after.removeprefix(front)


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
    assert found(tmp_path, text, "CIT003") == ["1:23 111", "1:57 131", "1:88 91", "1:110 200"]
    assert found(tmp_path, "One [@gamma-2022, pp. 112-30]. Two [@delta-2023, p. 90, ch. 200].\n", "CIT003") == []


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
    settings = CONFIGURATION + "lint: {rules: {CIT004: {words: 3}}}\n"
    linted = lint_files(tmp_path, {"publication.yaml": settings, CHAPTER: "He said “one two three”.\n"}, "CIT004")
    assert len(linted.findings) == 1


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


FIVE = "one two three four five"


def test_a_quotation_from_a_book_needs_its_page(tmp_path: Path) -> None:
    text = f"He said “{FIVE}” [@alpha-2020]. She said “{FIVE}.”[^a]\n\n[^a]: @beta-2021.\n"
    assert found(tmp_path, text, "CIT007") == ["1:37 @alpha-2020", "3:7 @beta-2021"]


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


def test_bracket_numbers_are_told(tmp_path: Path) -> None:
    text = "Exports doubled [1, p. 12]. Imports [2; 5] fell [3], prices \\[4\\] rose [6–8, с. 5].\n"
    assert found(tmp_path, text, "CIT008") == [
        "1:17 [1, p. 12]",
        "1:37 [2; 5]",
        "1:49 [3]",
        "1:61 \\[4\\]",
        "1:73 [6–8, с. 5]",
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
