"""Charts: the caption that Pandoc read, and the drawing, into the figure of the chapter's tree."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from octavo.cite.html import ConvertedChapter, Element
from octavo.cite.tables import add_remark, add_sources, move_content, source_slug
from octavo.model.chapter import ExpandedChapter, Manuscript
from octavo.model.chart import ComposedChart
from octavo.model.edition import Drawing
from octavo.model.finding import Finding
from octavo.model.source import Location
from octavo.model.words import Words


def drawings(manuscript: Manuscript) -> dict[str, Drawing]:
    """The drawings of all charts, by the ``src`` of their images."""
    return {_src(chart): Drawing(chart.svg, chart.width, chart.height) for chart in manuscript.charts}


def _src(chart: ComposedChart) -> str:
    return f"data/charts/{chart.name}.{chart.language}.svg"


def fill_charts(
    chapter: ExpandedChapter,
    body: Element,
    converted: Mapping[str, ConvertedChapter],
    manuscript: Manuscript,
    words: Words,
    findings: list[Finding],
) -> None:
    """Put the charts of a chapter in the places that are kept for them; of one that is not drawn, it was told why."""
    language = chapter.chapter.front.language
    drawn = {chart.name: chart for chart in manuscript.charts if chart.language == language}
    for div in list(body.iter("div")):
        if "octavo-chart" not in (div.get("class") or "").split():
            continue
        spec = chapter.charts[int(div.get("data-octavo-place") or 0)]
        pieces = [span for span in div.iter("span") if span.get("class") == "octavo-piece"]
        if len(pieces) != 1:
            message = f"the title of the chart '{spec.name}' cannot be read as one line of Markdown"
            hint = "look for brackets, quotation marks or dollar signs that are not closed"
            findings.append(Finding("DAT116", "broken-piece", message, Location(spec.path), hint))
            continue
        figure = etree.Element("figure")
        figure.set("class", "figure chart")
        figure.set("id", div.get("id") or "")
        if spec.name in drawn:
            image = etree.SubElement(figure, "img")
            image.set("class", "chart")
            image.set("src", _src(drawn[spec.name]))
            image.set("alt", spec.alt)
        move_content(pieces[0], etree.SubElement(figure, "figcaption"))
        # A caption is the first or the last piece of its figure (HTML, 4.4.13), so that the others stand behind that.
        holder = etree.Element("div")
        holder.set("class", "charted")
        holder.append(figure)
        add_remark(holder, div)
        add_sources(holder, spec.sources, words, converted.get(source_slug(chapter, spec.sources)))
        holder.tail = div.tail
        parent = div.getparent()
        if parent is not None:
            div.tail = None
            parent.replace(div, holder)
