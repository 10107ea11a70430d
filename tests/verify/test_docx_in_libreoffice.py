"""LibreOffice computes the numbers of footnotes itself: what it prints is what the plan says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from lxml import etree

from docx_damage import W
from markdown_sample import copy_publication
from octavo.model.notes import MAIN
from octavo.model.publication import EditionSettings, Format, PageSettings
from octavo.pipeline.docx import make_docx
from octavo.pipeline.project import Project, load_project

ROOT = Path(__file__).parents[2]
SOFFICE = shutil.which("soffice")
EDITION = EditionSettings("docx", Format.DOCX, PageSettings(210, 297))
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_SECONDS = 240
# Letters and digits of a note that have to follow its number, and of the text before a call.
_LEAST, _BEFORE = 9, 6

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        SOFFICE is None and not os.environ.get("OCTAVO_CI"),
        reason="LibreOffice is not here: apt-get install libreoffice-writer-nogui",
    ),
]


def printed(data: bytes, folder: Path) -> list[str]:
    """The lines of all pages that LibreOffice makes of a DOCX."""
    assert SOFFICE is not None, "LibreOffice is missing: apt-get install libreoffice-writer-nogui"
    path = folder / "edition.docx"
    path.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    result = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    assert result.returncode == 0, result.stderr
    document = pypdfium2.PdfDocument((folder / "edition.pdf").read_bytes())
    lines = []
    for page in document:
        text = page.get_textpage()
        lines += re.split(r"[\r\n]+", text.get_text_range())
        text.close()
        page.close()
    document.close()
    return lines


def bare(text: str) -> str:
    """Letters and digits alone: what stands between them differs between programs."""
    return re.sub(r"[\W_]+", "", text)


def check(project: Project, data: bytes, lines: list[str]) -> None:
    """Each note is printed with its number, in the order of the plan, and each number stands at its call."""
    check_notes(project, lines)
    whole = bare(" ".join(lines))
    labels = [note.label for note in project.manuscript.plan.notes if note.series == MAIN]
    for label, before in zip(labels, words_before_calls(data), strict=True):
        assert before + label in whole, f"'{before}' is not followed by the number {label}"


def words_before_calls(data: bytes) -> Iterator[str]:
    """The end of the text before each call of a footnote, within its paragraph."""
    with ZipFile(BytesIO(data)) as archive:
        document = etree.fromstring(archive.read("word/document.xml"))
    for paragraph in document.iter(f"{W}p"):
        text = ""
        for element in paragraph.iter(f"{W}t", f"{W}footnoteReference", _FORMULA):
            if element.tag == f"{W}t":
                text += element.text or ""
                continue
            if element.tag != _FORMULA:
                yield bare(text)[-_BEFORE:]
            text = ""


def check_notes(project: Project, lines: list[str]) -> None:
    """Each note is printed with its number."""
    bodies = [bare(line) for line in lines]
    at = 0
    notes = [note for note in project.manuscript.plan.notes if note.series == MAIN]
    for note in notes:
        words = bare(note.text)[:_LEAST]
        # The number is a superscript, and may be a line of its own to a reader of the page.
        found = next(
            (
                index
                for index in range(at, len(bodies))
                if bodies[index].startswith(note.label + words)
                or (bodies[index].startswith(words) and bodies[index - 1].endswith(note.label))
            ),
            None,
        )
        assert found is not None, f"note {note.label} ({note.id}) is not printed as '{note.label} {note.text[:40]}'"
        at = found


@pytest.mark.parametrize("numbering", ["part", "chapter"])
def test_it_prints_the_numbers_of_the_plan(tmp_path: Path, numbering: str) -> None:
    project = load_project(copy_publication(tmp_path, notes=f"{{numbering: {numbering}}}"), 1)
    data = make_docx(project, EDITION)[0].data
    check(project, data, printed(data, tmp_path))


def test_it_prints_the_numbers_of_the_reference_publication(tmp_path: Path) -> None:
    project = load_project(ROOT, 1)
    data = make_docx(project, EDITION)[0].data
    lines = printed(data, tmp_path)
    check(project, data, lines)
    whole = bare(" ".join(lines))
    for note in project.manuscript.plan.notes:
        if note.series != MAIN:
            assert note.label + bare(note.text)[:_LEAST] in whole
