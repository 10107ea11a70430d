"""What a DOCX edition is made from: one document for Pandoc, its pictures, its contents, its page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

# Around what Pandoc cannot write and the binder puts in: ``contents``, ``list 0``, ``section``, ``picture 3``, ``tab``,
# ``fill 12``.  No text of an author has these characters (SRC103).
MARK_OPEN, MARK_CLOSE = "\ue024", "\ue025"

LONGEST_BOOKMARK = 40
"""The greatest length of a bookmark's name in Word."""
_DIGEST = 8
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_UNFIT = re.compile(r"\W")


def bookmark_name(anchor: str) -> str:
    """The name of an anchor's bookmark: letters, digits and underscores, at most 40, beginning with a letter.

    Hyphens become underscores.  Where an anchor is longer, or has other characters, its name is cut to 31 characters
    and ends with an underscore and the first 8 hexadecimal digits of the SHA-256 of the anchor, so that no two are
    alike.
    """
    if len(anchor) <= LONGEST_BOOKMARK and _PLAIN.fullmatch(anchor):
        return anchor.replace("-", "_")
    name = _UNFIT.sub("_", anchor)
    if not name[:1].isalpha():
        name = f"b{name}"
    return f"{name[: LONGEST_BOOKMARK - _DIGEST - 1]}_{sha256(anchor.encode()).hexdigest()[:_DIGEST]}"


def mark(name: str) -> str:
    """Text that stands for what the binder puts in its place."""
    return f"{MARK_OPEN}{name}{MARK_CLOSE}"


@dataclass(frozen=True, slots=True)
class PageShape:
    """The page of a word processor: trim size and margins, in millimetres."""

    width: float = 210.0
    height: float = 297.0
    top: float = 25.0
    right: float = 25.0
    bottom: float = 25.0
    left: float = 25.0

    @property
    def measure(self) -> float:
        """The width of the text in millimetres."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        """The height of the text in millimetres."""
        return self.height - self.top - self.bottom


@dataclass(frozen=True, slots=True)
class DocxEntry:
    """A line of the contents or of a list: its text, its level from 1, the anchor that it leads to."""

    text: str
    level: int
    anchor: str


@dataclass(frozen=True, slots=True)
class DocxList:
    """A list of figures or of tables behind the contents."""

    title: str
    entries: tuple[DocxEntry, ...]


@dataclass(frozen=True, slots=True)
class DocxPicture:
    """A place where a picture stands: ``source`` as in the manuscript, its alternative text, its size.

    ``width`` and ``height`` are shares of those of the text where they are at most 1, else points; 0 leaves one to the
    picture.
    """

    source: str
    description: str
    width: float = 0.0
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class DocxDocument:
    """What Pandoc gets, and what the binder puts into its answer."""

    xhtml: str
    pictures: tuple[DocxPicture, ...] = ()
    contents: tuple[DocxEntry, ...] = ()
    lists: tuple[DocxList, ...] = ()


@dataclass(frozen=True, slots=True)
class Image:
    """A picture for a package: PNG or JPEG, and the SVG that it was drawn from, if any; its size is in points."""

    data: bytes
    width: float
    height: float
    svg: bytes = b""

    @property
    def suffix(self) -> str:
        """How the name of its file ends."""
        return "jpeg" if self.data[:2] == b"\xff\xd8" else "png"
