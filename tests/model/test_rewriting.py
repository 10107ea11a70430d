"""Changes of a chapter's expanded text: what stays keeps its place in the author's file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.model.rewriting import Rewrite, literal, rewrite
from octavo.model.source import Span
from octavo.read.scanner import scan
from paper_text import expanded

BODY = "One {{ chapter.title }} two [@key, p. 5].\n\n{% for i in [1, 2] %}three {{ i }} {% endfor %}four^[five] six.\n"


@given(st.data())
def test_what_stays_points_where_it_did(data: st.DataObject) -> None:
    chapter = expanded("own", BODY, abstract="An abstract.")
    cuts = sorted(data.draw(st.sets(st.integers(0, len(chapter.text)), max_size=8)))
    spans = [Span(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False)]
    changes = [Rewrite(span, data.draw(st.sampled_from(["", "x", "new words"]))) for span in spans]
    made = rewrite(chapter, changes, scan)
    old, new = 0, 0
    for one in changes:
        for at in range(old, one.span.start):
            assert made.text[new] == chapter.text[at]
            assert made.map.to_source(new) == chapter.map.to_source(at)
            new += 1
        for _ in one.text:
            assert made.map.to_source(new) == chapter.map.to_source(one.span.start)
            new += 1
        old = one.span.end
    assert made.text[new:] == chapter.text[old:]
    origins = [chapter.map.to_source(at) for at in range(old, len(chapter.text))]
    assert [made.map.to_source(new + at) for at in range(len(origins))] == origins
    assert made.scan == scan(made.text)


def test_changes_that_overlap_are_refused() -> None:
    chapter = expanded("own", "One two.\n")
    with pytest.raises(ValueError, match="overlap"):
        rewrite(chapter, [Rewrite(Span(20, 24), ""), Rewrite(Span(22, 26), "")], scan)
    assert rewrite(chapter, [], scan) is chapter


def test_literal_text_prints_just_itself() -> None:
    assert literal("a *b* [c]\nd_e") == r"a \*b\* \[c\] d\_e"
