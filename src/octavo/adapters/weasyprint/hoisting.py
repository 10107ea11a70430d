"""Notes that are called in boxes which WeasyPrint lays out by themselves: they are taken out, to the text before.

In a grid, a flex box, columns, a float or a block in a line notes can pile up where such a box breaks, or get room that
is not there; in what is positioned they are lost.  So the call stays and the note is carried by a line without height
before the box, which must not be broken: the note then stands at the foot of the page on which its box begins.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from weasyprint.css.properties import ZERO_PIXELS
from weasyprint.formatting_structure import boxes

from octavo.adapters.weasyprint.shapes import Box


def hoist_positioned(root: Box) -> frozenset[str]:
    """Take the notes out of what is positioned, where WeasyPrint always loses them.

    The result are the anchors of the notes in the other boxes that are laid out by themselves.
    """
    others: set[str] = set()
    for box, holder, calls in [*_apart(root)]:
        if _is_positioned(box) or any(_is_positioned(inner) and _calls_in(inner) for inner in box.descendants()):
            _hoist(box, holder, calls)
        else:
            others.update(_name(call) for call in calls)
    return frozenset(others)


def hoist(root: Box, notes: Collection[str]) -> None:
    """Take all notes out of the boxes that hold one of these notes (anchors)."""
    for box, holder, calls in [*_apart(root)]:
        if any(_name(call) in notes for call in calls):
            _hoist(box, holder, calls)


def _apart(root: Box) -> Iterator[tuple[Box, Box, list[Box]]]:
    """The outermost boxes that are laid out by themselves, each with what it stands in and the calls in it."""
    waiting = [root]
    while waiting:
        holder = waiting.pop()
        for child in getattr(holder, "children", ()):
            if _is_apart(child):
                calls = _calls_in(child)
                if calls:
                    yield child, holder, calls
            else:
                waiting.append(child)


def _is_apart(box: Box) -> bool:
    style = box.style
    return (
        isinstance(box, boxes.FlexContainerBox | boxes.GridContainerBox | boxes.InlineBlockBox)
        or style["float"] in ("left", "right")
        or _is_positioned(box)
        or (isinstance(box, boxes.BlockBox) and (style["column_count"] != "auto" or style["column_width"] != "auto"))
    )


def _is_positioned(box: Box) -> bool:
    return box.style["position"] in ("absolute", "fixed")


def _calls_in(box: Box) -> list[Box]:
    return [inner for inner in box.descendants() if inner.footnote is not None]


def _name(call: Box) -> str:
    return "" if call.footnote is None else call.footnote.element.get("id") or ""


def _hoist(box: Box, holder: Box, calls: Collection[Box]) -> None:
    carriers = []
    for call in calls:
        carrier = _flat(boxes.InlineBox.anonymous_from(holder, []))
        carrier.footnote, carrier.octavo_unsaid = call.footnote, True
        carriers.append(carrier)
        call.footnote = None
    made: list[Box] = carriers
    if isinstance(box, boxes.BlockLevelBox) and not isinstance(holder, boxes.LineBox | boxes.InlineBox):
        line = _flat(boxes.LineBox.anonymous_from(holder, carriers))
        block = _flat(boxes.BlockBox.anonymous_from(holder, [line]))
        block.style["break_after"] = "avoid"
        block.element_tag, block.octavo_unsaid = "div", True
        made = [block]
    box.style = box.style.copy()
    box.style["break_inside"] = "avoid"
    at = next(index for index, child in enumerate(holder.children) if child is box)
    holder.children = [*holder.children[:at], *made, *holder.children[at:]]


def _flat(box: Box) -> Box:
    """A box whose lines have no height."""
    box.style = box.style.copy()
    box.style["line_height"] = ZERO_PIXELS
    return box
