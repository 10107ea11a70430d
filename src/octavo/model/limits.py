"""Limits on what a chapter, a picture or a process may take: each has a name, a default, and a setting."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused before it does harm; the names are those of ``limits`` in ``publication.yaml``.

    ``levels`` of blocks, braces and elements within one another; ``rows`` of a table, and ``columns`` of it, or that
    a cell spans; ``formula`` in characters; ``shapes`` of a drawing, as often as each is drawn; ``megapixels`` of a
    picture; ``seconds`` for Pandoc's work on a chapter, and for the layout of a unit; ``memory`` in megabytes, for
    Pandoc, and for what the layout of a unit takes beside what its process has already.
    """

    levels: int = 40
    rows: int = 5_000
    columns: int = 200
    formula: int = 4_000
    shapes: int = 50_000
    megapixels: int = 40
    seconds: int = 120
    memory: int = 2_048


# A stranger may change a setting too: these are the smallest and the largest that can be set.
BOUNDS: dict[str, tuple[int, int]] = {
    "levels": (1, 60),
    "rows": (1, 100_000),
    "columns": (1, 1_000),
    "formula": (1, 20_000),
    "shapes": (1, 500_000),
    "megapixels": (1, 200),
    "seconds": (1, 3_600),
    "memory": (512, 65_536),
}
