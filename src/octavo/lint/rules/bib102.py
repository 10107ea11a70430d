"""An address stands twice within itself.

Programs for references and copying from a page leave such addresses behind: the first half is a leftover, and the
whole leads nowhere. An address that another one carries on purpose, as the Internet Archive has it or behind a `=`,
is none.

Bad:

    - id: france-2021
      type: webpage
      title: Lumber to France
      container-title: BelTA
      issued: 2021
      URL: https://wwwhttps://www.belta.by/economics/view/france-430040-2021/

Good:

    - id: france-2021
      type: webpage
      title: Lumber to France
      container-title: BelTA
      issued: 2021
      URL: https://www.belta.by/economics/view/france-430040-2021/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from octavo.lint.addresses import parse
from octavo.lint.library import Library
from octavo.lint.rule import Context, Defect, Fixing, LibraryRule
from octavo.model.finding import Severity
from octavo.model.lazy import lazy

_SECOND = lazy(r"https?:/", re.IGNORECASE)
_BEGINNING = lazy(r"https?:/{0,2}(?:www\.?)?", re.IGNORECASE)
_CARRIED = ("=", "/", "%2F", ":", "?", "&", "+", "!")


def check(library: Library, context: Context) -> Iterator[Defect]:
    """Addresses that begin again within, or whose path is there twice."""
    for entry in library:
        url = entry.text("URL").strip()
        if url.count("/") < 3:
            continue
        message, mended = "", ""
        second = _SECOND.search(url, 1)
        if second:
            head, rest = url[: second.start()], url[second.start() :]
            if not head.endswith(_CARRIED) or _is_beginning(head, rest):
                message, mended = _again(head, rest)
        # Long addresses are broken at line ends; a half may have a blank where the other has none.
        tail = _halved("".join((mended or url).split()))
        if tail:
            message, mended = message or "the path of the address stands in it twice", tail
        if message:
            hint = f"write {mended}" if mended else "leave one of them"
            yield entry.defect("URL", message, hint, part=url, replacement=mended or None)


def _is_beginning(head: str, tail: str) -> bool:
    """Whether the address before another one in the same field is that one again, or its beginning."""
    first = head.strip().rstrip("/")
    return first.count("/") >= 2 and tail.startswith(first) and tail[len(first) :][:1] in ("", "/")


def _again(head: str, tail: str) -> tuple[str, str]:
    """What is wrong where an address begins again within itself, and the address mended or nothing."""
    first, second = head.strip(" \t,;"), tail.strip()
    ours, theirs = parse("".join(first.split())), parse("".join(second.split()))
    whole = theirs is not None and "." in theirs.host
    if second.startswith(first.rstrip("/")) or _BEGINNING.fullmatch(first):
        return "the address stands twice within itself", second if whole else ""
    if first.startswith(second.rstrip("/")):
        return "the address stands twice within itself", first
    if ours and theirs and ours.bare_host == theirs.bare_host:
        return "the address stands twice within itself", ""
    return "another address begins within the address", ""


def _halved(url: str) -> str:
    """The address with its path once, where the path is the same segments twice (`/a/b/./a/b/`)."""
    address = parse(url)
    if address is None:
        return ""
    segments = [part for part in address.segments if part != "."]
    half = len(segments) // 2
    if half < 2 or len(segments) % 2 or segments[:half] != segments[half:]:
        return ""
    slash = "/" if address.path.endswith("/") else ""
    scheme = url[: url.index(":")]
    return f"{scheme}://{address.host}/{'/'.join(segments[:half])}{slash}{address.rest}"


RULE = LibraryRule("BIB102", "doubled-address", Severity.ERROR, Fixing.UNSAFE, check=check)
