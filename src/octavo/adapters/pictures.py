"""Pictures of the project, each read once, decoded to its end and measured before anything shows it."""

from __future__ import annotations

import binascii
import io
import warnings
from base64 import b64decode
from pathlib import Path
from stat import S_ISREG
from typing import IO
from urllib.parse import unquote, urlsplit

from octavo.adapters.drawings import clean_drawing
from octavo.adapters.picture_faults import PictureFault, PictureFaultKind
from octavo.model.limits import Limits

__all__ = ["RASTER", "SUFFIXES", "PictureFault", "PictureFaultKind", "check_embedded", "inside", "open_picture"]

RASTER = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
SUFFIXES = (*RASTER, ".svg")
_MAX_BYTES = 100_000_000
_MAX_PATH = 1_000


def inside(root: Path, name: str) -> Path | None:
    """The path of a file of the project, links of the disk followed; None where it leads out, or is an address."""
    try:
        if name.startswith(("/", "\\")) or "\0" in name or len(name) > _MAX_PATH or urlsplit(name).scheme:
            return None
        path = (root / name).resolve()
        return path if path.is_relative_to(root.resolve()) else None
    except (OSError, ValueError, RuntimeError):
        return None


def open_picture(root: Path, name: str, limits: Limits, suffixes: tuple[str, ...] = SUFFIXES) -> bytes:
    """The bytes of a picture as editions show it: drawings are cleaned, others stay as they are.

    ``name`` is a path relative to ``root``, with ``/``.  Raises PictureFault.
    """
    path = inside(root, name)
    if path is None:
        raise PictureFault(PictureFaultKind.FOREIGN, "it is not a file of the project")
    suffix = Path(name).suffix.lower()
    try:
        if not S_ISREG(path.stat().st_mode):
            raise PictureFault(PictureFaultKind.MISSING, "no file stands there")
        if suffix not in suffixes:
            raise PictureFault(PictureFaultKind.FORMAT, f"use one of: {', '.join(suffixes)}")
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise PictureFault(PictureFaultKind.MISSING, error.strerror or "it cannot be opened") from error
    if len(data) > _MAX_BYTES:
        raise PictureFault(PictureFaultKind.LARGE, f"it has more than {_MAX_BYTES} bytes")
    if suffix == ".svg":
        return clean_drawing(data, limits.shapes, lambda address: check_embedded(address, limits) and None)
    _check_raster(io.BytesIO(data), RASTER[suffix], limits)
    return data


def check_embedded(address: str, limits: Limits) -> tuple[str, bytes]:
    """The type and the bytes of a picture in a ``data:`` address of PNG or JPEG.  Raises PictureFault."""
    head, _, text = address.partition(",")
    kind = "PNG" if "png" in head.lower() else "JPEG"
    try:
        data = b64decode("".join(unquote(text).split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise PictureFault(PictureFaultKind.BROKEN, f"a picture within it is not base64: {error}") from error
    _check_raster(io.BytesIO(data), kind, limits)
    return f"image/{kind.lower()}", data


def _check_raster(file: IO[bytes], kind: str, limits: Limits) -> None:
    """Decode all of an image: a truncated one has a whole header, and an edition would show half of it."""
    from PIL import Image, ImageFile, UnidentifiedImageError

    # The renderer takes half an image for a whole one, and tells Pillow so for all of its process.
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(file, formats=sorted(set(RASTER.values()))) as image:
                if image.format != kind:
                    reason = f"it is {image.format} and not {kind} as its name says"
                    raise PictureFault(PictureFaultKind.BROKEN, reason)
                if image.width * image.height > limits.megapixels * 1_000_000:
                    raise PictureFault(PictureFaultKind.LARGE, f"it has {image.width} by {image.height} pixels")
                image.load()
    except Image.DecompressionBombError as error:
        raise PictureFault(PictureFaultKind.LARGE, str(error)) from error
    except UnidentifiedImageError as error:
        raise PictureFault(PictureFaultKind.BROKEN, f"it is no {kind} file") from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise PictureFault(PictureFaultKind.BROKEN, str(error) or "it ends too early") from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
