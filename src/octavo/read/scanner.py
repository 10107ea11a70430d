"""A chapter's Markdown into a Scan: notes, citations and what hides or carries them, each with its place.

The scanner reads as Pandoc 3.9 reads ``markdown-yaml_metadata_block-raw_html-raw_attribute-raw_tex``, because what it
finds is paired in order with the notes and citations of Pandoc's document.  It follows Pandoc's order of trying things
(`octavo.read.scan.blocks`, `octavo.read.scan.inlines`), but it never goes back: each place is read once.
"""

from __future__ import annotations

from octavo.model.markup import Scan
from octavo.read.scan.blocks import Blocks, Reading
from octavo.read.scan.found import Found
from octavo.read.scan.view import whole


def scan(text: str) -> Scan:
    """Find the notes, citations, literals, headings, identifiers and targets of a text.

    ``text`` is a chapter without its front matter, with ``\\n`` for line ends.  All spans are ranges of code points of
    ``text``.  No text makes the scanner fail: what is not finished is read as text, as Pandoc reads it.

    - The body of a definition and all in it is found too, and so are calls of notes that nobody defined.
    - A citation that has the label of an example list item for its key is a reference to the example and is left out.
    - In a citation in brackets, the prefix and the suffix of each source may hold notes and citations; they follow it.
    - HTML comments are text, because Pandoc reads them as text when raw HTML is off.
    """
    reading = Reading(Found())
    Blocks(reading, whole(text)).read()
    reading.tell()
    return reading.found.scan()
