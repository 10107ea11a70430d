"""What a document says of itself (Open Packaging Conventions, 11: core properties)."""

from __future__ import annotations

from xml.sax.saxutils import escape

from octavo.bind.docx.package import Package
from octavo.model.edition import Metadata
from octavo.model.epub import plain

_CORE = "docProps/core.xml"
_APPLICATION = "docProps/app.xml"
_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_APPLICATION_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_NAMESPACES = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)


def set_properties(package: Package, metadata: Metadata) -> None:
    """Title, authors, keywords, language and the moment, which is the publication's and no clock's."""
    title = ": ".join(part for part in (metadata.title, metadata.subtitle) if part)
    stamp = f'xsi:type="dcterms:W3CDTF">{escape(metadata.modified)}'
    pieces = [
        _piece("dc:title", title),
        _piece("dc:creator", "; ".join(metadata.authors)),
        _piece("cp:keywords", ", ".join(metadata.keywords)),
        _piece("dc:description", metadata.description),
        _piece("dc:language", metadata.language),
        _piece("dc:identifier", metadata.identifier),
        _piece("cp:lastModifiedBy", "; ".join(metadata.authors)),
        f"<dcterms:created {stamp}</dcterms:created>",
        f"<dcterms:modified {stamp}</dcterms:modified>",
    ]
    core = f"{_HEAD}<cp:coreProperties {_NAMESPACES}>{''.join(pieces)}</cp:coreProperties>"
    company = f"<Company>{escape(plain(metadata.publisher))}</Company>" if metadata.publisher else ""
    told = f"<Application>Octavo</Application>{company}"
    application = f'{_HEAD}<Properties xmlns="{_EXTENDED}">{told}</Properties>'
    package.add(_CORE, core.encode(), _TYPE)
    package.add(_APPLICATION, application.encode(), _APPLICATION_TYPE)


def _piece(name: str, value: str) -> str:
    return f"<{name}>{escape(plain(value))}</{name}>" if value.strip() else ""
