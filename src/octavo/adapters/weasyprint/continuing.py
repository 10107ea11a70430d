"""Notes that go on on the next page: cut at the ends of lines, the rest without a call.

WeasyPrint sets a note whole or not at all.  So a note that has no room becomes several: the first keeps its call, and
right behind it stand calls without words for the others.  Those may stand on a later page (``footnote-policy: auto``):
what has no room at the foot of a page is carried on, and stands first at the foot of the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Protocol

from weasyprint.css.properties import ZERO_PIXELS
from weasyprint.formatting_structure import boxes, build
from weasyprint.layout import page as layout_page
from weasyprint.layout.absolute import AbsolutePlaceholder

from octavo.adapters.weasyprint.shapes import Box, Place

# The places where notes are cut, by their anchors, in order.
Cuts = Mapping[str, Sequence[Place]]

_make_anonymous = build.create_anonymous_boxes
_make_any_page = layout_page.make_page
# What stands on both sides of a cut has no space there (box-decoration-break: slice, CSS Fragmentation 3, 5.4).
_BEHIND, _BEFORE = ("margin_bottom", "padding_bottom"), ("margin_top", "padding_top")
# A hyphen that a line break made is not there when nothing follows it.
_FOLDING = ("normal", "nowrap", "pre-line")
_HYPHENS = ("-", "\N{HYPHEN}", "\N{SOFT HYPHEN}")


# What a page begins with, changed in place: quotation depth, values of counters, their scopes, groups of pages.
_State = tuple[list[object], dict[str, object], list[object], list[object]]


class _Context(Protocol):
    """What is used of WeasyPrint's layout context."""

    footnotes: list[Box]
    reported_footnotes: list[Box]
    broken_out_of_flow: dict[Box, object]
    page_maker: list[tuple[object, object, object, object, dict[str, object]]]


def install() -> None:
    """Let WeasyPrint take the parts of notes as they are; more than once does nothing more."""
    build.create_anonymous_boxes = _prepare
    layout_page.make_page = _make_page


def _make_page(
    context: _Context, root: Box, page_type: object, resume_at: Place | None, number: int, state: _State
) -> tuple[Box, Place | None, object]:
    """Make a page; one whose text would call a note that has to wait for the rest of another holds the rest alone.

    Such a note could not begin on the page of its call: the rest goes before it.
    """
    if not any(hasattr(note, "octavo_ready") for note in context.reported_footnotes):
        made: tuple[Box, Place | None, object] = _make_any_page(context, root, page_type, resume_at, number, state)
        return made
    # A rest can have been sent on behind those that follow it.
    context.reported_footnotes.sort(key=lambda note: note.octavo_order)
    notes, rests, running = [*context.footnotes], [*context.reported_footnotes], context.broken_out_of_flow
    before = deepcopy(state)
    made = _make_any_page(context, root, page_type, resume_at, number, state)
    if any(note not in rests and not is_rest(note) for note in context.reported_footnotes):
        context.footnotes, context.reported_footnotes, context.broken_out_of_flow = notes, rests, running
        context.page_maker[number - 1][-1].update(anchors=[], content_lookups=[])
        state[0][:], state[2][:], state[3][:] = before[0], before[2], before[3]
        state[1].clear()
        state[1].update(before[1])
        page, _, _ = _make_any_page(context, root.copy_with_children([]), page_type, None, number, state)
        made = page, resume_at, context.page_maker[number - 1][1]
    return made


def is_rest(note: Box) -> bool:
    """Whether a box is a part of a note that has no call."""
    return str(note.style["anchor"] or "").startswith("rest-")


def _prepare(box: Box) -> Box:
    """Make the boxes that layout needs; the parts of a cut note have them already."""
    made: Box = box
    if isinstance(box, boxes.FootnoteAreaBox) and any(hasattr(child, "octavo_ready") for child in box.children):
        made.children = [child if hasattr(child, "octavo_ready") else _make_anonymous(child) for child in made.children]
    else:
        made = _make_anonymous(box)
    return made


def rest_anchor(note: str, index: int) -> str:
    """The name of the place where a part of a note begins that is not the first."""
    return f"rest-{note.removeprefix('note-')}.{index}"


def cut_notes(root: Box, context: _Context, cuts: Cuts) -> None:
    """Cut notes before they are laid out."""
    for holder, call in [*_calls(root)]:
        assert call.footnote is not None
        name = call.footnote.element.get("id") or ""
        if not cuts.get(name):
            continue
        first, *rests = _parts(_make_anonymous(call.footnote.deepcopy()), cuts[name])
        context.footnotes[context.footnotes.index(call.footnote)] = first
        call.footnote = first
        unsaid = []
        for index, rest in enumerate(rests, 1):
            rest.style = rest.style.copy()
            rest.style["anchor"] = rest_anchor(name, index)
            rest.style["footnote_policy"] = "auto"
            context.footnotes.append(rest)
            carrier = call.copy_with_children([])
            carrier.footnote, carrier.link, carrier.octavo_unsaid = rest, None, True
            unsaid.append(carrier)
        at = next(index for index, child in enumerate(holder.children) if child is call)
        holder.children = [*holder.children[: at + 1], *unsaid, *holder.children[at + 1 :]]
    for order, call in enumerate(box for box in root.descendants() if box.footnote is not None):
        assert call.footnote is not None
        call.footnote.octavo_order = order


def _calls(box: Box) -> Iterator[tuple[Box, Box]]:
    """The calls of all notes, each with the box that it stands in."""
    waiting = [box]
    while waiting:
        holder = waiting.pop()
        for child in getattr(holder, "children", ()):
            if child.footnote is not None:
                yield holder, child
            waiting.append(child)


def _parts(note: Box, places: Sequence[Place]) -> list[Box]:
    parts: list[Box] = []
    for place in reversed(places):
        note, rest = _split(note, place)
        parts.insert(0, rest)
    parts.insert(0, note)
    for part in parts:
        part.octavo_ready = True
    return parts


def _split(box: Box, place: Place) -> tuple[Box, Box]:
    """What stands before and behind a place of a box."""
    ((index, inner),) = place.items()
    if isinstance(box, boxes.TextBox):
        data = box.text.encode()
        before, behind = data[:index].decode(), data[index:].decode()
        # A space at the end would be measured, and push a word to a line of its own.
        if box.style["white_space"] in _FOLDING:
            before = before.rstrip(" \n") or before
        return box.copy_with_text(before), box.copy_with_text(behind)
    left, right = box.children[:index], box.children[index:]
    if inner is not None:
        part, rest = _split(box.children[index], inner)
        left, right = [*left, part], [rest, *right[1:]]
    first, second = box.copy_with_children(left), box.copy_with_children(right)
    if isinstance(box, boxes.LineBox):
        _without(second, ("text_indent",))
    elif isinstance(box, boxes.BlockLevelBox):
        _without(first, _BEHIND)
        _without(second, _BEFORE)
    return first, second


def _without(box: Box, names: Iterable[str]) -> None:
    box.style = box.style.copy()
    for name in names:
        box.style[name] = ZERO_PIXELS


def line_ends(note: Box) -> list[Place]:
    """The ends of all lines of a note that is laid out, but for the last: the places where it can be cut."""
    return [*_ends(note)]


def _ends(box: Box) -> Iterator[Place]:
    children = box.children
    if children and isinstance(children[0], boxes.LineBox):
        for line in children[:-1]:
            if line.resume_at is not None and not _text_of(line).endswith(_HYPHENS):
                yield {0: line.resume_at}
        return
    for index, child in enumerate(children):
        # What is out of the flow, such as the sign of an item, belongs to what follows it.
        if isinstance(child, AbsolutePlaceholder) or not child.is_in_normal_flow():
            continue
        if isinstance(child, boxes.BlockBox) and not child.is_table_wrapper:
            for place in _ends(child):
                yield {index: place}
        if _says_something(children[: index + 1]) and _says_something(children[index + 1 :]):
            yield {index + 1: None}


def _says_something(children: Iterable[Box]) -> bool:
    """Whether there are words or drawings; the marker that WeasyPrint puts before a note is empty."""
    return any(not isinstance(box, boxes.ParentBox) for child in children for box in child.descendants())


def _text_of(line: Box) -> str:
    return "".join(box.text for box in line.descendants() if isinstance(box, boxes.TextBox)).rstrip()
