"""What bad text gets: notes, sources, references, images, macros and templates; and text that nobody could set."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest
from PIL import Image

from octavo.cli.main import main
from publications import CONFIGURATION, STANDING, Fault, chapter, check_fault, put_editions, standing, told
from publications import write_publication as write

FIRST = "chapters/01-first.md"


def picture(width: int = 40, height: int = 40, kind: str = "PNG") -> bytes:
    """An image that does not compress, so that half of its bytes are half of its rows."""
    data = io.BytesIO()
    Image.effect_noise((width, height), 50).save(data, kind)
    return data.getvalue()


def text(name: str, body: str, place: str, code: str, hint: str, **files: bytes) -> Fault:
    """A fault in the body of the first chapter, which begins on line 5; ``files`` are images by their stems."""
    images = {f"images/{stem.replace('_', '.')}": data for stem, data in files.items()}
    return Fault(name, {FIRST: chapter(body), **images}, f"{FIRST}:{place}", code, hint)


NOTES = [
    text("undefined note", "A[^onne] b[^one].\n\n[^one]: x\n", "5:2", "NTE101", "did you mean 'one'?"),
    text("note defined twice", "A[^one].\n\n[^one]: x\n\n[^one]: y\n", "9:3", "NTE103", "first on line 7"),
    text("note called twice", "A[^one] b[^one].\n\n[^one]: x\n", "5:10", "NTE107", "first on line 5"),
    text("note in a note", "A[^one].\n\n[^one]: x[^two]\n\n[^two]: y\n", "7:10", "NTE108", "join the two"),
    text("inline note in an inline note", "A^[b ^[c] d].\n", "5:6", "NTE108", "join the two"),
    text("inline note in a note", "A[^one].\n\n[^one]: x^[c]\n", "7:10", "NTE108", "join the two"),
    text("unknown source", "A [@alpha-2002, p. 4].\n", "5:4", "CIT001", "did you mean 'alpha-2020'?"),
]

REFERENCES = [
    text("unknown target", "# A {#sec:trade}\n\n[@sec:trde].\n", "7:2", "REF101", "did you mean 'sec:trade'?"),
    text("unknown anchor", "# A {#trade}\n\nSee [x](#trde).\n", "7:9", "REF101", "did you mean 'trade'?"),
    text("identifier twice", "# A {#sec:a}\n\n# B {#sec:a}\n", "7:6", "REF102", "rename one"),
    text("link to a file", "See [x](other.md).\n", "5:9", "REF103", "[@sec:slug]"),
    text("link to a program", "See [x](javascript:alert(1)).\n", "5:9", "REF103", "https://"),
    text("broken formula", "Words\n$\\frac{a$.\n", "6:1", "MTH101", "TeX"),
]

BROKEN = picture()[: len(picture()) // 2]
JPEG = picture(kind="JPEG")
IMAGES = [
    text("missing", "![A](images/mpa.png)\n", "5:6", "IMG101", "did you mean 'images/map.png'?", map_png=picture()),
    text("missing behind a label", "![A][m]\n\n[m]: mpa.png\n", "7:6", "IMG101", "paths start at"),
    text("folder above", "![A](../x.png)\n", "5:6", "IMG102", "copy it into the project"),
    text("folder above, disguised", "![A](images/%2e%2e/../x.png)\n", "5:6", "IMG102", "copy it"),
    text("absolute", "![A](/etc/x.png)\n", "5:6", "IMG102", "copy it into the project"),
    text("address", "![A](http://example.org/x.png)\n", "5:6", "IMG102", "copy it into the project"),
    text("address behind a label", "![A][m]\n\n[m]: https://example.org/x.png\n", "7:6", "IMG102", "copy it"),
    text("data", "![A](data:image/png;base64,AAAA)\n", "5:6", "IMG102", "copy it into the project"),
    text("name with a zero", "![A](x%00.png)\n", "5:6", "IMG102", "copy it into the project"),
    text("format", "![A](images/x.gif)\n", "5:6", "IMG103", ".png, .jpg", x_gif=b"GIF89a"),
    text("truncated PNG", "![A](images/x.png)\n", "5:6", "IMG105", "anew", x_png=BROKEN),
    text("truncated JPEG", "![A](images/x.jpg)\n", "5:6", "IMG105", "anew", x_jpg=JPEG[: len(JPEG) // 2]),
    text("empty", "![A](images/x.png)\n", "5:6", "IMG105", "anew", x_png=b""),
    text("JPEG named PNG", "![A](images/x.png)\n", "5:6", "IMG105", "anew", x_png=JPEG),
    text("broken SVG", "![A](images/x.svg)\n", "5:6", "IMG105", "anew", x_svg=b"<svg"),
    text("SVG without its namespace", "![A](images/x.svg)\n", "5:6", "IMG105", "anew", x_svg=b"<svg/>"),
]

MACROS = [
    text("unknown macro", "Some\nand {{ tabel('x') }}.\n", "6:8", "TPL101", "did you mean 'table'?"),
    text("unlike any macro", "Some\nand {{ xyz('x') }}.\n", "6:8", "TPL101", "known here: chapter, chart"),
    text("misspelt value", "Some\nand {{ publicaton.title }}.\n", "6:8", "TPL101", "did you mean 'publication'?"),
    text("misspelt entry", "Some\nand {{ publication.titel }}.\n", "6:20", "TPL101", "did you mean 'title'?"),
    text("in a loop", "nosuch\n{% for i in [1] %}\n{{ nosuch }}\n{% endfor %}\n", "7:4", "TPL101", "known here"),
    text("unknown filter", "{{ 1|uper }}\n", "5:6", "TPL101", "did you mean 'upper'?"),
    text("unknown statement", "{% fro i in x %}\n", "5:4", "TPL101", "did you mean 'for'?"),
    text("syntax", "Some\nand {{ a b }} here.\n", "6:5", "TPL101", "expressions are written"),
    text("not closed", "Some\nand {% if chapter %} here.\n", "6:5", "TPL101", "{% if name %}"),
    text("division", "Some {{ 1/0 }}\n", "5:6", "TPL101", "arguments"),
    text("attack by attribute", "Some {{ ''.__class__ }}\n", "5:6", "TPL101", "no attributes of Python"),
    text("attack by entry", "Some {{ ''['__class__'] }}\n", "5:6", "TPL101", "no attributes of Python"),
    text("attack by filter", "Some {{ ''|attr('__class__') }}\n", "5:12", "TPL101", "known here"),
    text("attack by sort", "{{ ['a']|sort(attribute='__class__') }}\n", "5:1", "TPL101", "no attributes of Python"),
    text("file", "{% include '/etc/passwd' %}\n", "5:1", "TPL101", "expressions"),
    text("long loop", "A\n{% for i in range(10**9) %}x{% endfor %}\n", "6:1", "LIM102", "have limits"),
    text(
        "loop in a loop",
        "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}\n",
        "5:1",
        "LIM102",
        "have limits",
    ),
    text("repetition", "A {{ 'x' * 10**9 }}\n", "5:3", "LIM102", "have limits"),
    text("power", "A {{ 10**(10**8) }}\n", "5:3", "LIM102", "have limits"),
    text("circle", "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}\n", "5:39", "TPL101", "circle"),
    text(
        "doubling",
        "{% macro f(x) %}{{ f(x ~ x) }}{% endmacro %}{{ f('aaaaaaaaaa') }}\n",
        "5:45",
        "LIM102",
        "have limits",
    ),
]

PRINT = "templates/print/chapter.html"
TEMPLATES = [
    Fault(
        "syntax", {PRINT: "{% extends 'base/print/chapter.html' %}\n\n  {% if %}\n"}, f"{PRINT}:3:3", "TPL102", "{% if"
    ),
    Fault(
        "unknown base",
        {PRINT: "{% extends 'base/print/chaptr.html' %}\n"},
        f"{PRINT}:1:13",
        "TPL102",
        "did you mean 'base/print/chapter.html'?",
    ),
    Fault("not UTF-8", {PRINT: b"<html>\n\xe9</html>\n"}, f"{PRINT}:2:1", "SRC102", "UTF-8"),
    Fault(
        "name that nothing uses",
        {"templates/print/chaptr.html": "<html/>"},
        "templates/print/chaptr.html:1:1",
        "TPL103",
        "did you mean 'print/chapter.html'?",
    ),
    Fault(
        "unknown name", {PRINT: "<html>\n{{ chaptre }}</html>\n"}, f"{PRINT}:2:4", "TPL102", "did you mean 'chapter'?"
    ),
    Fault(
        "unknown name in one edition of two",
        {"templates/epub/chapter.xhtml": "<html>\n{{ chaptre }}</html>\n"},
        "templates/epub/chapter.xhtml:2:4",
        "TPL102",
        "did you mean 'chapter'?",
    ),
    Fault("no XML", {PRINT: "<html>\n<p>{{ title }}\n"}, f"{PRINT}:1:1", "TPL102", "close all elements"),
]

LIMITS = [
    text("brackets that stay open", f"Words\n{'[' * 30}x\n", "6:1", "LIM101", "close them"),
    text("brackets over lines", "[a\n" * 30, "5:1", "LIM101", "close them"),
    text("100,000 brackets", f"Words\n\n{'[' * 100_000}\n", "7:1", "LIM101", "close them"),
    text("brackets in brackets", f"{'[' * 50_000}{']' * 50_000}\n", "5:1", "LIM101", "close them"),
    text("quotations nested 200 deep", f"Words\n\n{'> ' * 200}x\n", "7:1", "LIM101", "take some"),
    text("lists nested 200 deep", f"{'- ' * 200}x\n", "5:1", "LIM101", "take some"),
    text("lists indented 200 deep", "".join("  " * i + "- a\n" for i in range(200)), "85:1", "LIM101", "take blanks"),
    text("backticks", "`" * 50_000, "5:1", "LIM101", "code block"),
    text("parentheses", f"[x]({'(' * 50_000}", "5:4", "LIM101", "take them away"),
    Fault(
        "brackets in a title",
        {FIRST: f'---\ntitle: "{"[" * 30}"\n---\n\nx\n'},
        f"{FIRST}:2:9",
        "LIM101",
        "close them",
    ),
]


@pytest.mark.parametrize(
    "fault",
    [*NOTES, *REFERENCES, *IMAGES, *MACROS, *TEMPLATES],
    ids=lambda fault: f"{fault.code} {fault.name}",
)
def test_a_fault_is_one_finding_at_its_place(fault: Fault, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check_fault(fault, tmp_path, main, lambda: capsys.readouterr().out)


@pytest.mark.parametrize("fault", LIMITS, ids=lambda fault: fault.name)
def test_text_without_an_end_is_refused_in_seconds(
    fault: Fault, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start = time.monotonic()
    check_fault(fault, tmp_path, main, lambda: capsys.readouterr().out)
    assert time.monotonic() - start < 20


def test_an_oversized_image_is_not_decoded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = io.BytesIO()
    Image.new("1", (9000, 9000)).save(data, "PNG")
    fault = text("oversized", "![A](images/x.png)\n", "5:6", "IMG104", "scale it down", x_png=data.getvalue())
    check_fault(fault, tmp_path, main, lambda: capsys.readouterr().out)


def test_what_is_deep_and_still_text_is_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = (
        "A [[b]{.x}](https://example.org) ^[note [@alpha-2020, p. 5 [sic]] x] `[[[[[[[[[[[[` $[[[[[[[[[[[[$\n\n"
        + "- [0, 1)\n" * 20
        + "\n| a | b |\n|---|---|\n"
        + "| [0, | 1) |\n" * 20
        + "\n> > > - 1. x\n\n"
        + "Yes. No. " * 40
    )
    write(tmp_path, {FIRST: chapter(body)})
    main(["-C", str(tmp_path), "verify"])
    assert [code for _, code in told(capsys.readouterr().out)] == []


def test_a_missing_style_does_not_hide_the_faults_of_the_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_editions(
        write(
            tmp_path,
            {
                "publication.yaml": CONFIGURATION + "bibliography: {style: nosuch}\n",
                FIRST: chapter("A [@alpha-2002] and [@sec:nosuch].\n"),
            },
        )
    )
    assert main(["-C", str(tmp_path), "build"]) == 2
    codes = [code for _, code in told(capsys.readouterr().out)]
    assert codes == ["CIT001", "REF101", "CSL101"]
    assert standing(tmp_path) == STANDING
