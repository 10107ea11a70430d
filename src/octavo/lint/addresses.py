"""Addresses on the web as bibliographies write them (RFC 3986), whole or broken."""

from __future__ import annotations

import re
from typing import NamedTuple

from octavo.model.lazy import lazy

_PARTS = lazy(r"(https?)://([^/?#\s]*)([^?#\s]*)(\S*)", re.IGNORECASE)
_ARCHIVE = lazy(r"https?://web\.archive\.org/web/\w+/(?=http)")
_DOI = lazy(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)


class Address(NamedTuple):
    """The parts of a whole address; ``rest`` is its query and fragment with their marks."""

    scheme: str
    host: str
    path: str
    rest: str

    @property
    def bare_host(self) -> str:
        """The host in lower case, without ``www.``."""
        return self.host.lower().removeprefix("www.")

    @property
    def segments(self) -> tuple[str, ...]:
        """The segments of the path that are not empty."""
        return tuple(part for part in self.path.split("/") if part)

    @property
    def identity(self) -> str:
        """What stays the same where an address is written in another way: neither scheme, ``www.`` nor final slash."""
        return f"{self.bare_host}{self.path.rstrip('/')}{self.rest}"


def parse(text: str) -> Address | None:
    """The address that a text is; None where it is something else, or has blanks within."""
    match = _PARTS.fullmatch(text.strip())
    return Address(match[1].lower(), match[2], match[3], match[4]) if match and match[2] else None


def without_archive(text: str) -> str:
    """The address of a page of which the address of a copy in the Internet Archive is given."""
    return _ARCHIVE.sub("", text, count=1)


def bare_doi(text: str) -> str:
    """A DOI in lower case without what stands before it; empty where the text holds none."""
    match = _DOI.fullmatch(text.strip())
    return match[1].lower() if match else ""
