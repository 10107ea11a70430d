"""Pages and lines that break before the call of a note, for one layout of a unit."""

from __future__ import annotations

from collections.abc import Collection, Iterator

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


def part_lines(root: Box, notes: Collection[str]) -> None:
    """Begin a line with the words that call these notes (anchors), unless they are one with the call before."""
    leaves: list[tuple[Box, Box]] = []
    for holder, leaf in _leaves(root):
        if leaf.footnote is not None and leaf.footnote.element.get("id") in notes:
            _part_before(leaves)
        leaves.append((holder, leaf))


def _leaves(box: Box) -> Iterator[tuple[Box, Box]]:
    """Texts, calls and what else has no parts, in reading order, each with the box that it stands in."""
    for child in [*getattr(box, "children", ())]:
        if child.footnote is not None or not getattr(child, "children", ()):
            yield box, child
        else:
            yield from _leaves(child)


def _part_before(leaves: list[tuple[Box, Box]]) -> None:
    """Put a line end in the place of the last space."""
    for holder, leaf in reversed(leaves):
        if not isinstance(leaf, boxes.TextBox):
            return
        before, space, behind = leaf.text.rpartition(" ")
        if space and before:
            end = leaf.copy_with_text("\n")
            end.style = end.style.copy()
            end.style["white_space"] = "pre-line"
            at = next(index for index, child in enumerate(holder.children) if child is leaf)
            parts = [leaf.copy_with_text(before), end, *([leaf.copy_with_text(behind)] if behind else [])]
            holder.children = [*holder.children[:at], *parts, *holder.children[at + 1 :]]
            return
