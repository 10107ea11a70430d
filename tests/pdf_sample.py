"""Units for the tests of the PDF binder, laid out by WeasyPrint once for all of them."""

from __future__ import annotations

import base64
import io
import xml.etree.ElementTree as ET
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import cssselect2
import fontpkg
import pikepdf
import pypdfium2
import weasyprint
from PIL import Image
from weasyprint.text.fonts import FontConfiguration

from octavo.adapters.weasyprint import Press
from octavo.bind.pdf import bind_pdf
from octavo.model.edition import Bookmark, Metadata, PrintedUnit

PAGE_SIZE = (283.464567, 396.850394)
METADATA = Metadata(
    title="Торговля & рост",
    subtitle="A reader",
    language="ru",
    authors=("Анна Иванова", "B. Author"),
    publisher="The Press",
    date="2024-05",
    modified="2024-06-01T10:00:00+03:00",
    isbn="978-5-00-000000-0",
    rights="CC BY",
    description="About trade <and> growth",
    keywords=("trade", "рост"),
)
_FACES = list(product(("PT Serif", "PT Sans"), (400, 700), ("normal", "italic")))
_CSS = """
@page { size: 100mm 140mm; margin: 18mm 12mm 16mm 12mm;
  @bottom-center { content: counter(page); font: 9pt "PT Serif" }
  @top-left { content: "Running head"; font: italic 8pt "PT Sans" }
  @top-right { content: element(mark) } }
html { font: 10pt/1.35 "PT Serif" }
h1, h2, th { font-family: "PT Sans" }
.mark { position: running(mark); font-size: 7pt }
.faint { opacity: 0.5; background: #ddd }
.note { float: footnote; font-size: 8pt }
"""


class _Tree(weasyprint.HTML):
    def __init__(self, root: ET.Element) -> None:
        self.base_url, self.media_type = "https://octavo.invalid/", "print"
        self.url_fetcher = weasyprint.urls.URLFetcher()
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = root


@cache
def _fonts() -> tuple[FontConfiguration, weasyprint.CSS]:
    fonts = FontConfiguration()
    faces = "".join(
        f"@font-face {{ font-family: '{family}'; font-weight: {weight}; font-style: {style};"
        f" src: url('file://{fontpkg.path(family, weight=weight, style=style)}') }}\n"
        for family, weight, style in _FACES
    )
    return fonts, weasyprint.CSS(string=faces + _CSS, font_config=fonts)


@cache
def image() -> str:
    """A picture as a data address."""
    buffer = io.BytesIO()
    Image.linear_gradient("L").resize((40, 40)).convert("RGB").save(buffer, "PNG")
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()


def layout(
    body: str, first_folio: int = 1, *, language: str = "ru", uncompressed: bool = False, style: str = ""
) -> tuple[bytes, list[Any]]:
    """Lay a body out; return its PDF and WeasyPrint's pages."""
    fonts, css = _fonts()
    start = weasyprint.CSS(string=f"@page :first {{ counter-reset: page {first_folio} }}{style}", font_config=fonts)
    html = f'<html lang="{language}"><head><title>x</title></head><body>{body}</body></html>'
    document = _Tree(ET.fromstring(html)).render(stylesheets=[css, start], font_config=fonts, pdf_tags=True)
    return document.write_pdf(pdf_tags=True, uncompressed_pdf=uncompressed), document.pages


def unit(
    name: str,
    body: str,
    first_folio: int = 1,
    *,
    roman: bool = False,
    language: str = "ru",
    uncompressed: bool = False,
    style: str = "",
) -> PrintedUnit:
    """Lay a body out as a unit."""
    pdf, pages = layout(body, first_folio, language=language, uncompressed=uncompressed, style=style)
    return PrintedUnit(
        id=name,
        title=f"Unit {name}",
        pdf=pdf,
        pages=len(pages),
        roman=roman,
        first_folio=first_folio,
        anchors={anchor: i for i, page in enumerate(pages) for anchor in page.anchors},
        bookmarks=tuple(
            Bookmark(level, title, i, 0.75 * x, 0.75 * y)
            for i, page in enumerate(pages)
            for level, title, (x, y), _ in page.bookmarks
        ),
    )


def _paragraphs(name: str, count: int, other: str) -> str:
    return "".join(
        f'<p>Экспорт и import, paragraph {i} of {name}.<a href="#{name}-note-{i}" id="{name}-call-{i}">{i}</a>'
        f'<span class="note" id="{name}-note-{i}"><a href="#{name}-call-{i}">{i}</a> <em>Note</em> at'
        f' <a href="https://example.org/{i}">example.org</a>.</span>'
        f' See <a href="octavo-anchor:{other}">the other place</a>. {"Lorem ipsum dolor sit amet. " * 6}</p>'
        for i in range(count)
    )


BODIES = {
    "front": '<h1 id="front">Contents</h1><p><a href="octavo-anchor:one">One</a>'
    ' <a href="octavo-anchor:глава-2">Two</a> <a href="octavo-anchor:refs">References</a></p>',
    "one": '<h1 id="one">Глава 1</h1><div class="mark">On <a href="https://example.org/head">top</a></div>'
    + _paragraphs("one", 8, "глава-2")
    + '<h3 id="one-deep">Deep</h3><table><tr><th>Year</th><th>Sum</th></tr><tr><td>2024</td><td>35,7</td></tr></table>'
    f'<img alt="Grey" src="{image()}"/><div class="faint">Faint <img alt="Grey" src="{image()}"/></div>',
    "two": '<h1 id="глава-2">Глава 2</h1><h2 id="two-a">Part A</h2>'
    + _paragraphs("two", 5, "one")
    + '<h2 id="two-b">Part B</h2><table><tr><th>Country</th><th>Share</th></tr><tr><td>A</td><td>5 %</td></tr></table>'
    f'<img alt="Grey" src="{image()}"/><div class="faint">Faint <img alt="Grey" src="{image()}"/></div>',
    "refs": '<h1 id="refs">References</h1><p lang="en">Zyx, Q. <b>Book</b>, <a href="https://example.org/q">link</a>.</p>',
}


@cache
def units() -> tuple[PrintedUnit, ...]:
    """Front matter in roman folios, two chapters of odd and even length, and references."""
    # Whoever was first in this process, the parts of WeasyPrint are those that a build uses.
    Press(Path(), "")
    folio, made = 1, []
    for name, body in BODIES.items():
        roman = name == "front"
        # The text of the running head is translucent in one unit, so that it is painted by a form.
        style = "@page { @top-left { opacity: 0.5 } }" if name == "two" else ""
        language = "en" if name == "refs" else "ru"
        first, raw = 1 if roman else folio, name == "one"
        made.append(unit(name, body, first, roman=roman, language=language, uncompressed=raw, style=style))
        folio += 0 if roman else made[-1].pages + made[-1].pages % 2
    return tuple(made)


@cache
def bound() -> bytes:
    """The sample units as one file."""
    return bind_pdf(units(), METADATA, page_size=PAGE_SIZE)


@cache
def opened(pdf: bytes) -> pikepdf.Pdf:
    """A file to read in, open until the end of the tests: objects of a closed one are gone."""
    return pikepdf.open(io.BytesIO(pdf))


def starts(printed: tuple[PrintedUnit, ...]) -> list[int]:
    """The index of the first page of each unit in the bound file."""
    found, start = [], 0
    for one in printed:
        found.append(start)
        start += one.pages + one.pages % 2
    return found


def views(pdf: bytes) -> list[tuple[str, bytes, str]]:
    """For each page what a viewer shows: its text, its pixels, its label."""
    document = pypdfium2.PdfDocument(pdf)
    seen = []
    for i, page in enumerate(document):
        text = page.get_textpage()
        bitmap = page.render(scale=1.5)
        seen.append((text.get_text_range(), bytes(bitmap.buffer), document.get_page_label(i)))
        bitmap.close()
        text.close()
        page.close()
    document.close()
    return seen
