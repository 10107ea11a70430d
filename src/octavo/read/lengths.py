"""Lengths and sizes of pages, as they are written in configurations."""

from __future__ import annotations

from octavo.model.finding import Finding
from octavo.model.lazy import lazy
from octavo.model.suggest import did_you_mean
from octavo.read.fields import Fields

_MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}
# The sizes of paper that have names, in millimetres.
NAMED_SIZES = {"A4": (210.0, 297.0), "A5": (148.0, 210.0), "B5": (176.0, 250.0), "letter": (215.9, 279.4)}
# Below, no line of notes fits; above, no printer's sheet does, and layout takes memory without end.
_SMALLEST, _LARGEST = 70.0, 1300.0
_LENGTH = lazy(r"(\d+(?:\.\d+)?)\s*(mm|cm|in|pt)?$")


def length_of(text: str) -> float | None:
    """A length in millimetres, or None where the text is no length."""
    match = _LENGTH.match(text)
    return float(match[1]) * _MILLIMETRES[match[2] or "mm"] if match else None


def read_size(fields: Fields, findings: list[Finding], default: tuple[float, float]) -> tuple[float, float]:
    """Width and height of a page in millimetres, from the key ``size``; what is wrong is told."""
    size = fields.text("size")
    if size in NAMED_SIZES:
        return NAMED_SIZES[size]
    if not size:
        return default
    lengths = [length_of(word) for word in size.split()]
    within = [length for length in lengths if length is not None and _SMALLEST <= length <= _LARGEST]
    if len(lengths) == len(within) == 2:
        return within[0], within[1]
    names = ", ".join(NAMED_SIZES)
    range_ = f"{_SMALLEST:.0f} to {_LARGEST:.0f} mm each"
    hint = did_you_mean(size, NAMED_SIZES) if size[0].isalpha() else ""
    hint = f"{hint} Else write" if hint else "write"
    hint += f" width and height, such as `148mm 210mm` ({range_}), or one of: {names}"
    message = f"'{size}' is no page size"
    findings.append(Finding("CFG102", "wrong-value", message, fields.location_of("size"), hint))
    return default
