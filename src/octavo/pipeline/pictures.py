"""Pictures of the project as editions hold them."""

from __future__ import annotations

from pathlib import Path

from octavo.adapters.pictures import PictureFault, open_picture
from octavo.errors import FindingsError
from octavo.model.finding import Finding
from octavo.model.limits import BOUNDS, Limits

# The publication's own limits were checked when it was read; what is read here is what was checked there.
_LARGEST = Limits(**{name: most for name, (_, most) in BOUNDS.items()})


def read_picture(root: Path, path: str) -> bytes:
    """A picture, cleaned where it is a drawing.  Raises FindingsError where it changed since it was checked."""
    try:
        return open_picture(root, path, _LARGEST)
    except PictureFault as fault:
        message = f"the image '{path}' cannot be read: {fault.reason}"
        finding = Finding("IMG105", "broken-image", message, None, "export or copy the file anew")
        raise FindingsError([finding]) from fault
