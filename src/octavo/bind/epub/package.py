"""Documents and metadata into a package document (EPUB 3.3, section 5)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from octavo.bind.epub.accessibility import accessibility
from octavo.bind.epub.xml import write_xml
from octavo.errors import UsageError
from octavo.model.edition import Metadata
from octavo.model.epub import IMAGE_TYPES, ContentDocument, plain
from octavo.model.names import orcid_of, split_name
from octavo.model.notes import NotePlan
from octavo.model.publication import Publication

PACKAGE_PATH = "package.opf"
NCX_PATH = "toc.ncx"

_OPF = "http://www.idpf.org/2007/opf"
_DC = "http://purl.org/dc/elements/1.1/"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TYPES = IMAGE_TYPES | {".css": "text/css", ".ttf": "font/ttf", ".otf": "font/otf", ".woff2": "font/woff2"}
_EPOCH = "1980-01-01T00:00:00Z"


def identifier_of(publication: Publication, metadata: Metadata) -> str:
    """The identifier of the publication: its own, its ISBN, or one made from its title and slug.

    A bare DOI becomes an address.
    """
    identifier = plain(metadata.identifier or publication.identifier)
    if re.fullmatch(r"10\.\d{4,9}/\S+", identifier):
        return f"https://doi.org/{identifier}"
    if identifier:
        return identifier
    if metadata.isbn or publication.isbn:
        return _isbn(metadata.isbn or publication.isbn)
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'octavo:{publication.slug}:{metadata.title}')}"


def write_package(
    identifier: str,
    metadata: Metadata,
    documents: Sequence[ContentDocument],
    resources: Sequence[str],
    cover: str,
    plan: NotePlan,
) -> bytes:
    """The package document; ``resources`` are paths of all files but the documents and the NCX, ``cover`` is one.

    Raises UsageError for a resource of a kind that an EPUB cannot hold.
    """
    root = etree.fromstring(
        f'<package xmlns="{_OPF}" version="3.0" unique-identifier="meta-identifier">'
        f'<metadata xmlns:dc="{_DC}"/></package>'
    )
    root.set(_XML_LANG, metadata.language)
    _write_metadata(root[0], identifier, metadata)
    for key, value, language in accessibility(documents, metadata.language, notes=bool(plan.notes)):
        meta = _meta(root[0], key, value)
        if language:
            meta.set(_XML_LANG, language)
    # Readers of EPUB 2 look for the cover here.
    etree.SubElement(root[0], f"{{{_OPF}}}meta", name="cover", content="cover-image")
    manifest = etree.SubElement(root, f"{{{_OPF}}}manifest")
    spine = etree.SubElement(root, f"{{{_OPF}}}spine", toc="ncx")
    for document in documents:
        item = _item(manifest, document.id, document.path, "application/xhtml+xml")
        if document.properties:
            item.set("properties", " ".join(sorted(document.properties)))
        reference = etree.SubElement(spine, f"{{{_OPF}}}itemref", idref=document.id)
        if not document.linear:
            reference.set("linear", "no")
    _item(manifest, "ncx", NCX_PATH, "application/x-dtbncx+xml")
    for index, path in enumerate(resources, 1):
        media_type = _TYPES.get(posixpath.splitext(path)[1].lower())
        if media_type is None:
            raise UsageError(f"{path} cannot stand in an EPUB", "save the picture as PNG, JPEG or SVG")
        item = _item(manifest, "cover-image" if path == cover else f"resource-{index}", path, media_type)
        if path == cover:
            item.set("properties", "cover-image")
    return write_xml(root)


def _write_metadata(root: etree._Element, identifier: str, metadata: Metadata) -> None:
    _dublin(root, "identifier", identifier, "meta-identifier")
    isbn = _isbn(metadata.isbn) if metadata.isbn else ""
    if isbn and isbn != identifier:
        _dublin(root, "identifier", isbn, "meta-isbn")
    _dublin(root, "title", metadata.title, "meta-title")
    _refine(root, "meta-title", "title-type", "main")
    if metadata.subtitle:
        _refine(root, "meta-title", "display-seq", "1")
        _dublin(root, "title", metadata.subtitle, "meta-subtitle")
        _refine(root, "meta-subtitle", "title-type", "subtitle")
        _refine(root, "meta-subtitle", "display-seq", "2")
    for index, author in enumerate(metadata.authors, 1):
        name = f"meta-creator-{index}"
        _dublin(root, "creator", author, name)
        _refine(root, name, "role", "aut", scheme="marc:relators")
        _refine(root, name, "file-as", _filed(author))
        for person in metadata.people:
            if person.name == author and orcid_of(person):
                _refine(root, name, "dcterms:identifier", orcid_of(person))
    _dublin(root, "language", metadata.language)
    for term in ("publisher", "date", "rights", "description"):
        value: str = getattr(metadata, term)
        if value.strip():
            _dublin(root, term, value)
    for keyword in metadata.keywords:
        _dublin(root, "subject", keyword)
    _meta(root, "dcterms:modified", _modified(metadata))


def _dublin(root: etree._Element, term: str, value: str, name: str = "") -> None:
    element = etree.SubElement(root, f"{{{_DC}}}{term}")
    element.text = plain(value)
    if name:
        element.set("id", name)


def _meta(root: etree._Element, key: str, value: str) -> etree._Element:
    meta = etree.SubElement(root, f"{{{_OPF}}}meta", property=key)
    meta.text = plain(value)
    return meta


def _refine(root: etree._Element, name: str, key: str, value: str, scheme: str = "") -> None:
    meta = _meta(root, key, value)
    meta.set("refines", f"#{name}")
    if scheme:
        meta.set("scheme", scheme)


def _item(manifest: etree._Element, name: str, path: str, media_type: str) -> etree._Element:
    return etree.SubElement(manifest, f"{{{_OPF}}}item", {"id": name, "href": path, "media-type": media_type})


def _isbn(number: str) -> str:
    return "urn:isbn:" + re.sub(r"[^0-9Xx]", "", number).upper()


def _filed(author: str) -> str:
    parts = split_name(plain(author))
    given = f"{parts.given} {parts.particle}".strip()
    return parts.literal or ", ".join(part for part in (parts.family, given, parts.suffix) if part)


def _modified(metadata: Metadata) -> str:
    # Section 5.5.4.3: UTC, to the second, with a Z. A date of day zero is better than that of the machine's clock.
    for text in (metadata.modified, metadata.date):
        try:
            moment = datetime.fromisoformat(text.strip())
        except ValueError:
            continue
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return _EPOCH
