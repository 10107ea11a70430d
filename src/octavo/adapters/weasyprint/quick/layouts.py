"""Pango's layouts, with what is the same for all texts of a style made once.

For each piece of text, and once more when it is drawn, WeasyPrint makes a context with a language, a description of the
font and, for underlined text, its measures.  A layout only reads them, so that layouts of one style can share them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Protocol

from weasyprint.text import line_break
from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango
from weasyprint.text.fonts import font_features, get_font_description

from octavo.adapters.weasyprint.quick.replace import Replacement, replacement

# In the order in which WeasyPrint takes them for the features of a font.
_FEATURES = (
    "font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps", "font_variant_numeric",
    "font_variant_alternates", "font_variant_east_asian", "font_feature_settings",
)  # fmt: skip
# All properties that WeasyPrint asks for where it makes a layout.
_PROPERTIES = (
    *_FEATURES, "direction", "lang", "font_size", "font_family", "font_style", "font_stretch", "font_weight",
    "font_variation_settings", "font_language_override", "text_decoration_line",
)  # fmt: skip
_MEASURES = (
    "ascent", "underline_position", "strikethrough_position", "underline_thickness", "strikethrough_thickness",
)  # fmt: skip
_values_of = itemgetter(*_PROPERTIES)
_slow_setup = line_break.Layout.setup


@dataclass(frozen=True, slots=True)
class _Shared:
    """What layouts of the same values share; ``attributes`` are those of WeasyPrint's layout.

    ``context`` is ``None`` where a layout has OpenType features, which WeasyPrint keeps in each of them.
    """

    values: tuple[object, ...]
    context: object | None
    description: object
    attributes: Mapping[str, object]


class _Fonts(Protocol):
    """What is used of a set of fonts; ``octavo_shared`` is ours."""

    font_map: object
    octavo_shared: dict[tuple[object, ...], _Shared]


class _Style(Protocol):
    """What is used of a computed style; ``octavo_shared`` is ours."""

    font_config: _Fonts
    octavo_shared: _Shared

    def __getitem__(self, key: str, /) -> object: ...


def _setup(layout: object, style: _Style) -> None:
    """Make Pango's layout for a text of this style."""
    shared = _shared_by(style)
    if shared is None or shared.context is None:
        _slow_setup(layout, style)
        return
    made = ffi.gc(pango.pango_layout_new(shared.context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(made, False)
    pango.pango_layout_set_font_description(made, shared.description)
    vars(layout).update(shared.attributes, style=style, layout=made, first_line_direction=0)


def _shared_by(style: _Style) -> _Shared | None:
    """What layouts of this style share; ``None`` where its values cannot be compared."""
    values = _values_of(style)
    shared: _Shared | None = getattr(style, "octavo_shared", None)
    # Styles can be changed; values that were not are the same objects, which are compared at once.
    if shared is not None and shared.values == values:
        return shared
    fonts = style.font_config
    try:
        known = fonts.octavo_shared
    except AttributeError:
        known = fonts.octavo_shared = {}
    try:
        shared = known.get(values)
    except TypeError:
        return None
    if shared is None:
        shared = known[values] = _make(values, style)
    style.octavo_shared = shared
    return shared


def _make(values: tuple[object, ...], style: _Style) -> _Shared:
    named = dict(zip(_PROPERTIES, values, strict=True))
    if font_features(*(named[name] for name in _FEATURES)):
        return _Shared(values, None, None, {})
    context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[named["direction"]])
    override = named["font_language_override"]
    name = LST_TO_ISO.get(str(override).lower(), override) if override != "normal" else named["lang"]
    if name:
        language = pango.pango_language_from_string(str(name).encode())
        pango.pango_context_set_language(context, language)
    else:
        language = pango.pango_language_get_default()
    description = get_font_description(style)
    measures: dict[str, object] = dict.fromkeys(("ascent", "underline_position", "strikethrough_position"))
    if named["text_decoration_line"] != "none":
        metrics = pango.pango_context_get_metrics(context, description, language)
        measures = {
            measure: FROM_UNITS * getattr(pango, f"pango_font_metrics_get_{measure}")(metrics) for measure in _MEASURES
        }
        pango.pango_font_metrics_unref(metrics)
    return _Shared(values, context, description, {"language": language, **measures})


REPLACEMENTS: tuple[Replacement, ...] = (replacement(line_break.Layout, "setup", _setup),)
