"""An EPUB back into the notes that a reader sees."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 - it is a class

from lxml import etree

from octavo.model.notes import EditionNotes, Mark
from octavo.verify.errors import UnreadableArtifact
from octavo.verify.leftover import leftovers

_XHTML = "{http://www.w3.org/1999/xhtml}"
_TYPE = "{http://www.idpf.org/2007/ops}type"
_OPF = "{http://www.idpf.org/2007/opf}"
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*(hidden|collapse)", re.IGNORECASE)
_UNSEEN = frozenset({"head", "script", "style", "template"})
_LITERAL = frozenset({"code", "pre", "samp", "kbd"})
_BLOCKS = frozenset(
    {"aside", "blockquote", "br", "dd", "div", "dl", "dt", "figure", "figcaption", "li", "ol", "p", "pre", "section"}
    | {"table", "td", "th", "tr", "ul"}
)


@dataclass(frozen=True, slots=True)
class _Document:
    path: str
    root: etree._Element
    anchors: dict[str, etree._Element]


def read_epub(data: bytes, edition: str) -> EditionNotes:
    """All calls and notes of an EPUB in the order of its spine, as a reader sees and follows them.

    The ``place`` of a mark is the path of its document, relative to the package document; ``index`` is its place
    among the calls, or among the notes, of the whole edition.  ``links_to`` is the anchor that its link leads to, or
    the link as it is written where it leads nowhere.  The label of a note is the text of its way back; what is
    hidden does not count.  White space of every kind is folded into single spaces.

    Raises UnreadableArtifact where the file is no EPUB, or a document of the spine is missing or not well-formed.
    """
    documents = {document.path: document for document in _documents(data)}
    calls: list[Mark] = []
    notes: list[Mark] = []
    for document in documents.values():
        for element in _seen(document.root):
            if _is(element, "a", "noteref", "doc-noteref"):
                anchor = _anchor(element, document)
                calls.append(
                    Mark(_text(element), anchor, _target(element, document, documents), document.path, len(calls))
                )
            elif _is(element, "aside", "footnote", "doc-footnote"):
                notes.append(_note(element, document, documents, len(notes)))
    return EditionNotes(edition, tuple(calls), tuple(notes))


def read_references(data: bytes, edition: str) -> tuple[Mark, ...]:
    """Every link of an EPUB that leads to a note and is no call of it: ``see note 3``, in the order of its spine.

    Raises UnreadableArtifact as ``read_epub`` does.
    """
    documents = {document.path: document for document in _documents(data)}
    found: list[Mark] = []
    for document in documents.values():
        for element in _seen(document.root):
            if element.tag != f"{_XHTML}a" or _is(element, "a", "noteref", "doc-noteref"):
                continue
            target = _target(element, document, documents)
            if target.startswith("note-"):
                found.append(Mark(_text(element), element.get("id", ""), target, document.path, len(found)))
    return tuple(found)


def leftover_markup(data: bytes) -> tuple[tuple[str, str], ...]:
    """All markup of notes and citations that a reader sees: the document, and the text from there on.

    Code is left out: there the marks may be meant.  Raises UnreadableArtifact as ``read_epub`` does.
    """
    found: list[tuple[str, str]] = []
    for document in _documents(data):
        text = _fold("".join(_words(document.root, _UNSEEN | _LITERAL)))
        found += [(document.path, snippet) for snippet in leftovers(text)]
    return tuple(found)


def _note(element: etree._Element, document: _Document, documents: dict[str, _Document], index: int) -> Mark:
    back = next((each for each in element.iter(f"{_XHTML}a") if _is(each, "a", "backlink", "doc-backlink")), None)
    label = links_to = ""
    if back is not None:
        label, links_to = _text(back), _target(back, document, documents)
    text = _fold("".join(_words(element, _UNSEEN, back)))
    return Mark(label, _anchor(element, document), links_to, document.path, index, text)


def _anchor(element: etree._Element, document: _Document) -> str:
    """The id of a call or a note; none where links to it end at something else that stands before it."""
    anchor = element.get("id", "")
    first = document.anchors.get(anchor)
    return anchor if first is not None and first.tag == element.tag else ""


def _target(link: etree._Element, document: _Document, documents: dict[str, _Document]) -> str:
    href = link.get("href", "")
    path, _, fragment = href.partition("#")
    name = posixpath.normpath(posixpath.join(posixpath.dirname(document.path), unquote(path))) if path else ""
    target = documents.get(name) if path else document
    anchor = unquote(fragment)
    return anchor if target is not None and anchor in target.anchors else href


def _is(element: etree._Element, name: str, kind: str, role: str) -> bool:
    return element.tag == _XHTML + name and (
        kind in element.get(_TYPE, "").split() or role in element.get("role", "").split()
    )


def _seen(element: etree._Element) -> Iterator[etree._Element]:
    if _is_hidden(element) or _name(element) in _UNSEEN:
        return
    yield element
    for child in element:
        yield from _seen(child)


def _is_hidden(element: etree._Element) -> bool:
    return "hidden" in element.attrib or _HIDING.search(element.get("style", "")) is not None


def _words(element: etree._Element, unseen: frozenset[str], without: etree._Element | None = None) -> Iterator[str]:
    name = _name(element)
    if element is without or not name or name in unseen or _is_hidden(element):
        return
    space = " " if name in _BLOCKS else ""
    yield space + (element.text or "")
    for child in element:
        yield from _words(child, unseen, without)
        yield child.tail or ""
    yield space


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _text(element: etree._Element) -> str:
    return _fold("".join(_words(element, _UNSEEN)))


def _fold(text: str) -> str:
    return " ".join(text.split())


def _documents(data: bytes) -> Iterator[_Document]:
    try:
        with ZipFile(BytesIO(data)) as archive:
            yield from _spine(archive)
    except (BadZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError) as fault:
        raise UnreadableArtifact(f"the file is no ZIP archive: {fault}") from fault


def _spine(archive: ZipFile) -> Iterator[_Document]:
    container = _parse(archive, "META-INF/container.xml")
    rootfile = container.find(f".//{_CONTAINER}rootfile")
    package_path = rootfile.get("full-path", "") if rootfile is not None else ""
    if not package_path:
        raise UnreadableArtifact("META-INF/container.xml names no package document")
    folder = posixpath.dirname(package_path)
    package = _parse(archive, package_path)
    items = {item.get("id", ""): unquote(item.get("href", "")) for item in package.iter(f"{_OPF}item")}
    references = [reference.get("idref", "") for reference in package.iter(f"{_OPF}itemref")]
    if not references:
        raise UnreadableArtifact(f"{package_path} has an empty spine")
    for name in references:
        if name not in items:
            raise UnreadableArtifact(f"the spine names {name}, which is not in the manifest")
        path = posixpath.normpath(items[name])
        root = _parse(archive, posixpath.join(folder, path))
        anchors: dict[str, etree._Element] = {}
        for element in root.iter(etree.Element):
            anchors.setdefault(element.get("id", ""), element)
        yield _Document(path, root, anchors)


def _parse(archive: ZipFile, path: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(archive.read(path), parser)
    except KeyError as fault:
        raise UnreadableArtifact(f"{path} is missing") from fault
    except etree.XMLSyntaxError as fault:
        raise UnreadableArtifact(f"{path} is not well-formed: {fault}") from fault
