"""Vector graphics into pictures of points, by vl-convert in a process of its own, with the packaged fonts."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from octavo.adapters.confined import with_parent
from octavo.adapters.fonts import faces
from octavo.errors import MachineError

_WORKER = Path(__file__).with_name("raster_worker.py")
_SECONDS = 30
# Points of the drawing are points of 1/96 inch to the program, whose scale is one at 72 to the inch.
_SCALE = 72 / 96


def draw_points(drawings: Sequence[str], dots: int = 300) -> tuple[bytes, ...]:
    """Each SVG as a PNG of so many dots to the inch; empty for one that cannot be drawn.

    Raises MachineError where the drawing program or a font is missing.
    """
    if not drawings:
        return ()
    folders = sorted({str(face.path.parent) for face in faces()})
    asked = json.dumps({"fonts": folders, "ppi": dots * _SCALE, "drawings": list(drawings)}).encode()
    try:
        result = subprocess.run(
            [*with_parent(), sys.executable, "-P", str(_WORKER)],
            input=asked,
            capture_output=True,
            timeout=_SECONDS + len(drawings),
            check=False,
        )
        output, said = result.stdout, result.stderr
    except subprocess.TimeoutExpired as error:
        output, said = error.stdout or b"", b""
    if b"ModuleNotFoundError" in said:
        raise MachineError("the drawing of pictures is missing", "pip install vl-convert-python")
    answers = [json.loads(line) for line in output.split(b"\n")[:-1]]
    drawn = [base64.b64decode(answer.get("png", "")) for answer in answers]
    return (*drawn, *(b"" for _ in range(len(drawings) - len(drawn))))
