"""Pictures that would read, load, run or take what they should not: each is one finding, and the editions stand."""

from __future__ import annotations

import io
import re
import time
from base64 import b64encode
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image

from octavo.cli.main import main
from publications import CONFIGURATION, Fault, chapter, check_fault, check_faults, told
from publications import write_publication as write

FIRST = "chapters/01-first.md"
SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
# Within a minute on a machine that does other things too; most take a tenth of a second.
SECONDS = 30


def svg(body: str, head: str = 'width="100" height="100" viewBox="0 0 100 100"') -> str:
    return f"<svg {SVG} {head}>{body}</svg>"


def png(width: int, height: int, mode: str = "1") -> bytes:
    data = io.BytesIO()
    Image.new(mode, (width, height)).save(data, "PNG")
    return data.getvalue()


def noise() -> bytes:
    """A picture that does not compress, so that half of its bytes are half of its rows."""
    data = io.BytesIO()
    Image.effect_noise((40, 40), 50).save(data, "PNG")
    return data.getvalue()


def drawing(name: str, text: str, code: str, hint: str) -> Fault:
    return Fault(name, {FIRST: chapter("![A](images/x.svg)\n"), "images/x.svg": text}, f"{FIRST}:5:6", code, hint)


_USES = "".join(f'<g id="a{i}">' + f'<use xlink:href="#a{i - 1}"/>' * 10 + "</g>" for i in range(1, 9))
_ENTITIES = "".join(f'<!ENTITY {c} "{("&" + p + ";") * 10}">' for p, c in zip("abcdefgh", "bcdefghi", strict=True))
_CHAIN = "".join(f'<g id="c{i}"><use href="#c{i + 1}"/></g>' for i in range(300))
HALF = b64encode(noise()[:900]).decode()
LOADS, LARGE = "holds all that it shows", "scale it down"

DRAWINGS = [
    drawing("a file", svg('<image href="file:///etc/passwd" width="9" height="9"/>'), "IMG106", LOADS),
    drawing("an address", svg('<image xlink:href="http://127.0.0.1:9/x.png" width="9"/>'), "IMG106", LOADS),
    drawing("a file of the project", svg('<image href="../publication.yaml" width="9"/>'), "IMG106", LOADS),
    drawing("a drawing in data", svg('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>'), "IMG106", LOADS),
    drawing("a style sheet", svg("<style>@import url(file:///etc/passwd);</style>"), "IMG106", LOADS),
    drawing("a style sheet by its name", svg("<style>@import 'x.css';</style>"), "IMG106", LOADS),
    drawing("a face", svg("<style>@font-face{font-family:x;src:local('y')}</style>"), "IMG106", LOADS),
    drawing("a fill", svg('<rect width="9" height="9" fill="url(http://127.0.0.1:9/#a)"/>'), "IMG106", LOADS),
    drawing(
        "a fill in disguise", svg('<rect width="9" style="fill:\\75 rl(http://127.0.0.1:9/#a)"/>'), "IMG106", LOADS
    ),
    drawing("shapes of another file", svg('<use href="file:///etc/passwd#a"/>'), "IMG106", LOADS),
    drawing("a filter", svg('<filter id="f"><feImage href="file:///etc/passwd"/></filter>'), "IMG106", LOADS),
    drawing("use within use", svg(f'<defs><g id="a0"><path/></g>{_USES}</defs><use href="#a8"/>'), "IMG104", LARGE),
    drawing(
        "markers",
        svg('<marker id="m"><path/><path/></marker><path marker-mid="url(#m)" d="M0 0' + "L1 1" * 40_000 + '"/>'),
        "IMG104",
        LARGE,
    ),
    drawing("a long chain", svg(f'{_CHAIN}<g id="c300"/><use href="#c0"/>'), "IMG104", LARGE),
    drawing("a circle", svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'), "IMG105", "anew"),
    drawing("a circle of patterns", svg('<pattern id="p"><rect fill="url(#p)"/></pattern>'), "IMG105", "anew"),
    drawing("entities", f"<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'>{_ENTITIES}]>{svg('<text>&i;</text>')}", "IMG105", ""),
    drawing(
        "a foreign entity",
        "<!DOCTYPE svg [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>" + svg("<text>&e;</text>"),
        "IMG105",
        "anew",
    ),
    drawing("a deep tree", svg("<g>" * 100_000 + "</g>" * 100_000), "IMG105", "anew"),
    drawing("many shapes", svg("<path/>" * 60_000), "IMG104", LARGE),
    drawing("much text", svg(f"<text>{'a' * 100_000}</text>"), "IMG104", LARGE),
    drawing("a huge scale", svg('<g transform="scale(1e300)"><path/></g>'), "IMG104", LARGE),
    drawing("many steps of a transform", svg(f'<g transform="{"rotate(1) " * 100_000}"/>'), "IMG104", LARGE),
    drawing("a huge sheet", svg("<path/>", 'width="1e9" height="1e9"'), "IMG104", LARGE),
    drawing("a sheet that is no number", svg("<path/>", 'width="nan" height="inf"'), "IMG104", LARGE),
    drawing("a tiny pattern", svg('<pattern id="p" width="0.00001" height="0.00001"/>'), "IMG104", LARGE),
    drawing("half a picture", svg(f'<image href="data:image/png;base64,{HALF}" width="9" height="9"/>'), "IMG105", ""),
    drawing("a picture that is none", svg('<image href="data:image/png;base64,AAAA"/>'), "IMG105", "anew"),
    drawing("tiny dashes", svg('<path d="M0 0h99" stroke-dasharray="1e-9"/>'), "IMG104", LARGE),
]


def test_a_drawing_that_loads_or_takes_without_end_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start = time.monotonic()
    check_faults(DRAWINGS, tmp_path, main, lambda: capsys.readouterr().out)
    assert time.monotonic() - start < SECONDS


def test_a_picture_of_13_000_by_13_000_is_measured_and_not_decoded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    images = {FIRST: chapter("![A](images/x.png)\n"), "images/x.png": png(13_000, 13_000)}
    start = time.monotonic()
    check_fault(Fault("", images, f"{FIRST}:5:6", "IMG104", LARGE), tmp_path, main, lambda: capsys.readouterr().out)
    assert time.monotonic() - start < SECONDS


def test_what_a_drawing_does_not_need_is_taken_out_of_it(tmp_path: Path) -> None:
    inner = b64encode(png(4, 4)).decode()
    write(
        tmp_path,
        {
            FIRST: chapter("![A](images/x.svg)\n"),
            "images/x.svg": svg(
                "<!-- c --><?php x ?><metadata>secret</metadata><script>alert(1)</script>"
                '<rect id="kept" width="9" height="9" onclick="alert(2)"><animate attributeName="x" to="9"/></rect>'
                '<a href="javascript:alert(3)"><path d="M0 0h9"/></a>'
                '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="http://x"/></foreignObject>'
                '<path xmlns:e="urn:editor" e:label="secret"/>'
                f'<image href="data:image/png;base64,{inner}" width="9" height="9"/>'
            ),
        },
    )
    assert main(["-C", str(tmp_path), "build", "--quiet"]) == 0
    with ZipFile(tmp_path / "build/ebook/tiny.epub") as archive:
        name = next(name for name in archive.namelist() if name.endswith(".svg"))
        shown = archive.read(name).decode()
    assert 'id="kept"' in shown
    assert "data:image/png" in shown
    for gone in ("script", "onclick", "animate", "javascript", "foreignObject", "iframe", "secret", "php", "<!--"):
        assert gone not in shown


def test_a_limit_of_pictures_has_a_setting(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = {FIRST: chapter("![A](images/x.svg)\n"), "images/x.svg": svg("<path/>" * 50)}
    write(tmp_path, {**body, "publication.yaml": CONFIGURATION + "limits: {shapes: 20}\n"})
    assert main(["-C", str(tmp_path), "build"]) == 1
    assert told(capsys.readouterr().out) == [(f"{FIRST}:5:6", "IMG104")]
    write(tmp_path, {**body, "publication.yaml": CONFIGURATION + "limits: {shapes: 100}\n"})
    assert main(["-C", str(tmp_path), "build", "--quiet"]) == 0


STYLE = """
body { background: url(file:///etc/passwd) }
h1 { background: url(http://127.0.0.1:9/x.png) }
p { background: url(publication.yaml) }
.note { background: url(../../../etc/x.png) }
@font-face { font-family: X; src: url(file:///usr/x.ttf) } p { font-family: X }
@font-face { font-family: Y; src: url(http://127.0.0.1:9/x.ttf) } h1 { font-family: Y }
"""


def test_all_that_the_fetcher_denies_is_told_and_fails_the_build(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"templates/print/print.css": STYLE})
    assert main(["-C", str(tmp_path), "build", "print"]) == 1
    output = capsys.readouterr().out
    assert {code for _, code in told(output)} == {"RND102"}
    for address in re.findall(r"url\((.*?)\)", STYLE):
        name = address.removeprefix("../../../")
        assert re.search(rf"access denied: \S*{re.escape(name)}", output), address
    assert not (tmp_path / "build/print").exists()
