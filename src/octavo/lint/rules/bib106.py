"""A source on the web has no date of access.

Pages change; the date says which state of the page was read. Whether it is printed is a matter of the style: GOST R
7.0.5 has it for every address, Chicago (17, 14.12) for pages without a date of their own.

`asked`: `style`, where the style of the publication would print the date; `always`, for every source with an address
and no DOI; `never`.

Bad:

    publication.yaml:

    title: A sample
    slug: sample
    language: en-GB
    bibliography: {style: apa}

    bibliography/sources.yaml:

    - id: rates
      type: webpage
      title: Rates of exchange
      container-title: National Bank
      URL: https://www.nbrb.by/statistics/rates/

Good:

    publication.yaml:

    title: A sample
    slug: sample
    language: en-GB
    bibliography: {style: apa}

    bibliography/sources.yaml:

    - id: rates
      type: webpage
      title: Rates of exchange
      container-title: National Bank
      URL: https://www.nbrb.by/statistics/rates/
      accessed: 2021-03-21
"""

from __future__ import annotations

from collections.abc import Iterator

from octavo.lint.library import Library
from octavo.lint.printed import would_print
from octavo.lint.rule import Context, Defect, LibraryRule, Option
from octavo.model.finding import Severity

_STYLE, _ALWAYS, _NEVER = "style", "always", "never"


def check(library: Library, context: Context) -> Iterator[Defect]:
    """Entries with an address and without a date of access, where one is asked for."""
    asked = context.text("asked")
    if asked == _NEVER:
        return
    for entry in library:
        if not entry.text("URL") or entry.text("DOI") or entry.field("accessed"):
            continue
        if asked == _ALWAYS or would_print(library, entry, "accessed"):
            message = f"the web source '{entry.key}' has no date of access"
            yield entry.defect("URL", message, "add `accessed: 2021-03-21`, the day when you read the page")


RULE = LibraryRule(
    "BIB106",
    "missing-access-date",
    Severity.WARNING,
    options=(Option("asked", _STYLE, "which sources need a date of access", (_STYLE, _ALWAYS, _NEVER)),),
    check=check,
)
