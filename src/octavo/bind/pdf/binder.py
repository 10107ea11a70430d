"""Printed units into one PDF: the order in which the parts of the file are joined."""

from __future__ import annotations

import io
from collections.abc import Sequence

from pikepdf import Dictionary, Name, ObjectStreamMode, Pdf

from octavo.bind.pdf.fonts import FontPool
from octavo.bind.pdf.links import Destinations, add_destinations, redirect_links
from octavo.bind.pdf.metadata import add_metadata
from octavo.bind.pdf.outline import add_outline
from octavo.bind.pdf.pages import OpenUnit, add_page_labels, add_pages, open_units
from octavo.bind.pdf.structure import StructureJoin, prepare_structure
from octavo.bind.pdf.xobjects import share_xobjects
from octavo.errors import InternalError
from octavo.model.edition import Metadata, PrintedUnit


def bind_pdf(
    units: Sequence[PrintedUnit], metadata: Metadata, *, page_size: tuple[float, float], spreads: bool = True
) -> bytes:
    """Bind laid-out units into one tagged PDF 1.7.

    Every unit begins on an odd page: where the one before it ends on an odd page, a blank page of ``page_size`` (width
    and height in PDF points) is put between.  The bytes depend on the arguments alone.

    Args:
        units: The units in their order, each written by WeasyPrint with ``pdf_tags=True``.
        metadata: What the file says about itself; its dates are the only dates in the file.
        page_size: Trim size of blank pages.
        spreads: Whether a reader shows two pages side by side, as those of a book, or one below the other.

    Returns:
        The PDF, with named destinations, page labels, an outline, one structure tree and one copy of each font.

    Raises:
        InternalError: A unit is untagged or has other pages than it says, two units have an anchor of the same name,
            or a link leads to an anchor that no unit has.
    """
    if not units:
        raise InternalError("a PDF without units cannot be bound")
    opened = open_units(units)
    try:
        return _bind(opened, metadata, page_size, spreads=spreads)
    finally:
        for unit in opened:
            unit.pdf.close()


def _bind(units: Sequence[OpenUnit], metadata: Metadata, page_size: tuple[float, float], *, spreads: bool) -> bytes:
    out = Pdf.new()
    destinations = Destinations(units)
    join = StructureJoin(out)
    fonts = FontPool()
    for unit in units:
        prepared = prepare_structure(unit, join.next_key)
        redirect_links(unit, destinations)
        fonts.take(unit)
        # Pages come before the structure tree: what refers to a page that is copied already refers to its copy.
        add_pages(out, unit, page_size, last=unit is units[-1])
        join.add(unit, prepared, language=metadata.language)
    fonts.write(out)
    share_xobjects(out)
    add_destinations(out, units, destinations)
    join.finish()
    add_page_labels(out, units)
    has_outline = add_outline(out, units)
    add_metadata(out, metadata)
    out.Root.PageMode = Name.UseOutlines if has_outline else Name.UseNone
    out.Root.PageLayout = Name.TwoPageRight if spreads else Name.OneColumn
    out.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    out.Root.MarkInfo = Dictionary(Marked=True)
    buffer = io.BytesIO()
    out.save(
        buffer,
        min_version="1.7",
        deterministic_id=True,
        object_stream_mode=ObjectStreamMode.generate,
        compress_streams=True,
        fix_metadata_version=False,
    )
    return buffer.getvalue()
