"""Used lengths of boxes from the computed ones of their styles, found once for each style.

WeasyPrint resolves some twenty lengths of a box whenever it lays it out, one by one.  Nearly all are pixels, which
depend on nothing: they are gathered once for a style and given to its boxes in one go.  What is relative is resolved
each time, and a style with anything beyond that (box-sizing, collapsed borders, calculations) is left to WeasyPrint.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Protocol

from weasyprint.formatting_structure import boxes
from weasyprint.layout import percent

from octavo.adapters.weasyprint.quick.replace import Replacement, replacement

_ACROSS = ("margin_left", "margin_right", "padding_left", "padding_right", "width", "min_width", "max_width")
_DOWN = ("margin_top", "margin_bottom", "padding_top", "padding_bottom")
_HEIGHTS = ("height", "min_height", "max_height")
_BORDERS = ("border_top_width", "border_right_width", "border_bottom_width", "border_left_width")
_LENGTHS = (*_ACROSS, *_DOWN, *_HEIGHTS)
_RADII = (
    "border_top_left_radius",
    "border_top_right_radius",
    "border_bottom_right_radius",
    "border_bottom_left_radius",
)
_values_of = itemgetter(*_LENGTHS, *_BORDERS, "border_collapse", "box_sizing")
_radii_of = itemgetter(*_RADII)
_no_radii = {name: (0, 0) for name in _RADII}
_sharp = (((0, "px"), (0, "px")),) * len(_RADII)
_slow_percentages = percent.resolve_percentages
_slow_radii = percent.resolve_radii_percentages


@dataclass(frozen=True, slots=True)
class _Lengths:
    """The lengths of a style: ``fixed`` are used values, the others hundredths by name; ``None`` is left to others."""

    values: tuple[object, ...]
    fixed: dict[str, object] | None
    across: tuple[tuple[str, float], ...] = ()
    down: tuple[tuple[str, float], ...] = ()
    heights: tuple[tuple[str, float], ...] = ()


class _Fonts(Protocol):
    """What styles have in common; ``octavo_lengths`` is ours."""

    octavo_lengths: dict[tuple[object, ...], _Lengths]


class _Style(Protocol):
    """What is used of a computed style; ``octavo_lengths`` is ours."""

    font_config: _Fonts
    octavo_lengths: _Lengths

    def __getitem__(self, key: str, /) -> object: ...


class _Box(Protocol):
    """What is used of a box."""

    style: _Style
    width: float
    height: float | str


def _gather(values: tuple[object, ...]) -> _Lengths:
    *_, collapse, sizing = values
    if collapse == "collapse" or sizing != "content-box":
        return _Lengths(values, None)
    fixed: dict[str, object] = {}
    relative: dict[str, float] = {}
    for name, value in zip(_LENGTHS, values[: len(_LENGTHS)], strict=True):
        unit = getattr(value, "unit", None)
        if value is None or value == "auto":
            fixed[name] = 0 if value == "auto" and name in ("min_width", "min_height") else value
        elif unit == "px":
            fixed[name] = value.value  # type: ignore[attr-defined]
        elif unit == "%":
            relative[name] = value.value  # type: ignore[attr-defined]
        else:
            return _Lengths(values, None)
    fixed.update(zip(_BORDERS, values[len(_LENGTHS) :], strict=False))

    def of(names: Sequence[str]) -> tuple[tuple[str, float], ...]:
        return tuple((name, relative[name]) for name in names if name in relative)

    return _Lengths(values, fixed, of(_ACROSS), of(_DOWN), of(_HEIGHTS))


def _lengths_of(style: _Style, values: tuple[object, ...]) -> _Lengths:
    """The lengths of a style, which many others have too."""
    try:
        known = style.font_config.octavo_lengths
    except AttributeError:
        known = style.font_config.octavo_lengths = {}
    lengths = known.get(values)
    if lengths is None:
        lengths = known[values] = _gather(values)
    return lengths


def _percentages(box: _Box, containing_block: _Box | tuple[float, float | str]) -> None:
    """Set the used lengths of a box."""
    style = box.style
    values = _values_of(style)
    try:
        lengths = style.octavo_lengths
        # Styles can be changed; values that were not are the same objects, which are compared at once.
        if lengths.values != values:
            lengths = style.octavo_lengths = _lengths_of(style, values)
    except AttributeError:
        lengths = style.octavo_lengths = _lengths_of(style, values)
    if lengths.fixed is None or not isinstance(box, boxes.Box):
        _slow_percentages(box, containing_block)
        return
    used = box.__dict__
    used.update(lengths.fixed)
    if not (lengths.across or lengths.down or lengths.heights):
        return
    if isinstance(containing_block, tuple | list):
        width, height = containing_block
    else:
        width, height = containing_block.width, containing_block.height
    for name, hundredths in lengths.across:
        used[name] = width * hundredths / 100
    for name, hundredths in lengths.down:
        used[name] = (
            (width if isinstance(height, str) or not isinstance(box, boxes.PageBox) else height) * hundredths / 100
        )
    for name, hundredths in lengths.heights:
        if not isinstance(height, str):
            used[name] = height * hundredths / 100
        elif name == "height":
            used[name] = "auto"
        else:
            used[name] = (0 if name == "min_height" else float("inf")) * hundredths / 100


def _radii(box: _Box) -> None:
    """Set the used radii of the corners of a box, of which most boxes have none."""
    # What stands for an absolute box is none itself.
    if isinstance(box, boxes.Box) and _radii_of(box.style) == _sharp:
        box.__dict__.update(_no_radii)
    else:
        _slow_radii(box)


REPLACEMENTS: tuple[Replacement, ...] = (
    replacement(percent, "resolve_percentages", _percentages),
    replacement(percent, "resolve_radii_percentages", _radii),
)
