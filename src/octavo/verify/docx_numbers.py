"""The numbers of footnotes as Word computes them (ISO/IEC 29500-1, 17.11): they stand nowhere in the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from octavo.model.counting import letters, roman
from octavo.verify.docx_package import Element, Parts, W

_FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "lowerLetter": letters,
    "upperLetter": lambda number: letters(number).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
}
UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class _Scheme:
    """How the footnotes of a section are numbered."""

    form: str
    start: int
    restart: str


def call_labels(parts: Parts) -> dict[Element, str]:
    """What a reader sees at each call of a footnote, by its ``footnoteReference``.

    A call with a mark of its own shows the text behind it and does not count.  Numbers that begin anew on each page, or
    have a form that is not known here, are ``?``.
    """
    body = parts.document.find(f"{W}body")
    schemes = _schemes(parts)
    labels: dict[Element, str] = {}
    section, count = 0, schemes[0].start if schemes else 1
    for block in body if body is not None else ():
        for reference in block.iter(f"{W}footnoteReference"):
            if next(reference.iterancestors(f"{W}del"), None) is not None:
                continue
            if reference.get(f"{W}customMarkFollows") in ("1", "true", "on"):
                run = reference.getparent()
                labels[reference] = "" if run is None else "".join(text.text or "" for text in run.iter(f"{W}t"))
                continue
            scheme = schemes[min(section, len(schemes) - 1)]
            form = _FORMATS.get(scheme.form)
            labels[reference] = UNKNOWN if form is None or scheme.restart == "eachPage" else form(count)
            count += 1
        for _ in block.iter(f"{W}sectPr"):
            section += 1
            following = schemes[min(section, len(schemes) - 1)]
            if following.restart == "eachSect":
                count = following.start
    return labels


def _schemes(parts: Parts) -> list[_Scheme]:
    """The scheme of each section: its own words before those of the whole document."""
    whole = parts.settings.find(f"{W}footnotePr") if parts.settings is not None else None
    sections = list(parts.document.iter(f"{W}sectPr"))
    return [_scheme(section.find(f"{W}footnotePr"), whole) for section in sections] or [_scheme(None, whole)]


def _scheme(own: Element | None, whole: Element | None) -> _Scheme:
    def told(name: str, default: str) -> str:
        for place in (own, whole):
            found = place.find(f"{W}{name}") if place is not None else None
            if found is not None:
                return found.get(f"{W}val", default)
        return default

    start = told("numStart", "1")
    return _Scheme(told("numFmt", "decimal"), int(start) if start.isdigit() else 1, told("numRestart", "continuous"))
