"""Mathematics as vector drawings, by ziamath: WeasyPrint draws no MathML."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass

_VIEW_BOX = re.compile(r'viewBox="(-?[\d.]+) (-?[\d.]+) ([\d.]+) ([\d.]+)"')
_SIZE = 10.0
# Strokes may reach a little out of the measured box; in em.
_MARGIN = 0.08


@dataclass(frozen=True, slots=True)
class Drawing:
    """A formula as SVG; all lengths are in em of its font.

    ``depth`` is what hangs below the baseline; ``margin`` is the empty edge, which the others include.
    """

    svg: str
    width: float
    height: float
    depth: float
    margin: float


def draw_formula(mathml: str) -> Drawing:
    """Draw MathML (the content of a presentation ``math`` element, without ``semantics``).

    Raises ValueError where ziamath cannot draw it.
    """
    from ziamath.config import config
    from ziamath.zmath import Math

    # Drawings stand side by side in one document, where shared symbol names would collide.
    config.svg2 = False
    logging.getLogger().setLevel(logging.ERROR)
    try:
        svg = str(Math(mathml, size=_SIZE, margin=_MARGIN * _SIZE).svg())
    except Exception as error:  # the library raises whatever it meets
        raise ValueError(str(error)) from error
    match = _VIEW_BOX.search(svg)
    if match is None:
        raise ValueError("the drawing has no size")
    _, top, width, height = (float(value) for value in match.groups())
    return Drawing(svg, width / _SIZE, height / _SIZE, (top + height) / _SIZE, _MARGIN)
