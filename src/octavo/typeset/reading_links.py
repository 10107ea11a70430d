"""Links of a manuscript into links of an EPUB: every target has its document and its anchor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from lxml import etree

from octavo.errors import InternalError
from octavo.model.edition import NumberedManuscript
from octavo.model.notes import anchor_name
from octavo.typeset.reading_markup import MATHML, SVG, XHTML, take

_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SAFE = "/?:@!$&'()*+,;=-._~%"
_NO_START = re.compile("[-.0-9\u00b7\u0300-\u036f\u203f\u2040]")


def safe_name(identifier: str) -> str:
    """An identifier as a name without colon (XML Namespaces, production 4), which ``id`` has to be."""
    if not identifier:
        return identifier
    name = anchor_name(identifier)
    return f"_{name}" if _NO_START.match(name) else name


def claim_anchors(trees: Iterable[etree._Element], taken: set[str]) -> set[str]:
    """Makes the anchors of one document valid and unique, and returns them; the first of two alike stays."""
    own = set(taken)
    for tree in trees:
        for element in tree.iter(etree.Element):
            identifier = element.get("id")
            if identifier is None:
                continue
            name = safe_name(identifier)
            if not name or name in own:
                del element.attrib["id"]
            else:
                element.set("id", name)
                own.add(name)
    return own


def external_address(href: str) -> str | None:
    """An address of the web or of a mailbox, with what addresses forbid escaped; None for anything else."""
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme == "mailto":
        return f"mailto:{_escape(parts.path)}" + (f"?{_escape(parts.query)}" if parts.query else "")
    if scheme not in ("http", "https") or not re.fullmatch(r"[\w.:\-@\[\]]+", parts.netloc):
        return None
    return urlunsplit((scheme, parts.netloc, _escape(parts.path), _escape(parts.query), _escape(parts.fragment)))


def _escape(text: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", text), safe=_SAFE)


class LinkMap:
    """Where each anchor of the manuscript stands: ``paths`` maps it to the name of its document."""

    def __init__(self, manuscript: NumberedManuscript, paths: Mapping[str, str]) -> None:
        self._manuscript = manuscript
        self._paths = paths

    def address(self, anchor: str) -> str:
        """The address of a target of the manuscript as seen from a document that holds no targets itself.

        Raises InternalError where the target stands in no document.
        """
        found = self._inner(anchor, "")
        if found is None:
            raise InternalError(f"the target {anchor} stands in no document")
        return found

    def resolve(self, tree: etree._Element, document: str) -> None:
        """Gives all links of a tree their address as seen from a document, and takes the link from what has none."""
        for link in tree.findall(f".//{{{XHTML}}}a"):
            target = take(link, "data-target")
            take(link, "data-kind")
            href = link.get("href", "")
            address = self._inner(target or href.removeprefix("#"), document) if target or href[:1] == "#" else None
            if address is None:
                address = external_address(href)
            if address is None or next(link.iterancestors(f"{{{XHTML}}}a"), None) is not None:
                link.tag = f"{{{XHTML}}}span"
                take(link, "href")
            else:
                link.set("href", address)
        for element in tree.iter(f"{{{MATHML}}}*", f"{{{SVG}}}*"):
            for key in ("href", "{http://www.w3.org/1999/xlink}href"):
                if not element.get(key, "#").startswith("#"):
                    del element.attrib[key]

    def _inner(self, target: str, document: str) -> str | None:
        note = self._manuscript.plan.find(target)
        for name in (note.anchor if note else target, unquote(target)):
            anchor = safe_name(name)
            path = self._paths.get(anchor)
            if path is not None:
                return f"#{anchor}" if path == document else f"{path}#{anchor}"
        return None
