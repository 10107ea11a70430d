"""Tiny publications for tests: what is whole, and what a test puts in its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_FINDING = re.compile(r"^(\S+:\d+:\d+): (?:error|warning) ([A-Z]{3}\d{3}) ", re.MULTILINE)
_HINT = re.compile(r"^  hint: (.*)$", re.MULTILINE)

CONFIGURATION = """\
title: A tiny publication
slug: tiny
language: en-GB
editions:
  print: {format: pdf, page: {size: A5}}
  ebook: {format: epub}
"""

FIRST = """\
---
title: The first chapter
---

One word[^one] and a source [@alpha-2020, p. 5].

[^one]: A remark.
"""

SECOND = """\
---
title: The second chapter
---

Another source [@beta-2021].
"""

SOURCES = """\
- id: alpha-2020
  type: book
  title: Alpha
  author: [{family: Able, given: Ann}]
  issued: 2020
- id: beta-2021
  type: book
  title: Beta
  author: [{family: Baker, given: Bob}]
  issued: 2021
"""

WHOLE: Mapping[str, str] = {
    "publication.yaml": CONFIGURATION,
    "chapters/01-first.md": FIRST,
    "chapters/02-second.md": SECOND,
    "bibliography/sources.yaml": SOURCES,
}

# What stands in build/ before the command runs; no reader opens it, it only has to stay.
STANDING: Mapping[str, bytes] = {
    "build/print/tiny.pdf": b"%PDF-1.7 the edition that stood there",
    "build/print/notes.json": b'{"notes": "of that edition"}',
    "build/ebook/tiny.epub": b"PK the edition that stood there",
    "build/ebook/notes.json": b'{"notes": "of that edition"}',
}


def write_publication(root: Path, files: Mapping[str, str | bytes | None] | None = None) -> Path:
    """Write a publication of two chapters and two sources into a folder, which is returned.

    ``files`` are put in the place of its own, or beside them; None leaves one out.
    """
    chosen: dict[str, str | bytes | None] = {**WHOLE, **(files or {})}
    for name, content in chosen.items():
        if content is None:
            continue
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return root


def chapter(body: str, title: str = "The first chapter") -> str:
    """A chapter whose body begins on line 5."""
    return f"---\ntitle: {title}\n---\n\n{body}"


def put_editions(root: Path) -> None:
    """Editions of an earlier build, for a test to see that they stay as they are."""
    for name, content in STANDING.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def standing(root: Path) -> dict[str, bytes]:
    """All that stands in the folders of the editions, hidden files too."""
    found = (path for path in (root / "build").glob("*/*") if path.is_file() and path.parent.name != "cache")
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


@dataclass(frozen=True, slots=True)
class Fault:
    """What a test puts into a publication, and the one finding that it expects: place, code, and what the hint says."""

    name: str
    files: Mapping[str, str | bytes | None]
    place: str
    code: str
    hint: str
    exit_code: int = 1


def told(text: str) -> list[tuple[str, str]]:
    """The findings of an output, each as its place and its code."""
    return [(match[1], match[2]) for match in _FINDING.finditer(text)]


def hints(text: str) -> list[str]:
    """The hints of an output, in order."""
    return _HINT.findall(text)


def check_fault(fault: Fault, root: Path, run: Callable[[list[str]], int], output: Callable[[], str]) -> None:
    """Run the command on a publication with one fault: all that has to hold for any fault is asserted here."""
    put_editions(write_publication(root, fault.files))
    code = run(["-C", str(root), "build"])
    text = output()
    assert told(text) == [(fault.place, fault.code)], text
    assert any(fault.hint in hint for hint in hints(text)), text
    assert code == fault.exit_code, text
    assert "Traceback" not in text
    assert standing(root) == STANDING


def check_faults(
    faults: Sequence[Fault], root: Path, run: Callable[[list[str]], int], output: Callable[[], str]
) -> None:
    """The same for many faults of the first chapter in one build: each gets a chapter and images of its own."""
    files: dict[str, str | bytes | None] = {"chapters/01-first.md": None}
    expected = []
    for number, fault in enumerate(faults, 10):
        for name, content in fault.files.items():
            own = f"{number}-x.md" if name == "chapters/01-first.md" else f"{number}-{Path(name).name}"
            images = {Path(other).name for other in fault.files if other.startswith("images/")}
            if isinstance(content, str) and name.endswith(".md"):
                for image in images:
                    content = content.replace(f"images/{image}", f"images/{number}-{image}")
            files[f"{Path(name).parent.as_posix()}/{own}"] = content
        files[f"chapters/{number}-x.md"] = str(files[f"chapters/{number}-x.md"]).replace(
            "---\n", f"---\nslug: x{number}\n", 1
        )
        file, line, column = fault.place.rsplit(":", 2)
        assert file == "chapters/01-first.md", fault.name
        expected.append((f"chapters/{number}-x.md:{int(line) + 1}:{column}", fault))
    put_editions(write_publication(root, files))
    code = run(["-C", str(root), "build"])
    text = output()
    assert sorted(told(text)) == sorted((place, fault.code) for place, fault in expected), text
    told_at = re.split(r"^(?=\S+:\d+:\d+: (?:error|warning) )", text, flags=re.MULTILINE)
    for place, fault in expected:
        one = next(part for part in told_at if part.startswith(f"{place}: "))
        assert any(fault.hint in hint for hint in hints(one)), one
    assert code == 1
    assert "Traceback" not in text
    assert standing(root) == STANDING
