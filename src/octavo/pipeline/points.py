"""Vector graphics in points, drawn once for all builds in which they and what draws them are the same."""

from __future__ import annotations

from collections.abc import Sequence

from octavo.adapters.raster import draw_points
from octavo.adapters.tools import own_state, packages_state
from octavo.model.keeping import Keeper, Manifest

_KIND = "points"


def draw_kept(drawings: Sequence[str], dots: int, keeper: Keeper) -> tuple[bytes, ...]:
    """Each SVG as a PNG of so many dots to the inch; empty for one that cannot be drawn.

    Raises MachineError where the drawing program or a font is missing.
    """
    manifests = [_manifest(svg, dots) for svg in drawings]
    found = [keeper.recall(_KIND, "a drawing", manifest) for manifest in manifests]
    missing = [index for index, data in enumerate(found) if data is None]
    for index, data in zip(missing, draw_points([drawings[index] for index in missing], dots), strict=True):
        found[index] = data
        if data:
            keeper.keep(_KIND, "a drawing", manifests[index], data)
    return tuple(data or b"" for data in found)


def _manifest(svg: str, dots: int) -> Manifest:
    return {"drawing": svg, "dots": str(dots), "tools": f"{own_state()} {packages_state()}"}
