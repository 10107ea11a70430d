"""What the book abbreviated in an earlier chapter, spelled out in the paper that a later one becomes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.assemble.abbreviation_forms import find_definitions
from octavo.assemble.abbreviations import spell_out
from octavo.model.finding import Finding
from octavo.model.markup import LiteralKind
from octavo.read.scanner import scan
from paper_text import expanded

BEFORE = (
    "The Eurasian Economic Union (EAEU) has members. For the Belarusian Universal Commodity Exchange (BUCE) and the\n"
    "free economic zones (FEZs) it matters, and so it does for the Federal Bank (FB).\n"
)


def paper(body: str, before: str = BEFORE, *, abstract: str = "", language: str = "en-GB") -> str:
    """The body that a chapter has as a paper."""
    chapter = expanded("own", body, abstract=abstract, language=language)
    findings: list[Finding] = []
    made = spell_out(chapter, [expanded("earlier", before, language=language)], scan, findings)
    assert not findings
    return made.text.partition("\n\n")[2]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("At the EAEU it is.", "At the Eurasian Economic Union (EAEU) it is."),
        ("The EAEU, and the EAEU.", "The Eurasian Economic Union (EAEU), and the EAEU."),
        ("BUCE is sure.", "The Belarusian Universal Commodity Exchange (BUCE) is sure."),
        ("Sold through BUCE were", "Sold through the Belarusian Universal Commodity Exchange (BUCE) were"),
        ("At BUCE it was", "At the Belarusian Universal Commodity Exchange (BUCE) it was"),
        ("in EAEU countries", "in Eurasian Economic Union (EAEU) countries"),
        ("a new EAEU treaty", "a new Eurasian Economic Union (EAEU) treaty"),
        ("an FEZ grows", "a free economic zone (FEZ) grows"),
        ("an EAEU treaty", "a Eurasian Economic Union (EAEU) treaty"),
        ("FEZs grow.", "Free economic zones (FEZs) grow."),
        ("some FEZs grow", "some free economic zones (FEZs) grow"),
        ("of BUCE's trade", "of the Belarusian Universal Commodity Exchange's (BUCE's) trade"),
        ("the EAEU’s trade", "the Eurasian Economic Union’s (EAEU’s) trade"),
        ("the FEZs' residents", "the free economic zones' (FEZs') residents"),
        ("(the EAEU alone)", "(the Eurasian Economic Union \\[EAEU\\] alone)"),
        ("*EAEU* and", "*The Eurasian Economic Union (EAEU)* and"),
        ("The Eurasian\nEconomic Union and the EAEU", "The Eurasian\nEconomic Union (EAEU) and the EAEU"),
    ],
)
def test_the_first_use_has_the_name(written: str, read: str) -> None:
    assert paper(f"{written}\n") == f"{read}\n"


@pytest.mark.parametrize(
    "body",
    [
        "The Eurasian Economic Union (EAEU) grew; the EAEU had members.",
        "The EAEU (Eurasian Economic Union) grew.",
        "The European Arts Union (EAEU) is another one.",
        "Nothing is abbreviated.",
        "# The EAEU\n\nA text.",
        "A text with `EAEU` in code and <https://EAEU.org/EAEU> and [words](https://EAEU.org) and [@EAEU].",
        "| EAEU | b |\n|------|---|\n| c    | d |",
        "  EAEU   other\n------- ------\n  one    EAEU\n\n: The EAEU",
        "An EAEU-wide rule, the MEAEU and the EAEUX.",
        "::: {#EAEU .EAEU}\nText.\n:::",
    ],
)
def test_what_is_left_alone(body: str) -> None:
    assert paper(f"{body}\n") == f"{body}\n"


def test_a_note_is_spelled_out_where_no_use_in_the_text_stands_before_its_call() -> None:
    assert paper("One.^[The EAEU.] The EAEU.\n") == (
        "One.^[The Eurasian Economic Union (EAEU).] The Eurasian Economic Union (EAEU).\n"
    )
    text = "The EAEU.[^n]\n\n[^n]: Of the EAEU.\n"
    assert paper(text) == text.replace("The EAEU", "The Eurasian Economic Union (EAEU)")
    first = "One.[^n] The EAEU.\n\n[^n]: Of the EAEU.\n"
    assert paper(first) == first.replace("EAEU", "Eurasian Economic Union (EAEU)")


def test_the_abstract_is_a_text_of_its_own() -> None:
    made = paper("The EAEU.\n", abstract="On the EAEU.")
    assert made == (
        "::: {.octavo-abstract}\nOn the Eurasian Economic Union (EAEU).\n:::\n\nThe Eurasian Economic Union (EAEU).\n"
    )
    own = paper("The EAEU.\n", abstract="On the Eurasian Economic Union (EAEU).")
    assert own.count("Eurasian Economic Union (EAEU)") == 2


def test_a_russian_name_stands_behind_the_abbreviation_because_its_case_is_not_that_of_the_sentence() -> None:
    before = "В Евразийском экономическом союзе (далее – ЕАЭС), как и там, где Евразийский экономический союз (ЕАЭС).\n"
    made = paper("В рамках ЕАЭС и за пределами ЕАЭС.\n", before, language="ru")
    assert made == "В рамках ЕАЭС (Евразийский экономический союз) и за пределами ЕАЭС.\n"


def test_a_definition_in_another_language_does_not_count() -> None:
    earlier = expanded("earlier", "Die Eurasische Wirtschaftsunion (EWU).\n", language="de")
    chapter = expanded("own", "The EWU.\n")
    assert spell_out(chapter, [earlier], scan, []) is chapter


def test_two_names_for_one_abbreviation_are_told() -> None:
    before = [expanded("one", "The Federal Bank (FB).\n"), expanded("two", "The Foreign Board (FB).\n")]
    findings: list[Finding] = []
    made = spell_out(expanded("own", "\nOf the FB.\n"), before, scan, findings)
    assert made.text.endswith("\nOf the Foreign Board (FB).\n")
    (finding,) = findings
    assert (finding.code, finding.severity.value, str(finding.location)) == ("EXT131", "warning", "chapters/own.md:6:8")
    assert "Federal Bank and for Foreign Board" in finding.message


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the Commonwealth of Independent States (CIS)", ("CIS", "Commonwealth of Independent States")),
        ("the Eurasian\nEconomic Union (hereafter EAEU)", ("EAEU", "Eurasian Economic Union")),
        ("Евразийский экономический союз (далее – ЕАЭС)", ("ЕАЭС", "Евразийский экономический союз")),
        ("свободная экономическая зона (СЭЗ)", ("СЭЗ", "свободная экономическая зона")),
        ("the Russian-Belarusian Union (RBU)", ("RBU", "Russian-Belarusian Union")),
        ("the Russian-Belarusian Union (RU)", ("RU", "Russian-Belarusian Union")),
        ("in EurAsEC (Eurasian Economic Community)", ("EurAsEC", "Eurasian Economic Community")),
        ("the *Federal Bank* (FB)", ("FB", "Federal Bank")),
        ("Minsk Motor Plant (MMZ)", None),
        ("the exports of machines (ORT)", None),
        ("a bank. Free zones (BFZ)", None),
        ("it was late (2021)", None),
        ("a part (A)", None),
    ],
)
def test_definitions_are_found_where_the_letters_fit(text: str, found: tuple[str, str] | None) -> None:
    assert [(one.short, one.name) for one in find_definitions(text, "en")] == ([found] if found else [])


_PIECES = st.sampled_from(
    [
        "The EAEU",
        "BUCE",
        "FEZs",
        "a word",
        "`EAEU`",
        "[@key, p. 5]",
        "^[of BUCE]",
        "[^n]",
        "\n\n",
        "{{ chapter.title }}",
        ".",
    ]
)


@given(st.lists(_PIECES, max_size=12))
def test_places_still_point_into_the_file_of_the_author(pieces: list[str]) -> None:
    body = " ".join(pieces) + "\n\n[^n]: The FEZ.\n"
    chapter = expanded("own", body)
    made = spell_out(chapter, [expanded("earlier", BEFORE)], scan, [])
    before, after = chapter.scan, made.scan
    for one, other in ((before.citations, after.citations), (before.references, after.references)):
        assert [chapter.locate(found.span) for found in one] == [made.locate(found.span) for found in other]
    code = [
        [one.locate(found.span) for found in one.scan.literals if found.kind is LiteralKind.CODE_SPAN]
        for one in (chapter, made)
    ]
    assert code[0] == code[1]
    source = chapter.chapter.source.text
    for short in ("EAEU", "BUCE"):
        at = made.text.find(f"({short})")
        if at != -1:
            assert source.startswith(("EAEU", "BUCE", "The", "the"), made.map.to_source(at))
    assert spell_out(made, [expanded("earlier", BEFORE)], scan, []).text == made.text
