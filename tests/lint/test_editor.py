"""What the linter tells an editor about a place of a text, asked of a desk without any protocol."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor_sample import SECOND, Sample
from lint_samples import CHAPTER, CONFIGURATION, FRONT, LIBRARY, SOURCES
from octavo.adapters import pandoc
from octavo.lint.editor.sources import plain_form, short_form
from octavo.model.positions import Units, offset_of, position_of
from octavo.model.reference import Source
from octavo.model.source import Location, SourceFile, Span
from octavo.pipeline.desk import Desk
from octavo.pipeline.lint import LintRequest
from random_publications import publication


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    return Sample(tmp_path, {SECOND: "---\ntitle: The second\n---\n\nA word[^far].\n\n[^far]: A far note.\n"})


@pytest.mark.parametrize(
    ("text", "units", "column"),
    [
        ("abc", Units.UTF16, 2),
        ("яёж", Units.UTF8, 4),
        ("яёж", Units.UTF16, 2),
        ("\U0001d400\U0001d401x", Units.UTF16, 4),
        ("\U0001d400\U0001d401x", Units.UTF8, 8),
        ("\U0001d400\U0001d401x", Units.UTF32, 2),
    ],
)
def test_columns_are_counted_in_the_units_of_the_editor(text: str, units: Units, column: int) -> None:
    source = SourceFile("a.md", f"first\n{text}\nlast")
    assert position_of(source, 8, units) == (1, column)
    assert offset_of(source, 1, column, units) == 8


def test_a_column_past_the_end_or_within_a_character_is_a_place_of_the_line() -> None:
    source = SourceFile("a.md", "x\U0001d400y\nlast")
    assert offset_of(source, 0, 2, Units.UTF16) == 1
    assert offset_of(source, 0, 99, Units.UTF16) == 3
    assert offset_of(source, 9, 9, Units.UTF8) == len(source.text)


def test_other_line_separators_of_unicode_end_no_line() -> None:
    source = SourceFile("a.md", "one\u2028two\x85three\nfour")
    assert position_of(source, source.text.index("four"), Units.UTF16) == (1, 0)


def test_a_hover_over_a_key_gives_the_number_and_the_source(sample: Sample) -> None:
    assert sample.told("A word[^a] and [@alpha¦-2020, p. 5].\n\n[^a]: Note.\n") == [
        ("Note 2", ""),
        ("alpha-2020", "Ann Able. A history of exports. Minsk: North Press, 2020."),
    ]


def test_a_hover_over_a_citation_gives_the_beginning_of_its_note(sample: Sample) -> None:
    told = sample.told("Words [@alpha-2020, p.¦ 5; @beta-2021].\n")
    assert told[0] == ("Note 1", "[@alpha-2020, p. 5; @beta-2021]")
    assert [heading for heading, _ in told[1:]] == ["alpha-2020", "beta-2021"]


def test_a_source_cited_in_a_note_has_no_number(sample: Sample) -> None:
    told = sample.told("Word.[^a]\n\n[^a]: See [@alpha-2020¦].\n")
    assert [heading for heading, _ in told] == ["alpha-2020"]


def test_an_unknown_key_is_said_to_be_one(sample: Sample) -> None:
    assert sample.told("Words [@gam¦ma].\n")[-1] == ("gamma", "There is no source with this key.")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("One[^a].\n\nTwo[^¦b].\n\n[^a]: A.\n\n[^b]: The *second* note\n    goes on.\n", "The *second* note goes on."),
        ("One[^a].\n\nTwo[^b].\n\n[^a]: A.\n\n[^b¦]: The other.\n", "The other."),
        ("One[^a].\n\nTwo^[In ¦line].\n\n[^a]: A.\n", "In line"),
    ],
)
def test_a_hover_over_a_call_gives_its_number_and_text(sample: Sample, text: str, told: str) -> None:
    assert sample.told(text) == [("Note 2", told)]


def test_a_note_that_is_not_there_has_no_number(sample: Sample) -> None:
    assert sample.told("One[^¦lost].\n") == [("[^lost]", "This note is not defined.")]
    assert sample.told("One.\n\n[^¦idle]: Never called.\n") == [
        ("[^idle]", "This note is not called, and so has no number.")
    ]


def test_what_stands_in_code_or_in_the_front_matter_is_nothing(sample: Sample) -> None:
    assert sample.hover("Words `[@alpha¦-2020]`.\n") is None
    assert sample.hover("---\ntitle: On [@alpha¦-2020]\n---\n\nWords.\n") is None


@pytest.mark.parametrize(
    ("numbering", "heading"),
    [("continuous", "Note 2"), ("part", "Note 1 of its part"), ("chapter", "Note 1 of its chapter")],
)
def test_numbers_go_on_over_the_chapters_as_the_publication_says(tmp_path: Path, numbering: str, heading: str) -> None:
    parts = "parts: [{title: A, chapters: [sample]}, {title: B, chapters: [second]}]\n"
    configuration = f"{CONFIGURATION}{parts}notes: {{numbering: {numbering}}}\n"
    sample = Sample(tmp_path, {"publication.yaml": configuration, CHAPTER: f"{FRONT}One [@alpha-2020].\n"})
    assert sample.told("Far[^¦far].\n\n[^far]: A far note.\n", SECOND) == [(heading, "A far note.")]


def test_notes_in_a_table_have_letters_and_its_caption_has_none(sample: Sample) -> None:
    table = (
        "One [@alpha-2020].\n\n| A | B |\n|---|---|\n| a | b[^cell] |\n\n: Caption^[Of the caption].\n\n[^cell]: C.\n"
    )
    assert sample.told(table.replace("[^cell] |", "[^c¦ell] |")) == [("Note a of its table", "C.")]
    assert sample.told(table.replace("Of the", "Of¦ the")) == [("Note 2", "Of the caption")]


def test_notes_of_macros_count(sample: Sample) -> None:
    assert sample.told("{% for n in [1, 2] %}Word^[{{ n }}] {% endfor %}\n\nLast^[Of ¦all].\n") == [
        ("Note 3", "Of all")
    ]


@pytest.mark.parametrize("seed", range(30))
def test_numbers_of_random_publications_are_those_that_were_written(seed: int, tmp_path: Path) -> None:
    wanted = publication(seed)
    root = Path(str(wanted.write(tmp_path)))
    desk = Desk(LintRequest(), lambda job: None)
    for note in wanted.notes:
        if not note.name:
            continue
        path = next((root / "chapters").glob(f"*-{note.chapter}.md"))
        source = desk.source(path)
        assert source is not None
        hover = desk.hover(path, source.text.index(f"[^{note.name}]"))
        if hover is None:
            # Titles and abstracts stand in the front matter, where an editor says nothing.
            assert source.text.index(f"[^{note.name}]") < source.text.index("\n---\n")
            continue
        assert hover.remarks[0].heading.split()[1] == note.label


def test_the_full_citation_is_made_once_and_later(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[str] = []
    real = pandoc.markdown_to_html

    def counted(*arguments: object, **options: object) -> str:
        runs.append("run")
        return real(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("octavo.cite.convert.markdown_to_html", counted)
    first = sample.hover("Words [@alpha¦-2020].\n")
    assert first is not None
    assert not first.complete
    sample.hover("Other words [@alpha¦-2020].\n")
    assert (len(sample.jobs), runs) == (1, [])
    sample.jobs[0]()
    for text in ("Words [@alpha¦-2020].\n", "More words [@alpha¦-2020, p. 5].\n"):
        later = sample.hover(text)
        assert later is not None
        assert later.complete
        assert later.remarks[-1].text == "Ann Able, A History of Exports (North Press, 2020)."
    assert (len(sample.jobs), runs) == (1, ["run"])


def test_a_style_without_notes_gives_the_entry_of_its_list(tmp_path: Path) -> None:
    configuration = CONFIGURATION.replace("chicago-notes-bibliography", "apa")
    sample = Sample(tmp_path, {"publication.yaml": configuration})
    text = "Words [@alpha¦-2020].\n"
    assert sample.told(text) == [("alpha-2020", "Ann Able. A history of exports. Minsk: North Press, 2020.")]
    sample.jobs[0]()
    assert sample.told(text) == [("alpha-2020", "Able, A. (2020). A history of exports. North Press.")]


def test_a_hover_over_the_key_of_an_entry_gives_its_citation(sample: Sample) -> None:
    text = LIBRARY.replace("beta-2021", "be¦ta-2021")
    assert sample.told(text, SOURCES) == [
        ("beta-2021", "Bob Baker. Imports and their friends. Minsk: South Press, 2021.")
    ]


def test_plain_forms_leave_out_what_is_not_there() -> None:
    at = Location("a.yaml")
    bare = Source("bare", {"id": "bare", "type": "book"}, at)
    assert (short_form(bare), plain_form(bare)) == ("", "bare")
    many = {
        "author": [{"family": "A"}, {"family": "B"}, {"literal": "The C"}],
        "title": "On <i>D</i>.",
        "URL": "http://e/",
    }
    assert short_form(Source("many", many, at)) == "A et al."
    assert plain_form(Source("many", many, at)) == "A, B, The C. On D. http://e/"


def test_keys_are_found_by_what_they_stand_for(sample: Sample) -> None:
    assert sample.names("Words [@al¦].\n")[0] == "alpha-2020"
    assert sample.names("Words [see -@Baker¦].\n") == ["beta-2021"]
    assert sample.names("Words [@alpha-2020; @friends¦].\n") == ["beta-2021"]
    (first, *_) = sample.complete("Words @alp¦.\n").items
    assert (first.detail, first.span) == ("Able 2020", Span(len(FRONT) + 7, len(FRONT) + 10))


@pytest.mark.parametrize(
    "text",
    ["Write to ann@al¦.\n", "Code `@al¦`.\n", "```\n@al¦\n```\n", "<!-- @al¦ -->\n", "Words [al¦].\n"],
)
def test_where_no_key_can_stand_none_is_offered(sample: Sample, text: str) -> None:
    assert sample.names(text) == []


def test_labels_that_are_not_called_yet_come_first(sample: Sample) -> None:
    text = "One[^used] and two[^¦\n\n[^used]: Used.\n\n[^wait]: Waiting.\n"
    assert sample.names(text) == ["wait", "used"]
    details = {one.name: (one.detail, one.text) for one in sample.complete(text).items}
    assert details == {"wait": ("not called", "Waiting."), "used": ("Note 1", "Used.")}


def test_where_a_note_is_defined_the_labels_that_lack_one_come_first(sample: Sample) -> None:
    text = "One[^used] and two[^lost].\n\n[^used]: Used.\n\n[^¦]\n"
    assert sample.names(text) == ["lost", "used"]


def test_targets_are_offered_by_their_prefix(sample: Sample) -> None:
    body = (
        "## Trade {#sec:trade}\n\nSee [@PREFIX¦].\n\n| A | B |\n|---|---|\n| a | b |\n\n: Growth {#tbl:growth}\n\n"
        "![A map](map.png){#fig:map}\n\n[$$a$$]{#eq:one} A [place]{#here}[^near].\n\n[^near]: Near.\n"
    )
    offered = {}
    for prefix in ("sec:", "tbl:", "fig:", "eq:", "note:"):
        items = sample.complete(body.replace("PREFIX", prefix)).items
        offered[prefix] = [(one.name, one.text) for one in items]
    assert offered["sec:"] == [("sec:sample", "A sample"), ("sec:second", "The second"), ("sec:trade", "Trade")]
    assert offered["tbl:"] == [("tbl:growth", "Growth")]
    assert offered["fig:"] == [("fig:map", "A map")]
    assert offered["eq:"] == [("eq:one", "$$a$$")]
    assert offered["note:"] == [("note:near", "Near."), ("note:second/far", "A far note.")]
    assert "here" in sample.names(body.replace("[@PREFIX¦]", "[words](#h¦)"))


def test_a_long_list_is_cut_and_says_so(tmp_path: Path) -> None:
    entries = "".join(f"- {{id: source-{number}, type: book, title: T}}\n" for number in range(300))
    sample = Sample(tmp_path, {SOURCES: entries})
    assert not sample.complete("Words [@¦].\n").complete
    few = sample.complete("Words [@source-29¦].\n")
    assert few.complete
    assert len(few.items) == 11
