"""The content documents that an EPUB is bound from, and the names of files in it."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from hashlib import sha256

PACKAGE_FOLDER = "EPUB"
"""The folder of the container in which the package document stands; all other paths are relative to it."""

STYLE_PATH = "styles/epub.css"
IMAGE_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}
"""Kinds of images that an EPUB can hold here, by suffix in small letters."""

_COVER_SUFFIXES = {"image/png": ".png", "image/jpeg": ".jpg"}
_UNSAFE = re.compile(r"[^a-z0-9]+")
_SPACE = re.compile("[ \\t\\r\\n]+")
_LONGEST_STEM = 40
# Production 2 of XML 1.0: other characters cannot be written in a document at all.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class TocEntry:
    """A section as the table of contents lists it: its words as plain text, its anchor in the document."""

    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class ContentDocument:
    """One XHTML document of an EPUB, in the order of the spine.

    ``path`` is relative to the package document.  ``properties`` are those of the manifest (``mathml``, ``svg``,
    ``nav``).  ``images`` are paths of pictures relative to the project; each stands in the EPUB at ``image_path`` of
    it.  ``described`` is false where a picture has no text alternative.  ``level`` is the depth in the table of
    contents, from 1.  ``landmark`` is a term of the EPUB structural vocabulary (``cover``, ``bodymatter``) or empty.
    """

    id: str
    path: str
    title: str
    xhtml: str
    properties: frozenset[str] = frozenset()
    images: tuple[str, ...] = ()
    described: bool = True
    linear: bool = True
    in_toc: bool = True
    level: int = 1
    sections: tuple[TocEntry, ...] = ()
    landmark: str = ""
    landmark_title: str = ""


def printable(text: str) -> str:
    """Text without the control characters that XML forbids."""
    return _NOT_XML.sub("", text)


def plain(text: str) -> str:
    """Text as labels and metadata hold it: control characters gone, white space folded, no-break spaces kept."""
    return _SPACE.sub(" ", printable(text)).strip(" ")


def image_path(source: str) -> str:
    """Where a picture of the project stands in the EPUB: safe in every file system, and unique for its path.

    The name holds a digest of the path, so that it does not change when other pictures come or go.
    """
    source = posixpath.normpath(source)
    stem, suffix = posixpath.splitext(posixpath.basename(source))
    name = _UNSAFE.sub("-", stem.lower()).strip("-")[:_LONGEST_STEM].strip("-")
    digest = sha256(source.encode()).hexdigest()[:8]
    return f"images/{name}-{digest}{suffix.lower()}" if name else f"images/{digest}{suffix.lower()}"


def cover_path(media_type: str) -> str:
    """Where the cover stands in the EPUB.

    Raises ValueError for any media type but ``image/png`` and ``image/jpeg``.
    """
    suffix = _COVER_SUFFIXES.get(media_type)
    if suffix is None:
        raise ValueError(f"a cover cannot be {media_type}; it is image/png or image/jpeg")
    return f"images/cover{suffix}"
