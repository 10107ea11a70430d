"""Files into an Open Container (EPUB 3.3, section 4)."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="{path}" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""


def write_container(files: Mapping[str, bytes], package: str) -> bytes:
    """A ZIP of the files, with the same bytes for the same files: no dates, no order but that of the names.

    ``mimetype`` comes first and is stored (section 4.2.2.1), and ``container.xml`` names the package document.
    """
    ordered = [("META-INF/container.xml", _CONTAINER.format(path=package).encode()), *sorted(files.items())]
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr(_entry("mimetype", ZIP_STORED), b"application/epub+zip")
        for name, content in ordered:
            archive.writestr(_entry(name, ZIP_DEFLATED), content, compresslevel=9)
    return buffer.getvalue()


def _entry(name: str, method: int) -> ZipInfo:
    entry = ZipInfo(name, _EPOCH)
    entry.compress_type = method
    entry.create_system = 3  # Python writes the machine it runs on, and the bytes would follow it.
    entry.external_attr = 0o644 << 16
    return entry
