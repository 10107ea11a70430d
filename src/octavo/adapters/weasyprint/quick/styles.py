"""Styles of elements, computed only as far as somebody asks.

Most properties of most elements are neither declared nor special: they have their initial value, or that of the parent.
WeasyPrint finds that out by a long way each time.  It also computes styles of five pseudo-elements for each element,
because its own style sheet has rules for the calls and markers of any element; only those of notes are ever used.  And
each page has its own styles for its margin boxes, though most pages have the same rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from weasyprint import css
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

from octavo.adapters.weasyprint.quick.replace import Replacement, replacement


class _Style(Protocol):
    """What is used of a computed style."""

    cascaded: Mapping[str, object]
    parent_style: _Style | None

    def __getitem__(self, key: str, /) -> object: ...

    def __setitem__(self, key: str, value: object, /) -> None: ...


class _Collector(Protocol):
    """What is used of WeasyPrint's collector of targets."""

    def collect_anchor(self, name: object) -> None: ...


def _is_special(key: str) -> bool:
    return key.startswith("text_decoration_") or key in {"page", "position", "float", "display"}


def _logical(key: str) -> tuple[str, ...]:
    """The logical properties that could stand for a physical one, in either direction of writing."""
    function = PHYSICAL_FUNCTIONS.get(key)
    return () if function is None else tuple({function(block="ttb", inline=inline) for inline in ("ltr", "rtl")})


# Inherited properties: computed already in the parent, whatever their value is.
_FROM_PARENT = frozenset(key for key in INHERITED if not _is_special(key) and not _logical(key))
# Properties whose initial value is as good as computed, with the logical properties that could be declared instead.
_INITIAL = {
    key: (value, *_logical(key))
    for key, value in INITIAL_VALUES.items()
    if key not in INHERITED and key not in INITIAL_NOT_COMPUTED and not _is_special(key)
}
_Cascaded = Mapping[str, tuple[object, object]]
_slow_missing = css.ComputedStyle.__missing__


def _missing(style: _Style, key: str) -> object:
    """The computed value of a property that nobody asked for yet."""
    cascaded = style.cascaded
    if key not in cascaded:
        if key in _FROM_PARENT:
            parent = style.parent_style
            if parent is not None:
                value = style[key] = parent[key]
                return value
        elif key in _INITIAL:
            value, *logical = _INITIAL[key]
            for other in logical:
                if other in cascaded:
                    break
            else:
                style[key] = value
                return value
    return _slow_missing(style, key)


class _Twin(css.ComputedStyle):  # type: ignore[misc]
    """The style of an element, computed by its model, which other elements have too.

    Elements of the same declarations, in parents of the same declarations, have the same values in all properties but
    ``anchor``, which comes from their ``id``.  A model is the style of no element, so that nobody changes it.
    """

    def __init__(self, model: css.ComputedStyle, *arguments: object) -> None:
        super().__init__(*arguments)
        self.model = model
        self.specified = model.specified
        self.update(model)

    def __missing__(self, key: str) -> object:
        if key == "anchor":
            return _missing(self, key)
        value = self[key] = self.model[key]
        return value


class _StyleFor(css.StyleFor):  # type: ignore[misc]
    """Computes the style of a pseudo-element when it is asked for, and those of like pages once."""

    def __init__(self, *arguments: object) -> None:
        self._waiting: dict[tuple[object, str], tuple[_Cascaded, object, object, str | None]] = {}
        self._page_rules: dict[tuple[bool, ...], dict[str | None, _Cascaded]] = {}
        self._shared: dict[tuple[str | None, int, int], object] = {}
        self._models: dict[tuple[object, ...], css.ComputedStyle] = {}
        super().__init__(*arguments)

    def set_computed_styles(
        self,
        element: object,
        parent: object,
        root: object = None,
        pseudo_type: str | None = None,
        base_url: str | None = None,
        target_collector: _Collector | None = None,
    ) -> None:
        cascaded = self._cascaded_styles.get((element, pseudo_type), {})
        if target_collector is None:
            # A margin box: it inherits from its page, and pages of the same declarations have the same values.
            key = (pseudo_type, id(cascaded), id(self._cascaded_styles.get((element, None))))
            if pseudo_type is None or key not in self._shared:
                super().set_computed_styles(element, parent, root, pseudo_type, base_url)
                self._shared[key] = self._computed_styles[element, pseudo_type]
            self._computed_styles[element, pseudo_type] = self._shared[key]
        elif pseudo_type is None or "anchor" in cascaded:
            # An anchor has to be known at once, and is rare in a pseudo-element.
            anchor = self._compute(element, pseudo_type, cascaded, parent, root, base_url)["anchor"]
            if anchor:
                target_collector.collect_anchor(anchor)
        else:
            self._waiting[element, pseudo_type] = (cascaded, parent, root, base_url)

    def _compute(
        self,
        element: object,
        pseudo_type: str | None,
        cascaded: _Cascaded,
        parent: object,
        root: object,
        base_url: str | None,
    ) -> css.ComputedStyle:
        is_root = parent is None
        parent_style = None if is_root else self._computed_styles[parent, None]
        root_style = css.InitialStyle(self.font_config) if is_root else self._computed_styles[root, None]
        above = None if parent_style is None else parent_style.model
        # Values of the same declaration are one object, which its model keeps; those of attributes are texts.
        declared = tuple(
            (name, value if isinstance(value, str) else id(value), weight)
            for name, (value, weight) in cascaded.items()
            if name != "anchor"
        )
        rest = (pseudo_type, root_style, base_url, self.font_config, self.initial_page_sizes)
        key = (id(above), pseudo_type, declared)
        model = self._models.get(key)
        if model is None:
            model = self._models[key] = css.ComputedStyle(above, cascaded, *rest)
        style = self._computed_styles[element, pseudo_type] = _Twin(model, parent_style, cascaded, *rest)
        return style

    def add_page_declarations(self, page_type: object) -> None:
        matching = tuple(
            self._page_type_match(selector[2], page_type)
            for sheet, _, _ in self._sheets
            for _, selectors, _ in sheet.page_rules
            for selector in selectors
        )
        rules = self._page_rules.get(matching)
        if rules is None:
            before = set(self._cascaded_styles)
            super().add_page_declarations(page_type)
            added = self._cascaded_styles.keys() - before
            # The order is that of the first page, as margin boxes are made in it.
            rules = {key[1]: self._cascaded_styles[key] for key in list(self._cascaded_styles) if key in added}
            self._page_rules[matching] = rules
        for pseudo_type, cascaded in rules.items():
            self._cascaded_styles[page_type, pseudo_type] = cascaded

    def __call__(self, element: object, pseudo_type: str | None = None) -> object:
        if pseudo_type is not None and (element, pseudo_type) in self._waiting:
            cascaded, parent, root, base_url = self._waiting.pop((element, pseudo_type))
            computed = self._compute(element, pseudo_type, cascaded, parent, root, base_url)
            # WeasyPrint would have asked already, and an empty style counts as none.
            computed["anchor"]
        return super().__call__(element, pseudo_type)


REPLACEMENTS: tuple[Replacement, ...] = (
    replacement(css.ComputedStyle, "__missing__", _missing),
    replacement(css, "StyleFor", _StyleFor),
)
