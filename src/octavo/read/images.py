"""The images that chapters and covers name, looked for on the disk and read to their end."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

from octavo.model.chapter import ExpandedChapter
from octavo.model.finding import Finding
from octavo.model.lazy import lazy
from octavo.model.markup import Target
from octavo.model.publication import Format, Publication
from octavo.model.source import Location
from octavo.model.suggest import did_you_mean

SUFFIXES = (".png", ".jpg", ".jpeg", ".svg")
_RASTER = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
_SVG = "{http://www.w3.org/2000/svg}svg"
# An image by a label, whose address stands in a definition: ![words][label], ![label][], ![label].
_REFERENCE = lazy(r"!\[([^\[\]]*)\](?:\[([^\[\]]*)\])?(?![(\[])")
_DEFINITION = lazy(r" {0,3}\[([^\[\]]+)\]:[ \t]*<?$")
# A page of A3 at 500 dots an inch has fewer; decoded, an image takes four bytes of memory for each.
_MAX_PIXELS = 40_000_000


def check_images(root: Path, chapters: Iterable[ExpandedChapter]) -> Iterator[Finding]:
    """A missing image, one outside of the project, one that not every edition can show, or a broken one is a finding.

    Each file is read once, however often it is shown.
    """
    faults: dict[str, tuple[str, str, str, str] | None] = {}
    for chapter in chapters:
        labels = {_label(match[2] or match[1]) for match in _REFERENCE.finditer(chapter.text)}
        for target in chapter.scan.targets:
            if target.image or _label_of(chapter.text, target) in labels:
                name = unquote(target.target)
                if name not in faults:
                    faults[name] = _fault(root, name, SUFFIXES)
                fault = faults[name]
                if fault is not None:
                    code, rule, message, hint = fault
                    yield Finding(code, rule, message, chapter.locate(target.span), hint)


def _label_of(text: str, target: Target) -> str | None:
    """The label of the reference definition whose target this is, or None for a link within the text."""
    match = _DEFINITION.match(text, text.rfind("\n", 0, target.span.start) + 1, target.span.start)
    return _label(match[1]) if match else None


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()


def check_covers(root: Path, publication: Publication) -> Iterator[Finding]:
    """The same for the covers of EPUB editions, which are raster images."""
    for edition in publication.editions:
        if edition.cover and edition.format is Format.EPUB:
            fault = _fault(root, edition.cover, tuple(_RASTER))
            if fault is not None:
                code, rule, message, hint = fault
                yield Finding(code, rule, message, edition.cover_location or Location("publication.yaml"), hint)


def _fault(root: Path, name: str, suffixes: tuple[str, ...]) -> tuple[str, str, str, str] | None:
    """Code, rule, message and hint for what is wrong with an image, or None."""
    if _is_foreign(root, name):
        hint = "copy it into the project and name it by its path there, such as images/map.png"
        return "IMG102", "foreign-image", f"the image '{_short(name)}' is not a file of the project", hint
    path = root / name
    if not path.is_file():
        hint = did_you_mean(name, _images(root)) or "paths start at the project's folder, such as images/map.png"
        return "IMG101", "missing-image", f"there is no image '{_short(name)}'", hint
    if path.suffix.lower() not in suffixes:
        message = f"the image '{_short(name)}' is of a kind that not every edition can show"
        return "IMG103", "image-format", message, f"use one of: {', '.join(suffixes)}"
    reason = _broken_svg(path) if path.suffix.lower() == ".svg" else _broken_raster(path)
    if reason is None:
        return None
    if reason.startswith("it has"):
        hint = f"scale it down: {_MAX_PIXELS // 1_000_000} megapixels are enough for any page"
        return "IMG104", "oversized-image", f"the image '{_short(name)}' is too large: {reason}", hint
    hint = "export or copy the file anew"
    return "IMG105", "broken-image", f"the image '{_short(name)}' cannot be read: {reason}", hint


def _short(name: str) -> str:
    return name if len(name) <= 80 else f"{name[:79]}…"


def _is_foreign(root: Path, name: str) -> bool:
    """Whether a name is an address, or a path that leads out of the project (through links of the disk too)."""
    try:
        if name.startswith(("/", "\\")) or "\0" in name or len(urlsplit(name).scheme) > 0:
            return True
        return not (root / name).resolve().is_relative_to(root.resolve()) or len(name) > 1000
    except (OSError, ValueError):
        return True


def _broken_raster(path: Path) -> str | None:
    """Decode all of an image: a truncated one has a whole header, and an edition would show half of it."""
    from PIL import Image, ImageFile, UnidentifiedImageError

    kind = _RASTER[path.suffix.lower()]
    # The renderer takes half an image for a whole one, and tells Pillow so for all of its process.
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path, formats=sorted(set(_RASTER.values()))) as image:
                if image.format != kind:
                    return f"it is {image.format} and not {kind} as its name says"
                if image.width * image.height > _MAX_PIXELS:
                    return f"it has {image.width} by {image.height} pixels"
                image.load()
    except Image.DecompressionBombError:
        return f"it has more than {2 * (Image.MAX_IMAGE_PIXELS or 0)} pixels"
    except UnidentifiedImageError:
        return f"it is no {kind} file"
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        return str(error) or "it ends too early"
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    return None


def _broken_svg(path: Path) -> str | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.parse(str(path), parser).getroot()
    except (OSError, etree.XMLSyntaxError) as error:
        return f"it is no XML: {error}"
    return None if root.tag == _SVG else f"its root is {root.tag} and not svg of the SVG namespace"


def _images(root: Path) -> list[str]:
    """All images of the project, for suggestions; built files and hidden folders are not looked at."""
    found = []
    for path in root.rglob("*"):
        parts = path.relative_to(root).parts
        if path.suffix.lower() in SUFFIXES and parts[0] != "build" and not any(part.startswith(".") for part in parts):
            found.append("/".join(parts))
    return found
