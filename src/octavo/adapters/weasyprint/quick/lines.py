"""Lines of text, of which the same are asked for again and again.

WeasyPrint lays a text out anew whenever it lays its block out: for the least width and the greatest, for each note that
comes onto a page, for each further layout of a unit.  What Pango answers depends on the text, the style and the width
alone, so that answers are kept.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Protocol

from weasyprint.text import line_break

from octavo.adapters.weasyprint.quick.replace import Replacement, replacement

_FONT = (
    "direction", "lang", "font_size", "font_family", "font_style", "font_stretch", "font_weight", "font_kerning",
    "font_variant_ligatures", "font_variant_position", "font_variant_caps", "font_variant_numeric",
    "font_variant_alternates", "font_variant_east_asian", "font_feature_settings", "font_variation_settings",
    "font_language_override", "text_decoration_line",
)  # fmt: skip
# All properties that WeasyPrint asks for where it breaks a text into lines.
_BREAKING = (
    "white_space", "hyphens", "hyphenate_limit_chars", "hyphenate_limit_zone", "hyphenate_character", "overflow_wrap",
    "word_break", "tab_size",
)  # fmt: skip
# The properties that WeasyPrint itself takes for the key of a strut.  It must not be asked for more here, since struts
# are needed to compute the others.
_STRUT = (
    "font_family", "font_style", "font_stretch", "font_weight", "font_variant_ligatures", "font_variant_position",
    "font_variant_caps", "font_variant_numeric", "font_variant_alternates", "font_variant_east_asian",
    "font_feature_settings", "font_variation_settings", "font_language_override", "lang", "font_size", "line_height",
)  # fmt: skip
_values_of = itemgetter(*_FONT, *_BREAKING, "word_spacing", "letter_spacing")
_strut_values_of = itemgetter(*_STRUT)
# Lines that are kept at most: as many as stand on some two hundred pages.
_MOST = 10_000

_slow_split = line_break.split_first_line
_slow_strut = line_break.strut


@dataclass(frozen=True, slots=True)
class _Answer:
    """What WeasyPrint answers for a text, with the attributes of its layout."""

    layout: dict[str, object]
    length: int
    resume_at: int | None
    width: float
    height: float
    baseline: float


@dataclass(slots=True)
class _Text:
    """How text of some style is set: the values that decide it, and what was found with them."""

    values: tuple[object, ...]
    lines: dict[Hashable, _Answer] = field(default_factory=dict)


@dataclass(slots=True)
class _Texts:
    """All styles of text of one set of fonts."""

    texts: dict[tuple[object, ...], _Text] = field(default_factory=dict)
    lines: int = 0


class _Fonts(Protocol):
    """What is used of a set of fonts; ``octavo_texts`` is ours."""

    octavo_texts: _Texts


class _Style(Protocol):
    """What is used of a computed style; ``octavo_text`` and ``octavo_strut`` are ours."""

    font_config: _Fonts
    octavo_text: _Text
    octavo_strut: tuple[tuple[object, ...], tuple[float, float]]

    def __getitem__(self, key: str, /) -> object: ...


class _Layout(Protocol):
    """What is used of a layout that its text was taken from."""

    text: str


_Line = tuple[_Layout, int, int | None, float, float, float]


def _texts_of(fonts: _Fonts) -> _Texts:
    try:
        return fonts.octavo_texts
    except AttributeError:
        fonts.octavo_texts = _Texts()
        return fonts.octavo_texts


def _text_of(style: _Style) -> _Text:
    """How text of a style is set; raises TypeError where its values cannot be compared."""
    values = _values_of(style)
    try:
        text = style.octavo_text
        # Styles can be changed; values that were not are the same objects, which are compared at once.
        if text.values == values:
            return text
    except AttributeError:
        pass
    texts = _texts_of(style.font_config).texts
    text = texts.get(values) or texts.setdefault(values, _Text(values))
    style.octavo_text = text
    return text


def _split(
    text: str,
    style: _Style,
    context: object,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> _Line:
    """Fit as much as possible in the available width for one line of text."""
    try:
        kept = _text_of(style)
    except TypeError:
        return _slow_split(text, style, context, max_width, justification_spacing, is_line_start, minimum)  # type: ignore[no-any-return]
    key = (text, max_width, is_line_start, minimum)
    answer = kept.lines.get(key)
    if answer is None:
        line = _slow_split(text, style, context, max_width, justification_spacing, is_line_start, minimum)
        _keep(style.font_config, kept, key, _Answer(dict(vars(line[0])), *line[1:]))
        return line  # type: ignore[no-any-return]
    layout = object.__new__(line_break.Layout)
    # The space of justified lines is made when the text is drawn: until then the layout only carries it.
    vars(layout).update(answer.layout, justification_spacing=justification_spacing)
    return layout, answer.length, answer.resume_at, answer.width, answer.height, answer.baseline


def _keep(fonts: _Fonts, kept: _Text, key: tuple[str, float | None, bool, bool], answer: _Answer) -> None:
    texts = _texts_of(fonts)
    texts.lines += 1
    if texts.lines > _MOST:
        texts.lines = 0
        for one in texts.texts.values():
            one.lines.clear()
    kept.lines[key] = answer


def _strut(style: _Style) -> tuple[float, float]:
    """The used line height of a style, and the baseline from the top of it."""
    values = _strut_values_of(style)
    try:
        before, strut = style.octavo_strut
        if before == values:
            return strut
    except AttributeError:
        pass
    made: tuple[float, float] = _slow_strut(style)
    style.octavo_strut = (values, made)
    return made


REPLACEMENTS: tuple[Replacement, ...] = (
    replacement(line_break, "split_first_line", _split),
    replacement(line_break, "strut", _strut),
)
