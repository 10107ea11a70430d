"""What a chapter cites and links to, before Pandoc would pass over a fault in silence."""

from __future__ import annotations

from collections.abc import Iterator

from octavo.model.addresses import is_harmless
from octavo.model.chapter import ExpandedChapter
from octavo.model.finding import Finding
from octavo.model.markup import CitationItem, LiteralKind
from octavo.model.reference import is_cross_reference

_PICTURES = (".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp")


def source_items(chapter: ExpandedChapter) -> Iterator[CitationItem]:
    """All cited sources of a chapter, in order of the text."""
    for citation in chapter.scan.citations:
        for item in citation.items:
            if not is_cross_reference(item.key):
                yield item


def check_links(chapter: ExpandedChapter) -> Iterator[Finding]:
    """A link leads to an identifier or to an address of the network: files beside an edition are not there."""
    links = [(target.span, target.target) for target in chapter.scan.targets if not target.image]
    links += [
        (literal.span, literal.span.of(chapter.text).strip("<>"))
        for literal in chapter.scan.literals
        if literal.kind is LiteralKind.ADDRESS and "@" not in literal.span.of(chapter.text)
    ]
    for span, address in links:
        if is_harmless(address):
            continue
        if ":" not in address and address.lower().endswith(_PICTURES):
            # The address of an image, given in a definition: the check of images looks at it.
            continue
        hint = "write [@sec:slug] for a chapter, #name for an identifier, or an address that begins with https://"
        message = f"the link '{address}' leads to nothing that an edition holds"
        yield Finding("REF103", "dead-link", message, chapter.locate(span), hint)
