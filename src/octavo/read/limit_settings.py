"""The key ``limits`` of ``publication.yaml`` into Limits."""

from __future__ import annotations

from octavo.model.limits import BOUNDS, Limits
from octavo.read.fields import Fields


def read_limits(fields: Fields) -> Limits:
    """The limits; each is a whole number between its bounds."""
    default = Limits()
    limits = Limits(
        levels=fields.whole("levels", default.levels, *BOUNDS["levels"]),
        rows=fields.whole("rows", default.rows, *BOUNDS["rows"]),
        columns=fields.whole("columns", default.columns, *BOUNDS["columns"]),
        formula=fields.whole("formula", default.formula, *BOUNDS["formula"]),
        shapes=fields.whole("shapes", default.shapes, *BOUNDS["shapes"]),
        megapixels=fields.whole("megapixels", default.megapixels, *BOUNDS["megapixels"]),
        seconds=fields.whole("seconds", default.seconds, *BOUNDS["seconds"]),
        memory=fields.whole("memory", default.memory, *BOUNDS["memory"]),
    )
    fields.close()
    return limits
