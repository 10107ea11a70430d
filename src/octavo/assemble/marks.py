"""The marks that say in a template where each piece of it stands in the chapter."""

from __future__ import annotations

import re
from collections.abc import Sequence

# The offset of a piece, and whether it is text of the author's own or what an expression makes.
MARK = re.compile("\ue000(\\d+)(c?)\ue001")
PRIVATE = re.compile("[\ue000-\ue003]")


def origin_of(offset: int, steps: Sequence[tuple[int, int]]) -> int:
    """The offset that an offset comes from; ``steps`` say from where on which run was copied from where on."""
    here, there = 0, 0
    for start, origin in steps:
        if start > offset:
            break
        here, there = start, origin
    return there + offset - here
