"""Pictures in their places: vector graphics, with a picture of points for programs that know none."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from xml.sax.saxutils import quoteattr

from octavo.bind.docx.package import DOCUMENT, Package
from octavo.bind.docx.xml import PIC, WP, A, Element, R, make, parse
from octavo.model.docx import DocxPicture, Image, PageShape

_EMU = 12700  # in a point
_POINTS = 72 / 25.4
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
# What a picture leaves of the height of a page for its caption.
_HIGHEST = 0.85


class Album:
    """Puts pictures into a package, each file once."""

    def __init__(self, package: Package, images: Mapping[str, Image], page: PageShape) -> None:
        self._package = package
        self._images = images
        self._page = page
        self._relationships: dict[str, str] = {}
        self._count = 0

    def place(self, run: Element, picture: DocxPicture, owner: str = DOCUMENT) -> None:
        """Put a picture into an empty run of a part."""
        image = self._images[picture.source]
        self._count += 1
        stem = f"image-{sha256(picture.source.encode()).hexdigest()[:12]}"
        raster = self._file(owner, f"{stem}.{image.suffix}", image.data, f"image/{image.suffix}")
        vector = self._file(owner, f"{stem}.svg", image.svg, "image/svg+xml") if image.svg else ""
        width, height = self._size(image, picture)
        run.append(make("drawing", _drawing(self._count, picture.description, raster, vector, width, height)))

    def _file(self, owner: str, name: str, data: bytes, media_type: str) -> str:
        key = f"{owner} {name}"
        if key not in self._relationships:
            self._package.files[f"word/media/{name}"] = data
            self._package.default(name.rpartition(".")[2], media_type)
            self._relationships[key] = self._package.relate(owner, "image", f"media/{name}")
        return self._relationships[key]

    def _size(self, image: Image, picture: DocxPicture) -> tuple[float, float]:
        """Width and height in points: as asked for, no wider than the text, and low enough for a caption."""
        measure, text = self._page.measure * _POINTS, self._page.text_height * _POINTS
        ratio = image.height / image.width
        width = _points(picture.width, measure)
        height = _points(picture.height, text)
        width = width or (height / ratio if height else image.width)
        height = height or width * ratio
        scale = min(1.0, measure / width, text * _HIGHEST / height)
        return width * scale, height * scale


def _points(length: float, whole: float) -> float:
    return length * whole if length <= 1 else length


def _drawing(number: int, description: str, raster: str, vector: str, width: float, height: float) -> Element:
    """A picture in a line of text (ISO/IEC 29500-1, 20.4.2.8)."""
    size = f'cx="{round(width * _EMU)}" cy="{round(height * _EMU)}"'
    blip = f'<asvg:svgBlip xmlns:asvg="{_SVG}" r:embed="{vector}"/>'
    extension = f'<a:extLst><a:ext uri="{_SVG_EXTENSION}">{blip}</a:ext></a:extLst>' if vector else ""
    told = f'id="{number}" name="Picture {number}" descr={quoteattr(description)}'
    pieces = (
        f'<wp:inline xmlns:wp="{WP}" xmlns:a="{A}" xmlns:pic="{PIC}" xmlns:r="{R}"',
        f' distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/><wp:docPr {told}/>',
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>',
        f'<a:graphic><a:graphicData uri="{PIC}"><pic:pic>',
        f"<pic:nvPicPr><pic:cNvPr {told}/><pic:cNvPicPr/></pic:nvPicPr>",
        f'<pic:blipFill><a:blip r:embed="{raster}">{extension}</a:blip>',
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>",
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>',
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>',
        "</pic:pic></a:graphicData></a:graphic></wp:inline>",
    )
    return parse("".join(pieces).encode())
