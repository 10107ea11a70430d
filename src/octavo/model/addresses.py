"""Addresses of links: which of them an edition may hold."""

from __future__ import annotations

import re

# What a reader of any edition can follow, and no reading system runs.
SCHEMES = ("http", "https", "mailto", "tel", "ftp", "doi", "urn")
# What a browser runs, or reads from the machine that it runs on.
_RUNNING = ("javascript", "vbscript", "data", "file", "blob", "filesystem", "view-source", "jar")
# Browsers pass over these in an address (WHATWG URL, 4.4, and 3.2 "C0 control or space").
_PASSED_OVER = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")


def is_harmless(address: str) -> bool:
    """Whether a link leads to a place of its own document, or to an address whose scheme is known."""
    plain = _PASSED_OVER.sub("", address)
    if plain.startswith("#"):
        return True
    scheme = _SCHEME.match(plain)
    return scheme is not None and scheme[1].lower() in SCHEMES


def is_running(address: str) -> bool:
    """Whether following a link would run something, or read a file of the reader's."""
    scheme = _SCHEME.match(_PASSED_OVER.sub("", address))
    return scheme is not None and scheme[1].lower() in _RUNNING
