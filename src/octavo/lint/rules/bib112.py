"""An address stands inside a title.

A reference that was pasted whole into the title, or a program that filled the wrong field: the reader sees the
address in the middle of the note, often for a second time, and the e-book has no link.

Bad:

    - id: motor-plant-2021
      type: webpage
      title: https://www.belta.by/economics/view/motor-437469-2021/ Minsk Motor Plant doubled its deliveries
      container-title: BelTA
      issued: 2021
      URL: https://www.belta.by/economics/view/motor-437469-2021/

Good:

    - id: motor-plant-2021
      type: webpage
      title: Minsk Motor Plant doubled its deliveries
      container-title: BelTA
      issued: 2021
      URL: https://www.belta.by/economics/view/motor-437469-2021/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from octavo.lint.library import Library
from octavo.lint.rule import Context, Defect, LibraryRule
from octavo.model.finding import Severity
from octavo.model.lazy import lazy

_TITLES = (
    "title", "title-short", "container-title", "collection-title", "original-title", "volume-title", "event-title",
)  # fmt: skip
_ADDRESS = lazy(r"(?:\bhttps?:/{1,2}|\bwww\.(?=[\w-]+\.[\w./-]*/))[^\s<>\"\u00ab\u00bb\u201c\u201d]+", re.I)
# The title of a site may be its name, `www.gov.by`.
_NAME = lazy(r"\bwww\.[\w-]+\.[a-z]{2,}\b", re.IGNORECASE)


def check(library: Library, context: Context) -> Iterator[Defect]:
    """Addresses in the fields that hold titles."""
    for entry in library:
        for name in _TITLES:
            title = entry.text(name)
            if "http" not in title and "www." not in title.lower():
                continue
            found = _ADDRESS.search(title) or (_NAME.search(title) if name == "title" else None)
            if found is None or (name == "title" and found.span() == (0, len(title)) and not _ADDRESS.search(title)):
                continue
            end = found.start() + len(found[0].rstrip(".,;:)"))
            hint = "take it away: the field URL holds it" if entry.text("URL") else "move it into the field URL"
            yield entry.defect_at(name, found.start(), end, f"an address stands in the {_SAID.get(name, name)}", hint)


_SAID = {
    "container-title": "title of the whole",
    "collection-title": "title of the series",
    "title-short": "short title",
}

RULE = LibraryRule("BIB112", "address-in-title", Severity.ERROR, check=check)
