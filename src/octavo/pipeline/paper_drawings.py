"""The charts of papers in points: all that are missing are drawn by one process, and once for all their files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock

from octavo.adapters.raster import draw_points
from octavo.adapters.tools import own_state, packages_state
from octavo.model.extract import Output
from octavo.model.keeping import NOTHING_KEPT, Keeper, Manifest
from octavo.pipeline.papers import Papers

Draw = Callable[[Sequence[str], int], tuple[bytes, ...]]

_KIND = "points"
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
                drawn.update(zip(((svg, dots) for svg in asked), _draw(asked, dots, keeper), strict=True))
            return tuple(drawn[svg, dots] for svg in drawings)

    return draw


def _draw(drawings: Sequence[str], dots: int, keeper: Keeper) -> list[bytes]:
    manifests = [_manifest(svg, dots) for svg in drawings]
    found = [keeper.recall(_KIND, "a drawing", manifest) for manifest in manifests]
    missing = [index for index, data in enumerate(found) if data is None]
    for index, data in zip(missing, draw_points([drawings[index] for index in missing], dots), strict=True):
        found[index] = data
        if data:
            keeper.keep(_KIND, "a drawing", manifests[index], data)
    return [data or b"" for data in found]


def _manifest(svg: str, dots: int) -> Manifest:
    return {"drawing": svg, "dots": str(dots), "tools": f"{own_state()} {packages_state()}"}
