"""Macros of a chapter: what they print, and that places in the result are places in the source."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from octavo.assemble.macros import expand
from octavo.model.finding import Finding
from octavo.model.source import SourceFile, Span
from octavo.read.scanner import scan

VALUES = {"publication": {"title": "Book"}, "chapter": {"label": "3"}}


def expanded(text: str, findings: list[Finding] | None = None) -> tuple[str, list[int]]:
    source = SourceFile("chapters/01.md", text)
    result, text_map = expand(
        source, Span(0, len(text)), scan(text).literals, VALUES, [] if findings is None else findings
    )
    return result, [text_map.to_source(offset) for offset in range(len(result))]


def test_an_expression_points_at_itself() -> None:
    text = "In {{ publication.title }} we say."
    result, origins = expanded(text)
    assert result == "In Book we say."
    assert origins[:3] == [0, 1, 2]
    assert origins[3:7] == [3] * 4
    assert [text[origin] for origin in origins[7:]] == list(" we say.")


def test_a_loop_points_into_its_body_each_time() -> None:
    text = "a\n{% for i in [1, 2] %}b{{ i }}\n{% endfor %}c"
    result, origins = expanded(text)
    assert result == "a\nb1\nb2\nc"
    assert [text[origins[index]] for index, letter in enumerate(result) if letter in "abc"] == ["a", "b", "b", "c"]


def test_code_mathematics_and_identifiers_are_left_alone() -> None:
    text = "# T {#x}\n\n`{{ no }}` and $x^{{a}}$ and\n\n```\n{% raw %}\n```\n\n{{ chapter.label }}\n"
    assert expanded(text)[0] == text.replace("{{ chapter.label }}", "3")


def test_comments_have_marks_of_their_own() -> None:
    assert expanded("a {## not printed ##}b {#c}")[0] == "a b {#c}"


def test_an_undefined_name_is_a_finding_at_its_place() -> None:
    findings: list[Finding] = []
    expanded("One\n\nTwo {{ chaptre.label }}.", findings)
    (finding,) = findings
    assert str(finding.location) == "chapters/01.md:3:8"
    assert finding.hint == "did you mean 'chapter'?"


@given(
    st.lists(st.sampled_from(["{{ chapter.label }}", "word ", "\n", "`{{ x }}` ", "é[^n] ", "{## c ##}"]), max_size=12)
)
def test_copied_characters_come_from_where_the_map_says(pieces: list[str]) -> None:
    text = "".join(pieces)
    result, origins = expanded(text)
    for letter, origin in zip(result, origins, strict=True):
        assert 0 <= origin < len(text)
        assert text[origin] in (letter, "{")
