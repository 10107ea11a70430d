"""A line is as full as it can be, though the blank at its end has no room on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from weasyprint.formatting_structure.boxes import LineBox, TextBox

from octavo.adapters.fonts import faces, font_face_rules
from octavo.adapters.weasyprint import Press

_WORDS = "3. Food in 2020 accounted for one fifth of all exports of goods. 2021. URL:"
_PAGE = """<html lang="en-GB"><head><title>x</title><style>@page {{ size: {width}mm 99mm; margin: 0 }}
body {{ margin: 0 }} p {{ font: 9.5pt/12.5pt "PT Serif"; margin: 0; {style} }}</style></head>
<body><p>{words} {element}.</p></body></html>"""
_LINK = '<a href="http://example.org/">http://example.org/a-long-address-without-any-blank-in-it/and/more/of/it/</a>'
_ITALICS = "<i>Unmanageablylongtitlethatcannotbebroken</i>"


@pytest.fixture(scope="module")
def press() -> Press:
    return Press(Path(), font_face_rules(faces()))


def lines(press: Press, width: float, style: str, element: str) -> list[str]:
    """The lines of the paragraph on a page of some width in millimetres."""
    page = _PAGE.format(width=width, style=style, words=_WORDS, element=element)
    boxes = press.lay_out(page, 1, ()).document.pages[0]._page_box.descendants()
    return [
        "".join(text.text for text in box.descendants() if isinstance(text, TextBox))
        for box in boxes
        if isinstance(box, LineBox)
    ]


@pytest.mark.parametrize("element", [_LINK, _ITALICS])
@pytest.mark.parametrize("style", ["", "text-align: justify", "text-indent: -2em; padding-left: 2em"])
def test_no_first_word_stands_alone(press: Press, style: str, element: str) -> None:
    first = [lines(press, tenths / 10, style, element)[0].strip() for tenths in range(1080, 1250, 3)]
    assert _WORDS in first, "no width was tried at which the words fit and the element does not"
    # All but the last word or two stand on the first line at each of these widths.
    assert all(len(line) > len(_WORDS) - 15 for line in first), first
