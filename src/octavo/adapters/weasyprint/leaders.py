"""The dots of a leader as an artifact (ISO 32000-1, 14.8.2.2), drawn in one go.

WeasyPrint tags and draws each dot like a word of the text.  They are a third of all that stands in the structure tree
of a book with contents, and would be read out one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from weasyprint import draw
from weasyprint.draw import text
from weasyprint.formatting_structure import boxes
from weasyprint.matrix import Matrix
from weasyprint.pdf import tags

_draw_inline_level = draw.draw_inline_level
_build_box_tree = tags._build_box_tree


class _Style(Protocol):
    def __getitem__(self, key: str, /) -> object: ...


class _Layout(Protocol):
    """What is used of WeasyPrint's layout of a text."""

    def reactivate(self, style: _Style) -> None: ...
    def deactivate(self) -> None: ...


class _Dot(Protocol):
    """What is used of a box of text; the dots of a leader are copies that share their layout."""

    style: _Style
    position_x: float
    position_y: float
    baseline: float
    pango_layout: _Layout


class _Box(Protocol):
    """What is used of a box."""

    children: Sequence[_Dot]


class _Stream(Protocol):
    """What is used of the stream of a page."""

    def artifact(self) -> AbstractContextManager[None]: ...
    def set_color(self, color: object) -> None: ...
    def begin_text(self) -> None: ...
    def end_text(self) -> None: ...


def install() -> None:
    """Let WeasyPrint draw and tag leaders so; more than once does nothing more."""
    draw.draw_inline_level = _draw
    tags._build_box_tree = _build


def _is_leader(box: object) -> bool:
    # What makes a stacking context of its own is drawn and tagged as ever.
    return isinstance(box, boxes.InlineBox) and box.is_leader


def _draw(stream: _Stream, page: object, box: _Box, *rest: object, **named: object) -> None:
    """Draw an inline box."""
    if not _is_leader(box):
        _draw_inline_level(stream, page, box, *rest, **named)
        return
    with stream.artifact():
        _draw_dots(stream, box.children)


def _draw_dots(stream: _Stream, dots: Sequence[_Dot]) -> None:
    alike = dots and all(dot.pango_layout is dots[0].pango_layout for dot in dots)
    if not alike or dots[0].style["text_decoration_line"] != "none" or dots[0].style["visibility"] != "visible":
        for dot in dots:
            text.draw_text(stream, dot, 0, "clip", "none")
        return
    layout, style = dots[0].pango_layout, dots[0].style
    stream.set_color(style["color"])
    layout.reactivate(style)
    stream.begin_text()
    for dot in dots:
        place = Matrix(d=-1, e=dot.position_x, f=dot.position_y + dot.baseline)
        text.draw_first_line(stream, dot, "clip", "none", place)
    stream.end_text()
    layout.deactivate()


def _build(box: object, *rest: object) -> Iterator[object]:
    """The elements of the structure tree for a box: a leader has none, nor has what says nothing."""
    if not _is_leader(box) and not hasattr(box, "octavo_unsaid"):
        yield from _build_box_tree(box, *rest)
