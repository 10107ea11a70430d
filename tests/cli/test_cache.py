"""A build makes what changed, and no more: one test for each cause, and the same bytes either way."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

import built
from octavo.cli.main import main

ARTIFACTS = ("print/shores.pdf", "print/notes.json", "ebook/shores.epub", "ebook/notes.json")
FRONT = {"layout front", "pages front"}
PRINT = "templates/print/print.css"
PICTURE = "chapters/quay.png"
BOOK = {
    **built.FILES,
    # Without a date an edition would tell the time at which it was made.
    "publication.yaml": f"{built.FILES['publication.yaml']}date: 2024-05-01\n",
    "chapters/03-quays.md": f"---\ntitle: Quays\n---\n\n![A quay](chapters/quay.png)\n\nSee [@sec:ties]. {built._WORDS}\n",  # noqa: E501
    "chapters/04-ends.md": f"---\ntitle: Ends\n---\n\n{built._WORDS * 6}\n",
}


def write(root: Path, name: str, change: Callable[[str], str]) -> None:
    path = root / name
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(change(path.read_text() if path.exists() else ""))


def paint(path: Path, colour: str) -> None:
    Image.new("RGB", (40, 30), colour).save(path)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("cache")
    for name, text in BOOK.items():
        write(root, name, lambda _, text=text: text)  # type: ignore[misc]
    paint(root / PICTURE, "grey")
    assert main(["-C", str(root), "build", "--quiet"]) == 0
    return root


@pytest.fixture
def book(whole: Path, tmp_path: Path) -> Path:
    """The book, built once, in a folder of its own; its files are as old as they were."""
    return shutil.copytree(whole, tmp_path / "book")


def artifacts(root: Path) -> dict[str, bytes]:
    return {name: (root / "build" / name).read_bytes() for name in ARTIFACTS}


def made(root: Path, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, str]:
    """What a build made again, with the reasons."""
    capsys.readouterr()
    assert main(["-C", str(root), "build", "--explain", "--quiet", *options]) == 0
    lines = re.findall(r"^made  (\S+) +(\S.*?)  +(\S.*)$", capsys.readouterr().out, re.MULTILINE)
    return {f"{kind} {name}": reason for kind, name, reason in lines}


def test_a_warm_build_makes_nothing_and_gives_the_same_bytes(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = artifacts(book)
    shutil.rmtree(book / "build/print")
    assert made(book, capsys) == {}
    assert artifacts(book) == before
    assert made(book, capsys, "--no-cache")
    assert artifacts(book) == before


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_the_number_of_jobs_changes_no_byte(book: Path, capsys: pytest.CaptureFixture[str], jobs: str) -> None:
    before = artifacts(book)
    assert made(book, capsys, "--no-cache", "--jobs", jobs)
    assert artifacts(book) == before


def longer(text: str) -> str:
    return text.replace("The ties", "Known ties")


def retitled(text: str) -> str:
    return text.replace("Harbours and their keepers", "Harbours and keepers")


CAUSES = {
    "text": (
        lambda root: write(root, "chapters/04-ends.md", longer),
        {"text ends", "layout chapter-ends", "pages chapter-ends"},
        "text",
    ),
    "source": (
        lambda root: write(root, "bibliography/sources.yaml", retitled),
        {
            *("text ties", "text goods", "text quays", "text ends", "references en-GB"),
            *("layout chapter-goods", "pages chapter-goods", "layout references", "pages references"),
        },
        "",
    ),
    "style sheet": (
        lambda root: write(root, PRINT, lambda _: ".note { color: #111 }\n"),
        {
            *FRONT,
            *(f"{kind} chapter-{name}" for kind in ("layout", "pages") for name in ("ties", "goods", "quays", "ends")),
            *(f"{kind} {name}" for kind in ("layout", "pages") for name in ("contents", "references", "colophon")),
            *("layout cover", "pages cover"),
        },
        "style",
    ),
    "picture": (
        lambda root: paint(root / PICTURE, "red"),
        {"pages chapter-quays", "layout chapter-quays"},
        "files",
    ),
    "title": (
        lambda root: write(root, "publication.yaml", lambda text: text.replace("Two shores", "Three shores")),
        {"layout front", "pages front", "layout cover", "pages cover", "layout chapter-ends"},
        "text",
    ),
    "page": (
        lambda root: write(root, "publication.yaml", lambda text: text.replace("105mm 148mm", "110mm 148mm")),
        {"layout front", "layout chapter-ends", "layout chapter-ties", "layout references"},
        "text",
    ),
}


@pytest.mark.parametrize("cause", CAUSES)
def test_a_change_makes_again_what_depends_on_it(book: Path, capsys: pytest.CaptureFixture[str], cause: str) -> None:
    change, wanted, reason = CAUSES[cause]
    change(book)
    again = made(book, capsys)
    assert wanted <= set(again)
    if cause in ("text", "picture"):
        assert set(again) == wanted
    assert all(again[name].startswith("changed: ") and reason in again[name] for name in wanted)
    warm = artifacts(book)
    made(book, capsys, "--no-cache")
    assert artifacts(book) == warm, "what is kept has to be what is made"


def test_a_longer_chapter_moves_folios_and_the_contents_alone(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(book, "chapters/02-goods.md", lambda text: text + "\n" + (built._WORDS * 4 + "\n\n") * 8)
    again = made(book, capsys)
    assert {"text goods", "layout chapter-goods", "layout contents", "pages chapter-ends"} <= set(again)
    assert again["pages chapter-ends"] == "changed: first folio"
    assert "layout chapter-ends" not in again
    assert "layout chapter-ties" not in again
    warm = artifacts(book)
    made(book, capsys, "--no-cache")
    assert artifacts(book) == warm


def test_a_damaged_store_is_said_and_made_again(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = artifacts(book)
    for path in (book / "build/cache/kept").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-2] + b"!!")
    capsys.readouterr()
    assert main(["-C", str(book), "build", "--quiet"]) == 0
    told = capsys.readouterr().out
    assert "warning CCH101 damaged-cache: the pages of 'chapter-ties' was damaged in build/cache" in told
    assert artifacts(book) == before


def test_what_a_cold_build_warns_of_a_warm_one_does_too(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(book, "chapters/04-ends.md", lambda text: f"{text}\n[^unused]: Nobody calls it.\n")
    outputs = []
    for _ in range(2):
        capsys.readouterr()
        assert main(["-C", str(book), "build", "--quiet"]) == 0
        outputs.append(capsys.readouterr().out)
    assert "NTE102" in outputs[0]
    assert outputs[0] == outputs[1]


def octavo(root: Path, *words: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "octavo", *words],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src")},
    )
    return done.returncode, done.stdout, done.stderr


def age(root: Path) -> None:
    newest = max(path.stat().st_ctime for path in [root, *root.rglob("*")])
    time.sleep(max(0.0, newest + 0.1 - time.time()))


def test_a_build_with_nothing_to_do_loads_nothing_and_says_the_same(book: Path) -> None:
    write(book, "chapters/04-ends.md", lambda text: f"{text}\n[^unused]: Nobody calls it.\n")
    age(book)
    code, first, _ = octavo(book, "build")
    assert code == 0
    code, again, loaded = octavo(book, "build")
    assert code == 0
    assert re.sub(r"(?<=iB) +[\d.]+", "", first) == re.sub(r"(?<=iB) +–", "", again)
    assert "NTE102" in again
    for module in ("weasyprint", "pikepdf", "lxml", "yaml", "octavo.pipeline"):
        assert module not in loaded


@pytest.mark.parametrize(
    "name", ["chapters/04-ends.md", PICTURE, "publication.yaml", "build/print/shores.pdf", "build/ebook/notes.json"]
)
def test_a_build_is_not_told_again_when_a_file_is_another(book: Path, name: str) -> None:
    age(book)
    assert octavo(book, "build")[0] == 0
    path = book / name
    path.write_bytes(path.read_bytes() + b"\n" if not name.endswith(".png") else path.read_bytes())
    assert "octavo.pipeline" in octavo(book, "build")[2]


def test_a_new_chapter_is_seen(book: Path) -> None:
    age(book)
    assert octavo(book, "build")[0] == 0
    write(book, "chapters/05-new.md", lambda _: "---\ntitle: New\n---\n\nWords.\n")
    code, told, _ = octavo(book, "build")
    assert code == 0
    assert "\nprint " in told
    assert " – " not in told.split("\n")[1].replace("ebook", "")
