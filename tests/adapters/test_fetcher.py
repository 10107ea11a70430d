"""What a renderer may load: packaged faces and checked pictures of the project; each refusal is kept."""

from __future__ import annotations

import io
from base64 import b64encode
from pathlib import Path

import pytest
from PIL import Image

from octavo.adapters.fonts import faces, font_face_rules
from octavo.adapters.weasyprint import BASE, Press, PressError
from octavo.adapters.weasyprint.fetcher import Fetcher
from octavo.model.limits import Limits

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>'
SECRET = "file:///etc/passwd"


def picture(size: int = 4) -> bytes:
    data = io.BytesIO()
    Image.effect_noise((size, size), 50).save(data, "PNG")
    return data.getvalue()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    for name, data in {
        "images/a.png": picture(),
        "images/half.png": picture(40)[:900],
        "images/x.svg": SVG.format("<script/><path/>").encode(),
        "images/loads.svg": SVG.format(f'<image href="{SECRET}"/>').encode(),
        "templates/own.ttf": b"face",
        "publication.yaml": b"title: T",
        "data/secret.csv": b"a",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    (tmp_path / "outside.png").write_bytes(picture())
    (root / "images/link.png").symlink_to(tmp_path / "outside.png")
    return root


def test_pictures_and_faces_are_served_as_they_were_checked(project: Path) -> None:
    fetcher = Fetcher(project, Limits())
    assert fetcher.fetch(f"{BASE}images/a.png").read() == picture_of(project)
    assert b"script" not in fetcher.fetch(f"{BASE}images/x.svg").read()
    assert fetcher.fetch(f"{BASE}templates/own.ttf").read() == b"face"
    assert fetcher.fetch(faces()[0].path.as_uri()).read() == faces()[0].path.read_bytes()
    assert fetcher.fetch(f"data:image/png;base64,{b64encode(picture()).decode()}").content_type == "image/png"
    assert fetcher.take_denials() == ()
    assert [path for path, _ in fetcher.take_fetched()] == ["images/a.png", "images/x.svg", "templates/own.ttf"]


def picture_of(project: Path) -> bytes:
    return (project / "images/a.png").read_bytes()


@pytest.mark.parametrize(
    "url",
    [
        SECRET,
        "file:///usr/share/fonts/x.ttf",
        "http://127.0.0.1:9/a.png",
        "https://example.org/a.png",
        "ftp://example.org/a.png",
        "data:text/css,body{}",
        "data:image/gif;base64,AAAA",
        "data:image/png;base64,AAAA",
        f"{BASE}publication.yaml",
        f"{BASE}data/secret.csv",
        f"{BASE}images/none.png",
        f"{BASE}images/half.png",
        f"{BASE}images/loads.svg",
        f"{BASE}images/link.png",
        f"{BASE}../outside.png",
        f"{BASE}%2e%2e/outside.png",
        f"{BASE}/etc/passwd.png",
        f"{BASE}a%00.png",
        f"{BASE}templates/../publication.yaml",
    ],
)
def test_all_else_is_denied_and_kept(project: Path, url: str) -> None:
    fetcher = Fetcher(project, Limits())
    with pytest.raises(OSError, match="access denied"):
        fetcher.fetch(url)
    (denial,) = fetcher.take_denials()
    assert denial.startswith(f"access denied: {url}")


def lay_out_and_write(root: Path, head: str, body: str) -> tuple[str, ...]:
    """What is complained of while a unit is laid out, and while it is written."""
    press = Press(root, font_face_rules(faces()))
    laid = press.lay_out(f'<html lang="en"><head>{head}</head><body>{body}</body></html>', 1, [])
    try:
        press.write(laid, 1)
    except PressError as error:
        return (*laid.facts.complaints, str(error))
    return laid.facts.complaints


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", f'<img src="{SECRET}" alt=""/>'),
        ("", f'<object data="{SECRET}"/>'),
        ("", f'<p style="list-style-image: url({SECRET}); display: list-item">x</p>'),
        (f'<link rel="stylesheet" href="{SECRET}"/>', "x"),
        (f"<style>@import url({SECRET});</style>", "x"),
        (f"<style>@font-face {{ font-family: X; src: url({SECRET}) }}</style>", "x"),
        (f'<link rel="attachment" href="{SECRET}"/>', "x"),
        ("", f'<a rel="attachment" href="{SECRET}">x</a>'),
        ("", SVG.format(f'<image href="{SECRET}" width="9" height="9"/>')),
    ],
)
def test_what_is_denied_in_any_place_is_complained_of(project: Path, head: str, body: str) -> None:
    complaints = lay_out_and_write(project, head, body)
    assert any("access denied" in complaint and "passwd" in complaint for complaint in complaints), complaints


def test_what_is_served_is_not_complained_of(project: Path) -> None:
    assert lay_out_and_write(project, "", '<img src="images/a.png" alt=""/><img src="images/x.svg" alt=""/>') == ()
