"""The charts of papers in points: all that are missing are drawn by one process, and once for all their files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock

from octavo.model.extract import Output
from octavo.model.keeping import NOTHING_KEPT, Keeper
from octavo.pipeline.papers import Papers
from octavo.pipeline.points import draw_kept

Draw = Callable[[Sequence[str], int], tuple[bytes, ...]]

_IN_POINTS = frozenset({Output.DOCX, Output.LATEX})


def paper_drawings(papers: Papers, keeper: Keeper = NOTHING_KEPT) -> Draw:
    """What draws the vector graphics of papers; several threads may ask it."""
    charts = dict.fromkeys(
        drawing.svg
        for paper in papers.papers
        if _IN_POINTS.intersection(paper.profile.outputs)
        for drawing in paper.manuscript.drawings.values()
    )
    drawn: dict[tuple[str, int], bytes] = {}
    alone = Lock()

    def draw(drawings: Sequence[str], dots: int) -> tuple[bytes, ...]:
        with alone:
            if any((svg, dots) not in drawn for svg in drawings):
                asked = [svg for svg in dict.fromkeys([*charts, *drawings]) if (svg, dots) not in drawn]
                drawn.update(zip(((svg, dots) for svg in asked), draw_kept(asked, dots, keeper), strict=True))
            return tuple(drawn[svg, dots] for svg in drawings)

    return draw
