"""A paragraph that would be torn badly takes its notes along to the next page."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from weasyprint.layout import block

from octavo.adapters.fonts import faces, font_face_rules
from octavo.adapters.weasyprint import Press, deferring
from octavo.model.layout import misplaced

# Lines of 5 mm on a page of 20 lines: the height of what stands before decides where a page ends.
_STYLE = """
@page { size: 100mm 120mm; margin: 10mm }
html { font: 10pt/5mm "PT Serif"; orphans: 2; widows: 2 }
p { margin: 0; width: 60mm }
.note { float: footnote; footnote-policy: line }
.note::footnote-call { content: "1" }
"""
_CALL = "<span id='call-a'><aside id='note-a' class='note'>A note.</aside></span>"
# A page can end behind the second line alone; the note comes with the first.
_FOUR_LINES = f"One line{_CALL} of words<br/>two lines of them<br/>three lines<br/>four."


def late(press: Press, height: int) -> int:
    """How many notes begin late when a paragraph of four lines begins at a height in millimetres."""
    html = f"<html lang='en'><body><div style='height: {height}mm'></div><p>{_FOUR_LINES}</p></body></html>"
    return len(misplaced(press.lay_out(html, 1, ["note-a"]).facts))


@pytest.fixture
def press() -> Press:
    return Press(Path(), font_face_rules(faces()) + _STYLE)


def test_a_note_stays_with_its_paragraph(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    heights = range(70, 100)
    assert [height for height in heights if late(press, height)] == []
    monkeypatch.setattr(block, "_linebox_layout", _as_it_was(block._linebox_layout))
    assert [height for height in heights if late(press, height)], "WeasyPrint's own way tells that the test can fail"


def _as_it_was(ours: object) -> object:
    code = (Path(block.__file__)).read_text(encoding="utf-8")
    names = dict(vars(block))
    exec(compile(code, block.__file__, "exec"), names)
    assert names["_linebox_layout"] is not ours
    return names["_linebox_layout"]


def test_a_function_that_decides_nothing_is_refused() -> None:
    with pytest.raises(LookupError, match="in 0 places"):
        deferring._decided(_as_it_was)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("last", "calls", "may"), [("rest-a.1", False, True), ("rest-a.1", True, False), ("note-b", False, False)]
)
def test_only_rests_are_sent_on_and_for_no_line_that_calls_notes(last: str, calls: bool, may: bool) -> None:
    call = SimpleNamespace(footnote=object() if calls else None)
    line = SimpleNamespace(descendants=lambda: iter([SimpleNamespace(footnote=None), call]))
    context = SimpleNamespace(current_page_footnotes=[SimpleNamespace(style={"anchor": last})])
    assert bool(deferring.Deferrable(context, line)) is may  # type: ignore[arg-type]
    context.current_page_footnotes.clear()
    assert not deferring.Deferrable(context, line)  # type: ignore[arg-type]
