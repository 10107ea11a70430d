"""A random publication, built and read again by the public command, and what became of its notes."""

from __future__ import annotations

import contextlib
import io
import json
import re
import traceback
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path

from octavo.cli.main import main
from octavo.model.notes import EditionNotes
from octavo.verify.epub import read_epub
from octavo.verify.pdf import read_pdf
from random_chapters import Expected
from random_publications import publication


@dataclass(slots=True)
class Counts:
    """What became of the notes of one publication; ``late`` begin after their call's page, ``continued`` end later."""

    seed: int
    notes: int = 0
    lost: int = 0
    doubled: int = 0
    wrong: int = 0
    late: int = 0
    continued: int = 0
    pages: int = 0
    refused: str = ""
    crash: str = ""
    faults: list[str] = field(default_factory=list)

    def line(self) -> str:
        """The counts as a line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)


def try_out(seed: int, root: Path) -> Counts:
    """Build the publication of a seed in a folder, and count its notes in both editions."""
    wanted = publication(seed)
    wanted.write(root)
    counts = Counts(seed, notes=len(wanted.notes))
    told = io.StringIO()
    try:
        with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
            code = main(["-C", str(root), "build", "--quiet", "--jobs", "1"])
    except BaseException:
        counts.crash = traceback.format_exc()[-600:]
        return counts
    if code:
        text = told.getvalue()
        if code == 1:
            counts.refused = text[:600]
            counts.lost += text.count(" NTE401 ")
            counts.late += text.count(" NTE402 ")
        else:
            counts.crash = f"exit code {code}: {text[-600:]}"
        return counts
    stored = json.loads((root / "build/print/notes.json").read_text(encoding="utf-8"))["notes"]
    names = ["note-" + entry["id"].replace("/", "--") for entry in stored]
    counts.late = sum("note_page" in entry and entry["series"] == "main" for entry in stored)
    counts.continued = sum("note_end" in entry for entry in stored)
    reading = read_pdf((root / "build/print/random.pdf").read_bytes(), "print")
    counts.pages = reading.pages
    expected = dict(zip(names, wanted.notes, strict=True))
    _count(counts, expected, reading.notes)
    _count(counts, expected, read_epub((root / "build/ebook/random.epub").read_bytes(), "ebook"))
    return counts


def _count(counts: Counts, wanted: dict[str, Expected], seen: EditionNotes) -> None:
    notes = Counter(mark.anchor for mark in seen.notes)
    calls = Counter(mark.links_to for mark in seen.calls)
    for name, expected in wanted.items():
        if not notes[name] or not calls[name]:
            counts.lost += 1
            counts.faults.append(f"{seen.edition}: {name} is lost")
        elif notes[name] > 1 or calls[name] > 1:
            counts.doubled += 1
            counts.faults.append(f"{seen.edition}: {name} is doubled")
        mark = next((mark for mark in seen.notes if mark.anchor == name), None)
        if mark is not None and (mark.label != expected.label or not fits(mark.text, expected)):
            counts.wrong += 1
            counts.faults.append(f"{seen.edition}: {name} has other words or another number")


def fits(text: str, expected: Expected) -> bool:
    """Whether a note has the words that were written."""
    plain = _letters(text)
    between = "" if expected.whole else ".*?"
    pattern = between.join(re.escape(_letters(piece)) for piece in expected.pieces)
    return bool(re.fullmatch(pattern, plain) if expected.whole else re.search(pattern, plain))


def _letters(text: str) -> str:
    """Letters and digits alone, since lines break words and marks in print."""
    return "".join(letter for letter in text if letter.isalnum())
