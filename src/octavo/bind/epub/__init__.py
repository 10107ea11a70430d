"""Documents into an EPUB."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from octavo.bind.epub.container import write_container
from octavo.bind.epub.ncx import write_ncx
from octavo.bind.epub.package import NCX_PATH, PACKAGE_PATH, identifier_of, write_package
from octavo.model.edition import Metadata
from octavo.model.epub import PACKAGE_FOLDER, ContentDocument, cover_path
from octavo.model.notes import NotePlan
from octavo.model.publication import Publication

__all__ = ["bind_epub"]


def bind_epub(
    publication: Publication,
    metadata: Metadata,
    documents: Sequence[ContentDocument],
    resources: Mapping[str, bytes],
    cover: bytes,
    cover_media_type: str,
    plan: NotePlan,
) -> bytes:
    """An EPUB 3.3 whose bytes depend on the arguments alone.

    ``resources`` maps paths relative to the package document (``model.epub.STYLE_PATH``, ``image_path`` of each
    picture) to content; the cover is added at its own path.  Raises UsageError for a resource of a kind that an EPUB
    cannot hold, and ValueError for a cover of another kind.
    """
    cover_at = cover_path(cover_media_type)
    held = {**resources, cover_at: cover}
    identifier = identifier_of(publication, metadata)
    files = {f"{PACKAGE_FOLDER}/{path}": content for path, content in held.items()}
    for document in documents:
        files[f"{PACKAGE_FOLDER}/{document.path}"] = document.xhtml.encode()
    files[f"{PACKAGE_FOLDER}/{NCX_PATH}"] = write_ncx(identifier, metadata, documents)
    files[f"{PACKAGE_FOLDER}/{PACKAGE_PATH}"] = write_package(
        identifier, metadata, documents, sorted(held), cover_at, plan
    )
    return write_container(files, f"{PACKAGE_FOLDER}/{PACKAGE_PATH}")
