"""The images that chapters and covers name, looked for on the disk and read to their end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

from octavo.adapters.pictures import RASTER, SUFFIXES, PictureFault, PictureFaultKind, open_picture
from octavo.model.chapter import ExpandedChapter
from octavo.model.finding import Finding
from octavo.model.lazy import lazy
from octavo.model.limits import Limits
from octavo.model.markup import Target
from octavo.model.publication import Format, Publication
from octavo.model.source import Location
from octavo.model.suggest import did_you_mean

# An image by a label, whose address stands in a definition: ![words][label], ![label][], ![label].
_REFERENCE = lazy(r"!\[([^\[\]]*)\](?:\[([^\[\]]*)\])?(?![(\[])")
_DEFINITION = lazy(r" {0,3}\[([^\[\]]+)\]:[ \t]*<?$")


def check_images(root: Path, chapters: Iterable[ExpandedChapter], limits: Limits) -> Iterator[Finding]:
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
                    faults[name] = _fault(root, name, SUFFIXES, limits)
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
            fault = _fault(root, edition.cover, tuple(RASTER), publication.limits)
            if fault is not None:
                code, rule, message, hint = fault
                yield Finding(code, rule, message, edition.cover_location or Location("publication.yaml"), hint)


def _fault(root: Path, name: str, suffixes: tuple[str, ...], limits: Limits) -> tuple[str, str, str, str] | None:
    """Code, rule, message and hint for what is wrong with an image, or None."""
    try:
        open_picture(root, name, limits, suffixes)
    except PictureFault as fault:
        return _told(root, name, fault)
    return None


def _told(root: Path, name: str, fault: PictureFault) -> tuple[str, str, str, str]:
    short, reason = _short(name), fault.reason
    match fault.kind:
        case PictureFaultKind.FOREIGN:
            hint = "copy it into the project and name it by its path there, such as images/map.png"
            return "IMG102", "foreign-image", f"the image '{short}' is not a file of the project", hint
        case PictureFaultKind.MISSING:
            hint = did_you_mean(name, _images(root)) or "paths start at the project's folder, such as images/map.png"
            return "IMG101", "missing-image", f"there is no image '{short}'", hint
        case PictureFaultKind.FORMAT:
            message = f"the image '{short}' is of a kind that not every edition can show"
            return "IMG103", "image-format", message, reason
        case PictureFaultKind.LARGE:
            hint = "scale it down, or make it simpler: `limits` in publication.yaml say what can be"
            return "IMG104", "oversized-image", f"the image '{short}' is too large: {reason}", hint
        case PictureFaultKind.UNSAFE:
            hint = "a drawing holds all that it shows: embed its pictures, and turn its text into paths"
            return "IMG106", "image-that-loads", f"the image '{short}' cannot be shown: {reason}", hint
        case PictureFaultKind.BROKEN:
            hint = "export or copy the file anew"
            return "IMG105", "broken-image", f"the image '{short}' cannot be read: {reason}", hint


def _short(name: str) -> str:
    return name if len(name) <= 80 else f"{name[:79]}…"


def _images(root: Path) -> list[str]:
    """All images of the project, for suggestions; built files and hidden folders are not looked at."""
    found = []
    for path in root.rglob("*"):
        parts = path.relative_to(root).parts
        if path.suffix.lower() in SUFFIXES and parts[0] != "build" and not any(part.startswith(".") for part in parts):
            found.append("/".join(parts))
    return found
