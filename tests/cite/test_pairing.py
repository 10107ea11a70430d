"""Notes as Pandoc made them, paired with the calls in the source."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from hypothesis import given
from hypothesis import strategies as st

from octavo.cite.html import ConvertedChapter, split_chapters
from octavo.cite.pairing import pair, written_notes
from octavo.model.chapter import CHAPTER_ID, Chapter, ExpandedChapter, FrontMatter, TextMap
from octavo.model.finding import Finding
from octavo.model.notes import NoteKind
from octavo.model.source import SourceFile, Span
from octavo.read.scanner import scan


def chapter(text: str) -> ExpandedChapter:
    """A chapter as it stands, without macros."""
    source = SourceFile("chapters/01-x.md", text)
    whole = Chapter("x", source, FrontMatter("X"), Span(0, len(text)))
    return ExpandedChapter(whole, text, scan(text), TextMap((0,), (0,), (True,)))


def converted(*notes: tuple[str, str]) -> ConvertedChapter:
    """What Pandoc returns for notes: the sources that each cites (empty for a remark), and its text."""
    calls, bodies = [], []
    for index, (cites, text) in enumerate(notes, 1):
        call = f'<a href="#fn{index}" class="footnote-ref" id="fnref{index}"><sup>{index}</sup></a>'
        calls.append(f'<span class="citation" data-cites="{cites}">{call}</span>' if cites else call)
        bodies.append(
            f'<li id="fn{index}"><p>{escape(text)}<a href="#fnref{index}" class="footnote-back">x</a></p></li>'
        )
    html = (
        f'<h1 id="c__{CHAPTER_ID}">X</h1><p>{" ".join(calls)}</p>'
        f'<section id="footnotes"><ol>{"".join(bodies)}</ol></section>'
    )
    return split_chapters(html, ("c",), CHAPTER_ID)[0]


def ids(text: str, notes: Sequence[tuple[str, str]]) -> tuple[list[str], list[Finding]]:
    """The ids of the pairs in the order of the tree, and the findings."""
    findings: list[Finding] = []
    return [note.id for note in pair(chapter(text), converted(*notes), True, findings)], findings


def test_notes_are_named_by_their_label_or_counted_by_kind() -> None:
    text = "A[^one] b^[two] c [@k] d [@l] e^[three].\n\n[^one]: One.\n"
    found = written_notes(chapter(text), True)
    assert [note.name for note in found] == ["one", "inline-1", "cite-1", "cite-2", "inline-2"]
    assert [note.kind for note in found].count(NoteKind.CITATION) == 2
    assert found[2].keys == ("k",)


def test_a_name_that_an_author_gave_is_not_taken() -> None:
    text = "A^[one] b[^inline-1] c [@k] d[^cite-1].\n\n[^inline-1]: One.\n\n[^cite-1]: Two.\n"
    names = [note.name for note in written_notes(chapter(text), True)]
    assert names == ["inline-2", "inline-1", "cite-2", "cite-1"]


def test_what_stands_in_a_note_makes_no_note() -> None:
    text = "A[^one] b^[see [@k]].\n\n[^one]: One [@l, p. 3].\n"
    assert [note.name for note in written_notes(chapter(text), True)] == ["one", "inline-1"]


def test_citations_are_notes_in_a_note_style_alone() -> None:
    text = "A [@k] b[^one].\n\n[^one]: One.\n"
    assert [note.name for note in written_notes(chapter(text), True)] == ["cite-1", "one"]
    assert [note.name for note in written_notes(chapter(text), False)] == ["one"]


def test_a_reference_is_no_note() -> None:
    text = "A [@tbl:one] b [@k; @sec:two].\n"
    assert [note.keys for note in written_notes(chapter(text), True)] == [("k",)]


def test_a_pair_has_the_place_of_its_call() -> None:
    findings: list[Finding] = []
    (note,) = pair(chapter("One\ntwo[^n].\n\n[^n]: Body.\n"), converted(("", "Body.")), True, findings)
    assert (note.location.line, note.location.column, note.location.end_column) == (2, 4, 8)
    assert findings == []


def test_remarks_that_stand_in_another_order_in_the_tree_keep_their_names() -> None:
    # The caption of a table stands below it in the source and above it in the tree.
    text = "| a[^cell] |\n|---|\n| b |\n\n: Caption[^caption]\n\n[^cell]: In a cell.\n\n[^caption]: In the caption.\n"
    found, findings = ids(text, [("", "In the caption."), ("", "In a cell.")])
    assert found == ["x/caption", "x/cell"]
    assert findings == []


def test_citations_are_told_apart_by_their_sources() -> None:
    found, findings = ids("A [@l] b [@k].\n", [("k", "K."), ("l", "L.")])
    assert found == ["x/cite-2", "x/cite-1"]
    assert findings == []


def test_a_note_too_many_is_no_guess() -> None:
    found, findings = ids("A[^n].\n\n[^n]: Body.\n", [("", "Body."), ("", "Other.")])
    assert found == ["x/n"]
    assert [finding.code for finding in findings] == ["NTE109"]
    assert "Other." in findings[0].message


def test_a_call_that_makes_no_note_is_told() -> None:
    _, findings = ids("A[^n] b^[two].\n\n[^n]: Body.\n", [("", "Body.")])
    assert [finding.code for finding in findings] == ["NTE109"]
    assert findings[0].location is not None
    assert findings[0].location.column == 8


_KINDS = st.lists(st.sampled_from(["label", "inline", "cite"]), max_size=8)


@given(_KINDS)
def test_each_note_is_paired_once_in_the_order_of_the_text(kinds: list[str]) -> None:
    words, definitions, made, wanted = ["Text"], [], [], []
    for index, kind in enumerate(kinds):
        body = f"Body {index} of a note."
        if kind == "label":
            words.append(f"word[^n{index}]")
            definitions.append(f"[^n{index}]: {body}")
            wanted.append(f"x/n{index}")
        elif kind == "inline":
            words.append(f"word^[{body}]")
            wanted.append(f"x/inline-{kinds[:index].count('inline') + 1}")
        else:
            words.append(f"word [@key{index}]")
            wanted.append(f"x/cite-{kinds[:index].count('cite') + 1}")
        made.append((f"key{index}" if kind == "cite" else "", body))
    text = " ".join(words) + ".\n\n" + "\n\n".join(reversed(definitions)) + "\n"
    found, findings = ids(text, made)
    assert found == wanted
    assert findings == []
