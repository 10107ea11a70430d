"""A small publication that is built once, and copies of it for tests to damage and to verify."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from octavo.cli.main import main

_WORDS = "The ties between the two shores were older than the states that stood on them, and outlived them all. "

FILES = {
    "publication.yaml": """\
title: Two shores
slug: shores
language: en-GB
authors: [Ann Able]
publisher: The Press
identifier: urn:uuid:3f2c1a52-6c1d-4b57-9d3f-0a8c5e1b7a11
editions:
  print: {format: pdf, page: {size: 105mm 148mm}}
  ebook: {format: epub}
  docx: {format: docx}
""",
    "bibliography/sources.yaml": """\
- id: able-2020
  type: book
  title: On ties
  author: [{family: Able, given: Ann}]
  issued: {date-parts: [[2020]]}
  language: en
- id: baker-2021
  type: book
  title: Harbours and their keepers
  author: [{family: Baker, given: Bob}]
  issued: {date-parts: [[2021]]}
  language: en
""",
    "chapters/01-ties.md": f"""\
---
title: Ties
---

{_WORDS}This was seen early[^early] and written down [@able-2020, p. 5], but not at once.[^late] {_WORDS}

## Harbours[^harbours]

{_WORDS * 3}

{_WORDS * 3}

| Harbour  | Ships       |
|:---------|------------:|
| East     | 12[^east]   |
| West[^w] |  7          |

: Ships in the two harbours {{#tbl:ships}}

{_WORDS * 3}The keepers knew[^keepers] what they kept.

[^early]: The earliest witness is a letter, now lost.

[^late]: The second witness came a century later.

[^harbours]: Only the two great ones are meant.

[^east]: An estimate of the keeper.

[^w]: Without the boats of the fishermen.

[^keepers]: Two families held the office for six generations.
""",
    "chapters/02-goods.md": f"""\
---
title: Goods
---

What was carried is known from the books of the harbours [@baker-2021, p. 17]. As note [@note:ties/keepers] says,
they were kept well.[^kept] {_WORDS * 4}

{_WORDS * 4}The rest is guesswork.[^guess]

[^kept]: Some leaves are missing, as note [@note:ties/early] leads one to expect.

[^guess]: A guess has the merit of being short.
""",
}

# Written down by hand, so that no code of the product says what is right.
NOTES = {
    "ties/early": ("1", "The earliest witness is a letter, now lost."),
    "ties/cite-1": ("2", "Ann Able, On Ties (2020), 5."),
    "ties/late": ("3", "The second witness came a century later."),
    "ties/harbours": ("4", "Only the two great ones are meant."),
    "ties/east": ("a", "An estimate of the keeper."),
    "ties/w": ("b", "Without the boats of the fishermen."),
    "ties/keepers": ("5", "Two families held the office for six generations."),
    "goods/cite-1": ("6", "Bob Baker, Harbours and Their Keepers (2021), 17."),
    "goods/kept": ("7", "Some leaves are missing, as note 1 leads one to expect."),
    "goods/guess": ("8", "A guess has the merit of being short."),
}


def build(root: Path) -> Path:
    """Write the publication into a folder and build its editions."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    code = main(["-C", str(root), "build", "--quiet"])
    assert code == 0, "the sound publication has to build"
    return root


@dataclass(frozen=True, slots=True)
class Built:
    """A copy of the built publication; ``read`` gives what was printed since the last time."""

    root: Path
    read: Callable[[], str]

    @property
    def pdf(self) -> Path:
        """The print edition."""
        return self.root / "build/print/shores.pdf"

    @property
    def epub(self) -> Path:
        """The reading edition."""
        return self.root / "build/ebook/shores.epub"

    @property
    def docx(self) -> Path:
        """The edition for word processors."""
        return self.root / "build/docx/shores.docx"

    def edit(self, name: str, old: str, new: str, count: int = 1) -> None:
        """Put other text into a file of the EPUB; the old text has to stand there as often as is said."""
        with ZipFile(self.epub) as archive:
            entries = [(entry, archive.read(entry)) for entry in archive.infolist()]
        assert name in [entry.filename for entry, _ in entries], f"there is no {name}"
        buffer = BytesIO()
        with ZipFile(buffer, "w") as archive:
            for entry, data in entries:
                if entry.filename == name:
                    assert data.count(old.encode()) == count, f"'{old}' stands {data.count(old.encode())} times"
                    data = data.replace(old.encode(), new.encode())
                archive.writestr(entry, data)
        self.epub.write_bytes(buffer.getvalue())

    def edit_json(self, edition: str, change: Callable[[dict[str, object]], object]) -> None:
        """Change the ``notes.json`` of an edition."""
        path = self.root / "build" / edition / "notes.json"
        document = json.loads(path.read_text(encoding="utf-8"))
        change(document)
        path.write_text(json.dumps(document), encoding="utf-8")

    def verify(self, edition: str) -> tuple[int, str]:
        """Run the command; its exit code and what it printed."""
        self.read()
        code = main(["-C", str(self.root), "verify", edition])
        return code, self.read()

    def tells(self, edition: str, code: str, note: str = "", words: str = "") -> None:
        """Assert that the edition fails with a finding of that code, about that note by label and id."""
        exit_code, output = self.verify(edition)
        assert exit_code == 1, output
        lines = [line for line in output.splitlines() if f" {code} " in f" {line}"]
        if note:
            label, _ = NOTES[note]
            lines = [line for line in lines if re.search(rf"\b{label}\b", line) and f"({note})" in line]
        assert any(words in line for line in lines), output


def copy(whole: Path, root: Path) -> Path:
    """A copy of the built publication."""
    return shutil.copytree(whole, root, dirs_exist_ok=True)
