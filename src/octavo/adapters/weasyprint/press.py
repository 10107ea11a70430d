"""WeasyPrint, for one unit at a time: layout, counting what stands on the pages, folios, PDF.

A unit is laid out before its first folio is known.  Folios stand in margin boxes alone, which WeasyPrint makes when
all pages are there; so they are made anew with the right numbers before the PDF is written.  That, and the tags of
notes, use inner parts of WeasyPrint 70, to which the lock file holds us; a test fails where they change.
"""

from __future__ import annotations

import io
import logging
from base64 import b64decode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote
from xml.etree import ElementTree

import cssselect2
import weasyprint
from weasyprint.formatting_structure.build import build_formatting_structure
from weasyprint.layout import layout_document
from weasyprint.layout.background import layout_box_backgrounds
from weasyprint.layout.page import make_margin_boxes
from weasyprint.pdf import tags as pdf_tags
from weasyprint.urls import URLFetcher, URLFetcherResponse, URLFetchingError

from octavo.adapters.weasyprint import breaking, continuing, deferring, hoisting, leaders, quick
from octavo.adapters.weasyprint.continuing import Cuts
from octavo.adapters.weasyprint.counting import count, cuts_made, places_to_cut, tall_notes
from octavo.model.edition import INLINE_SVG
from octavo.model.layout import LayoutFacts

# What a unit may load lies under this address: fonts as they are, images of the project by their relative paths.
# Its scheme is one whose relative addresses Python joins; nothing is ever asked of the network.
BASE = "http://project.invalid/"
_SVG = "image/svg+xml"


class _Box(Protocol):
    """What is used of a box of WeasyPrint, which has no types of its own."""

    element: ElementTree.Element
    link: tuple[str, tuple[str, str | None]] | None

    def descendants(self) -> Iterable[_Box]: ...


# Quotation depth, values of the counters, and their scopes, at the beginning of a page.
_State = tuple[object, dict[str, list[int]], object]


class _Context(Protocol):
    """What is used of WeasyPrint's layout context."""

    current_page: int | None
    page_maker: Sequence[tuple[object, object, object, _State, object]]
    get_image_from_uri: Callable[..., object]


@dataclass(frozen=True, slots=True)
class Changes:
    """What one layout of a unit does otherwise.

    ``style`` is CSS, ``cuts`` are the places at which notes may go on on another page.  Pages break before the
    paragraphs that call the notes of ``breaks``, lines before the words that call those of ``lines``.  The notes of
    ``hoisted`` are taken out of the boxes that hold their calls.
    """

    style: str = ""
    cuts: Cuts = field(default_factory=dict)
    breaks: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()
    hoisted: frozenset[str] = frozenset()


_NO_CHANGES = Changes()


@dataclass(slots=True)
class Laid:
    """A unit that is laid out and can be written; ``first`` is the folio that its pages show now.

    ``apart`` are the anchors of the notes whose calls stand in boxes that are laid out by themselves.
    """

    facts: LayoutFacts
    document: weasyprint.Document
    context: _Context
    first: int
    changes: Changes
    apart: frozenset[str] = frozenset()

    def places_to_cut(self, notes: Iterable[str], *, everywhere: bool = False) -> Cuts:
        """Where notes can be cut: at each line end, two lines kept on both sides unless ``everywhere``."""
        return places_to_cut(self.document, notes, everywhere=everywhere)

    def tall_notes(self, share: float) -> frozenset[str]:
        """The notes that take more than a share of the height of their page."""
        return tall_notes(self.document, share)

    def cuts_made(self) -> Cuts:
        """Those of the places at which the rest of a note stands on another page."""
        return cuts_made(self.document, self.changes.cuts)


@dataclass(slots=True)
class Press:
    """Lays units out with one set of style sheets and fonts, which are read once."""

    root: Path
    style: str
    fetcher: _Fetcher = field(init=False)
    fonts: object = field(init=False)
    sheet: object = field(init=False)
    complaints: list[str] = field(init=False)
    style_files: tuple[tuple[str, str], ...] = field(init=False)

    def __post_init__(self) -> None:
        self.complaints = _listen()
        pdf_tags._get_pdf_tag = _tag
        leaders.install()
        continuing.install()
        deferring.install()
        quick.install()
        self.fetcher = _Fetcher(self.root)
        self.fonts = weasyprint.text.fonts.FontConfiguration()
        self.sheet = weasyprint.CSS(string=self.style, base_url=BASE, font_config=self.fonts, url_fetcher=self.fetcher)
        self.style_files = self.fetcher.take_fetched()

    def lay_out(self, html: str, first_folio: int, notes: Iterable[str], changes: Changes = _NO_CHANGES) -> Laid:
        """Lay a unit out (a document as XML); ``notes`` are the anchors of the notes that must stand on its pages."""
        self.complaints.clear()
        root = ElementTree.fromstring(html)
        source = _Tree(root, self.fetcher)
        sheets = [self.sheet, self._small_sheet(f"@page:first {{ counter-reset: page {first_folio} }} {changes.style}")]
        options = {**weasyprint.DEFAULT_OPTIONS, "stylesheets": sheets, "pdf_tags": True}
        counters = weasyprint.css.counters.CounterStyle()
        context = weasyprint.Document._build_layout_context(source, self.fonts, counters, {}, options)
        boxes = build_formatting_structure(
            source.etree_element, context.style_for, context.get_image_from_uri, BASE, context.target_collector,
            counters, context.footnotes,
        )  # fmt: skip
        _link_calls(boxes)
        apart = hoisting.hoist_positioned(boxes)
        if changes.hoisted:
            hoisting.hoist(boxes, changes.hoisted)
        if changes.cuts:
            continuing.cut_notes(boxes, context, changes.cuts)
        if changes.breaks:
            breaking.break_before(boxes, changes.breaks)
        if changes.lines:
            breaking.part_lines(boxes, changes.lines)
        pages = [weasyprint.document.Page(box) for box in layout_document(source, boxes, context)]
        metadata = weasyprint.document.DocumentMetadata(**weasyprint.html.get_html_metadata(source))
        document = weasyprint.Document(pages, metadata, self.fetcher, self.fonts, {}, None)
        document._html = source
        facts = count(document, notes, (*self.complaints, *self.fetcher.take_denials()))
        facts = replace(facts, fetched=(*self.style_files, *self.fetcher.take_fetched()))
        return Laid(facts, document, context, first_folio, changes, apart)

    def _small_sheet(self, css: str) -> object:
        return weasyprint.CSS(string=css, base_url=BASE, font_config=self.fonts, url_fetcher=self.fetcher)

    def write(self, laid: Laid, first_folio: int) -> bytes:
        """The unit as PDF, its pages numbered from ``first_folio``."""
        if laid.first != first_folio:
            _renumber(laid, first_folio)
        target = io.BytesIO()
        laid.document.write_pdf(target, pdf_tags=True, uncompressed_pdf=True)
        return target.getvalue()


def _link_calls(root: _Box) -> None:
    """The call of a note leads to the note; WeasyPrint gives links to ``a`` elements alone."""
    for box in root.descendants():
        if getattr(box, "footnote", None) is not None:
            box.link = ("url", ("internal", box.element.get("id")))


def _renumber(laid: Laid, first_folio: int) -> None:
    """Make all margin boxes again with other page numbers."""
    from weasyprint.formatting_structure.boxes import MarginBox

    context = laid.context
    shift = first_folio - laid.first
    seen: set[int] = set()
    for _, _, _, state, _ in context.page_maker:
        numbers = state[1].get("page")
        if numbers and id(numbers) not in seen:
            seen.add(id(numbers))
            numbers[-1] += shift
    for index, page in enumerate(laid.document.pages, 1):
        box = page._page_box
        context.current_page = index
        state = context.page_maker[index][3]
        kept = [child for child in box.children if not isinstance(child, MarginBox)]
        made = list(make_margin_boxes(context, box, state))
        box.children = (*kept, *made)
        for margin_box in made:
            layout_box_backgrounds(box, margin_box, context.get_image_from_uri)
    laid.first = first_folio


class _Tree(weasyprint.HTML):  # type: ignore[misc]
    """A document that is a tree already, so that no HTML parser moves blocks out of paragraphs."""

    def __init__(self, root: ElementTree.Element, fetcher: URLFetcher) -> None:
        self.base_url = BASE
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = root


class _Fetcher(URLFetcher):  # type: ignore[misc]
    """Serves the packaged fonts and files under the project's folder, and denies all else."""

    def __init__(self, root: Path) -> None:
        super().__init__(allowed_protocols=())
        self._root = root.resolve()
        self._denials: list[str] = []
        self._fetched: dict[str, str] = {}

    def take_denials(self) -> tuple[str, ...]:
        """What was denied since the last time."""
        denials, self._denials = tuple(self._denials), []
        return denials

    def take_fetched(self) -> tuple[tuple[str, str], ...]:
        """The files of the project that were read since the last time: path and digest."""
        fetched, self._fetched = tuple(sorted(self._fetched.items())), {}
        return fetched

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        if url.startswith(INLINE_SVG):
            return URLFetcherResponse(url, io.BytesIO(b64decode(url.removeprefix(INLINE_SVG))), {"Content-Type": _SVG})
        path = self._path(url)
        if path is None:
            self._denials.append(f"access denied: {url}")
            raise URLFetchingError(f"access denied: {url}")
        data = path.read_bytes()
        if path.is_relative_to(self._root):
            self._fetched[path.relative_to(self._root).as_posix()] = sha256(data).hexdigest()
        return URLFetcherResponse(url, io.BytesIO(data))

    def _path(self, url: str) -> Path | None:
        if url.startswith("file://") and url.endswith((".ttf", ".otf")):
            return Path(unquote(url.removeprefix("file://")))
        if not url.startswith(BASE):
            return None
        path = (self._root / unquote(url.removeprefix(BASE))).resolve()
        return path if path.is_relative_to(self._root) and path.is_file() else None


_default_tag = pdf_tags._get_pdf_tag


def _tag(element_tag: str | None) -> str:
    """Structure types for what WeasyPrint tags as bare spans: notes, their calls, code (ISO 32000-1, 14.8.4)."""
    named = {"aside": "Note", "aside::footnote-call": "Link", "code": "Code", "em": "Span", "strong": "Span"}
    return named.get(element_tag or "", "") or str(_default_tag(element_tag))


def _listen() -> list[str]:
    """Collect what WeasyPrint complains about, instead of printing it."""
    complaints: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.levelno >= logging.ERROR:
                complaints.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    logger.handlers = [Listener()]
    logger.propagate = False
    return complaints
