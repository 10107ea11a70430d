"""What is used of WeasyPrint's boxes and styles, which have no types of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol
from xml.etree import ElementTree

# Where a box is resumed, as WeasyPrint says it: the index of a child, and where that is resumed, or None for all of it.
Place = dict[int, "Place | None"]


class Style(Protocol):
    """A computed style."""

    def copy(self) -> Style: ...
    def __getitem__(self, key: str, /) -> object: ...
    def __setitem__(self, key: str, value: object, /) -> None: ...


class Box(Protocol):
    """A box; some of it only text, calls, lines, or boxes that are laid out have.

    ``octavo_ready`` marks parts of notes that are ready for layout, ``octavo_unsaid`` calls without words,
    and ``octavo_order`` counts notes and their parts.
    """

    element: ElementTree.Element
    element_tag: str
    style: Style
    children: Sequence[Box]
    footnote: Box | None
    link: object
    text: str
    resume_at: Place | None
    is_table_wrapper: bool
    position_y: float
    height: float
    octavo_ready: bool
    octavo_unsaid: bool
    octavo_order: int

    def deepcopy(self) -> Box: ...
    def copy_with_children(self, children: Sequence[Box]) -> Box: ...
    def copy_with_text(self, text: str) -> Box: ...
    def descendants(self) -> Iterator[Box]: ...
    def is_in_normal_flow(self) -> bool: ...
    def margin_height(self) -> float: ...
    def content_box_y(self) -> float: ...
