"""Rules about the text itself: blanks, repeated words, numbers, what an extraction left."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_mended import mended
from lint_places import found

NO_BREAK, NARROW = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("language", "text", "after"),
    [
        ("en-GB", "One , two ; three.", "One, two; three."),
        ("en-GB", "One . Two ! Three ? Four : five.", "One. Two! Three? Four: five."),
        ("en-GB", f"One{NO_BREAK}, two{NARROW}.", f"One, two{NARROW}."),
        ("en-GB", "One [@alpha-2020] . Two^[Three , four .]", "One [@alpha-2020]. Two^[Three, four.]"),
        ("en-GB", 'He said "one" . Two.', 'He said "one". Two.'),
        ("en-GB", "One\n, two.", "One, two."),
        ("ru", "Один , два : три ?", "Один, два: три?"),
        ("de", "Eins , zwei : drei !", "Eins, zwei: drei!"),
        ("fr", "Un , deux ; trois : quatre ? Cinq !", "Un, deux ; trois : quatre ? Cinq !"),
    ],
)
def test_a_blank_before_a_mark_goes(tmp_path: Path, language: str, text: str, after: str) -> None:
    assert mended(tmp_path, text + "\n", "TXT106", language=language, unsafe=False) == after + "\n"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en-GB", "One . . . two. Version .5 of .NET, a 1 : 50 scale :) and `a ,` $a ,$."),
        ("en-GB", "One [@alpha-2020]. Two [@beta-2021], three\\ !"),
        ("en-GB", "Term\n\n: Definition ...\n\n| a | b |\n|---|:--|\n| 1 | 2 |\n\n: Caption"),
        ("fr", f"Quoi{NARROW}? Oui{NARROW}! «{NO_BREAK}un{NO_BREAK}»{NARROW}; deux{NO_BREAK}: trois."),
        ("ru", "Слово.[^a]\n\n[^a]: Иванов И. Книга : сборник ; Минск : Наука, 2020."),
    ],
)
def test_blanks_that_belong_before_a_mark_stay(tmp_path: Path, language: str, text: str) -> None:
    assert found(tmp_path, text + "\n", "TXT106", language) == []


def test_the_blank_is_marked(tmp_path: Path) -> None:
    assert found(tmp_path, "One  , two.\n", "TXT106") == ["1:4"]


@pytest.mark.parametrize(
    ("language", "text", "marked"),
    [
        ("en-GB", "Exports of the the Union.", "1:16 the"),
        ("en-GB", "Exports of the\nthe Union.", "2:1 the"),
        ("en-GB", "The the Union grew.", "1:5 the"),
        ("en-GB", "It grew in in.", "1:12 in"),
        ("en-GB", "Within the Union of the Union of five states.", "1:21 the Union of"),
        ("en-GB", "a rise of exports to a rise of exports to five", "1:22 a rise of exports to"),
        ("en-GB", "Words^[The note said said so].", "1:22 said"),
        ("ru", "Экспорт в в Союз.", "1:11 в"),
        ("ru", "Он стал стал больше.", "1:9 стал"),
        ("de", "Das ist nicht nicht so.", "1:15 nicht"),
        ("fr", "Il est est là.", "1:8 est"),
    ],
)
def test_a_repeated_word_is_marked(tmp_path: Path, language: str, text: str, marked: str) -> None:
    assert found(tmp_path, text + "\n", "TXT107", language) == [marked]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en-GB", "They had had it, and that that was so was no no-go; a very very long way."),
        ("en-GB", "Duran Duran and Boutros Boutros-Ghali sang again and again and again."),
        ("en-GB", "On 5 5 and 3 3 days, x x, [@alpha-2020] [@beta-2021] `a` `a`."),
        ("en-GB", "The trade. Trade grew. So did trade, trade and trade\n\ntrade."),
        ("en-GB", "| yes | yes |\n|-----|-----|\n| no | no |\n\nyes   yes"),
        ("en-GB", "the[^a] the\n\n[^a]: Never again, never again, he said."),
        ("ru", "Вот вот, чуть чуть, да да и нет нет."),
        ("de", "Die, die die Frau kennt, weil sie sie mag."),
        ("fr", "Nous nous voyons."),
    ],
)
def test_words_that_may_stand_twice_are_left_alone(tmp_path: Path, language: str, text: str) -> None:
    assert found(tmp_path, text + "\n", "TXT107", language) == []


@pytest.mark.parametrize(
    ("language", "text", "after"),
    [
        ("en-GB", "We saw 1,000, 2,500 and 3 700 tonnes.", "We saw 1,000, 2,500 and 3,700 tonnes."),
        (
            "en-GB",
            f"We saw 1{NO_BREAK}000, 2{NO_BREAK}500 and 3,700.",
            f"We saw 1{NO_BREAK}000, 2{NO_BREAK}500 and 3{NO_BREAK}700.",
        ),
        ("en-GB", "By 3.5 per cent, 2.5% and 1,3 times.", "By 3.5 per cent, 2.5% and 1.3 times."),
        ("de", "Um 3,5 Prozent, 2,5 % und 1.3 Millionen.", "Um 3,5 Prozent, 2,5 % und 1,3 Millionen."),
        ("en-GB", "\\$5 million, \\$6 million, 7 million dollars.", "\\$5 million, \\$6 million, \\$7 million."),
        ("en-GB", "\\$5, \\$6, USD 7 million and \\$ 8.", "\\$5, \\$6, \\$7 million and \\$8."),
        ("en-GB", "USD 5, USD 6 and 7 USD.", "USD 5, USD 6 and USD 7."),
        ("en-GB", "It was \\$214, 7 million.", "It was \\$214.7 million."),
    ],
)
def test_the_rarer_format_becomes_the_usual_one(tmp_path: Path, language: str, text: str, after: str) -> None:
    assert mended(tmp_path, text + "\n", "TXT108", language=language) == after + "\n"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en-GB", "In 2020 500 firms, 1,000 tonnes, on 12.05.2021 at 10.30, section 2.3, v1.2.3, 3.5% and 2,500."),
        ("en-GB", "Call +375 17 200 300; see 2,3 and 4; https://example.org/1,000/a 1,500."),
        ("en-GB", "\\$5 million, €6 million, 7 million people, paid in dollars, A\\$5."),
        ("en-GB", "We saw 1,000.[^a]\n\n[^a]: Others saw 1 000.\n\n| a |\n|---|\n| 2 000 |"),
        ("de", "Von 1.000 auf 2,5 Prozent und 1,250 Tonnen."),
        ("ru", "С 1 000 до 2,5 процента и 1,250 тонны."),
    ],
)
def test_numbers_in_one_format_are_left_alone(tmp_path: Path, language: str, text: str) -> None:
    assert found(tmp_path, text + "\n", "TXT108", language) == []


@pytest.mark.parametrize(
    ("language", "text", "marked"),
    [
        ("en-GB", "One two.\n\n41\n\nThree four.", "3:1 41"),
        ("en-GB", "One two.\n\n– 41 –\n\nThree four.", "3:1 – 41 –"),
        ("en-GB", "The antimono-\npoly rules.", "1:5 antimono-\npoly"),
        ("ru", "Это антимоно-\nпольные меры.", "1:5 антимоно-\nпольные"),
        ("en-GB", "> The antimono-\n> poly rules.", "1:7 antimono-\n> poly"),
        ("en-GB", "The council agreed on\n\nrules for all.", "3:1 rules"),
        ("en-GB", "The council agreed [@alpha-2020]\n\nrules for all.", "3:1 rules"),
        ("ru", "Совет решил,\n\nчто правила нужны.", "3:1 что"),
    ],
)
def test_what_an_extraction_left_is_marked(tmp_path: Path, language: str, text: str, marked: str) -> None:
    assert found(tmp_path, text + "\n", "TXT109", language) == [marked]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en-GB", "One two.\n\n2021\n\nThree four.\n\n12\\. Five"),
        ("en-GB", "The import-\nand export-\nor other duties of the X-\nRay."),
        ("de", "Die Ein-\nund Ausfuhr."),
        ("ru", "Двух-\nи трёхлетний план."),
        ("en-GB", "The formula\n\n$$a = b$$\n\nwhere a is b:\n\nand this.\n\niPhone sales."),
        ("en-GB", "- one\n- two\n\nare words.\n\n## A heading\n\nbegins so.\n\n| a |\n|---|\n| b |\n\nis a table."),
        ("en-GB", "Words[^a]\n\n[^a]: A note\n\n    goes on."),
        ("en-GB", "See https://example.org/a-\nb for it."),
    ],
)
def test_other_breaks_are_left_alone(tmp_path: Path, language: str, text: str) -> None:
    assert found(tmp_path, text + "\n", "TXT109", language) == []
