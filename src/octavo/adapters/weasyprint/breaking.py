"""Pages that break before the paragraph that calls a note, for one layout of a unit."""

from __future__ import annotations

from collections.abc import Collection

from weasyprint.formatting_structure import boxes

from octavo.adapters.weasyprint.shapes import Box


def break_before(root: Box, notes: Collection[str]) -> None:
    """Break pages before the blocks of the text, or the items of lists, in which these notes (anchors) are called."""
    waiting: list[tuple[Box, Box | None]] = [(root, None)]
    while waiting:
        holder, block = waiting.pop()
        for child in getattr(holder, "children", ()):
            own = child if _can_begin_page(child, block) else block
            if child.footnote is not None and child.footnote.element.get("id") in notes and own is not None:
                own.style = own.style.copy()
                own.style["break_before"] = "page"
            waiting.append((child, own))


def _can_begin_page(box: Box, block: Box | None) -> bool:
    """Whether a box is the outermost block below ``main``, or an item of a list in it."""
    if not isinstance(box, boxes.BlockLevelBox) or box.element_tag in ("html", "body", "main", "header"):
        return False
    return block is None or (box.element_tag == "li" and block.element_tag in ("ul", "ol", "li"))
