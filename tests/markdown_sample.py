"""The publication of ``cases/markdown`` in a temporary folder, with the images that it names."""

from __future__ import annotations

import shutil
from pathlib import Path

from PIL import Image, ImageDraw

CASE = Path(__file__).with_name("cases") / "markdown"
_DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100" width="200" height="100">
<rect x="1" y="1" width="198" height="98" fill="none" stroke="#000"/>
<path d="M10 90 C 60 10, 140 10, 190 90" fill="none" stroke="#7a2331" stroke-width="3"/>
</svg>
"""


def copy_publication(folder: Path, **changes: str) -> Path:
    """A copy of the publication below a folder; ``changes`` replaces lines of ``publication.yaml`` by their keys."""
    root = folder / "markdown"
    shutil.copytree(CASE, root, ignore=shutil.ignore_patterns("build", "golden"))
    _draw_images(root / "images")
    path = root / "publication.yaml"
    lines = path.read_text("utf-8").splitlines()
    for key, value in changes.items():
        places = [index for index, line in enumerate(lines) if line.startswith(f"{key}:")]
        assert len(places) == 1, key
        lines[places[0]] = f"{key}: {value}"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return root


def _draw_images(folder: Path) -> None:
    folder.mkdir()
    (folder / "drawing.svg").write_text(_DRAWING, "utf-8")
    plot = Image.new("RGB", (600, 400), "white")
    pen = ImageDraw.Draw(plot)
    for index in range(4):
        pen.rectangle((60 + 130 * index, 360 - 80 * (index + 1), 140 + 130 * index, 360), fill="#335c67")
    plot.save(folder / "plot.png")
    photo = Image.linear_gradient("L").resize((2400, 1200))
    photo.save(folder / "photo.jpg", quality=80)
    tall = Image.linear_gradient("L").rotate(90).resize((800, 2400)).convert("RGB")
    tall.save(folder / "tall.png")
