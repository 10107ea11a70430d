"""Vega-Lite into SVG, by vl-convert in a process of its own, with the packaged fonts."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from octavo.adapters.confined import with_parent
from octavo.adapters.fonts import Face, faces
from octavo.adapters.outlines import outline_text
from octavo.adapters.tools import own_state, packages_state
from octavo.errors import MachineError
from octavo.model.chart import CHART_FONT, Json
from octavo.model.keeping import Manifest

_WORKER = Path(__file__).with_name("vega_worker.py")
# A chart takes a tenth of a second; one that takes this long has a loop that does not end in it.
_SECONDS = 30
_WARNING = re.compile(r"^WARN (.*)$", re.MULTILINE)
_ERROR = re.compile(r"^ERROR (?:\w*Error: )?(.*)$", re.MULTILINE)
_REASON = re.compile(r"^(?:\w*Error: )(.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ChartJob:
    """A chart that is ready to be drawn: its data stand in ``spec``, the locales are those of d3."""

    spec: Mapping[str, Json]
    config: Mapping[str, Json]
    numbers: Mapping[str, Json]
    dates: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What came of a chart: the drawing with its text as outlines, or why there is none, and what Vega-Lite warned of.

    The drawing is SVG whose lengths are points; it is empty where ``error`` is not.
    """

    svg: str = ""
    error: str = ""
    warnings: tuple[str, ...] = ()


def drawing_manifest(job: ChartJob) -> Manifest:
    """What a drawing depends on."""
    return {
        "chart": json.dumps(job.spec, ensure_ascii=False, sort_keys=True),
        "style": json.dumps(job.config, ensure_ascii=False, sort_keys=True),
        "language": json.dumps([job.numbers, job.dates], ensure_ascii=False, sort_keys=True),
        "tools": f"{own_state()} {packages_state()}",
    }


def draw_charts(jobs: Sequence[ChartJob]) -> tuple[Drawn, ...]:
    """Draw charts, each for itself: what is wrong with one is told of that one.

    Raises MachineError where the drawing program or a font is missing.
    """
    if not jobs:
        return ()
    all_faces = tuple(face for face in faces())
    drawn: list[Drawn] = []
    while len(drawn) < len(jobs):
        answers, end = _ask(jobs[len(drawn) :], all_faces)
        drawn += [_drawn(answer, all_faces) for answer in answers]
        if len(drawn) < len(jobs):
            drawn.append(Drawn(error=end))
    return tuple(drawn)


def _ask(jobs: Sequence[ChartJob], all_faces: Sequence[Face]) -> tuple[list[dict[str, str]], str]:
    """The answers that came, and why no more did."""
    folders = sorted({str(face.path.parent) for face in all_faces if face.family == CHART_FONT})
    charts = [{"spec": job.spec, "config": job.config, "numbers": job.numbers, "dates": job.dates} for job in jobs]
    asked = json.dumps({"fonts": folders, "charts": charts}).encode()
    end = f"it is not drawn after {_SECONDS} seconds"
    try:
        # A date would else be drawn as that of the machine's time zone. `-P` keeps the other adapters out of the path.
        result = subprocess.run(
            [*with_parent(), sys.executable, "-P", str(_WORKER)],
            input=asked,
            capture_output=True,
            timeout=_SECONDS + len(jobs),
            env={**os.environ, "TZ": "UTC"},
            check=False,
        )
        output = result.stdout
        if b"ModuleNotFoundError" in result.stderr:
            raise MachineError("the drawing of charts is missing", "pip install vl-convert-python")
        if result.returncode:
            end = "the program that draws it ended: it takes more memory than there is"
    except subprocess.TimeoutExpired as error:
        output = error.stdout or b""
    lines = output.split(b"\n")[:-1]
    return [json.loads(line) for line in lines], end


def _drawn(answer: Mapping[str, str], all_faces: Sequence[Face]) -> Drawn:
    said = answer["said"]
    warnings = tuple(dict.fromkeys(_WARNING.findall(said)))
    error = answer.get("error", "")
    told = _ERROR.search(said)
    if error or told:
        reason = told or _REASON.search(error)
        return Drawn(error=reason[1] if reason else error.partition("\n")[2] or error, warnings=warnings)
    return Drawn(outline_text(answer["svg"], all_faces), warnings=warnings)
