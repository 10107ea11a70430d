"""The text of a publication for plain Pandoc, and the commands that one would write by hand to make a book of it."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_REFERENCE = re.compile(r"\[@(?:sec|tbl|fig|eq|note):[^\]]*\]")
_PAPER = """
@page { size: A4; margin: 20mm 20mm 25mm 25mm }
html { font-size: 11.5pt; line-height: 15.5pt }
h1 { margin-top: 0 }
"""
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

    def papers(self, names: Sequence[str], style: str, *options: str) -> tuple[Command, ...]:
        """Chapters, each by itself, to PDF by Pandoc and WeasyPrint, and to DOCX by Pandoc alone."""
        commands: list[Command] = []
        for name in names:
            paper = replace(self, chapters=(name,), style=style)
            html, pdf, docx = (str(Path(name).with_suffix(suffix)) for suffix in (".html", ".pdf", ".docx"))
            to_html = ("--to=html5", "--lua-filter=notes.lua", "--css=paper.css", f"--output={html}")
            commands.append(paper._pandoc(*to_html))
            commands.append((sys.executable, "-m", "weasyprint", html, pdf, *options))
            commands.append(paper._pandoc("--to=docx", f"--output={docx}"))
        return tuple(commands)

    def _pandoc(self, *options: str) -> Command:
        from octavo.adapters.pandoc import pandoc_path

        return (
            pandoc_path(), "--standalone", "--from=markdown", "--citeproc", "--bibliography=sources.json",
            f"--csl={self.style}", f"--metadata=lang={self.language}", "--metadata=title=Book", *options,
            *self.chapters,
        )  # fmt: skip


def prepare_plain(typed: Path, folder: Path, styles: Sequence[str] = ()) -> PlainBook:
    """The text of a publication that was typed by hand, for plain Pandoc, with its style and further ``styles``.

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
    for name in (style, *styles):
        found = find_packaged_style(name)
        assert found is not None, name
        shutil.copy2(found, folder / f"{name}.csl")
    sheet = font_face_rules(faces()) + (HERE / "plain.css").read_text()
    (folder / "book.css").write_text(sheet)
    (folder / "paper.css").write_text(sheet + _PAPER)
    shutil.copy2(HERE / "notes.lua", folder / "notes.lua")
    return PlainBook(folder, tuple(names), f"{style}.csl", publication["language"])
