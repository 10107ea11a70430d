"""The same sources give the same bytes, and the manifest says of what and with what they were made."""

from __future__ import annotations

import json
import os
import tempfile
from hashlib import sha256
from pathlib import Path

import pytest

import reproduce
from octavo import __version__
from octavo.cli.main import main
from publications import CONFIGURATION, WHOLE
from publications import write_publication as write

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
# Something of everything whose order, names or dates could get into an edition.
FILES = {
    "publication.yaml": CONFIGURATION + "  word: {format: docx}\ndate: 2026-03-01\n",
    "data/trade.csv": "partner,day,sum\nIran,2020-01-31,12.5\nisland,2021-02-01,7\n",
    "data/tables/trade.yaml": "title: Trade\ndata: trade\nsource: [alpha-2020]\n",
    "data/charts/trade.yaml": "title: Trade\nalt: Bars\ndata: trade\nspec:\n  mark: bar\n  encoding:\n"
    "    x: {field: day, type: temporal}\n    y: {field: sum, type: quantitative}\n",
    "chapters/03-third.md": "---\ntitle: Third\nlanguage: ru\n---\n\n"
    '{{ table("trade") }}\n\n{{ chart("trade") }}\n\n![Map](images/a.svg)\n\n$\\frac{a}{b}$ [@beta-2021] «i» "q".\n',
    "images/a.svg": SVG,
}


def test_two_builds_under_other_circumstances_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write(tmp_path / "book", FILES)
    place = tmp_path / "place"
    place.mkdir()
    for folder in (place, tmp_path, *tmp_path.parents[:3]):
        if folder.owner() == "root" and folder != Path(tempfile.gettempdir()):
            folder.chmod(0o755)
    first, second = reproduce.build_twice(root, place, reproduce.second(place))
    assert reproduce.differences(first, second) == []
    assert {
        "ebook/notes.json",
        "ebook/tiny.epub",
        "manifest.json",
        "print/notes.json",
        "print/tiny.pdf",
        "word/tiny.docx",
    } <= set(first)
    assert set(first) == set(second)


def test_the_manifest_has_all_artifacts_inputs_and_tools(tmp_path: Path) -> None:
    root = write(tmp_path, FILES)
    (root / "chapters/.hidden").write_text("x")
    assert main(["-C", str(root), "build", "--quiet"]) == 0
    text = (root / "build/manifest.json").read_text("utf-8")
    document = json.loads(text)
    assert list(document) == ["date", "tools", "inputs", "artifacts"]
    assert document["date"] == "2026-03-01T00:00:00Z"
    assert set(document["inputs"]) == {*FILES, *WHOLE}
    for name, digest in document["inputs"].items():
        assert digest == sha256((root / name).read_bytes()).hexdigest()
    folders = ("print", "ebook", "word")
    made = {
        path.relative_to(root / "build").as_posix() for name in folders for path in (root / "build" / name).iterdir()
    }
    assert {"print/tiny.pdf", "ebook/tiny.epub", "word/tiny.docx"} < made == set(document["artifacts"])
    for name, entry in document["artifacts"].items():
        data = (root / "build" / name).read_bytes()
        assert entry == {"sha256": sha256(data).hexdigest(), "bytes": len(data)}
    assert document["tools"]["octavo"] == __version__
    assert {"pandoc", "weasyprint", "python", "Pango", "HarfBuzz", "fontpkg-pt-serif"} <= set(document["tools"])
    assert all(document["tools"].values())
    assert str(root) not in text
    assert os.environ.get("HOME", "/root") not in text


def test_the_manifest_keeps_what_still_stands_and_drops_what_is_stale(tmp_path: Path) -> None:
    root = write(tmp_path, {"publication.yaml": CONFIGURATION + "date: 2026\n"})

    def listed() -> set[str]:
        return set(json.loads((root / "build/manifest.json").read_text("utf-8"))["artifacts"])

    assert main(["-C", str(root), "build", "--quiet"]) == 0
    whole = listed()
    ebook = {name for name in whole if name.startswith("ebook/")}
    assert {"print/tiny.pdf", "print/notes.json"} <= whole - ebook
    assert main(["-C", str(root), "build", "ebook", "--quiet"]) == 0
    assert listed() == whole
    (root / "build/print/tiny.pdf").write_bytes(b"other")
    assert main(["-C", str(root), "build", "ebook", "--quiet"]) == 0
    assert listed() == whole - {"print/tiny.pdf"}
    (root / "chapters/02-second.md").write_text("---\ntitle: Other\n---\n\nWords.\n")
    assert main(["-C", str(root), "build", "ebook", "--quiet"]) == 0
    assert listed() == ebook
