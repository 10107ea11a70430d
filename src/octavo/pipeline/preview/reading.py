"""An EPUB edition into its documents and the places of its anchors, as a preview shows them."""

from __future__ import annotations

import posixpath
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from octavo.model.epub import PACKAGE_FOLDER
from octavo.model.preview import ReadingView, ShownDocument

_OPF = "{http://www.idpf.org/2007/opf}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_PACKAGE = f"{PACKAGE_FOLDER}/package.opf"


def reading_view(edition: str, data: bytes) -> ReadingView:
    """What is shown of an EPUB of ours.

    Raises KeyError, etree.XMLSyntaxError or BadZipFile where it is none.
    """
    with ZipFile(BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    package = _parse(files[_PACKAGE])
    paths = {
        item.get("id"): posixpath.join(PACKAGE_FOLDER, str(item.get("href"))) for item in package.iter(f"{_OPF}item")
    }
    spine = [paths[item.get("idref")] for item in package.iter(f"{_OPF}itemref")]
    # A document may load any of what is no document.
    loads = sha256(b"".join(files[name] for name in sorted(files) if not name.endswith((".xhtml", ".opf", ".ncx"))))
    documents: list[ShownDocument] = []
    anchors: dict[str, str] = {}
    for path in spine:
        root = _parse(files[path])
        for element in root.iter(etree.Element):
            name = element.get("id")
            if name:
                anchors.setdefault(name, path)
        digest = sha256(loads.digest() + files[path]).hexdigest()[:16]
        documents.append(ShownDocument(path, _title(root) or posixpath.basename(path), digest))
    return ReadingView(edition, tuple(documents), files, anchors)


def _parse(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def _title(root: etree._Element) -> str:
    title = root.find(f"{_XHTML}head/{_XHTML}title")
    return " ".join((title.text or "").split()) if title is not None else ""
