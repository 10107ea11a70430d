"""The text of a publication for plain Pandoc, and the commands that one would write by hand to make a PDF of it."""

from __future__ import annotations

import json
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_REFERENCE = re.compile(r"\[@(?:sec|tbl|fig|eq|note):[^\]]*\]")
_TYPST = """
import sys, typst
typst.compile("book.typ", output="book-typst.pdf", font_paths=sys.argv[1:])
"""

Command = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlainBook:
    """A folder that Pandoc, WeasyPrint and Typst are run in."""

    folder: Path
    chapters: tuple[str, ...]
    style: str
    language: str

    def weasyprint(self, *options: str) -> tuple[Command, ...]:
        """Pandoc to HTML with citations, and WeasyPrint to PDF."""
        pandoc = self._pandoc("--to=html5", "--lua-filter=notes.lua", "--css=book.css", "--output=book.html")
        return pandoc, (sys.executable, "-m", "weasyprint", "book.html", "book.pdf", *options)

    def typst(self) -> tuple[Command, ...]:
        """Pandoc to Typst's language with citations, and Typst to PDF."""
        from octavo.adapters.fonts import faces

        variables = ("--variable=papersize=a5", "--variable=mainfont=PT Serif", "--variable=fontsize=10pt")
        pandoc = self._pandoc("--to=typst", "--output=book.typ", *variables)
        folders = sorted({str(face.path.parent) for face in faces()})
        return pandoc, (sys.executable, "-c", _TYPST, *folders)

    def _pandoc(self, *options: str) -> Command:
        from octavo.adapters.pandoc import pandoc_path

        return (
            pandoc_path(), "--standalone", "--from=markdown", "--citeproc", "--bibliography=sources.json",
            f"--csl={self.style}", f"--metadata=lang={self.language}", "--metadata=title=Book", *options,
            *self.chapters,
        )  # fmt: skip


def prepare_plain(typed: Path, folder: Path) -> PlainBook:
    """The text of a publication that was typed by hand, for plain Pandoc.

    Titles and abstracts come from the front matter, references between chapters become words.
    """
    import yaml

    from octavo.adapters.fonts import faces, font_face_rules
    from octavo.adapters.styles import find_packaged_style
    from octavo.read.bibliography import read_bibliography

    folder.mkdir()
    if (typed / "images").is_dir():
        shutil.copytree(typed / "images", folder / "images")
    publication = yaml.safe_load((typed / "publication.yaml").read_text())
    names = []
    for path in sorted((typed / "chapters").glob("*.md")):
        text = path.read_text()
        match = _FRONT.match(text)
        assert match is not None, path
        front = yaml.safe_load(match[1])
        body = _REFERENCE.sub("another place of this book", text[match.end() :])
        # The same identifiers of notes in two chapters would be one note for Pandoc.
        body = re.sub(r"\[\^([\w-]+)\]", rf"[^{path.stem}-\1]", body)
        abstract = f"::: abstract\n{front['abstract'].strip()}\n:::\n\n" if front.get("abstract") else ""
        (folder / path.name).write_text(f"# {front['title']} {{.reset-citation-positions}}\n\n{abstract}{body}\n")
        names.append(path.name)
    sources = read_bibliography(typed, []).sources
    (folder / "sources.json").write_text(json.dumps([one.data for one in sources.values()], ensure_ascii=False))
    style = publication.get("bibliography", {}).get("style", "chicago-notes-bibliography")
    found = find_packaged_style(style)
    assert found is not None, style
    shutil.copy2(found, folder / f"{style}.csl")
    (folder / "book.css").write_text(font_face_rules(faces()) + (HERE / "plain.css").read_text())
    shutil.copy2(HERE / "notes.lua", folder / "notes.lua")
    return PlainBook(folder, tuple(names), f"{style}.csl", publication["language"])
