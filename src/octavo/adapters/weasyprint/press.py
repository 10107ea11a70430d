"""WeasyPrint, for one unit at a time: layout, counting what stands on the pages, folios, PDF.

A unit is laid out before its first folio is known.  Folios stand in margin boxes alone, which WeasyPrint makes when
all pages are there; so they are made anew with the right numbers before the PDF is written.  That, and the tags of
notes, use inner parts of WeasyPrint 70, to which the lock file holds us; a test fails where they change.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from xml.etree import ElementTree

import cssselect2
import weasyprint
from weasyprint.formatting_structure.build import build_formatting_structure
from weasyprint.layout import layout_document
from weasyprint.layout.background import layout_box_backgrounds
from weasyprint.layout.page import make_margin_boxes
from weasyprint.pdf import tags as pdf_tags
from weasyprint.urls import URLFetcher

from octavo.adapters.weasyprint import breaking, continuing, deferring, hoisting, leaders, quick
from octavo.adapters.weasyprint.continuing import Cuts
from octavo.adapters.weasyprint.counting import count, cuts_made, places_to_cut, tall_notes
from octavo.adapters.weasyprint.fetcher import BASE, Fetcher
from octavo.model.layout import LayoutFacts
from octavo.model.limits import Limits

# The class of a note whose call stands elsewhere than the note is taken to the foot of the page from.
FAR = "far"


class _Box(Protocol):
    """What is used of a box of WeasyPrint, which has no types of its own."""

    element: ElementTree.Element
    element_tag: str
    link: tuple[str, tuple[str, str | None]] | None

    def descendants(self) -> Iterable[_Box]: ...


# Quotation depth, values of the counters, and their scopes, at the beginning of a page.
_State = tuple[object, dict[str, list[int]], object]


class PageBox(Protocol):
    """What is used of the box of a page."""

    children: Sequence[object]


class Context(Protocol):
    """What is used of WeasyPrint's layout context."""

    current_page: int | None
    page_maker: Sequence[tuple[object, object, object, _State, object]]
    get_image_from_uri: Callable[..., object]


class PressError(Exception):
    """A unit that was laid out cannot be written as it should be."""


@dataclass(frozen=True, slots=True)
class Galley:
    """The pages of a document as boxes, and what they were made from and with.

    ``apart`` are the anchors of the notes whose calls stand in boxes that are laid out by themselves.
    """

    pages: tuple[PageBox, ...]
    source: _Tree
    context: Context
    apart: frozenset[str] = frozenset()


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
    context: Context
    first: int
    changes: Changes = _NO_CHANGES
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
    limits: Limits = field(default_factory=Limits)
    fetcher: Fetcher = field(init=False)
    fonts: object = field(init=False)
    sheet: object = field(init=False)
    complaints: list[str] = field(init=False)
    lasting: tuple[str, ...] = field(init=False)
    style_files: tuple[tuple[str, str], ...] = field(init=False)

    def __post_init__(self) -> None:
        self.complaints = _listen()
        pdf_tags._get_pdf_tag = _tag
        leaders.install()
        continuing.install()
        deferring.install()
        quick.install()
        self.fetcher = Fetcher(self.root, self.limits)
        self.fonts = weasyprint.text.fonts.FontConfiguration()
        self.sheet = weasyprint.CSS(string=self.style, base_url=BASE, font_config=self.fonts, url_fetcher=self.fetcher)
        # Faces and sheets are loaded here, and each unit lacks those that were not.
        self.lasting = ()
        self.lasting = self.take_complaints()
        self.style_files = self.fetcher.take_fetched()

    def lay_out(self, html: str, first_folio: int, notes: Iterable[str], changes: Changes = _NO_CHANGES) -> Laid:
        """Lay a unit out (a document as XML); ``notes`` are the anchors of the notes that must stand on its pages."""
        self.take_complaints()
        first = f"@page:first {{ counter-reset: page {first_folio} }}"
        galley = self.set(ElementTree.fromstring(html), f"{first} {changes.style}", changes)
        document = self.document(galley)
        facts = count(document.pages, notes, self.take_complaints())
        return Laid(facts, document, galley.context, first_folio, changes, galley.apart)

    def set(self, root: ElementTree.Element, css: str, changes: Changes = _NO_CHANGES) -> Galley:
        """The boxes of all pages of a document, laid out with a little CSS of its own and changes."""
        source = _Tree(root, self.fetcher)
        options = {**weasyprint.DEFAULT_OPTIONS, "stylesheets": [self.sheet, self._small_sheet(css)], "pdf_tags": True}
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
        return Galley(tuple(layout_document(source, boxes, context)), source, context, apart)

    def document(self, galley: Galley) -> weasyprint.Document:
        """A document that can be written."""
        pages = [weasyprint.document.Page(box) for box in galley.pages]
        metadata = weasyprint.document.DocumentMetadata(**weasyprint.html.get_html_metadata(galley.source))
        document = weasyprint.Document(pages, metadata, self.fetcher, self.fonts, {}, None)
        document._html = galley.source
        return document

    def take_fetched(self) -> tuple[tuple[str, str], ...]:
        """The files of the project that were read since the last time, and those of the style: path and digest."""
        return (*self.style_files, *self.fetcher.take_fetched())

    def _small_sheet(self, css: str) -> object:
        return weasyprint.CSS(string=css, base_url=BASE, font_config=self.fonts, url_fetcher=self.fetcher)

    def write(self, laid: Laid, first_folio: int) -> bytes:
        """The unit as PDF, its pages numbered from ``first_folio``.

        Raises PressError where the renderer complains: drawings are drawn now, and what they lack is missed now.
        """
        self.take_complaints()
        if laid.first != first_folio:
            _renumber(laid, first_folio)
        target = io.BytesIO()
        laid.document.write_pdf(target, pdf_tags=True, uncompressed_pdf=True)
        complaints = self.take_complaints()[len(self.lasting) :]
        if complaints:
            raise PressError("; ".join(complaints))
        return target.getvalue()

    def take_complaints(self) -> tuple[str, ...]:
        """What the renderer complained of since the last time, and what it was denied; what the style lacks, always."""
        complaints = tuple(dict.fromkeys((*self.lasting, *self.complaints, *self.fetcher.take_denials())))
        self.complaints.clear()
        return complaints


def _link_calls(root: _Box) -> None:
    """The call of a note leads to the note; WeasyPrint gives links to ``a`` elements alone."""
    for box in root.descendants():
        if getattr(box, "footnote", None) is None:
            continue
        if FAR in (box.element.get("class") or "").split():
            # Its call stands elsewhere, and is a link of its own.
            box.element_tag = "span"
        else:
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
            # What a picture lacks for those who cannot see it is no fault of the layout.
            if record.levelno >= logging.ERROR and "no required alt" not in str(record.msg):
                complaints.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    logger.handlers = [Listener()]
    logger.propagate = False
    return complaints
