"""An address does not answer.

The page is gone, its site is gone, or the address is wrong: the reader who follows it finds nothing. This rule asks
the network, so it runs only when its code is selected. A site that refuses programs (401, 403, 429) is taken to
answer.

`timeout`: seconds to wait for each address; `parallel`: how many addresses are asked at a time.

Bad:

    - id: nowhere
      type: webpage
      title: A page that was never there
      container-title: Nowhere
      URL: http://localhost:9/nothing/

Good:

    - id: rates
      type: book
      title: Rates of exchange
      author: [{family: Able, given: Ann}]
      publisher: North Press
      issued: 2020
"""

from __future__ import annotations

from collections.abc import Iterator

from octavo.lint.addresses import parse
from octavo.lint.library import Library
from octavo.lint.rule import Context, Defect, LibraryRule, Option
from octavo.model.finding import Severity


def check(library: Library, context: Context) -> Iterator[Defect]:
    """Addresses of the web that lead to nothing."""
    by_address: dict[str, list[str]] = {}
    for entry in library:
        url = entry.text("URL").strip()
        if parse(url) is not None:
            by_address.setdefault(url, []).append(entry.key)
    if not by_address:
        return
    troubles = library.answers(list(by_address), context.number("timeout"), context.number("parallel"))
    for url, keys in by_address.items():
        for key in keys if url in troubles else ():
            hint = "look for the page anew, or cite a copy in an archive"
            message = f"the address does not answer: {troubles[url]}"
            yield library.entries[key].defect("URL", message, hint, part=url)


RULE = LibraryRule(
    "BIB120",
    "dead-address",
    Severity.WARNING,
    options=(
        Option("timeout", 10, "seconds to wait for each address"),
        Option("parallel", 4, "addresses that are asked at a time"),
    ),
    default=False,
    check=check,
)
